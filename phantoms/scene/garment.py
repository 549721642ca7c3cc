"""One garment in colour, made of a grey picture of 28 x 28 pixels as in Fashion-MNIST (0 is the background)."""

import cv2
import numpy as np

SPOT = 8  # pixels of 28 x 28: dark spots up to this size are part of the garment
DETAIL = 3  # a garment is drawn at 28 * DETAIL pixels before it is scaled down


def dress(garment, rng):
    """Return a garment in colour and its shape: float32 (S, S, 3) in 0..255 and (S, S) in 0..1, S = 28 * DETAIL.

    The grey of the picture gives folds and seams; the colour, a pattern, the weave and the light are made up.
    """
    size = 28 * DETAIL
    shape = silhouette(garment)
    core = cv2.erode(shape, np.ones((3, 3), np.uint8))  # the pixels of the outline are mixed with the background
    core = np.maximum(core, shape * (cv2.dilate(core, np.ones((3, 3), np.uint8)) == 0))  # straps have an outline alone
    inside = garment.astype(np.float32) / 255 * core
    weight = cv2.GaussianBlur(core, (0, 0), 1.0)
    spread = np.where(core > 0, inside, cv2.GaussianBlur(inside, (0, 0), 1.0) / np.maximum(weight, 1e-3))
    grey = cv2.resize(spread, (size, size), interpolation=cv2.INTER_CUBIC)
    alpha = cv2.resize(shape, (size, size), interpolation=cv2.INTER_CUBIC)
    alpha = (cv2.GaussianBlur(alpha, (0, 0), 0.5 * DETAIL) * 3 - 1).clip(0, 1)  # a smooth edge about 1.3 pixels wide
    middle = float(np.median(grey[alpha > 0.5])) if (alpha > 0.5).any() else 0.5
    folds = 0.78 + 0.95 * (grey - middle)
    y, x = np.indices((size, size), np.float32) / np.float32(size) - np.float32(0.5)
    angle = rng.uniform(0, 2 * np.pi)
    folds += rng.uniform(0, 0.25) * (x * np.cos(angle) + y * np.sin(angle))
    folds += cv2.resize(rng.normal(0, 0.07, (9, 9)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    folds += rng.standard_normal((size, size), np.float32) * np.float32(rng.uniform(0.02, 0.08))
    colour = paint(rng) * np.ones((size, size, 1), np.float32)
    figure = _pattern(x, y, rng)
    if figure is not None:
        colour += figure[..., None] * (paint(rng) - colour) * rng.uniform(0.4, 1)
    return (colour * folds[..., None]).clip(0, 255).astype(np.float32), alpha


def silhouette(garment):
    """Return where the garment is, float32 {0, 1} (28, 28): small dark spots are filled, the gap of a handle is not."""
    shape = garment > 20
    count, holes, stats, _ = cv2.connectedComponentsWithStats((~shape).astype(np.uint8), connectivity=4)
    small = [k for k in range(1, count) if stats[k, cv2.CC_STAT_AREA] <= SPOT]
    shape |= np.isin(holes, small)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(shape.astype(np.uint8), connectivity=8)
    if count > 2:  # specks of dust
        sizes = stats[1:, cv2.CC_STAT_AREA]
        shape &= np.isin(pieces, 1 + np.flatnonzero(sizes >= 0.1 * sizes.max()))
    return shape.astype(np.float32)


def paint(rng, strongest=0.8):
    """Return a random colour, float32 RGB (3,) in 0..255; one in four is white, grey or black."""
    saturation = rng.uniform(0, 0.12) if rng.random() < 0.25 else rng.uniform(0.15, strongest)
    value = rng.uniform(0.2, 1) if saturation < 0.12 else rng.uniform(0.35, 1)
    hsv = np.array([[[rng.uniform(0, 360), saturation, value]]], np.float32)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)[0, 0] * 255


def _pattern(x, y, rng):
    """Return a pattern in 0..1, (S, S), or None for a plain garment: stripes, checks or dots."""
    kind = rng.choice(["plain", "stripes", "checks", "dots"], p=[0.7, 0.14, 0.08, 0.08])
    if kind == "plain":
        return None
    turn, pitch = rng.choice([0, np.pi / 2, rng.uniform(0, np.pi)]), rng.uniform(0.07, 0.2)
    u = np.cos(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / pitch)
    v = np.cos(2 * np.pi * (y * np.cos(turn) - x * np.sin(turn)) / pitch)
    wave = {"stripes": u, "checks": np.maximum(u, v) - 0.6, "dots": u + v - 0.9}[str(kind)]
    return (wave * 4 + 0.5).clip(0, 1)

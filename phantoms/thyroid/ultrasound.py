"""How a B-mode ultrasound image forms: scatterers, point-spread function, attenuation, log compression, screen.

A map of tissue is a float array (H, W) of echo levels in dB; row 0 is at the probe, one row or column is one pixel
(about 0.12 mm). The model of the image is the one of Field II and of fast renderers: many random scatterers a
resolution cell, a point-spread function short in depth and wide across, the modulus of the complex sum.
Burger et al. 2013, doi:10.1109/TMI.2012.2234474; Wagner et al. 1983, doi:10.1109/T-SU.1983.31404 (speckle:
mean/std 1.91, 5.57 dB).
"""

import cv2
import numpy as np

AXIAL = 0.9  # standard deviation of the point-spread function in depth, in pixels
LATERAL = (1.2, 1.7, 3.0)  # across: at the probe, in the middle, at the bottom; the beam widens with depth
FLOOR_DB = -68.0  # electronic noise of the receiver, below full scale
WHITE = (235, 235, 235)


def speckle(echo_db, rng, looks=1, axial=AXIAL, lateral=LATERAL):
    """Return the envelope of the echo, float32 (H, W), linear, whose mean square is 10 ** (echo_db / 10).

    `echo_db` is float (H, W). Each look draws new scatterers, and the powers of the looks are averaged (spatial
    compounding): one look has Rayleigh statistics, more are smoother. Raises ValueError for a map that is not
    two-dimensional and for looks < 1.
    """
    if np.ndim(echo_db) != 2 or looks < 1:
        raise ValueError(f"speckle needs a map (H, W) and looks >= 1, got shape {np.shape(echo_db)}, looks {looks}")
    amplitude = np.exp(np.asarray(echo_db, np.float32) * np.float32(np.log(10) / 20))
    power = np.zeros(amplitude.shape, np.float32)
    for _ in range(looks):
        scatterers = rng.standard_normal((*amplitude.shape, 2), dtype=np.float32) * amplitude[..., None]
        echo = _beam(scatterers, axial, lateral)
        power += (echo**2).sum(axis=2)
    return np.sqrt(power / (2 * looks))


def _beam(scatterers, axial, lateral):
    """Blur (H, W, 2) by a point-spread function whose width goes through `lateral` with depth; keeps the power."""
    height = len(scatterers)
    size = 2 * int(np.ceil(3.5 * max(lateral))) + 1
    kernels = [cv2.getGaussianKernel(size, sigma, cv2.CV_32F)[:, 0] for sigma in lateral]
    deep = cv2.getGaussianKernel(2 * int(np.ceil(3.5 * axial)) + 1, axial, cv2.CV_32F)[:, 0]
    position = np.linspace(0, len(lateral) - 1, height)
    weights = np.clip(1 - np.abs(position[:, None] - np.arange(len(lateral))), 0, 1).astype(np.float32)
    echo = np.zeros_like(scatterers)
    for weight, kernel in zip(weights.T, kernels, strict=True):
        rows = np.flatnonzero(weight)
        band = slice(max(rows[0] - size, 0), rows[-1] + size)  # the other rows do not count
        blurred = cv2.sepFilter2D(scatterers[band], -1, kernel, deep, borderType=cv2.BORDER_REFLECT_101)
        echo[band] += weight[band, None, None] * blurred
    gain = ((weights @ np.array(kernels)) ** 2).sum(axis=1) * (deep**2).sum()
    return echo / np.sqrt(gain)[:, None, None]


def attenuate(echo_db, excess, spread=2.0):
    """Return the map less what the tissue above it takes away, float (H, W) in dB.

    `excess` (H, W) is the attenuation in dB a pixel, there and back, beyond the average tissue that the
    time-gain compensation makes up for: positive throws a shadow, negative (fluid) enhances what lies behind.
    `spread` blurs the shadows across, in pixels.
    """
    above = np.cumsum(excess, axis=0) - excess
    return echo_db - cv2.GaussianBlur(above.astype(np.float32), (0, 0), sigmaX=spread, sigmaY=0.5)


def compress(envelope, span=60.0, gain=0.0, gamma=1.3):
    """Return the log-compressed image, uint8 (H, W): 0 dB + gain is white, `span` dB below is black."""
    level = (20 * np.log10(np.maximum(envelope, 1e-7)) + gain) / span + 1
    return np.rint(255 * np.clip(level, 0, 1) ** gamma).astype(np.uint8)


def decibels(image, span=60.0, gain=0.0, gamma=1.3):
    """Return the level of each pixel of a log-compressed image in dB, float (H, W): `compress` backwards."""
    return ((np.asarray(image, float) / 255) ** (1 / gamma) - 1) * span - gain


def b_mode(echo_db, excess, rng, looks=2, span=60.0, gain=0.0, gamma=1.3):
    """Return the image of a tissue map, uint8 (H, W): attenuation, speckle, electronic noise, log compression."""
    envelope = speckle(attenuate(echo_db, excess), rng, looks)
    depth = np.linspace(0, 12, len(envelope), dtype=np.float32)[:, None]  # the gain that rises with depth lifts noise
    noise = speckle(np.broadcast_to(FLOOR_DB + depth, envelope.shape), rng, 1, 0.6, (0.6,))
    return compress(np.hypot(envelope, noise), span, gain, gamma)


def texture(shape, rng, sigma):
    """Return a smooth random field, float32 `shape`, mean 0 and std about 1; sigma = (depth, across) in pixels."""
    step = [max(int(s / 1.5), 1) for s in sigma]  # drawn on a coarse grid, blurred there, then enlarged
    coarse = rng.standard_normal([size // s + 9 for size, s in zip(shape, step, strict=True)], dtype=np.float32)
    coarse = cv2.GaussianBlur(coarse, (0, 0), sigmaX=sigma[1] / step[1], sigmaY=sigma[0] / step[0])
    coarse = coarse[4:-4, 4:-4] / max(float(coarse.std()), 1e-6)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def screen(windows, rng, lines, shape=(360, 560)):
    """Return the scanner's picture, RGB uint8 (*shape, 3): images on black, text, scale marks, a grey bar.

    `windows` is a list of (image uint8 (h, w), left, top); `lines` is a list of str for the left margin.
    """
    canvas = np.zeros(shape, np.uint8)
    for image, left, top in windows:
        canvas[top : top + image.shape[0], left : left + image.shape[1]] = image
    image, left, top = windows[-1]
    right, bottom = left + image.shape[1], top + image.shape[0]
    for y in range(top, min(bottom + 1, shape[0]), 30):  # a mark every 30 pixels, a long one every 60
        cv2.line(canvas, (right + 4, y), (right + (12 if (y - top) % 60 == 0 else 8), y), 190, 1)
    first = windows[0][1]
    if first > 60:
        for row, line in enumerate(lines):
            text(canvas, line, (6, 26 + 15 * row))
        bar = np.linspace(255, 0, 90, dtype=np.uint8)[:, None]
        canvas[shape[0] - 130 : shape[0] - 40, first - 22 : first - 12] = bar
    cv2.drawMarker(canvas, (first + 8, max(windows[0][2] - 5, 5)), 230, cv2.MARKER_DIAMOND, 6)
    text(canvas, rng.choice(["THYROID", "TIROIDES", "SMALL PARTS", "NECK"]), (first + 24, shape[0] - 8))
    return cv2.merge([canvas] * 3)


def text(canvas, line, place, size=0.38):
    """Write `line` on the canvas, its lower left corner at `place` (x, y), as the scanner does."""
    cv2.putText(canvas, str(line), place, cv2.FONT_HERSHEY_SIMPLEX, size, WHITE[:1], 1, cv2.LINE_AA)

"""The geometry of a simulated face: outlines that move with the action units of FACS.

Coordinates: x to the right, y down, in half-widths of the face; (0, 0) lies between the eyes, the chin near y = 1.25.
Action units: Ekman, Friesen and Hager, Facial Action Coding System, 2002. How far each moves is drawn by eye.
"""

import functools
from typing import NamedTuple

import numpy as np

UNITS = {
    1: "inner brow raiser",
    2: "outer brow raiser",
    4: "brow lowerer",
    5: "upper lid raiser",
    6: "cheek raiser",
    7: "lid tightener",
    9: "nose wrinkler",
    10: "upper lip raiser",
    12: "lip corner puller",
    15: "lip corner depressor",
    16: "lower lip depressor",
    17: "chin raiser",
    20: "lip stretcher",
    23: "lip tightener",
    24: "lip pressor",
    25: "lips part",
    26: "jaw drop",
}
HAIR = ("short", "long", "fringe", "curly", "back", "bald")


class Person(NamedTuple):
    """What stays with a person. Lengths in half-widths of the face; tones are grey levels, 0 to 255."""

    width: float
    height: float
    jaw: float  # exponent of the outline below the eyes: 1.8 pointed, 3 square
    eye_gap: float
    eye_size: float
    eye_tilt: float
    lid: float  # how far the lids are open at rest
    brow_height: float
    brow_weight: float
    brow_arch: float
    nose_length: float
    nose_width: float
    mouth_height: float
    mouth_width: float
    lips: float
    skin: float
    hair_tone: float
    iris: float
    hair: str
    hairline: float
    age: float  # 0 to 1: wrinkles
    beard: float  # 0 to 1
    moustache: float  # 0 to 1
    glasses: bool
    cloth: float


def person(rng):
    """Return a random Person; tones, hair, beard and glasses are independent of the proportions."""
    skin = float(rng.uniform(70, 212))
    man = rng.random() < 0.5
    age = float(rng.beta(1.3, 2))
    grey = rng.random() < (age - 0.3) * 0.8
    styles = [0.5, 0.02, 0.16, 0.12, 0.02, 0.18] if man else [0.1, 0.42, 0.16, 0.14, 0.18, 0.0]
    return Person(
        width=rng.uniform(0.93, 1.05),
        height=rng.uniform(1.2, 1.38),
        jaw=rng.uniform(2.2, 3.0) if man else rng.uniform(1.9, 2.5),
        eye_gap=rng.uniform(0.385, 0.455),
        eye_size=rng.uniform(0.175, 0.22),
        eye_tilt=rng.normal(0.02, 0.022),
        lid=rng.uniform(0.85, 1.2),
        brow_height=rng.uniform(0.235, 0.31),
        brow_weight=rng.uniform(0.05, 0.085) if man else rng.uniform(0.03, 0.055),
        brow_arch=rng.uniform(0.02, 0.09),
        nose_length=rng.uniform(0.48, 0.6),
        nose_width=rng.uniform(0.17, 0.27),
        mouth_height=rng.uniform(0.79, 0.87),
        mouth_width=rng.uniform(0.31, 0.39),
        lips=rng.uniform(0.05, 0.1) if man else rng.uniform(0.065, 0.12),
        skin=skin,
        hair_tone=float(rng.uniform(150, 225) if grey else rng.uniform(14, 70 + 90 * max(skin - 120, 0) / 92)),
        iris=float(rng.uniform(25, 60 + 60 * max(skin - 120, 0) / 92)),
        hair=str(rng.choice(HAIR, p=styles)),
        hairline=rng.uniform(0.7, 0.88),
        age=age,
        beard=float(man and rng.random() < 0.22) * rng.uniform(0.4, 1),
        moustache=float(man and rng.random() < 0.16) * rng.uniform(0.5, 1),
        glasses=bool(rng.random() < 0.15),
        cloth=float(rng.uniform(20, 235)),
    )


TURN = np.linspace(0, 2 * np.pi, 64, endpoint=False)


@functools.cache
def _line(count):
    return np.linspace(-1, 1, count)


def head(p, units, grow=0.0):
    """Return the outline of the head, (64, 2), from the top clockwise; `grow` widens it. AU26 lowers the chin."""
    x, y = np.sin(TURN), -np.cos(TURN)
    lower = y > 0
    bottom = p.height + 0.24 * units.get(26, 0) - 0.03 * units.get(17, 0)
    x = np.sign(x) * np.where(
        lower, (1 - np.abs(y) ** p.jaw).clip(0) ** (1 / p.jaw) * 0.985 + 0.015 * np.abs(x), np.abs(x)
    )
    x = np.where(lower, x * (1 - 0.1 * y**2), x * (1 - 0.04 * y**2))
    y = np.where(lower, y * bottom, y * 1.22)
    return np.stack([x * (p.width + grow), y + np.where(lower, grow * y / bottom, grow * y / 1.22)], axis=1)


def brow(p, units, side):
    """Return the outline of a brow, (14, 2); side is -1 (left in the image) or 1."""
    u = (_line(7) + 1) / 2  # inner to outer end
    a1, a2, a4 = (units.get(k, 0) for k in (1, 2, 4))
    x = 0.16 + 0.55 * u - (0.085 * a4 * (1 - u)) + (p.eye_gap - 0.42)
    y = -p.brow_height - p.brow_arch * np.sin(np.pi * u**0.85) + 0.05 * u**3
    y = y - 0.2 * a1 * (1 - u) ** 1.4 - 0.19 * a2 * np.sin(np.pi * (0.25 + 0.6 * u)) * u**0.5
    y = y + a4 * (0.15 * (1 - u) ** 1.2 + 0.035) + 0.05 * units.get(9, 0) * (1 - u) + 0.02 * units.get(6, 0) * u
    half = p.brow_weight * (0.75 + 0.5 * u) * (1 - u**3 * 0.92)
    return np.concatenate([np.stack([side * x, y - half], 1), np.stack([side * x, y + half], 1)[::-1]])


def eye(p, units, side, count=13):
    """Return (upper, lower) lid lines, (count, 2) each, from the inner to the outer corner."""
    a1, a4, a5, a6, a7, a9, a12 = (units.get(k, 0) for k in (1, 4, 5, 6, 7, 9, 12))
    u = _line(count)
    x = p.eye_gap + u * p.eye_size
    base = -p.eye_tilt * u - 0.015 * a1 * (1 - u) / 2
    wide = 0.46 * p.eye_size * p.lid
    up = wide * max(
        1 + 0.7 * a5 + 0.12 * units.get(2, 0) - 0.42 * a7 - 0.12 * a6 - 0.35 * a9 - 0.12 * a4 - 0.1 * a12, 0.15
    )
    low = wide * 0.78 * max(1 + 0.25 * a5 - 0.7 * a7 - 0.6 * a6 - 0.6 * a9, -0.4)
    upper = base - up * (1 - np.abs(u + 0.12 * (1 - u**2)) ** 2.2) ** 0.75 - 0.05 * a1 * (1 - u**2) * (1 - u) / 2
    upper = upper + 0.045 * a4 * (1 - u**2) * (1 - u) / 2
    lower = base + low * (1 - u**2) ** 0.8
    return np.stack([side * x, np.minimum(upper, lower - 0.008)], 1), np.stack([side * x, lower], 1)


def mouth(p, units, count=21):
    """Return four lines (count, 2), left to right: top and lower edge of the upper lip, top and bottom of the lower.

    Between the second and the third lies the opening, of no height where the mouth is shut.
    """
    a = {k: units.get(k, 0) for k in UNITS}
    u = _line(count)
    press = 1 - 0.62 * max(a[23], a[24])
    half = p.mouth_width * (1 + 0.3 * a[12] + 0.36 * a[20] - 0.14 * a[23] - 0.1 * a[17] + 0.1 * a[16] - 0.3 * a[26])
    bow = 1 - np.abs(u) ** 2.2
    corner = -0.17 * a[12] + 0.15 * a[15] + 0.045 * a[20] + 0.04 * a[17] + 0.05 * a[26] + 0.03 * a[10]
    line = p.mouth_height + corner * np.abs(u) ** 1.7 + 0.025 * a[12] - 0.035 * a[17] - 0.02 * a[15] * bow
    raised = (0.1 * a[10] + 0.075 * a[9]) * (1 - np.abs(u) ** 2.5) + 0.035 * a[26] * bow
    gap = 0.085 * a[25] + 0.38 * a[26] + 0.07 * a[12] * a[25] + 0.08 * a[16] + 0.05 * a[20] * a[25]
    opening = gap * (1 - np.abs(u) ** (2.6 if a[26] < 0.3 else 2.0)) ** 0.75
    top_edge = line - raised - opening * 0.12
    low_edge = line + opening * 0.88
    cupid = 1 - 0.22 * np.exp(-((u / 0.13) ** 2)) + 0.1 * np.exp(-(((np.abs(u) - 0.25) / 0.15) ** 2))
    stretch = press * (1 - 0.25 * a[12] - 0.3 * a[20])
    top = top_edge - p.lips * 0.85 * stretch * cupid * (1 - np.abs(u) ** 1.7)
    bottom = low_edge + p.lips * 1.15 * stretch * (1 + 0.3 * a[17] + 0.2 * a[16]) * (1 - np.abs(u) ** 2.4)
    return [np.stack([u * half, y], 1) for y in (top, top_edge, low_edge, bottom)]


LANDMARKS = (  # in the order of landmarks(); left and right are those of the image
    *(f"{side} brow, {place}" for side in ("left", "right") for place in ("inner end", "middle", "outer end")),
    *(
        f"{side} eye, {place}"
        for side in ("left", "right")
        for place in ("inner corner", "outer corner", "top", "bottom")
    ),
    "nose, tip",
    *(f"mouth, {place}" for place in ("left corner", "right corner", "top", "bottom", "inner top", "inner bottom")),
    "chin",
)


def landmarks(p, units):
    """Return the points that LANDMARKS names, (22, 2), in the coordinates of the face."""
    found = []
    for side in (-1, 1):
        edge = brow(p, units, side)
        middle = (edge[:7] + edge[:6:-1]) / 2  # between upper and lower edge, from the inner to the outer end
        found += [middle[0], middle[3], middle[6]]
    for side in (-1, 1):
        upper, lower = eye(p, units, side)
        found += [lower[0], lower[-1], upper[len(upper) // 2], lower[len(lower) // 2]]
    found.append((0, p.nose_length - 0.07 - 0.06 * units.get(9, 0)))
    lines = mouth(p, units)
    half = len(lines[0]) // 2
    found += [lines[1][0], lines[1][-1], lines[0][half], lines[3][half], lines[1][half], lines[2][half]]
    found.append((0, head(p, units)[:, 1].max()))
    return np.array(found, float)

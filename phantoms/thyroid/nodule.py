"""A nodule's look follows from four words and a shape, so that record and picture agree.

Echogenicity is a level relative to the gland around it, measured after everything is drawn and set right (`settle`);
composition a share of fluid; margins the waves and spikes of the edge and its softness; calcifications specks, or a
bar with a shadow. tests/phantoms/test_thyroid_records.py checks each word against the pixels of 200 cases.
"""

from typing import NamedTuple

import numpy as np

from phantoms.thyroid import ultrasound
from phantoms.thyroid.levels import BAR, CALCIUM, ENHANCEMENT, FLUID, GLAND, INTERFACE, SPECK
from phantoms.thyroid.tissue import blob, edge, outline, step

OFFSETS = {  # dB from the gland to the nodule's solid part, the range for each word
    "isoechogenicity": (-1.2, 1.2),
    "hypoechogenicity": (-7.0, -4.5),
    "marked hypoechogenicity": (-12.0, -9.5),  # darker than the strap muscle
    "hyperechogenicity": (4.0, 6.5),
}
CYSTIC = {  # share of the nodule's radius that is fluid
    "solid": (0, 0),
    "dense": (0, 0),
    "predominantly solid": (0.35, 0.5),
    "mixed": (0.58, 0.7),
    "predominantly cystic": (0.78, 0.88),
    "cystic": (0.95, 0.97),
    "spongiform": (0, 0),
}
MARGINS = {  # softness of the edge in pixels; amplitude of the waves 5 to 7, of 9 to 13, height of spikes
    "well defined": (2.2, 0.015, 0, 0),
    "well defined smooth": (1.6, 0, 0, 0),
    "ill defined": (9.0, 0.03, 0.01, 0),
    "microlobulated": (2.0, 0.015, 0.045, 0),
    "macrolobulated": (2.0, 0.07, 0, 0),
    "spiculated": (2.0, 0.015, 0.01, 0.22),
}
RING = 25  # pixels around a nodule in which its gland is measured


class Look(NamedTuple):
    """What decides how a nodule appears; the first four are words of the record. `tall`: taller than wide."""

    composition: str
    echogenicity: str
    margins: str
    calcifications: str
    tall: bool


class Drawn(NamedTuple):
    """A nodule in a scene: its contour (N, 2), the distance to it, the weight of its solid part, its level in dB."""

    contour: np.ndarray
    distance: np.ndarray
    solid: np.ndarray
    offset: float


def places(looks, centre, axes, strap, shape, rng):
    """Return (look, centre, half axes) of each (look, size): inside the gland if it fits, apart, in the frame."""
    height, width = shape
    top, shapes = float(strap.mean()), []
    for look, size in looks:
        ratio = rng.uniform(1.3, 1.55) if look.tall else rng.uniform(0.58, 0.8)
        half = np.array([size / np.sqrt(ratio), size * np.sqrt(ratio)])
        half *= min(1, 0.46 * (height - top) / half[1], 0.44 * width / half[0])
        for _ in range(60):
            room = np.maximum(np.array(axes) - half, 6)
            place = centre + rng.uniform(-1, 1, 2) * room * [0.95, 0.8]
            place = np.clip(place, half * 1.08 + 3, np.array([width, height]) - half * 1.08 - 3)
            place[1] = max(place[1], top + 0.9 * half[1])
            if all(np.linalg.norm(place - p) > 1.15 * (size + h.max()) for _, p, h in shapes):
                shapes.append((look, place, half))
                break
    return shapes  # a second nodule that finds no place is left out


def draw(scene, look, centre, half):
    """Draw one nodule over what is there; return it as Drawn."""
    rng, size = scene.rng, float(np.sqrt(half[0] * half[1]))
    rim, tilt = edge(*_waves(look.margins, rng)), rng.uniform(-0.25, 0.25)
    distance = blob(scene, centre, half, rim, tilt=tilt)
    body = step(distance, min(MARGINS[look.margins][0], size / 2.5) * rng.uniform(0.9, 1.2))
    offset = rng.uniform(*OFFSETS[look.echogenicity])
    level = GLAND + offset + rng.uniform(0.5, 1.6) * scene.noise(4, 7) + rng.uniform(0, 1.2) * scene.noise(10, 16)
    if look.margins != "ill defined" and (look.echogenicity == "isoechogenicity" or rng.random() < 0.25):
        halo = step(3 - np.abs(distance + 2), 1.2) * np.clip(0.8 + 0.3 * scene.noise(8, 8), 0, 1)
        scene.echo -= halo * rng.uniform(6, 10)
    scene.blend(body, level)
    fluid = _fluid(scene, look.composition, centre, half, distance, tilt) * step(distance - 0.5, 1)
    calcify(scene, look.calcifications, centre, half, fluid)
    return Drawn(outline(centre, half, rim, tilt), distance, body * (1 - np.minimum(fluid, 1)), offset)


def settle(scene, nodules, gland):
    """Move each nodule to its level against the gland around it; return where the gland is free of nodules, bool."""
    free = gland & np.all([one.distance < -6 for one in nodules] or [gland], axis=0)
    seen = ultrasound.attenuate(scene.echo, scene.excess)
    for one in nodules:
        ring, solid = free & (one.distance > -RING), one.solid > 0.8
        if ring.sum() > 50 and solid.sum() > 20:
            now = float(np.median(seen[solid]) - np.median(seen[ring]))
            scene.echo += one.solid * (one.offset - now)
    return free


def calcify(scene, word, centre, half, fluid):
    """Draw what a word about calcifications says, outside the `fluid`: specks, a bar with a shadow, or nothing."""
    rng = scene.rng
    count = {"microcalcifications": rng.integers(7, 14), "macrocalcifications": 1}.get(word, 0)
    angle, reach = rng.uniform(0, 6.3, 60), 0.75 * np.sqrt(rng.uniform(0.03, 1, 60))
    candidates = centre + np.array(half) * np.c_[reach * np.cos(angle), reach * np.sin(angle)]
    bar = (min(rng.uniform(5, 10), 0.4 * min(half)), rng.uniform(1.5, 2.5))
    taken = []
    for place in candidates:
        apart = all(np.abs(place - other).max() > 5 for other in taken)
        if len(taken) < count and apart and fluid[tuple(np.rint(place[::-1]).astype(int))] < 0.1:
            calcium(scene, place, *(((1.8, 1.2), SPECK) if word == "microcalcifications" else (bar, BAR)))
            taken.append(place)


def calcium(scene, centre, axes, loss):
    """Draw a calcification: bright, and `loss` dB a pixel for what lies below it."""
    part = scene.near(centre, 24)[0]
    spot = step(blob(part, centre, axes, tilt=scene.rng.uniform(-0.4, 0.4)), 0.6)
    part.blend(spot, CALCIUM)
    part.excess += loss * spot


def _waves(margins, rng):
    """Return the waves and spikes of an edge with these margins, as tissue.edge takes them."""
    _, coarse, fine, spike = MARGINS[margins]
    waves = [(k, rng.uniform(0.01, 0.05), rng.uniform(0, 6.3)) for k in (2, 3)]
    waves += [(k, coarse * rng.uniform(0.6, 1), rng.uniform(0, 6.3)) for k in (5, 7)]
    waves += [(k, fine * rng.uniform(0.7, 1.2), rng.uniform(0, 6.3)) for k in (9, 11, 13)]
    angles = np.arange(0, 6.2, 0.45) + rng.uniform(-0.15, 0.15, 14) if spike else ()
    return waves, [(a, spike * rng.uniform(0.5, 1.2), 0.06) for a in angles]


def _fluid(scene, composition, centre, half, distance, tilt):
    """Draw the fluid of a composition; return its weight (H, W), 0..1."""
    rng, (low, high) = scene.rng, CYSTIC[composition]
    if composition == "spongiform":
        pores = step(scene.noise(2.2, 3.6) - 0.3, 0.25) * step(distance - 2, 1)
        scene.blend(pores, FLUID + 8)
        scene.excess += ENHANCEMENT * 0.6 * pores
        return pores * 2
    if not high:
        return np.zeros(scene.shape, np.float32)
    share = rng.uniform(low, high)
    shift = (1 - share) * 0.6 * np.array(half) * rng.uniform(-1, 1, 2)
    bumps = edge([(k, 0.12 * (1 - share) + 0.01, rng.uniform(0, 6.3)) for k in (2, 3, 5)])
    hollow = blob(scene, centre + shift, share * np.array(half), bumps, tilt=tilt)
    fluid = step(hollow, 1.3) * step(distance - 1, 1)
    scene.blend(fluid, FLUID + 6)
    back = step(1.8 - np.abs(hollow), 0.8) * np.clip((scene.y - centre[1] - shift[1]) / half[1], 0, 1)
    scene.blend(0.7 * back, INTERFACE - 6)  # the wall behind the fluid faces the beam
    scene.excess += ENHANCEMENT * fluid
    return fluid

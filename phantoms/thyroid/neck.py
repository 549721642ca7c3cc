"""The neck below a linear probe: layers, thyroid gland, trachea, carotid, nodules, as maps of echo level in dB.

A nodule's look follows from four words and a shape, the ones that a DDTI record holds, so that picture and record
agree: echogenicity is a level relative to the gland, composition a share of fluid, margins the contour's harmonics
and softness, calcifications specks or a bar with a shadow. Everything else is there to be mistaken for a nodule.
"""

from typing import NamedTuple

import cv2
import numpy as np

from phantoms.thyroid import ultrasound
from phantoms.thyroid.tissue import Tissue, blob, step

SKIN, FAT, STRAP, GLAND, DEEP, FLUID, INTERFACE = -9.0, -27.0, -29.0, -21.0, -29.0, -58.0, -12.0  # dB of full scale
OFFSETS = {  # dB from the gland to the nodule, the range for each word
    "isoechogenicity": (-2.0, 1.5),
    "hypoechogenicity": (-7.5, -5.0),
    "marked hypoechogenicity": (-9.0, -7.5),
    "hyperechogenicity": (4.5, 6.5),
}
CYSTIC = {  # share of the nodule's radius that is fluid
    "solid": (0, 0),
    "dense": (0, 0),
    "predominantly solid": (0.35, 0.5),
    "mixed": (0.55, 0.7),
    "predominantly cystic": (0.75, 0.9),
    "cystic": (0.94, 0.97),
    "spongiform": (0, 0),
}
MARGINS = {  # softness of the edge in pixels; amplitude of the harmonics 9 to 13, of 5 to 7, of spikes
    "well defined": (2.2, 0, 0.02, 0),
    "well defined smooth": (1.6, 0, 0, 0),
    "ill defined": (5.0, 0.01, 0.04, 0),
    "microlobulated": (2.2, 0.035, 0.02, 0),
    "macrolobulated": (2.2, 0, 0.08, 0),
    "spiculated": (2.5, 0.01, 0.02, 0.16),
}
ENHANCEMENT = -0.12  # dB a pixel below fluid, which attenuates less than the tissue beside it
BAR, SPECK = 3.5, 0.35  # dB a pixel below a calcification


class Look(NamedTuple):
    """What decides how a nodule appears; the first four are words of the record. `tall`: taller than wide."""

    composition: str
    echogenicity: str
    margins: str
    calcifications: str
    tall: bool


def layers(scene):
    """Draw skin, fat, fascia, strap muscle, deep muscle. Returns the depths (fat ends, strap ends), each (1, W)."""
    rng, y = scene.rng, scene.y
    fat = rng.uniform(24, 48) + scene.wave(3)
    strap = fat + rng.uniform(18, 42) + scene.wave(4)
    fibres = scene.noise(0.9, 11)
    septa = np.maximum(scene.noise(1.1, 16) - 0.9, 0)
    scene.echo[:] = DEEP + 2.5 * fibres + 3 * septa
    scene.blend(step(strap - y, 1.2), STRAP + 2.5 * fibres + 2 * septa)
    scene.blend(step(fat - y, 1.2), FAT + 2.0 * fibres + 7 * septa)
    scene.blend(step(rng.uniform(7, 12) - y, 1.0), SKIN - 5 * (y > 3) + 2 * fibres)
    for depth in (fat, strap):
        line = step(1.3 - np.abs(y - depth), 0.7) * np.clip(0.55 + 0.35 * scene.noise(3, 18), 0, 1)
        scene.blend(line, INTERFACE)
    return fat, strap


def vessel(scene, centre, radius, squash=1.0):
    """Draw a dark round vessel with a bright wall: the carotid, or with squash < 1 the jugular vein."""
    inside = blob(scene, centre, (radius, radius * squash), tilt=scene.rng.uniform(-0.3, 0.3))
    facing = np.abs(scene.y - centre[1]) / (radius * squash)  # walls that face the beam reflect most
    scene.blend(step(3.0 - np.abs(inside), 1.0) * np.clip(facing, 0, 1) ** 2 * 0.8, INTERFACE - 2)
    fluid = step(inside - 1.5, 1.5)
    scene.blend(fluid, FLUID + 10 * step(8 - inside, 6))
    scene.excess += ENHANCEMENT * fluid


def trachea(scene, centre, radius):
    """Draw the trachea: a bright front wall, reverberation below it that dies away, then shadow."""
    inside = blob(scene, centre, (radius, radius * 0.9))
    air = step(inside - 5, 2)
    below = np.maximum(inside, 0)
    rings = np.cos((inside - 5) * (2 * np.pi / scene.rng.uniform(10, 15))) * np.exp(-below / 25)
    scene.blend(step(inside, 1.5), STRAP - 5)  # cartilage
    scene.blend(air, -34 + 10 * rings - 0.25 * below + 2 * scene.noise(1, 9))
    front = step(3 - np.abs(inside - 5), 1) * np.clip((centre[1] - scene.y) / radius, 0, 1) ** 0.7
    scene.blend(front, INTERFACE)
    scene.excess += 0.3 * air * (below < 35)


def gland(scene, strap, view, side):
    """Draw the neck of one view around the gland; returns the gland's centre and half axes in pixels.

    `view` is "transverse" (trachea towards the middle, carotid towards `side`, -1 or 1) or "longitudinal".
    """
    rng, width = scene.rng, scene.shape[1]
    top = float(strap.mean())
    wide, tall = rng.uniform(0.25, 0.33) * width, rng.uniform(42, 70)
    centre = np.array([width / 2 + side * rng.uniform(0, 0.06) * width, top + 0.92 * tall])
    if view == "longitudinal":
        wide, centre = rng.uniform(0.42, 0.6) * width, centre - [side * 10, 0]
    waves = [(k, rng.uniform(0, 0.05), rng.uniform(0, 6.3)) for k in (2, 3, 4)]
    distance = blob(scene, centre, (wide, tall), waves, rng.uniform(2.0, 2.6), rng.uniform(-0.12, 0.12))
    if view == "transverse":
        bridge = blob(scene, (centre[0] - side * wide, top + 14), (0.7 * width, rng.uniform(9, 16)), power=4)
        distance = np.maximum(distance, bridge)
    return centre, (wide, tall), np.minimum(distance, scene.y - strap)


def fill_gland(scene, distance):
    """Draw the gland's tissue and capsule, with patches, spots and vessels that resemble small nodules."""
    rng, body = scene.rng, step(distance, 2.5)
    patchy = rng.uniform(0.5, 1.6)
    scene.blend(body, GLAND + 1.0 * scene.noise(2, 5) + patchy * scene.noise(9, 15))
    capsule = step(1.4 - np.abs(distance), 0.8) * np.clip(0.4 + 0.4 * scene.noise(4, 14), 0, 0.85)
    scene.blend(capsule, INTERFACE - 3)
    ys, xs = np.nonzero(distance > 8)
    for _ in range(rng.integers(1, 6)):
        pick = rng.integers(len(ys))
        size = rng.uniform(2, 6) if rng.random() < 0.5 else rng.uniform(7, 15)
        part, place = scene.near((xs[pick], ys[pick]), 40)
        spot = blob(part, (xs[pick], ys[pick]), (size, size * rng.uniform(0.4, 1)), tilt=rng.uniform(-1, 1))
        part.blend(
            body[place] * step(spot, 0.35 * size), GLAND + (rng.uniform(-22, -10) if size < 7 else rng.uniform(-5, 3))
        )


def nodule(scene, look, centre, axes):
    """Draw one nodule over what is there; returns its true contour, float (N, 2) as x, y in pixels."""
    rng = scene.rng
    soft, fine, coarse, spikes = MARGINS[look.margins]
    waves = [(k, rng.uniform(0.01, 0.05), rng.uniform(0, 6.3)) for k in (2, 3)]
    waves += [(k, coarse * rng.uniform(0.5, 1), rng.uniform(0, 6.3)) for k in (5, 7)]
    waves += [(k, fine * rng.uniform(0.7, 1.3), rng.uniform(0, 6.3)) for k in (9, 11, 13)]
    waves += [(int(k), spikes * 0.2, rng.uniform(0, 6.3)) for k in rng.integers(14, 24, 3)] if spikes else []
    tilt = rng.uniform(-0.35, 0.35)
    distance = blob(scene, centre, axes, waves, tilt=tilt)
    size = float(np.sqrt(axes[0] * axes[1]))
    body, soft = step(distance, soft * rng.uniform(0.8, 1.3)), min(soft, size / 6)
    offset = rng.uniform(*OFFSETS[look.echogenicity])
    level = GLAND + offset + rng.uniform(0.5, 1.8) * scene.noise(4, 7) + rng.uniform(0, 1.5) * scene.noise(10, 16)
    if look.echogenicity == "isoechogenicity" or rng.random() < 0.25:
        halo = step(3 - np.abs(distance + 1), 1.5) * np.clip(0.75 + 0.3 * scene.noise(8, 8), 0, 1)
        scene.echo -= halo * rng.uniform(5, 9)
    scene.blend(body, level)
    low, high = CYSTIC[look.composition]
    if high:
        share = rng.uniform(low, high)
        shift = (1 - share) * 0.6 * np.array(axes) * rng.uniform(-1, 1, 2)
        bumps = [(k, 0.12 * (1 - share) + 0.02, rng.uniform(0, 6.3)) for k in (2, 3, 5)]
        fluid = step(blob(scene, centre + shift, share * np.array(axes), bumps, tilt=tilt), 1.3) * body
        scene.blend(fluid, FLUID + 6)
        scene.excess += ENHANCEMENT * fluid
    if look.composition == "spongiform":
        pores = step(scene.noise(1.6, 2.6) - 0.75, 0.25) * step(distance - 2, 1)
        scene.blend(0.75 * pores, GLAND - 24)
        scene.excess += ENHANCEMENT * 0.6 * pores
    if look.calcifications == "microcalcifications":
        for _ in range(rng.integers(6, 15)):
            angle, reach = rng.uniform(0, 6.3), 0.75 * np.sqrt(rng.random())
            calcium(scene, centre + reach * np.array(axes) * [np.cos(angle), np.sin(angle)], (1.5, 0.9), SPECK)
    elif look.calcifications == "macrocalcifications":
        place = centre + 0.45 * np.array(axes) * rng.uniform(-1, 1, 2)
        calcium(scene, place, (min(rng.uniform(5, 12), 0.5 * size), rng.uniform(1.8, 3)), BAR)
    outline = cv2.findContours((distance > 0).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    return max(outline, key=len)[:, 0].astype(float)


def calcium(scene, centre, axes, loss):
    """Draw a calcification: bright, and `loss` dB a pixel for what lies below it."""
    part = scene.near(centre, 24)[0]
    spot = step(blob(part, centre, axes, tilt=scene.rng.uniform(-0.4, 0.4)), 0.6)
    part.blend(spot, INTERFACE + 4)
    part.excess += loss * spot


def view(looks, kind, shape, rng):
    """Return one image of a neck, uint8 `shape`, and the contours of its nodules, one (N, 2) array a look.

    `looks` is a list of (Look, size), size being the geometric mean of the half axes in pixels.
    """
    scene, side = Tissue(shape, rng), rng.choice([-1, 1])
    height, width = shape
    strap = layers(scene)[1]
    centre, axes, distance = gland(scene, strap, kind, side)
    if kind == "transverse":
        trachea(scene, (centre[0] - side * (axes[0] + rng.uniform(35, 60)), centre[1] + 25), rng.uniform(55, 80))
        radius = rng.uniform(16, 30)
        beside = centre[0] + side * (axes[0] + radius * rng.uniform(0.7, 1.1))
        vessel(scene, (beside, centre[1] + rng.uniform(0, 25)), radius)
        if rng.random() < 0.5:
            vessel(scene, (beside + side * 25, centre[1] - rng.uniform(15, 35)), radius * 1.1, rng.uniform(0.3, 0.6))
    elif rng.random() < 0.4:
        vessel(scene, (rng.uniform(0, width), centre[1] + axes[1] + 28), rng.uniform(300, 400), 0.027)
    if rng.random() < 0.5:  # a lymph node or the oesophagus: dark, oval, outside the gland
        spot = (rng.uniform(20, width - 20), rng.uniform(float(strap.mean()), height - 40))
        oval = blob(scene, spot, (rng.uniform(14, 30), rng.uniform(8, 14)), tilt=rng.uniform(-0.4, 0.4))
        scene.blend(step(oval, 1.8), DEEP - rng.uniform(2, 6))
    shapes = []
    for look, size in looks:
        ratio = rng.uniform(1.05, 1.25) if look.tall else rng.uniform(0.62, 0.95)
        half = np.array([size / np.sqrt(ratio), size * np.sqrt(ratio)])
        for _ in range(60):
            room = np.maximum(np.array(axes) - half, 6)
            place = centre + rng.uniform(-1, 1, 2) * room * [0.95, 0.8]
            place = np.clip(place, half * 0.9, np.array([width, height]) - half * 1.05 - 2)
            place[1] = max(place[1], float(strap.mean()) + 0.85 * half[1])
            if all(np.hypot(*(place - p)) > 1.15 * (size + h.max()) for _, p, h in shapes):
                break
        shapes.append((look, place, half))
        distance = np.maximum(distance, blob(scene, place, half * 1.12, power=2.0))  # the gland bulges around it
    fill_gland(scene, distance)
    contours = [nodule(scene, *shape) for shape in shapes]
    scene.echo += 1.5 * scene.noise(35, 60)  # uneven gain
    scene.excess += 0.035 * (scene.y > 0.45 * height)  # more than the gain makes up for
    scene.excess[:12] += np.maximum(scene.wave(0.5, 14) - 0.55, 0)  # poor contact: dark columns
    return ultrasound.b_mode(
        scene.echo, scene.excess, rng, rng.integers(2, 5), rng.uniform(48, 58), rng.uniform(0, 5), rng.uniform(1.1, 1.6)
    ), contours

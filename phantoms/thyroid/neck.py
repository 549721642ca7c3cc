"""The neck below a linear probe: layers, thyroid gland, trachea, carotid, nodules, as maps of echo level in dB.

What is around the nodule is there to be mistaken for one; the nodules themselves are drawn by phantoms.thyroid.nodule.
"""

from typing import NamedTuple

import numpy as np

from phantoms.thyroid import nodule, ultrasound
from phantoms.thyroid.levels import DEEP, ENHANCEMENT, FAT, FLUID, GLAND, INTERFACE, SKIN, STRAP
from phantoms.thyroid.tissue import Tissue, blob, edge, step


class View(NamedTuple):
    """One image and the truth about it.

    image: uint8 (H, W). contours: a float (N, 2) of x, y for each nodule. gland: bool (H, W), where the gland is and
    no nodule. display: (span, gain, gamma) of ultrasound.compress.
    """

    image: np.ndarray
    contours: list
    gland: np.ndarray
    display: tuple


def layers(scene):
    """Draw skin, fat, strap muscle and deep muscle, each with its fascias; returns where the strap ends, (1, W)."""
    rng, y = scene.rng, scene.y
    fat = rng.uniform(22, 44) + scene.wave(3)
    strap = fat + rng.uniform(16, 38) + scene.wave(4)
    fibres, septa = scene.noise(0.9, 9), np.maximum(scene.noise(1.1, 16) - 0.9, 0)
    scene.echo[:] = DEEP + 1.8 * fibres + 2 * septa
    scene.blend(step(strap - y, 1.2), STRAP + 2.2 * fibres + 2 * septa)
    scene.blend(step(fat - y, 1.2), FAT + 1.8 * fibres + 4 * septa)
    skin = rng.uniform(7, 12)
    scene.blend(step(skin - y, 1.0), SKIN - 4 * (y > 3) + 1.5 * fibres)
    for _ in range(rng.integers(3, 7)):  # layered fascias between skin and gland
        share = rng.uniform(0.05, 0.95)
        depth = (
            skin + share * (strap - skin) + scene.wave(2.0, 45) + rng.uniform(-0.02, 0.02) * (scene.x - y.shape[1] / 2)
        )
        fascia(scene, depth, rng.uniform(0.5, 1.0), INTERFACE - rng.uniform(5, 10), 0.35)
    fascia(scene, fat, 1.2, INTERFACE - 2, 0.5)
    fascia(scene, strap, 1.3, INTERFACE, 0.55)
    return strap


def fascia(scene, depth, thick, level, cover):
    """Draw a bright, broken line at `depth` (1, W): `thick` pixels to each side, seen along about `cover` of it."""
    line = step(thick - np.abs(scene.y - depth), 0.7)
    scene.blend(line * np.clip(cover + 0.4 * scene.noise(3, 18), 0, 1), level)


def spine(scene, depth):
    """Draw the prevertebral fascia and, below it, the front of the spine: bright, then shadow."""
    rng = scene.rng
    above = depth - rng.uniform(10, 22) + scene.wave(2)
    fascia(scene, above, 1.3, INTERFACE - 3, 0.5)
    curve = depth + scene.wave(4, 40) + rng.uniform(-0.08, 0.08) * (scene.x - scene.shape[1] / 2)
    fascia(scene, curve, 2.2, INTERFACE - 1, 0.6)
    scene.excess += 0.22 * step(scene.y - curve - 2, 2)


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


def gland(scene, strap, kind, side, largest):
    """Return the gland's centre, half axes and the distance to its edge, positive inside, all in pixels.

    `kind` is "transverse" (trachea towards the middle, carotid towards `side`, -1 or 1) or "longitudinal"; `largest`
    is the size of the largest nodule, for which the gland makes room.
    """
    rng, width = scene.rng, scene.shape[1]
    top = float(strap.mean())
    wide, tall = rng.uniform(0.25, 0.33) * width, max(rng.uniform(42, 66), 0.85 * largest)
    centre = np.array([width / 2 + side * rng.uniform(0, 0.06) * width, top + 0.92 * tall])
    if kind == "longitudinal":
        wide, centre = rng.uniform(0.42, 0.6) * width, centre - [side * 10, 0]
    rim = edge([(k, rng.uniform(0, 0.05), rng.uniform(0, 6.3)) for k in (2, 3, 4)])
    distance = blob(scene, centre, (wide, tall), rim, rng.uniform(2.0, 2.6), rng.uniform(-0.12, 0.12))
    if kind == "transverse":
        bridge = blob(scene, (centre[0] - side * wide, top + 14), (0.7 * width, rng.uniform(9, 16)), power=4)
        distance = np.maximum(distance, bridge)
    return centre, (wide, tall), np.minimum(distance, scene.y - strap)


def fill_gland(scene, distance, centre, axes):
    """Draw the gland's tissue and capsule, with patches, spots and vessels that resemble small nodules."""
    rng, body = scene.rng, step(distance, 2.5)
    scene.blend(body, GLAND + scene.noise(2, 5) + rng.uniform(0.4, 1.2) * scene.noise(9, 15))
    back = np.clip((scene.y - centre[1]) / axes[1], 0, 1)  # the capsule at the back faces the beam
    capsule = step(1.4 - np.abs(distance), 0.8) * np.clip(0.35 + 0.3 * back + 0.4 * scene.noise(4, 14), 0, 0.9)
    scene.blend(capsule, INTERFACE - 3 + 2 * back)
    for _ in range(rng.integers(1, 6)):
        angle, reach = rng.uniform(0, 6.3), 0.8 * np.sqrt(rng.random())
        place = centre + reach * np.array(axes) * [np.cos(angle), np.sin(angle)]
        size = rng.uniform(2, 6) if rng.random() < 0.5 else rng.uniform(7, 15)
        part, where = scene.near(place, 40)
        if not part.x.size:
            continue
        spot = blob(part, place, (size, size * rng.uniform(0.4, 1)), tilt=rng.uniform(-1, 1))
        level = GLAND + (rng.uniform(-22, -10) if size < 7 else rng.uniform(-5, 3))
        part.blend(body[where] * step(spot, 0.35 * size), level)


def surroundings(scene, kind, side, strap, centre, axes):
    """Draw trachea, vessels, a node or the oesophagus, and the spine."""
    rng, (height, width) = scene.rng, scene.shape
    if rng.random() < 0.6:
        spine(scene, min(centre[1] + axes[1] + rng.uniform(25, 60), height * 0.95))
    if kind == "transverse":
        trachea(scene, (centre[0] - side * (axes[0] + rng.uniform(35, 60)), centre[1] + 25), rng.uniform(55, 80))
        radius = rng.uniform(16, 30)
        beside = centre[0] + side * (axes[0] + radius * rng.uniform(0.7, 1.1))
        vessel(scene, (beside, centre[1] + rng.uniform(0, 25)), radius)
        if rng.random() < 0.5:
            vessel(scene, (beside + side * 25, centre[1] - rng.uniform(15, 35)), radius * 1.1, rng.uniform(0.3, 0.6))
    elif rng.random() < 0.3:
        vessel(scene, (rng.uniform(0, width), centre[1] + axes[1] + 28), rng.uniform(300, 400), 0.027)
    if rng.random() < 0.5:  # a lymph node or the oesophagus: dark, oval, outside the gland
        spot = (rng.uniform(20, width - 20), rng.uniform(float(strap.mean()), height - 40))
        oval = blob(scene, spot, (rng.uniform(14, 30), rng.uniform(8, 14)), tilt=rng.uniform(-0.4, 0.4))
        scene.blend(step(oval, 1.8), DEEP - rng.uniform(2, 6))


def view(looks, kind, shape, rng):
    """Return the View of one image, `shape` = (H, W), of a neck with a nodule for each of `looks`.

    `looks` is a list of (nodule.Look, size), size being the geometric mean of the half axes in pixels.
    """
    scene, side = Tissue(shape, rng), rng.choice([-1, 1])
    strap = layers(scene)
    centre, axes, distance = gland(scene, strap, kind, side, max((size for _, size in looks), default=0))
    surroundings(scene, kind, side, strap, centre, axes)
    shapes = nodule.places(looks, centre, axes, strap, shape, rng)
    for _, place, half in shapes:
        bulge = np.minimum(blob(scene, place, half + rng.uniform(9, 15)), scene.y - strap)
        distance = np.maximum(distance, bulge)  # the gland bulges around it
    fill_gland(scene, distance, centre, axes)
    nodules = [nodule.draw(scene, *one) for one in shapes]
    scene.echo += 1.2 * scene.noise(35, 60)  # uneven gain
    start, fading = rng.uniform(0.3, 0.5), rng.uniform(0.02, 0.08)
    scene.excess += fading * (scene.y > start * shape[0])  # more than the gain makes up for
    scene.excess[:12] += np.maximum(scene.wave(0.4, 14) - 0.45, 0)  # poor contact: dark columns
    healthy = nodule.settle(scene, nodules, distance > 3)
    display = (float(rng.uniform(48, 58)), float(rng.uniform(2, 6)), float(rng.uniform(1.1, 1.6)))
    image = ultrasound.b_mode(scene.echo, scene.excess, rng, rng.integers(2, 5), *display)
    return View(image, [one.contour for one in nodules], healthy, display)

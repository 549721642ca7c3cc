"""What lies between the simulated lungs: windpipe and bronchi, gullet, great vessels, heart; and below them, the belly.

Each part is a tube along a few points, placed by its level below the top of the lungs (the windpipe divides 85 mm
below it, at the fourth to fifth thoracic vertebra) and beside the spine, in textbook positions and sizes. CT numbers
are those without contrast medium: blood and muscle are 40 to 55 HU, so that fat of -95 HU draws the outlines.
"""

import math

import numpy as np

FAT, BLOOD, GULLET, AIR, WALL = -95.0, 42.0, 35.0, -980.0, 20.0
HEART, LIVER, SPLEEN = 46.0, 57.0, 48.0
CARINA = 85.0  # mm below the top of the lungs


def tubes(body):
    """Return the solid tubes of a thorax.Anatomy: a list of (HU, points (N, 3) as z, y, x in mm, radii (N,)).

    The points of arteries, veins and gullet come in the order in which they are painted over each other.
    """
    front = 0.5 * body.depth - 17  # y of the front of the spine
    wide = 0.92 + 0.016 * body.knob  # of the aorta: wider with age
    parts = [
        (GULLET, 6.5, [(-60, front - 9, 4), (85, front - 8, 7), (240, front - 14, 10)]),
        (BLOOD, 8.0, [(20, -4, -29), (46, -5, -25), (80, -6, -27), (128, -4, -27)]),  # to the heart, from above
        (BLOOD, 11.0, [(165, 10, -22), (260, 14, -22)]),  # and from below
        (BLOOD, 6.0, [(32, -10, 29), (46, -19, 6), (57, -8, -20)]),
        (BLOOD, 5.5, [(66, 2, -7), (40, 4, -12), (12, 6, -23)]),
        (BLOOD, 4.0, [(63, 10, 4), (10, 8, 11)]),
        (BLOOD, 5.0, [(64, 19, 14), (30, 21, 20), (10, 18, 36)]),
        (BLOOD, 13.0, [(140, -38, 20), (112, -30, 25), (98, -10, 29)]),  # trunk of the lung arteries, then both
        (BLOOD, 9.5, [(98, -10, 29), (92, 10, 40), (112, 28, 50)]),
        (BLOOD, 9.5, [(102, -14, 24), (100, 2, -6), (103, 7, -35), (118, 16, -50)]),
        (BLOOD, 16.0, [(140, 13, -18), (140, 13, 22)]),  # left atrium, and veins
        (BLOOD, 6.0, [(138, 14, -18), (131, 17, -54)]),
        (BLOOD, 6.0, [(138, 14, 22), (133, 17, 56)]),
        (BLOOD, 15.0 * wide, [(130, -12, 4), (105, -22, -15), (78, -14, -15), (66, 2, -5)]),  # aorta: up, arch, down
        (BLOOD, 13.0 * wide, [(66, 2, -5), (62, 18, 12), (70, front - 2, 23), (90, front + 3, 25)]),
        (BLOOD, 12.0 * wide, [(90, front + 3, 25), (160, front + 4, 22), (280, front - 2, 10)]),
    ]
    return [(value, *_placed(body, radius, points)) for value, radius, points in parts]


def airways(body):
    """Return the tubes of air: a list of (points (N, 3), inner radii (N,)), windpipe first."""
    front = 0.5 * body.depth - 17
    fork = (CARINA, front - 17, 2)
    parts = [
        (8.5, [(-80, front - 26, 0), fork]),
        (6.8, [fork, (112, front - 15, -33)]),
        (5.0, [(112, front - 15, -33), (150, front - 6, -52)]),
        (4.2, [(98, front - 16, -16), (88, front - 20, -52)]),
        (6.2, [fork, (122, front - 13, 38)]),
        (4.5, [(122, front - 13, 38), (158, front - 2, 58)]),
        (4.0, [(119, front - 13, 34), (106, front - 30, 58)]),
    ]
    return [_placed(body, radius, points) for radius, points in parts]


def fill(hu, lung, body, where, soft):
    """Paint gullet, vessels and heart into CT numbers (Z, Y, X) and cut them out of `lung` (mm inside), in place."""
    for value, points, radii in tubes(body):
        for box, depth in _inside(points, radii, where):
            hu[box] += np.clip(0.5 + depth * soft, 0, 1) * (np.float32(value) - hu[box])
            np.minimum(lung[box], -depth - 1.2, out=lung[box])


def breathe(hu, body, where, soft):
    """Paint windpipe and bronchi with their walls into CT numbers, in place."""
    drawn = [(box, depth) for points, radii in airways(body) for box, depth in _inside(points, radii, where, 1.6)]
    for grown, value in ((1.6, WALL), (0.0, AIR)):
        for box, depth in drawn:
            hu[box] += np.clip(0.5 + (depth - 1.6 + grown) * soft, 0, 1) * (np.float32(value) - hu[box])


def outside_heart(body, z, y, x):
    """Return (mm outside the heart, place along it as -1..1), both (Z, Y, X): an ellipsoid, its tip down and left."""
    hx, hz, long, short, tilt = body.heart
    along = (x - hx) * math.cos(tilt) + (z - hz) * math.sin(tilt)
    across = (z - hz) * math.cos(tilt) - (x - hx) * math.sin(tilt)
    plane = (along / long) ** 2 + (across / short) ** 2
    return (np.sqrt(plane + ((y + 20 - 0.12 * (x - hx)) / 46) ** 2) - 1) * np.float32(short), along / np.float32(long)


def heart(hu, outside, along, soft):
    """Paint the heart into CT numbers, in place: muscle and blood look alike; fat lies around and in the groove."""
    groove = np.abs(along + 0.22) * 60 - 3  # mm from the fat between atria and ventricles
    deep = np.minimum(-outside - 4.5, np.maximum(groove, -outside - 17))
    hu += np.clip(0.5 + deep * soft, 0, 1) * (outside < 3) * (np.float32(HEART) - hu)


def belly(hu, below, y, x, soft):
    """Paint liver, spleen and fat below the diaphragm into CT numbers, in place. below: mm below it, (Z, Y, X)."""
    part = np.clip(0.5 + (below - 3) * soft, 0, 1)
    liver = np.clip(0.5 + (38 + 0.25 * y - x) / 5, 0, 1)
    spleen = np.clip(0.5 + (34 - np.hypot(x - 84, (y - 34) * 0.8)) / 5, 0, 1)
    value = FAT + liver * (LIVER - FAT) + (1 - liver) * spleen * (SPLEEN - FAT)
    hu += part * (value.astype(np.float32) - hu)


def _placed(body, radius, points):
    size = np.float32(body.width / 158)
    points = np.array(points, np.float32) * size
    points[:, 1] /= size  # y is measured from the spine
    points[:, 0] += np.float32(body.apex)
    return points, np.full(len(points), radius, np.float32) * size


def _inside(points, radii, where, more=0.0):
    """Yield (box, mm inside) of each piece of a tube, grown by `more` mm, where it meets a thorax.Grid."""
    steps = [float(axis[1] - axis[0]) if len(axis) > 1 else 3.0 for axis in where]
    for first, second, r1, r2 in zip(points[:-1], points[1:], radii[:-1], radii[1:], strict=True):
        reach = [max(r1, r2) + more + step for step in steps]
        low, high = np.minimum(first, second) - reach, np.maximum(first, second) + reach
        box = tuple(
            slice(*np.searchsorted(axis, pair)) for axis, pair in zip(where, np.stack([low, high], 1), strict=True)
        )
        if any(part.start >= part.stop for part in box):
            continue
        z, y, x = (axis[part] for axis, part in zip(where, box, strict=True))
        offset = z[:, None, None] - first[0], y[None, :, None] - first[1], x[None, None, :] - first[2]
        line = second - first
        t = np.clip(sum(o * v for o, v in zip(offset, line, strict=True)) / (line @ line), 0, 1)
        off = np.sqrt(sum((o - t * v) ** 2 for o, v in zip(offset, line, strict=True)))
        yield box, (r1 + t * (r2 - r1) + np.float32(more) - off).astype(np.float32)

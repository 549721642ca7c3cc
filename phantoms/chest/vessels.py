"""The vessels of the lungs as branching tubes: a cloud of points that fill them, put into any grid as volume.

A tube is drawn by its filling: points spread over its cross-section, each with the volume that it stands for. A voxel
then holds as much blood as falls into it, so thin vessels give the partial volume that a scanner would see.
"""

import numpy as np

GENERATIONS = 7
STEP = 1.8  # mm along a tube, and at least two steps
DISC = 7  # points on a cross-section


def grow(rng, hilum, half, span):
    """Return (points float32 (N, 3) as z, y, x in mm, volumes float32 (N,) in mm³).

    hilum: z of the roots. half: half-axes (x, y) of the chest inside. span: (top, bottom) z of the lungs.
    """
    points, volumes = [], []
    for side in (-1, 1):
        count = 13
        start = np.column_stack(
            [hilum + rng.normal(4, 11, count), rng.normal(16, 8, count), np.full(count, side * 38.0)]
        )
        share = (rng.permutation(count) + rng.uniform(0, 1, count)) / count  # spread from the top to the bottom
        angle = 2.4 * np.arange(count) + rng.normal(0, 0.3, count)
        goal = np.column_stack(
            [
                span[0] + 5 + share * (span[1] + 35 - span[0]),
                0.85 * np.sin(angle) * half[1],
                side * (0.62 + 0.36 * np.cos(angle)) * half[0],
            ]
        )
        heading = _unit(goal - start)
        radius = rng.uniform(3.2, 5.0, count)
        length = np.clip(0.38 * np.linalg.norm(goal - start, axis=1), 26, 58)
        for _ in range(GENERATIONS):
            ends, heading = _tubes(rng, start, heading, radius, length, points, volumes)
            start = np.repeat(ends, 2, axis=0)
            turn = rng.normal(0, 0.40, (len(start) // 2, 3))
            heading = _unit(np.repeat(heading, 2, axis=0) + np.stack([turn, -turn], axis=1).reshape(-1, 3))
            radius = np.repeat(radius, 2) * rng.uniform(0.70, 0.84, len(start))
            length = np.repeat(length, 2) * rng.uniform(0.66, 0.84, len(start))
    return np.concatenate(points).astype(np.float32), np.concatenate(volumes).astype(np.float32)


def fill(tree, where):
    """Return the part of each voxel of a thorax.Grid that is vessel, float32 0..1."""
    points, volumes = tree
    index, inside = [], np.ones(len(points), bool)
    cell = 1.0
    for axis, column in zip(where, points.T, strict=True):
        step = float(axis[1] - axis[0]) if len(axis) > 1 else 3.0
        place = np.floor((column - axis[0]) / step + 0.5).astype(np.int32)
        inside &= (place >= 0) & (place < len(axis))
        index.append(place)
        cell *= step
    flat = np.ravel_multi_index([place[inside] for place in index], where.shape)
    blood = np.bincount(flat, volumes[inside], int(np.prod(where.shape))).astype(np.float32) / np.float32(cell)
    return np.minimum(blood, 1, out=blood).reshape(where.shape)


def _tubes(rng, start, heading, radius, length, points, volumes):
    """Append the filling of straight tubes with a bend; return their ends and headings."""
    steps = max(int(np.mean(length) / STEP), 2)
    t = np.linspace(0, 1, steps, endpoint=False)[:, None, None]
    bend = rng.normal(0, 0.16, heading.shape)
    line = start + length[:, None] * (t * heading + t**2 * bend)  # (steps, tubes, 3)
    thin = radius * (1 - 0.2 * t[..., 0])  # (steps, tubes)
    aside = _unit(np.cross(heading, [0.3, 0.5, 0.81]))
    other = np.cross(heading, aside)
    k = np.arange(DISC)
    away, angle = np.sqrt((k + 0.5) / DISC), 2.4 * k
    disc = (away * np.cos(angle))[:, None, None] * aside + (away * np.sin(angle))[:, None, None] * other
    cloud = line[:, None] + thin[:, None, :, None] * disc  # (steps, DISC, tubes, 3)
    share = np.pi * thin**2 * (length / steps) / DISC  # (steps, tubes)
    points.append(cloud.reshape(-1, 3))
    volumes.append(np.repeat(share[:, None], DISC, axis=1).ravel())
    return start + length[:, None] * (heading + bend), _unit(heading + 2 * bend)


def _unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)

"""Simulated pneumonia in a simulated lung: ground glass as in COVID-19, or a consolidated part of a lobe.

Ground glass lies between -750 and -300 HU, and vessels are seen through it; consolidation lies above -300 HU and hides
them. COVID-like: several patches, on both sides, near the pleura, more at the back and below. Bacterial-like: one
side, one lobe, dense, with open bronchi in it. Positions follow reports in words (Carotti 2020), not measurements.
"""

from typing import NamedTuple

import numpy as np

GLASS, SOLID = 520.0, 870.0  # HU added to the lung where a lesion is fully developed
WAVES = 18


class Lesion(NamedTuple):
    """A patch: centre and half-axes (z, y, x) in mm, kind "glass" or "solid", strength 0..1, its texture.

    texture: (wave vectors (WAVES, 3) in 1/mm, phases (WAVES,)): a sum of plane waves breaks the patch up.
    """

    centre: tuple
    axes: tuple
    kind: str
    strength: float
    texture: tuple


def covid(rng, body, severity):
    """Return the lesions of a COVID-like pneumonia, severity 0..1: more, larger and denser patches; at 0 none."""
    if severity <= 0:
        return []
    found = []
    count = int(round(3 + 7 * severity + rng.uniform(0, 2)))
    low = max(body.domes)
    for number in range(count):
        side = (-1, 1)[(number + (number > 1 and rng.random() < 0.2)) % 2]  # both lungs
        z = low - np.clip(rng.gamma(2.0, 26), 0, 150) + 25
        angle = np.clip(rng.normal(0.35, 0.5), -0.9, 1.3)  # 0 is the side, above 0 towards the back
        reach = rng.uniform(0.80, 0.98)
        centre = (
            float(z),
            float((body.depth - body.wall) * reach * np.sin(angle)),
            float(side * (body.width - body.wall) * reach * np.cos(angle)),
        )
        size = rng.uniform(20, 30) * (0.8 + 0.6 * severity)
        axes = tuple(size * rng.uniform(0.75, 1.35, 3) * np.array([1.15, 1.0, 0.9]))
        solid = rng.random() < 0.4 * max(severity - 0.45, 0) / 0.55
        found.append(Lesion(centre, axes, "glass", float(np.clip(0.7 + 0.35 * severity, 0, 1)), _texture(rng)))
        if solid:
            core = tuple(0.55 * np.array(axes))
            found.append(Lesion(centre, core, "solid", 0.9, _texture(rng)))
    return found


def lobar(rng, body, severity):
    """Return the lesion of a bacterial-like pneumonia, severity 0..1: one dense patch in one lobe."""
    side = 1 if rng.random() < 0.4 else -1
    upper = rng.random() < 0.35
    z = body.apex + (70 if upper else 150) + rng.normal(0, 14)
    x = side * (body.width - body.wall) * rng.uniform(0.48, 0.62)
    centre = (float(z), float(rng.normal(8, 14)), float(x))
    axes = tuple(np.array([34, 46, 34]) * (0.75 + 0.5 * severity) * rng.uniform(0.9, 1.15, 3))
    return [Lesion(centre, axes, "solid", float(0.72 + 0.28 * severity), _texture(rng))]


def fill(lesions, where, pleura):
    """Return (rise, infected, dense) at the points of a thorax.Grid, float32 (Z, Y, X).

    rise: HU to add to healthy lung. infected: 0..1, where any lesion is. dense: 0..1, where it hides the vessels.
    pleura: (Z, Y, X), mm from the chest wall.
    """
    rise, infected, dense = (np.zeros(where.shape, np.float32) for _ in range(3))
    for patch in lesions:
        box = tuple(
            slice(*np.searchsorted(axis, (c - 1.5 * a, c + 1.5 * a)))
            for axis, c, a in zip(where, patch.centre, patch.axes, strict=True)
        )
        if any(part.start >= part.stop for part in box):
            continue
        local = [axis[part] for axis, part in zip(where, box, strict=True)]
        z, y, x = local[0][:, None, None], local[1][None, :, None], local[2][None, None, :]
        offset = [(v - c) / a for v, c, a in zip((z, y, x), patch.centre, patch.axes, strict=True)]
        level = 1.05 - (offset[0] ** 2 + offset[1] ** 2 + offset[2] ** 2)
        level = level + (0.42 if patch.kind == "glass" else 0.22) * _noise(patch.texture, z, y, x)
        if patch.kind == "glass":
            level = level - np.clip(pleura[box] - 30, 0, None) / 60  # fades towards the middle of the lung
        even, steep = (0.84, 1.9) if patch.kind == "glass" else (0.94, 3.0)
        weight = np.clip(level * steep, 0, 1).astype(np.float32)
        rough = even + (1 - even) * _noise(patch.texture, z * 2.3, y * 2.3, x * 2.3)
        added = (GLASS if patch.kind == "glass" else SOLID) * patch.strength * weight * np.clip(rough, 0, 1)
        np.maximum(rise[box], added.astype(np.float32), out=rise[box])
        np.maximum(infected[box], weight, out=infected[box])
        if patch.kind == "solid":
            np.maximum(dense[box], weight, out=dense[box])
    return rise, infected, dense


def _texture(rng):
    waves = rng.normal(0, 1, (WAVES, 3)) * rng.uniform(0.04, 0.20, (WAVES, 1))
    return waves.astype(np.float32), rng.uniform(0, 2 * np.pi, WAVES).astype(np.float32)


def _noise(texture, z, y, x):
    """Return a smooth random field of about unit variance at broadcast points."""
    total = np.float32(0)
    for (kz, ky, kx), phase in zip(*texture, strict=True):
        # cos(a + b) from its parts: no cosine on the whole block
        a, b = kz * z + phase, ky * y + kx * x
        total = total + (np.cos(a) * np.cos(b) - np.sin(a) * np.sin(b))
    return total * np.float32(np.sqrt(2 / WAVES))

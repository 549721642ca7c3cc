"""The bones of the simulated thorax: ten pairs of tilted ribs, collar bones, breastbone, spine.

A rib is where a tilted plane cuts a shell outside the lung, so in a picture from the front it comes down obliquely.
"""

import numpy as np

RIB, COLLAR, BREASTBONE, SPINE = 700.0, 480.0, 120.0, 140.0  # HU above muscle, of dense bones
RIBS = 10


def add(hu, body, z, y, x, pleura, soft):
    """Add the bones of a thorax.Anatomy to CT numbers (Z, Y, X), in place.

    z, y, x: coordinates in mm that broadcast to that shape. pleura: mm from the chest wall, above 0 inside. soft: 1/mm,
    how steep an edge is.
    """
    _ribs(hu, body, z, y, x, pleura)
    _collar_bones(hu, body, z, y, x)
    plate = np.clip(0.5 + (17 - np.abs(x)) * soft, 0, 1) * np.clip((6 - np.abs(y + body.depth * 0.80)) / 3, 0, 1)
    hu += plate * np.float32(body.bone * BREASTBONE) * ((z > body.apex + 30) & (z < body.apex + 185))
    _spine(hu, body, z, y, x)


def _ribs(hu, body, z, y, x, pleura):
    height = z - body.drop * (0.5 - 0.5 * y / body.depth)  # where that rib begins, (Z, Y, 1)
    first = body.apex - 22
    number = np.round((height - first) / body.pitch)
    off = np.abs(height - first - number * body.pitch)
    profile = np.clip((6.2 - off) / 2.5, 0, 1) * (number >= 0) * (number < RIBS)  # (Z, Y, 1)
    bony = np.clip((np.abs(x) - 48 - 0.5 * np.clip(-y - 40, 0, None)) / 12, 0, 0.5)  # cartilage in front
    bony = np.clip(bony + 0.5 * np.clip(0.5 + y / 30, 0, 1) + 0.5 * (y > 25), 0, 1)  # thickest at the back
    shell = np.clip((6.0 - np.abs(pleura + 6)) / 3, 0, 1)
    shell *= profile * np.float32(body.bone * RIB)
    shell *= bony
    hu += shell


def _collar_bones(hu, body, z, y, x):
    near = slice(*np.searchsorted(z[:, 0, 0], (body.apex - 32, body.apex + 34)))
    for part in (x[0, 0] < 0, x[0, 0] >= 0):
        beside, above = np.abs(x[..., part]), z[near]
        t = np.clip((beside - 14) / 125, 0, 1)
        line_z, line_y = body.apex + 14 - 26 * t - 7 * np.sin(3.1 * t), -body.depth * (0.70 - 0.30 * t)
        ends = np.clip(14 - beside, 0, None) + np.clip(beside - 139, 0, None)
        off = np.hypot(above - line_z, y - line_y) + 3 * ends
        hu[near, :, part] += np.clip((6.5 - off) / 2.5, 0, 1) * np.float32(body.bone * COLLAR)


def _spine(hu, body, z, y, x):
    part = slice(*np.searchsorted(x[0, 0], (-36, 36)))
    x, middle = x[..., part], body.depth * 0.50
    core = np.clip(0.5 + (17 - np.hypot(x, y - middle)) / 12, 0, 1)
    arch = np.clip(0.5 + (7 - np.hypot(x * 0.8, (y - middle - 28) * 0.35)) / 4, 0, 1)
    wings = np.clip((30 - np.abs(x)) / 6, 0, 1) * np.clip((5 - np.abs(y - middle - 20)) / 3, 0, 1)
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * z / (0.98 * body.pitch))  # a vertebra, a disc
    dense = core * (0.62 + 0.38 * wave) + wave * (0.7 * arch + 0.6 * wings)
    hu[..., part] += dense * np.float32(body.bone * SPINE)

"""The bones of the simulated thorax: ten pairs of ribs, collar bones, shoulder blades, breastbone, spine.

A rib is where a tilted plane cuts a shell outside the lung: it comes down from the spine to the side and on to the
front, so a slice shows it as a short oblique piece. Where voxels are small enough, a bone has a dense rim.
"""

import numpy as np

RIM, MARROW, MEAN = 720.0, 230.0, 560.0  # HU of dense bone: rim, inside, and both where voxels are too large to part
COLLAR, BREASTBONE, SPONGE, DISC, CORD = 520.0, 170.0, 175.0, 85.0, 25.0
RIBS = 10
HALF = 6.0, 5.2  # mm, of a rib's section: height and thickness


def add(hu, body, z, y, x, pleura, soft):
    """Paint the bones of a thorax.Anatomy into CT numbers (Z, Y, X), in place.

    z, y, x: coordinates in mm that broadcast to that shape. pleura: mm from the chest wall, above 0 inside. soft: 1/mm,
    how steep an edge is.
    """
    fine = np.float32(np.clip(4 * soft - 1, 0, 1))  # 1 for voxels below 2 mm, 0 above 4 mm
    _ribs(hu, body, z, y, x, pleura, soft, fine)
    _collar_bones(hu, body, z, y, x)
    _shoulder_blades(hu, body, z, y, x, pleura)
    _breastbone(hu, body, z, y, x, soft)
    _spine(hu, body, z, y, x, soft)


def _bone(inside, fine, rim, marrow, mean):
    """Return HU of a bone, `inside` mm below its surface: a rim of 1.8 mm around marrow, or a mean of both."""
    parted = np.where(inside < 1.8, np.float32(rim), np.float32(marrow))
    return fine * parted + (1 - fine) * np.float32(mean)


def _ribs(hu, body, z, y, x, pleura, soft, fine):
    height = z - body.drop * (0.5 - 0.5 * y / body.depth) - 0.3 * (np.abs(x) - 60)  # (Z, Y, X)
    first = body.apex - 22
    number = np.round((height - first) / body.pitch)
    off = (height - first - number * body.pitch) / np.float32(HALF[0])
    radius = np.sqrt(off**2 + ((pleura + 7) / np.float32(HALF[1])) ** 2)
    inside = (1 - radius) * np.float32(HALF[1])
    bony = np.clip((np.abs(x) - 50 - 0.5 * np.clip(-y - 40, 0, None)) / 14, 0, 1)  # cartilage in front
    bony = np.clip(bony + (y > 25), 0.25, 1) * (np.abs(x) > 16)
    weight = np.clip(0.5 + inside * soft, 0, 1) * (number >= 0) * (number < RIBS) * bony
    hu += weight * (_bone(inside, fine, body.bone * RIM, body.bone * MARROW, body.bone * MEAN) - hu)


def _collar_bones(hu, body, z, y, x):
    near = slice(*np.searchsorted(z[:, 0, 0], (body.apex - 32, body.apex + 34)))
    for part in (x[0, 0] < 0, x[0, 0] >= 0):
        beside, above = np.abs(x[..., part]), z[near]
        t = np.clip((beside - 14) / 125, 0, 1)
        line_z, line_y = body.apex + 14 - 26 * t - 7 * np.sin(3.1 * t), -body.depth * (0.70 - 0.30 * t)
        ends = np.clip(14 - beside, 0, None) + np.clip(beside - 139, 0, None)
        off = np.hypot(above - line_z, y - line_y) + 3 * ends
        hu[near, :, part] += np.clip((6.5 - off) / 2.5, 0, 1) * np.float32(body.bone * COLLAR)


def _shoulder_blades(hu, body, z, y, x, pleura):
    near = slice(*np.searchsorted(z[:, 0, 0], (body.apex - 20, body.apex + 105)))
    if near.start >= near.stop:
        return
    level = (z[near] - body.apex + 20) / 125  # 0 at its top, 1 at its tip
    beside = np.abs(x)
    sheet = np.clip((2.6 - np.abs(pleura[near] + 21)) / 1.5, 0, 1)
    sheet = sheet * np.clip((beside - 62) / 6, 0, 1) * np.clip((y - 8 - 32 * level) / 6, 0, 1)
    sheet = sheet * np.clip((132 - 50 * level - beside) / 6, 0, 1)
    hu[near] += sheet * (np.float32(body.bone * 520) - hu[near])


def _breastbone(hu, body, z, y, x, soft):
    off = np.maximum(np.abs(x) - 16, np.abs(y + body.depth * 0.84) - 5.5)
    plate = np.clip(0.5 - off * soft, 0, 1) * ((z > body.apex + 25) & (z < body.apex + 185))
    value = np.where(off > -1.8, np.float32(body.bone * 420), np.float32(body.bone * BREASTBONE))
    hu += plate * (value - hu)


def _spine(hu, body, z, y, x, soft):
    part = slice(*np.searchsorted(x[0, 0], (-44, 44)))
    middle = body.depth * 0.50
    rows = slice(*np.searchsorted(y[0, :, 0], (middle - 24, body.depth)))
    x, y = x[..., part], y[:, rows]
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * z / (0.98 * body.pitch))  # 1 in a vertebra, 0 in a disc
    bone = np.float32(body.bone)
    back = np.clip(y - middle - 6, 0, None)
    body_off = (np.sqrt((x / 17) ** 2 + ((y - middle + 1) / 15) ** 2) - 1) * 15 + 0.25 * back
    canal = np.hypot(x, y - middle - 23) - 8.5
    arch = np.abs(np.hypot(x, (y - middle - 23)) - 11) - 2.6  # a ring around the canal
    thorn = np.maximum(np.abs(x) - 2.8, np.abs(y - middle - 45) - 13)
    wings = np.maximum(np.abs(y - middle - 21 - 0.28 * np.abs(x)) - 3.2, np.abs(np.abs(x) - 21) - 13)
    target = hu[..., rows, part]

    def paint(off, value, where=1.0):
        target[...] += np.clip(0.5 - off * soft, 0, 1) * where * (value - target)

    vertebra = np.clip((wave - 0.12) * 6, 0, 1)
    dense = np.where(body_off > -1.8, 400 * bone, SPONGE * bone)
    paint(body_off, DISC + vertebra * (dense - DISC))
    paint(canal, np.float32(CORD))
    high = np.clip((wave - 0.35) * 4, 0, 1)
    paint(arch, 340 * bone, np.clip(0.3 + high, 0, 1))
    paint(wings, 260 * bone, high)
    paint(thorn, 260 * bone, np.clip(0.4 + high, 0, 1))

"""A simulated thorax: CT numbers (HU), lungs and infection on any grid of points, from a few numbers a patient.

Axes in mm: x from the patient's right (the left of a picture) to the left, y from front to back, z from the neck down.
Nothing here is measured on a person; CT numbers are textbook values: air -1000, lung about -860, fat -100, muscle 45,
blood 40. Bones are in `skeleton`, heart and great vessels in `mediastinum`, the lungs' vessels in `vessels`, disease
in `lesion`.
"""

from typing import NamedTuple

import numpy as np

from phantoms.chest import lesion, mediastinum, skeleton, vessels

AIR, FAT, MUSCLE, LUNG, BLOOD = -1000.0, -100.0, 45.0, -860.0, 40.0
DEPENDENT = 0.55  # HU a mm: the lung is denser at the back, where a patient lies on it


class Anatomy(NamedTuple):
    """The build of one patient, lengths in mm. `tree` is what vessels.grow returns, `stomach` (x, y, z, radius)."""

    width: float
    depth: float
    wall: float  # thickness of the chest wall outside the lung
    fat: float
    apex: float  # z of the top of the lungs
    domes: tuple  # z of the right and of the left diaphragm
    heart: tuple  # x, z, long half-axis, short half-axis, tilt in radians
    mediastinum: float  # half its width
    knob: float  # how far the arch of the aorta stands out
    pitch: float  # from rib to rib
    drop: float  # how much lower a rib is in front than behind
    breast: float  # thickness
    bone: float  # 1 is dense
    stomach: tuple
    tree: tuple


class Grid(NamedTuple):
    """The points at which a thorax is computed: rising coordinates in mm, 1-D float32, evenly spaced."""

    z: np.ndarray
    y: np.ndarray
    x: np.ndarray

    @property
    def shape(self):
        return len(self.z), len(self.y), len(self.x)


class Tissue(NamedTuple):
    """What lies at the points of a Grid.

    hu: CT number, float32. lung: part of the voxel that is lung, float32 0..1; infected: part that is diseased.
    """

    hu: np.ndarray
    lung: np.ndarray
    infected: np.ndarray


def grid(shape, sides, origin=(0.0, -120.0, -180.0)):
    """Return the Grid of voxel centres of `shape` voxels with `sides` (mm) from the corner `origin`, all (z, y, x)."""
    axes = (o + s * (np.arange(n) + 0.5) for n, s, o in zip(shape, sides, origin, strict=True))
    return Grid(*(axis.astype(np.float32) for axis in axes))


def build(rng, age=50, sex="F"):
    """Return a random Anatomy. Men are larger, the old have less dense bones and a more prominent aorta."""
    large = 1.06 if sex == "M" else 0.97
    size = large * rng.normal(1, 0.035)
    width, depth = 158 * size * rng.normal(1, 0.03), 112 * size * rng.normal(1, 0.05)
    apex = rng.normal(38, 5)
    low = apex + 205 * size * rng.normal(1, 0.05)
    left = low + rng.normal(13, 5)
    heart = (
        rng.normal(27, 5),
        left - rng.normal(33, 4),
        74 * size * rng.normal(1, 0.06),
        50 * size,
        rng.normal(0.55, 0.1),
    )
    stomach = rng.normal(72, 8), -15.0, left + rng.normal(34, 5), rng.uniform(8, 22)
    numbers = {
        "width": width,
        "depth": depth,
        "wall": 24.0,
        "fat": np.clip(rng.normal(9, 3.5), 4, 18),
        "apex": apex,
        "mediastinum": rng.normal(34, 2.5),
        "knob": np.clip(4 + 0.16 * (age - 30) + rng.normal(0, 2), 1, 15),
        "pitch": 25.5 * size * rng.normal(1, 0.04),
        "drop": rng.normal(118, 10),
        "breast": np.clip(rng.normal(17, 7), 0, 34) if sex == "F" else 0.0,
        "bone": np.clip(1.12 - 0.006 * (age - 30), 0.6, 1.15),
    }
    tuples = {"domes": (low, left), "heart": heart, "stomach": stomach}
    tree = vessels.grow(rng, apex + 0.43 * (low - apex), (width - 24, depth - 24), (apex, low))
    return Anatomy(
        **{name: float(value) for name, value in numbers.items()},
        **{name: tuple(float(v) for v in values) for name, values in tuples.items()},
        tree=tree,
    )


def scan(body, where, lesions=()):
    """Return the Tissue of an Anatomy with lesion.Lesion's at the points of a Grid."""
    z, y, x = where.z[:, None, None], where.y[None, :, None], where.x[None, None, :]
    steps = [axis[1] - axis[0] if len(axis) > 1 else np.float32(3) for axis in where]
    soft = 1 / np.float32(max(steps[1], steps[2]))  # edges as wide as a voxel: thickness changes smoothly

    widest = body.apex + 150
    reach = np.clip((widest - z) / (widest - body.apex), 0, 1) ** 2.4
    scale = np.sqrt(np.clip(1 - reach, 1e-4, 1))
    ellipse = _radius(x / (body.width - body.wall), (y + 2 - 16 * reach) / (body.depth - body.wall), 2.3)
    pleura = (scale - ellipse) * np.float32(body.depth - body.wall)  # mm inside the chest wall

    hu = _wall(body, z, y, x, pleura, soft)
    inner = np.clip(0.5 + (pleura + 2.5) * soft, 0, 1)
    hu += inner * (np.float32(mediastinum.FAT) - hu)
    lung = np.minimum(pleura, _outside_mediastinum(body, z, y, x))
    gutter = 0.5 * body.depth - 10  # the lungs reach back beside the spine
    np.minimum(lung, np.abs(x) - (19 + 0.011 * np.clip(y - gutter, 0, None) ** 2), out=lung)
    dome = _above_diaphragm(body, y, x) - z
    np.minimum(lung, dome, out=lung)
    if (z[-1] > min(body.domes) - 5).any():
        mediastinum.belly(hu, np.minimum(-dome, pleura + 4), y, x, soft)
    mediastinum.fill(hu, lung, body, where, soft)
    low = slice(*np.searchsorted(where.z, (body.heart[1] - 75, body.heart[1] + 90)))
    if low.start < low.stop:
        outside, along = mediastinum.outside_heart(body, z[low], y, x)
        mediastinum.heart(hu[low], np.maximum(outside, -dome[low] - 2), along, soft)
        np.minimum(lung[low], outside, out=lung[low])
    lung *= soft
    lung += np.float32(0.5)
    np.clip(lung, 0, 1, out=lung)

    skeleton.add(hu, body, z, y, x, pleura, soft)
    _stomach(hu, body, z, y, x, lung, soft)
    rise, infected, dense = lesion.fill(lesions, where, pleura)
    air = rise + (np.float32(LUNG) + np.float32(DEPENDENT) * y)
    blood = vessels.fill(body.tree, where)
    air += blood * (1 - dense) * (np.float32(BLOOD) - air)
    hu += lung * (air - hu)
    mediastinum.breathe(hu, body, where, soft)
    return Tissue(hu, lung, infected * lung)


def lay_on_table(hu, body, where):
    """Paint the table of a CT under the patient into CT numbers (Z, Y, X), in place: two sheets around foam."""
    y, x = where.y[:, None], where.x[None, :]
    below = y - (body.depth + 7 - 0.0008 * x**2)  # mm below its upper side, (Y, X)
    sheet = np.clip(2.2 - np.minimum(np.abs(below - 2), np.abs(below - 26)), 0, 1) * (np.abs(x) < 175)
    hu += sheet.astype(np.float32) * (np.float32(-250) - hu) * (hu < -900)


def _wall(body, z, y, x, pleura, soft):
    """Return CT numbers of the body without what lies inside the chest, (Z, Y, X): skin, fat, muscles, breasts."""
    groove = 5 * np.exp(-((x / 16) ** 2)) * (y > 0)  # along the back
    outline = _radius(x / body.width, (y + groove) / body.depth, 2.35)
    shoulder = 62 * np.clip((np.abs(x) - 52) / 118, 0, None) ** 1.3 - 8
    skin = np.minimum((1 - outline) * np.float32(body.depth), z - shoulder)  # mm below the skin
    hu = np.clip(0.5 + skin * soft, 0, 1) * (FAT - AIR) + np.float32(AIR)
    muscle = skin - np.float32(body.fat)
    if soft > 0.22:  # voxels below 4.5 mm: what a film could not show is left out there
        muscle = _between_muscles(body, z - body.apex, y, x, pleura, skin, muscle)
    hu += np.clip(0.5 + muscle * soft, 0, 1) * (MUSCLE - FAT)
    hu += np.clip((2.2 - np.abs(skin - 1.1)) * soft, 0, 0.8) * (np.float32(10) - hu) * (hu > -600)
    if body.breast:
        _breasts(hu, body, z, y, x, soft)
    return hu.astype(np.float32)


def _between_muscles(body, level, y, x, pleura, skin, muscle):
    """Return mm inside the muscles of the wall, with the fat beside the breastbone, in the armpits, between layers."""
    chest = np.clip((-y - 8) / 25, 0, 1)  # 1 in front: the large muscle of the chest ends at the breastbone, and low
    chest = chest * np.clip(np.clip((26 - np.abs(x)) / 10, 0, 1) + np.clip((level - 105) / 40, 0, 1), 0, 1)
    armpit = np.clip(1 - np.hypot((np.abs(x) - 0.80 * body.width) / 34, (y + 12) / 30), 0, 1) * (level < 95) * 60
    muscle = np.minimum(skin - np.float32(body.fat) - 14 * chest, 4 - armpit)
    seam = np.abs(pleura + 15.5 + 2 * np.sin(x / 17) + 1.5 * np.cos(y / 13)) - 0.9
    seam = np.maximum(seam, 42 - np.abs(x))
    return np.where(pleura < -10, np.minimum(muscle, seam), muscle)


def _radius(a, b, power):
    """Return the p-norm of two broadcast arrays: 1 on a superellipse."""
    return (np.abs(a) ** power + np.abs(b) ** power) ** np.float32(1 / power)


def _outside_mediastinum(body, z, y, x):
    """Return mm outside the smooth column between the lungs, (Z, Y, X)."""
    hilum = 8 * np.exp(-(((z - body.apex - 90) / 30) ** 2))
    right = body.mediastinum + hilum - 6 * np.exp(-(((z - body.apex) / 40) ** 2))
    left = right + body.knob * np.exp(-(((z - body.apex - 52) / 14) ** 2)) - 3
    half = np.where(x < 0, right, left)  # (Z, 1, X)
    low = np.clip((z - body.apex - 70) / 60, 0, 1)
    front = 0.16 + 0.26 * low + (0.84 - 0.26 * low) / (1 + np.exp(-(y + 30) / 13))  # the lungs nearly meet in front
    back = 0.25 + 0.75 / (1 + np.exp((y - 34) / 20))
    return np.abs(x) - half * front * back


def _above_diaphragm(body, y, x):
    """Return z of the diaphragm, (1, Y, X): two domes, the right one higher, deeper at the back and at the side."""
    side = np.where(x < 0, -1, 1)
    top = np.where(x < 0, body.domes[0], body.domes[1])
    along = (x * side - 0.46 * body.width) / (0.46 * body.width)
    back = (y + 12) / (body.depth - body.wall)
    return (top + 30 * along**2 + 40 * np.clip(back, 0, None) ** 2 + 28 * back**2).astype(np.float32)


def _stomach(hu, body, z, y, x, lung, soft):
    """Put air into the stomach of `hu` in place."""
    sx, sy, sz, radius = body.stomach
    box = tuple(
        slice(*np.searchsorted(axis.ravel(), (c - 1.8 * radius, c + 1.8 * radius)))
        for axis, c in zip((z, y, x), (sz, sy, sx), strict=True)
    )
    if any(part.start >= part.stop for part in box):
        return
    offset = (x[..., box[2]] - sx) ** 2 * 0.5 + (y[:, box[1]] - sy) ** 2 * 0.4 + (z[box[0]] - sz) ** 2
    depth = radius - np.sqrt(offset)
    for more, value in ((4, 40), (0, -900)):
        inside = np.clip(0.5 + (depth + more) * soft, 0, 1) * (lung[box] == 0)
        hu[box] += inside * (np.float32(value) - hu[box])


def _breasts(hu, body, z, y, x, soft):
    """Add fat with glands in front of the chest, in place; the lower border of each is round."""
    across = (np.abs(x) - 0.54 * body.width) / (0.44 * body.width)  # she lies on her back: wide and flat
    down = (z - body.apex - 140) / 66
    bulge = body.breast * np.clip(1 - across**2 - np.where(down > 0, down**2, 0.35 * down**2), 0, 1) ** 0.5
    front = -body.depth * np.clip(1 - (np.abs(x) / body.width) ** 2.5, 0, 1) ** 0.4  # y of the skin, (1, 1, X)
    inside = np.minimum(y - (front - bulge), front + 4 - y)
    gland = FAT + 120 * np.clip(0.25 + 0.9 * np.sin(x / 7 + 2 * np.sin(y / 6)) * np.cos(z / 9 + y / 8), 0, 1)
    hu += np.clip(0.5 + inside * soft, 0, 1) * (bulge > 0) * (gland.astype(np.float32) - hu)

"""Films of animals that walk over a ground plane, with boxes, identities and places in metres: simulated.

No animal and no photograph of another split than the one asked for is in them.

>>> from helpers.datasets import walks
>>> frames = walks.film(seed=0)
>>> frames[0].image.shape, frames[0].places          # uint8 (128, 160, 3); x and z in metres
"""

import functools

import numpy as np

from helpers import validate
from helpers.datasets import backgrounds, cutouts
from phantoms.scene import walk as phantom
from phantoms.scene.walk import EYE, FOCAL, HEIGHT, HORIZON, MARKS, WIDTH, Frame, project  # noqa: F401

SPLITS = {"test": ("gravel.jpg", "storm.jpg"), "val": ("grass.jpg", "meadow.jpg")}  # ground, and what is behind it
LENGTHS = {  # metres, the longer side of the picture; animals that stand and are seen whole, from the side
    "horse": 2.4,
    "brown-donkey": 1.9,
    "grey-donkey": 1.9,
    "indian-antelope": 1.4,
    "standing-lion": 2.3,
    "gorilla": 1.6,
    "camel": 2.8,
    "ram": 1.4,
    "sheep": 1.4,
}


def film(seed, frames=40, count=3, split="test"):
    """Return a film, a list of `frames` Frames (phantoms.scene.walk) with `count` animals; the same for the same seed.

    split: "test" or "val". Raises ValueError for another split, fewer than 2 frames, or a count that is not 1 to the
    number of animals of the split.
    """
    frames, count = validate.whole(frames, "frames"), validate.whole(count, "count")
    if split not in SPLITS:
        raise ValueError(f"split {split!r} is none of {list(SPLITS)}.")
    animals, ground, sky = _parts(split)
    if frames < 2 or not 1 <= count <= len(animals):
        raise ValueError(f"{frames} frames, {count} animals: give 2 frames or more and 1 to {len(animals)} animals.")
    return phantom.film(animals, ground, sky, frames, count, np.random.default_rng([seed, len(split)]))


@functools.cache
def _parts(split):
    standing = [one for one in cutouts.load(split) if one.file.removesuffix(".webp") in LENGTHS]
    animals = [(one.image, one.alpha, LENGTHS[one.file.removesuffix(".webp")]) for one in standing]
    photographs = {one.file: one.image for one in backgrounds.load(split)}
    return animals, *(photographs[name] for name in SPLITS[split])

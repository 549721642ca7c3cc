"""Pictures of several objects with boxes and masks: the instance format of COCO, and the course's own set in it.

load() gives simulated scenes: real clothes from Fashion-MNIST, coloured, on pieces of real photographs; no garment
and no photograph of one split appears in another. A set put into data/scenes/ with the same files is taken instead.
read(), image() and masks() are those of helpers.datasets.coco, which takes any instance file, COCO's own too.

>>> from helpers.datasets import scenes
>>> data = scenes.load()
>>> first = data.train[0]
>>> picture, boxes, masks = scenes.image(first), first.boxes, scenes.masks(first)
"""

from typing import NamedTuple

import numpy as np

from helpers import samples
from helpers.datasets import clothes, places, store
from helpers.datasets.coco import Scene, image, masks, read  # noqa: F401
from phantoms.scene import garment_scene as phantom

NAME = "scenes"
NAMES = ("trousers", "pullover", "dress", "bag", "ankle boot")  # the classes of the simulated set
COUNTS = {"train": 2000, "val": 150, "test": 250}
PHOTOGRAPHS = {  # people who wear clothes are in none of them
    "train": (
        *("brick", "cat", "cell", "china", "clock", "coffee", "gravel", "hubble"),
        *("moon", "page", "retina", "stereo_left", "tissue"),
    ),
    "val": ("coins", "text"),
    "test": ("flower", "grass", "rocket"),
}
SECONDS = 25  # that the simulation takes, about
VAL = 60  # garments of each class that the training files of Fashion-MNIST give to the validation scenes
NO_AREA = "box without area"
NEEDED = "folder annotations of a set in COCO's layout"


class Scenes(NamedTuple):
    """A set: the names of the classes, in the order of the labels, and a list of Scene for each split."""

    names: list
    train: list
    val: list
    test: list


def load(simulated=False):
    """Return the Scenes; prints which set it is and its size. Raises what `store.folder` and `read` raise.

    simulated: take the simulated set in any case, whose images all have 128 x 160 pixels. A set of one's own has to
    hold annotations/instances_<split>.json and a folder <split> with the images, for train, val and test.
    """
    folder = store.folder(NAME, _simulate, SECONDS, clothes.files(), simulated)
    return of_folder(NAME, places.root(folder, lambda names: "annotations" in names, NEEDED))


def of_folder(name, folder):
    """Return the Scenes of a folder in COCO's layout, which has the three splits; prints its size.

    Raises ValueError where the splits have different categories or most boxes have no area; and what `read` raises.
    """
    parts = {}
    for split in COUNTS:
        file = places.child(places.child(folder, "annotations"), f"instances_{split}.json")
        parts[split] = read(file, places.child(folder, split))
    names = parts["train"][1]
    for split, (_, others, _) in parts.items():
        if others != names:
            raise ValueError(
                f"instances_{split}.json has the categories {others}, not {names} as in training: mend it."
            )
    sizes = [f"{len(found)} {split}" for split, (found, _, _) in parts.items()]
    objects = sum(len(scene.labels) for found, _, _ in parts.values() for scene in found)
    print(f"{name}: {', '.join(sizes)} images, {objects} objects of {len(names)} classes")
    skipped = sum(len(left_out) for _, _, left_out in parts.values())
    store.refuse_if_most_is_skipped(folder, objects, {NO_AREA: skipped} if skipped else {})
    if skipped:
        print(f"skipped {skipped}: {NO_AREA}")
    return Scenes(names, *(found for found, _, _ in parts.values()))


def source():
    """Return where the scenes of load() are from: "your own set" or "simulated"."""
    return store.source(NAME, "your own set")


def sources():
    """Return what the simulated set is made of, {split: phantoms.scene.Split}; no garment or photograph is shared."""
    (x_train, y_train), (x_test, y_test) = clothes.load()
    wanted = [clothes.NAMES.index(name) for name in NAMES]
    rank = np.zeros(len(y_train), int)  # the how-manieth garment of its class
    for label in wanted:
        rank[y_train == label] = np.arange((y_train == label).sum())
    kept = np.isin(y_train, wanted)
    first, rest, test = kept & (rank >= VAL), kept & (rank < VAL), np.isin(y_test, wanted)
    garments = {
        "train": (x_train[first], y_train[first]),
        "val": (x_train[rest], y_train[rest]),
        "test": (x_test[test], y_test[test]),
    }
    photographs = {split: [samples.load(name) for name in names] for split, names in PHOTOGRAPHS.items()}
    return {split: phantom.Split(COUNTS[split], *garments[split], photographs[split]) for split in COUNTS}


def _simulate(folder):
    names = [name if name in NAMES else None for name in clothes.NAMES]
    phantom.write(folder, sources(), names)

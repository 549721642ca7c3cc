"""Pictures of several objects with boxes and masks: the instance format of COCO, and the course's own set in it.

load() gives simulated scenes: real clothes from Fashion-MNIST, coloured, on pieces of real photographs; no garment
and no photograph of one split appears in another. A set put into data/scenes/ with the same files is taken instead.
read() takes any instance file with its folder of images, COCO's own too; the images are opened one by one.
Lin et al. Microsoft COCO. ECCV 2014, arXiv:1405.0312.

>>> from helpers.datasets import scenes
>>> data = scenes.load()
>>> first = data.train[0]
>>> picture, boxes, masks = scenes.image(first), first.boxes, scenes.masks(first)
"""

import json
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from pycocotools import mask as coco_mask

from helpers import samples
from helpers.datasets import clothes, store
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
VAL = 60  # garments of each class that the training files of Fashion-MNIST give to the validation scenes


class Scene(NamedTuple):
    """One image and its objects.

    id: as in the file. path: of the image. height, width: in pixels. boxes: float64 (N, 4), x1, y1, x2, y2 in pixels
    (helpers.detection.boxes). labels: int64 (N,), positions in the names. crowd: bool (N,), True where one box and
    mask stand for a group, which no detector should be trained on. difficult: bool (N,), small or mostly covered;
    False where the file does not say. rles: N compressed run lengths of pycocotools, which `masks` decodes.
    """

    id: int
    path: Path
    height: int
    width: int
    boxes: np.ndarray
    labels: np.ndarray
    crowd: np.ndarray
    difficult: np.ndarray
    rles: list


class Scenes(NamedTuple):
    """A set: the names of the classes, in the order of the labels, and a list of Scene for each split."""

    names: list
    train: list
    val: list
    test: list


def load():
    """Return the Scenes; prints which set it is and its size. Raises what `store.folder` and `read` raise.

    Expects annotations/instances_<split>.json and a folder <split> with the images, for train, val and test.
    """
    folder = store.folder(NAME, _simulate)
    parts = {split: read(folder / "annotations" / f"instances_{split}.json", folder / split) for split in COUNTS}
    names = parts["train"][1]
    for split, (_, others, _) in parts.items():
        if others != names:
            raise ValueError(
                f"instances_{split}.json has the categories {others}, not {names} as in training: mend it."
            )
    sizes = [f"{len(found)} {split}" for split, (found, _, _) in parts.items()]
    objects = sum(len(scene.labels) for found, _, _ in parts.values() for scene in found)
    print(f"{NAME}: {', '.join(sizes)} images, {objects} objects of {len(names)} classes")
    return Scenes(names, *(found for found, _, _ in parts.values()))


def read(file, images):
    """Return (scenes, names, skipped) of one COCO instance file and the folder of its images.

    scenes: a list of Scene in the order of the file, images without objects too. names: the categories by rising id,
    so that label 0 is the lowest id whatever gaps the ids have. A segmentation may be polygons, run lengths or
    compressed run lengths; where it is missing, as in files for boxes alone, the box is the mask.
    skipped: the ids of the annotations whose box has a side of 0, which are left out; COCO's training file has some.

    Raises FileNotFoundError where the file, or an image that it lists, is missing, and ValueError, naming the file
    and the id, for a missing field, an id that appears twice or points nowhere, a box with a negative side or
    outside its image, and for a segmentation that cannot be decoded or has another size than its image.
    """
    file, images = Path(file), Path(images)
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FileNotFoundError(f"{file} is missing: put the annotations of the set there.") from error
    except ValueError as error:
        raise ValueError(f"{file} is no JSON ({error}): copy or download it again.") from error
    if not isinstance(data, dict):
        raise ValueError(f"{file} holds a {type(data).__name__}, not an object with images, annotations, categories.")
    categories = _by_id(file, data, "categories", ("name",))
    labels = {key: label for label, key in enumerate(sorted(categories))}
    pictures = _by_id(file, data, "images", ("file_name", "width", "height"))
    objects, skipped = {key: [] for key in pictures}, []
    for key, entry in _by_id(file, data, "annotations", ("image_id", "category_id", "bbox")).items():
        if entry["image_id"] not in pictures:
            raise ValueError(f"{file}: annotation {key} belongs to image {entry['image_id']}, which is not listed.")
        if entry["category_id"] not in labels:
            raise ValueError(f"{file}: annotation {key} has category {entry['category_id']}, which is not listed.")
        box = _box(file, key, entry, pictures[entry["image_id"]])
        if box is None:
            skipped.append(key)
        else:
            objects[entry["image_id"]].append((key, box, entry))
    scenes = [_scene(file, images, key, pictures[key], found, labels) for key, found in objects.items()]
    return scenes, [categories[key]["name"] for key in sorted(categories)], skipped


def image(scene):
    """Return the image of a Scene, RGB uint8 (H, W, 3); ValueError where it is damaged or has another size."""
    found = cv2.imread(str(scene.path), cv2.IMREAD_COLOR_RGB)
    if found is None:
        raise ValueError(f"{scene.path} is no image or is damaged: copy it again.")
    if found.shape[:2] != (scene.height, scene.width):
        height, width = found.shape[:2]
        raise ValueError(
            f"{scene.path} is {width} x {height}, image {scene.id} should be {scene.width} x {scene.height}."
        )
    return found


def masks(scene):
    """Return where each object of a Scene is visible, bool (N, H, W)."""
    if not scene.rles:
        return np.zeros((0, scene.height, scene.width), bool)
    return np.ascontiguousarray(coco_mask.decode(scene.rles).transpose(2, 0, 1)).astype(bool)


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


def _by_id(file, data, kind, fields):
    """Return {id: entry} of one list of the file, whose entries must have the fields."""
    found = {}
    if not isinstance(data.get(kind), list):
        raise ValueError(f"{file} has no list {kind!r}: give an instance file of COCO.")
    for number, entry in enumerate(data[kind]):
        missing = [field for field in ("id", *fields) if field not in entry]
        if missing:
            raise ValueError(f"{file}: {kind} entry {number} (id {entry.get('id')}) has no {missing[0]!r}: add it.")
        if entry["id"] in found:
            raise ValueError(f"{file}: {kind} has the id {entry['id']} twice: give each its own.")
        found[entry["id"]] = entry
    return found


def _scene(file, images, key, picture, found, labels):
    path, height, width = images / picture["file_name"], picture["height"], picture["width"]
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing, image {key} of {file.name}: put it there.")
    return Scene(
        key,
        path,
        height,
        width,
        np.array([box for _, box, _ in found], np.float64).reshape(-1, 4),
        np.array([labels[entry["category_id"]] for _, _, entry in found], np.int64),
        np.array([bool(entry.get("iscrowd", 0)) for _, _, entry in found], bool),
        np.array([bool(entry.get("difficult", 0)) for _, _, entry in found], bool),
        [_rle(file, name, entry, height, width) for name, _, entry in found],
    )


def _box(file, name, entry, picture):
    """Return x1, y1, x2, y2 of an annotation, or None where its box has a side of 0."""
    box, height, width = entry["bbox"], picture["height"], picture["width"]
    try:
        left, top, wide, high = (float(value) for value in box)
        inside = wide >= 0 and high >= 0 and left < width and top < height and left + wide > 0 and top + high > 0
    except (TypeError, ValueError):
        inside = False
    if not inside:
        raise ValueError(
            f"{file}: annotation {name} has the box {box}: give left, top, width, height in {width} x {height}."
        )
    return (left, top, left + wide, top + high) if wide and high else None


def _rle(file, name, entry, height, width):
    """Return the compressed run lengths of an annotation's mask."""
    shape = entry.get("segmentation")
    try:
        if not shape:
            shape = [_corners(entry["bbox"])]
        if isinstance(shape, list):
            rle = coco_mask.merge(coco_mask.frPyObjects(shape, height, width))
        elif isinstance(shape["counts"], list):
            if sum(shape["counts"]) != height * width or min(shape["counts"]) < 0:
                raise ValueError(f"run lengths of {sum(shape['counts'])} pixels")
            rle = coco_mask.frPyObjects(shape, *shape["size"])
        else:
            rle = {"size": shape["size"], "counts": shape["counts"].encode()}
        if list(rle["size"]) != [height, width]:
            raise ValueError(f"the size {rle['size']}")
    except Exception as error:  # pycocotools raises bare Exception
        raise ValueError(f"{file}: annotation {name}: segmentation with {error}, image {height} x {width}.") from error
    return rle


def _corners(box):
    left, top, wide, high = box
    return [left, top, left + wide, top, left + wide, top + high, left, top + high]

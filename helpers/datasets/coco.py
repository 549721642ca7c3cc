"""The instance format of COCO: one JSON file with images, annotations and categories, and a folder of images.

The images are opened one by one, by image(); everything in the file is checked before that. Lin et al. Microsoft COCO.
ECCV 2014, arXiv:1405.0312.

>>> from helpers.datasets import coco
>>> found, names, skipped = coco.read("annotations/instances_val.json", "val")
>>> picture, boxes, masks = coco.image(found[0]), found[0].boxes, coco.masks(found[0])
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from pycocotools import mask as coco_mask

from helpers.datasets import numbers, outlines, pictures, places, text

SLACK = 5  # pixels by which a box may leave its image, as some do by rounding
MISREAD = 0.25  # part of the boxes that leave their image in a file that is written in another way


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


def read(file, images):
    """Return (scenes, names, skipped) of one COCO instance file and the folder of its images.

    scenes: a list of Scene in the order of the file, images without objects too. names: the categories by rising id,
    so that label 0 is the lowest id whatever gaps the ids have. A segmentation may be polygons, run lengths or
    compressed run lengths; where it is missing, as in files for boxes alone, the box is the mask.
    skipped: the ids of the annotations whose box has a side of 0; COCO's training file and exports of CVAT have some.

    Raises FileNotFoundError where the file, or an image that it lists, is missing, and ValueError, naming the file
    and the id, for a missing field, an id that appears twice or points nowhere, a name of an image that leads out of
    its folder, a size that no image has, a box with a negative side or outside its image, a number that is not
    finite, and for a segmentation that cannot be decoded or has another size than its image. A file whose boxes look
    like x1, y1, x2, y2, or like parts of the image from 0 to 1, is refused with that reason.
    """
    file, images = Path(file), Path(images)
    data = text.from_json(file)
    if not isinstance(data, dict):
        raise ValueError(f"{file} holds a {type(data).__name__}, not an object with images, annotations, categories.")
    categories = _by_id(file, data, "categories", ("name",))
    labels = {key: label for label, key in enumerate(sorted(categories))}
    entries = _by_id(file, data, "images", ("file_name", "width", "height"))
    annotations = _by_id(file, data, "annotations", ("image_id", "category_id", "bbox"))
    objects, skipped = {key: [] for key in entries}, []
    for key, entry in annotations.items():
        for field, known, what in (("image_id", entries, "belongs to image"), ("category_id", labels, "has category")):
            if isinstance(entry[field], (list, dict)) or entry[field] not in known:
                raise ValueError(f"{file}: annotation {key} {what} {entry[field]}, which is not listed.")
    for key, entry in entries.items():
        if not numbers.size(entry["height"], entry["width"]):
            shape = f"{entry['width']} x {entry['height']}"
            raise ValueError(f"{file}: image {key} has the size {shape}: give width and height in pixels.")
    _refuse_other_boxes(file, entries, annotations)
    for key, entry in annotations.items():
        box = _box(file, key, entry, entries[entry["image_id"]])
        if box is None:
            skipped.append(key)
        else:
            objects[entry["image_id"]].append((key, box, entry))
    scenes = [_scene(file, images, key, entries[key], found, labels) for key, found in objects.items()]
    return scenes, [categories[key]["name"] for key in sorted(categories)], skipped


def image(scene):
    """Return the image of a Scene, RGB uint8 (H, W, 3); ValueError where it is not whole or has another size."""
    found = pictures.read(scene.path)
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


def _by_id(file, data, kind, fields):
    """Return {id: entry} of one list of the file, whose entries must have the fields and ids of one type."""
    found = {}
    if not isinstance(data.get(kind), list):
        raise ValueError(f"{file} has no list {kind!r}: give an instance file of COCO.")
    for number, entry in enumerate(data[kind]):
        if not isinstance(entry, dict):
            raise ValueError(f"{file}: {kind} entry {number} is {entry!r:.40}, not an object with fields: remove it.")
        missing = [field for field in ("id", *fields) if field not in entry]
        if missing:
            raise ValueError(f"{file}: {kind} entry {number} (id {entry.get('id')}) has no {missing[0]!r}: add it.")
        key = entry["id"]
        if isinstance(key, bool) or not isinstance(key, (int, str)):
            raise ValueError(f"{file}: {kind} entry {number} has the id {key!r:.40}: give a whole number.")
        if found and type(key) is not type(next(iter(found))):
            raise ValueError(f"{file}: {kind} has ids that are numbers and ids that are text ({key!r}): use one kind.")
        if key in found:
            raise ValueError(f"{file}: {kind} has the id {key} twice: give each its own.")
        found[key] = entry
    return found


def _scene(file, images, key, entry, found, labels):
    path, height, width = places.inside(images, entry["file_name"], f"{file}: image {key}"), *_shape(entry)
    if not path.is_file():
        path = _elsewhere(images, path)
    if path is None:
        raise FileNotFoundError(f"{images / entry['file_name']} is missing, image {key} of {file.name}: put it there.")
    return Scene(
        key,
        path,
        height,
        width,
        np.array([box for _, box, _ in found], np.float64).reshape(-1, 4),
        np.array([labels[entry["category_id"]] for _, _, entry in found], np.int64),
        np.array([bool(entry.get("iscrowd", 0)) for _, _, entry in found], bool),
        np.array([bool(entry.get("difficult", 0)) for _, _, entry in found], bool),
        [outlines.rle(f"{file}: annotation {name}", entry, height, width) for name, _, entry in found],
    )


def _elsewhere(images, path):
    """Return the file of a listed image that is called or placed a little otherwise on disk, or None."""
    for place in (path.parent, images):
        found = places.child(place, path.name)
        if found.is_file():
            return found
    return None


def _shape(entry):
    return entry["height"], entry["width"]


def _box(file, name, entry, picture):
    """Return x1, y1, x2, y2 of an annotation, or None where its box has a side of 0."""
    (height, width), box = _shape(picture), numbers.real(entry["bbox"], 4)
    if box is not None and (box[2:] == 0).any():
        return None
    if box is None or not _within(*box.tolist(), height, width):
        raise ValueError(
            f"{file}: annotation {name} has the box {entry['bbox']!r:.80}: "
            f"give left, top, width, height in {width} x {height}."
        )
    left, top, wide, high = box.tolist()
    return left, top, left + wide, top + high


def _within(left, top, wide, high, height, width):
    """Return True for a box that shows in the image and reaches no further than one image beside it."""
    shows = wide > 0 and high > 0 and left < width and top < height and left + wide > 0 and top + high > 0
    return shows and numbers.near([(left, top), (left + wide, top + high)], height, width)


def _refuse_other_boxes(file, entries, annotations):
    """Raise ValueError where the boxes of a file are written in another way than left, top, width, height in pixels.

    In a set as published no box leaves its image by more than a few pixels; read in the wrong way most boxes do.
    """
    boxes = [(numbers.real(entry["bbox"], 4), _shape(entries[entry["image_id"]])) for entry in annotations.values()]
    boxes = [(box, shape) for box, shape in boxes if box is not None and box[2:].all()]
    if not boxes:
        return
    rows, sides = np.array([box for box, _ in boxes]), np.array([(width, height) for _, (height, width) in boxes])
    if rows.max() <= 1 and rows.min() >= 0 and rows.max() > 0 and sides.min() > 2:
        raise ValueError(f"{file}: the boxes lie between 0 and 1, parts of the image: give them in pixels.")
    leaves = ((rows[:, :2] + rows[:, 2:]) > sides + SLACK).any(axis=1)
    ordered = (rows[:, 2:] >= rows[:, :2]).all() and (rows[:, 2:] <= sides + SLACK).all()
    if leaves.mean() > MISREAD or (leaves.any() and ordered):
        raise ValueError(
            f"{file}: {leaves.sum()} of {len(rows)} boxes leave their image. Are they x1, y1, x2, y2? "
            f"Give left, top, width, height."
        )

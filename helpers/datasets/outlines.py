"""The masks of COCO's instance format: polygons, run lengths and compressed run lengths, checked before they are drawn.

pycocotools draws in C: it takes any number for a coordinate or a length, and then as much memory as that asks for.
"""

import numpy as np
from pycocotools import mask as coco_mask

from helpers.datasets import numbers


def rle(where, entry, height, width):
    """Return the mask of an annotation as compressed run lengths {"size": [height, width], "counts": bytes}.

    entry: with "bbox" and perhaps "segmentation"; where that is missing or empty, the box is the mask. Raises
    ValueError, beginning with `where`, for a segmentation of another form or size, and for numbers that are not
    finite or lie far outside the image.
    """
    shape = entry.get("segmentation") or [_corners(entry["bbox"])]
    if isinstance(shape, list):
        found = _polygons(where, shape, height, width)
    elif isinstance(shape, dict):
        found = _runs(where, shape, height, width)
    else:
        raise ValueError(f"{where}: segmentation is {shape!r:.40}: give polygons or run lengths.")
    return found


def _polygons(where, polygons, height, width):
    if all(isinstance(value, (int, float)) for value in polygons):
        raise ValueError(f"{where}: segmentation is one flat list of numbers: put it into a list of polygons.")
    for polygon in polygons:
        values = numbers.real(polygon)
        if values is None:
            raise ValueError(f"{where}: segmentation {polygon!r:.60} is no list of finite numbers x, y, x, y, …")
        if len(values) < 6 or len(values) % 2:
            raise ValueError(f"{where}: segmentation has a polygon of {len(values)} numbers: three points are six.")
        if not numbers.near(values.reshape(-1, 2), height, width):
            raise ValueError(f"{where}: segmentation lies far outside its image, {width} x {height} pixels.")
    return coco_mask.merge(coco_mask.frPyObjects(polygons, height, width))


def _runs(where, shape, height, width):
    size, counts = shape.get("size"), shape.get("counts")
    if not isinstance(size, list) or size != [height, width]:
        raise ValueError(f"{where}: segmentation of the size {size!r:.40}, image {height} x {width}.")
    if isinstance(counts, str):
        counts = _uncompressed(where, counts)
    elif not isinstance(counts, list) or not all(type(value) is int and value >= 0 for value in counts):
        raise ValueError(f"{where}: segmentation with the counts {counts!r:.40}: give whole numbers of at least 0.")
    if sum(counts) != height * width:
        raise ValueError(f"{where}: segmentation of {sum(counts)} pixels, image {height} x {width}.")
    return coco_mask.frPyObjects({"size": size, "counts": counts}, height, width)


def _uncompressed(where, text):
    """Return the run lengths of COCO's compressed form: 5 bits a character, the differences to the last but one."""
    counts, value, shift = [], 0, 0
    for character in text:
        bits = ord(character) - 48
        if not 0 <= bits < 64 or shift > 30:
            raise ValueError(f"{where}: segmentation with the counts {text!r:.40}: not COCO's compressed run lengths.")
        value |= (bits & 0x1F) << shift
        shift += 5
        if not bits & 0x20:
            value -= (1 << shift) if bits & 0x10 else 0
            counts.append(value + (counts[-2] if len(counts) > 2 else 0))
            value, shift = 0, 0
    if shift or min(counts, default=-1) < 0:
        raise ValueError(f"{where}: segmentation with the counts {text!r:.40}: cut off or damaged run lengths.")
    return counts


def _corners(box):
    left, top, wide, high = (float(value) for value in np.asarray(box, float))
    return [left, top, left + wide, top, left + wide, top + high, left, top + high]

"""The scenes of helpers.datasets.cutout_scenes in one size: networks and sliding windows need it.

load() gives the simulated scenes as they are, 256 x 320 pixels. The images of a set of one's own are scaled, with
their proportions kept, until they fit; what is left at the right or below is grey. Boxes and masks follow.

>>> from helpers.datasets import sized_scenes
>>> data = sized_scenes.load()
>>> image = sized_scenes.image(data.train[0])  # uint8 (256, 320, 3)
"""

import cv2
import numpy as np
from pycocotools import mask as coco_mask

from helpers.datasets import coco, cutout_scenes, pictures
from helpers.datasets.coco import masks  # noqa: F401
from helpers.datasets.cutout_scenes import Scenes

HEIGHT, WIDTH = 256, 320
GREY = 114  # of the margin
LEAST = 2.0  # sides in pixels of a box that is kept


def load(simulated=False):
    """Return the Scenes, all HEIGHT x WIDTH; prints what cutout_scenes.load prints, and how many were scaled.

    Objects that a scaled image shows with a side below LEAST pixels are left out, and crowds in training.
    simulated: take the simulated set in any case.
    """
    data = cutout_scenes.load(times=2, simulated=simulated)
    parts = [[fit(one) for one in split] for split in (data.train, data.val, data.test)]
    scaled = sum((one.height, one.width) != (HEIGHT, WIDTH) for split in data[1:] for one in split)
    if scaled:
        print(f"{scaled} images of other sizes are scaled to fit {HEIGHT} x {WIDTH} pixels")
    parts[0] = [_only(one, ~one.crowd) for one in parts[0]]
    return Scenes(data.names, *parts)


def fit(scene, height=HEIGHT, width=WIDTH):
    """Return a Scene scaled to fit height x width, boxes and masks with it; the same Scene where it has that size.

    Its picture is that of `image`, not of coco.image. Boxes are cut at the border of the picture.
    """
    if (scene.height, scene.width) == (height, width):
        return scene
    factor = min(height / scene.height, width / scene.width)
    boxes = np.clip(scene.boxes * factor, 0, np.array([scene.width, scene.height] * 2) * factor)
    seen = coco.masks(scene).astype(np.uint8)
    placed = [_place(one, height, width, cv2.INTER_NEAREST, 0) for one in seen]
    rles = [coco_mask.encode(np.asfortranarray(one)) for one in placed]
    scaled = scene._replace(height=height, width=width, boxes=boxes.reshape(-1, 4), rles=rles)
    return _only(scaled, ((boxes[:, 2:] - boxes[:, :2]) >= LEAST).all(axis=1))


def image(scene):
    """Return the image of a Scene of `load` or `fit`, RGB uint8 (scene.height, scene.width, 3)."""
    found = pictures.read(scene.path)
    if found.shape[:2] == (scene.height, scene.width):
        return found
    return fitted(found, scene.height, scene.width)


def fitted(picture, height=HEIGHT, width=WIDTH):
    """Return any RGB uint8 picture scaled to fit height x width, at the top left; what is left is grey."""
    return _place(picture, height, width, cv2.INTER_AREA, GREY)


def _place(picture, height, width, how, margin):
    """Return a picture scaled to fit, at the top left of height x width filled with `margin`."""
    factor = min(height / picture.shape[0], width / picture.shape[1])
    limits = zip(picture.shape[:2], (height, width), strict=True)
    high, wide = (min(max(round(side * factor), 1), most) for side, most in limits)
    found = np.full((height, width, *picture.shape[2:]), margin, np.uint8)
    found[:high, :wide] = cv2.resize(picture, (wide, high), interpolation=how)
    return found


def _only(scene, kept):
    """Return the Scene with those of its objects alone; kept: bool (N,)."""
    rles = [rle for rle, stays in zip(scene.rles, kept, strict=True) if stays]
    parts = {name: getattr(scene, name)[kept] for name in ("boxes", "labels", "crowd", "difficult")}
    return scene._replace(rles=rles, **parts)

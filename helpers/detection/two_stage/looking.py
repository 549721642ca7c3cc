"""What the trunk sees of a scene: proposals of Selective Search, features of crops, and the map of the whole scene.

Selective Search: Uijlings et al., IJCV 2013, doi:10.1007/s11263-013-0620-5.
"""

from typing import NamedTuple

import cv2
import numpy as np

from helpers import validate
from helpers.detection import boxes as box_tools, regions
from helpers.networks import batches

STRIDE = 16  # pixels of the scene a cell of the map
CROP, SIZE = 96, 3  # side of a warped crop in pixels; bins a side of its features
MOST = 100  # proposals of a scene


class Seen(NamedTuple):
    """What the trunk sees of a scene.

    scene: helpers.datasets.coco.Scene. proposals: (N, 4), Selective Search's. crops: (M + N, D) float16, the features
    of the warped crops of the M true boxes, then of the proposals. map: (H / 16, W / 16, C) float16, the whole scene's.
    """

    scene: tuple
    proposals: np.ndarray
    crops: np.ndarray
    map: np.ndarray


def search(image, most=MOST, smallest=12):
    """Return proposals of Selective Search, (N, 4), at most `most`, the best first; fast mode, on half the size.

    Boxes with a side of `smallest` pixels or less are left out. OpenCV's order is another one in each run; here large
    boxes come early: rank by size times a fixed random number. ValueError for another image than RGB uint8.
    """
    image, most = validate.photograph(image), validate.whole(most, "most")
    small = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    tool = cv2.ximgproc.segmentation.createSelectiveSearchSegmentation()
    tool.setBaseImage(np.ascontiguousarray(small[..., ::-1]))
    tool.switchToSelectiveSearchFast()
    found = np.unique(2 * box_tools.from_xywh(tool.process()), axis=0)
    return regions.large_first(found[box_tools.nonempty(found, smallest)])[:most]


def crop_features(trunk, image, boxes, batch=32):
    """Return the trunk's features of each box's warped crop, averaged over SIZE × SIZE bins: (N, D) float16."""
    maps = batches.predict(trunk, regions.warp(image, boxes, CROP), batch)
    bins = maps.reshape(len(maps), SIZE, maps.shape[1] // SIZE, SIZE, maps.shape[2] // SIZE, maps.shape[3])
    return bins.mean(axis=(2, 4)).reshape(len(maps), SIZE * SIZE * maps.shape[3]).astype(np.float16)


def scene_map(trunk, image):
    """Return the trunk's map of a whole image, (H / STRIDE, W / STRIDE, C) float16."""
    return trunk.predict_on_batch(image[None])[0].astype(np.float16)


def look(trunk, scene, image, most=MOST, crops=True):
    """Return the Seen of a scene and its image, with at most `most` proposals; crops: False leaves their features out.

    The crops take most of the time, and only R-CNN needs them.
    """
    proposals = search(image, most)
    boxes = np.concatenate([scene.boxes, proposals])
    crops = crop_features(trunk, image, boxes[: len(boxes) if crops else 0])
    return Seen(scene, proposals, crops, scene_map(trunk, image))


def pooled(seen, boxes):
    """Return the features of boxes (N, 4) from the map of a Seen, RoI pooling: (N, SIZE, SIZE, C) float32."""
    return regions.roi_pool(seen.map.astype(np.float32), boxes, STRIDE, SIZE)

"""The whole way of each detector, from an image to its detections: what a clock should measure."""

import numpy as np

from helpers.datasets.coco import Scene
from helpers.detection.two_stage.crops import score
from helpers.detection.two_stage.heads import fast_rcnn, propose
from helpers.detection.two_stage.looking import Seen, crop_features, scene_map, search


def rcnn_of(trunk, svms, image):
    """Return R-CNN's detections of an image, uint8 RGB (H, W, 3): Selective Search, crops, machines."""
    proposals = search(image)
    return score(svms, crop_features(trunk, image, proposals), proposals, *image.shape[:2])


def fast_of(trunk, heads, image):
    """Return Fast R-CNN's detections of an image: Selective Search, one map, heads."""
    return fast_rcnn(heads, _seen(trunk, image)._replace(proposals=search(image)))


def faster_of(trunk, rpn, heads, image):
    """Return Faster R-CNN's detections of an image: one map, the RPN's proposals, heads."""
    seen = _seen(trunk, image)
    return fast_rcnn(heads, seen._replace(proposals=propose(rpn, [seen])[0]))


def _seen(trunk, image):
    """Return a Seen without truth and proposals."""
    flags, (height, width) = np.zeros(0, bool), image.shape[:2]
    scene = Scene(0, None, height, width, np.zeros((0, 4)), np.zeros(0, int), flags, flags, [])
    return Seen(scene, np.zeros((0, 4)), np.zeros((0, 0), np.float16), scene_map(trunk, image))

"""Detectors against the clock: the whole way from pixels to detections, on each scene all of them in turn.

What a detector has learned hardly changes its time, so those here are barely trained or hold zeros.
"""

import functools
import time

import numpy as np

from helpers.detection import regions, two_stage, windows


def by_regions(trunk, heads, rpn, some, classes):
    """Return {name: a function of an image uint8 RGB (H, W, 3)} that gives its detections: windows to Faster R-CNN.

    trunk, heads, rpn: of helpers.networks.detectors; heads and rpn are trained for a moment here. some: a list of
    two_stage.Seen to train on, of the size of the images. classes: how many.
    """
    height, width = some[0].scene.height, some[0].scene.width
    two_stage.train_heads(heads, some, some[:5], classes, (8,))
    two_stage.train_rpn(rpn, some, some[:5], (8,))
    size = some[0].map.shape[-1] * two_stage.SIZE**2 + 1
    svms = two_stage.Svms(0.0, 1.0, np.zeros((classes, size)), np.zeros((classes, size, 4)))
    boxes, weights = windows.boxes(height, width), np.zeros((900, classes), np.float32)

    def by_windows(image):
        return regions.detect(boxes, windows.features(image) @ weights, height, width, 0, 0.3)

    return {
        "windows, HOG": by_windows,
        "R-CNN": functools.partial(two_stage.rcnn_of, trunk, svms),
        "Fast R-CNN": functools.partial(two_stage.fast_of, trunk, heads),
        "Faster R-CNN": functools.partial(two_stage.faster_of, trunk, rpn, heads),
    }


def in_turn(ways, images):
    """Return {name: milliseconds an image}; on each image all the ways, functions of an image, run one after another.

    So a moment in which the computer is busy meets all of them. The first image is seen once before, to prepare.
    """
    spent = dict.fromkeys(ways, 0.0)
    for way in ways.values():
        way(images[0])
    for image in images:
        for name, way in ways.items():
            began = time.perf_counter()
            way(image)
            spent[name] += 1000 * (time.perf_counter() - began) / len(images)
    return spent


def figure(scores, milliseconds, title=""):
    """Draw accuracy against time, a mark a draw, and return the Axes.

    scores: a DataFrame of mAP, a row a draw, a column a detector. milliseconds: {detector: number}.
    """
    from helpers.plots import COLOURS, WIDTH, plt

    _, axis = plt.subplots(figsize=(WIDTH, 4.2))
    for name, marker in zip(scores, "voDs^P*X", strict=False):
        spot = milliseconds[name], scores[name].max()
        axis.plot([spot[0]] * len(scores), scores[name], marker, markersize=9, alpha=0.6, color=COLOURS[0], ls="none")
        axis.annotate(name, spot, (0, 9), textcoords="offset points", ha="center")
    axis.set(xscale="log", xlabel="milliseconds a scene", ylabel="mAP@.5, test scenes", title=title)
    axis.set(ylim=(0, 1.25 * scores.to_numpy().max()))
    axis.set_xlim(min(milliseconds[name] for name in scores) / 2, max(milliseconds[name] for name in scores) * 2)
    return axis

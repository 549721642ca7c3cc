"""Fast and Faster R-CNN: heads on regions of the scene's map, and a network that proposes the regions.

The networks come as arguments (helpers.networks.detectors makes them). Girshick, ICCV 2015, arXiv:1504.08083. Ren et
al., NIPS 2015, arXiv:1506.01497.
"""

import numpy as np

from helpers.detection import boxes as box_tools, regions
from helpers.detection.two_stage.choosing import ROUNDS, fit_in_rounds, judge, recall
from helpers.detection.two_stage.looking import MOST, STRIDE, pooled
from helpers.networks import batches

ROIS = 32  # regions of a scene that the heads learn from
SCALES, RATIOS = (48, 80, 128), (0.6, 1.0, 1.7)  # of the anchors: sides in pixels, height / width


def sample(seen, rng):
    """Return what Fast R-CNN's heads learn from a list of Seen: (pooled, labels, offsets), `ROIS` rows a scene.

    The rows are those of `regions.sample_rois`.
    """
    parts = []
    for one in seen:
        rois, labels, offsets = regions.sample_rois(one.proposals, one.scene, rng, ROIS)
        parts.append((pooled(one, rois), labels, offsets))
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


def train_heads(heads, seen, held, names, rounds=ROUNDS, seed=0, callbacks=()):
    """Train Fast R-CNN's heads (helpers.networks.detectors.roi_heads); return the number of epochs chosen on `held`.

    The weights are those after the round of `rounds` (numbers of epochs, rising) with the best AP50.
    """
    x, labels, offsets = sample(seen, np.random.default_rng(seed))
    weights = [np.ones(len(labels)), (labels > 0).astype(float)]  # no box is learned from background
    how = {"x": x, "y": [labels, offsets], "sample_weight": weights, "batch_size": 32, "callbacks": list(callbacks)}
    return fit_in_rounds(
        heads, rounds, lambda: judge([fast_rcnn(heads, one) for one in held], held, names)["AP50"], **how
    )


def fast_rcnn(heads, seen, proposals=None):
    """Return Fast R-CNN's detections of a Seen (`regions.detect`), from its proposals or from others (N, 4)."""
    proposals = seen.proposals if proposals is None else proposals
    logits, offsets = batches.predict(heads, pooled(seen, proposals))
    return regions.from_heads(logits, offsets, proposals, seen.scene.height, seen.scene.width, 0.01)


def anchors(height, width):
    """Return the anchors of an image, (H W k, 4), k = len(SCALES) len(RATIOS)."""
    return box_tools.anchors(height // STRIDE, width // STRIDE, STRIDE, SCALES, RATIOS)


def train_rpn(rpn, seen, held, rounds=ROUNDS, callbacks=()):
    """Train the region proposal network (helpers.networks.detectors.rpn); return the epochs chosen on `held`.

    Objects and background of a scene weigh the same. The weights kept are those of the best recall at IoU 0.7.
    """
    grid = anchors(seen[0].scene.height, seen[0].scene.width)
    maps = np.stack([one.map for one in seen]).astype(np.float32)
    targets, weights = regions.rpn_sample(grid, [one.scene.boxes for one in seen], maps.shape[:3])
    how = {"x": maps, "y": targets, "sample_weight": weights, "batch_size": 4, "callbacks": list(callbacks)}
    return fit_in_rounds(rpn, rounds, lambda: recall(propose(rpn, held), held, MOST, 0.7), **how)


def propose(rpn, seen, most=MOST):
    """Return the RPN's proposals of each Seen, a list of (N, 4), N at most `most` (`regions.propose`)."""
    found = []
    for one in seen:
        scores, offsets = rpn.predict_on_batch(one.map[None].astype(np.float32))
        height, width = one.scene.height, one.scene.width
        found.append(
            regions.propose(anchors(height, width), scores.ravel(), offsets.reshape(-1, 4), height, width, most)
        )
    return found

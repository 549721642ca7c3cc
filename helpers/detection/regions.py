"""Parts of region-based detectors: proposals, warped crops, RoI pooling, what is learned, and detections from scores.

Built in lessons 06c and 06d; helpers.detection.two_stage puts them together. NumPy and OpenCV alone. Boxes are those
of helpers.detection.boxes, in pixels of the scene; images are RGB uint8 (H, W, 3).

Girshick et al., CVPR 2014, arXiv:1311.2524. Girshick, ICCV 2015, arXiv:1504.08083. Ren et al., NIPS 2015,
arXiv:1506.01497.
"""

import cv2
import numpy as np

from helpers import validate
from helpers.detection import boxes as box_tools

STD = np.array([0.1, 0.1, 0.2, 0.2])  # what the heads' offsets are divided by, as in Fast R-CNN


def large_first(boxes):
    """Return the proposals (N, 4) in a fixed order in which large ones come early: rank by size times a random number.

    Uijlings et al. rank so, to keep only the first ones.
    """
    rank = np.argsort(np.argsort(-box_tools.area(boxes), kind="stable")) + 1  # 1: the largest
    return boxes[np.argsort(rank * np.random.default_rng(0).random(len(boxes)), kind="stable")]


def warp(image, boxes, size):
    """Return the boxes' contents stretched to size × size pixels, uint8 (N, size, size, 3); outside, the edge repeats.

    The centre of the box's first pixel row is not that of the crop's: edges map onto edges.
    Raises ValueError for another image than RGB uint8, and for degenerate boxes.
    """
    image, size = validate.photograph(image), validate.whole(size, "size")
    crops = np.empty((len(boxes), size, size, 3), np.uint8)
    for number, (x1, y1, x2, y2) in enumerate(box_tools.check(boxes)):
        fx, fy = (x2 - x1) / size, (y2 - y1) / size
        back = np.array([[fx, 0, x1 + fx / 2 - 0.5], [0, fy, y1 + fy / 2 - 0.5]])  # crop pixel -> image pixel
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        crops[number] = cv2.warpAffine(image, back, (size, size), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return crops


def roi_pool(feature_map, boxes, stride, size):
    """Return each box's part of the map, the largest value of each of size × size bins: (N, size, size, C).

    feature_map: (H, W, C). boxes: (N, 4) in pixels of the image, whose cells are `stride` pixels. A box takes the
    cells that it touches; bin i of n cells goes from floor(i n / size) to ceil((i + 1) n / size), so that bins may
    share a cell. Every bin is the maximum of four blocks whose sides are powers of two, prepared once for the map.
    Raises ValueError for a map of another shape, and for degenerate boxes.
    """
    boxes, size, stride = box_tools.check(boxes), validate.whole(size, "size"), validate.whole(stride, "stride")
    if np.ndim(feature_map) != 3 or not np.size(feature_map):
        raise ValueError(f"feature_map is {np.shape(feature_map)}: give the map of one image, (H, W, C)")
    top, bottom = _bins(boxes[:, 1] / stride, boxes[:, 3] / stride, size, feature_map.shape[0])  # (N, size) each
    left, right = _bins(boxes[:, 0] / stride, boxes[:, 2] / stride, size, feature_map.shape[1])
    high, wide = _power(bottom - top), _power(right - left)
    table = np.stack(
        [
            np.stack([_block_maximum(feature_map, 2**i, 2**j) for j in range(wide.max(initial=0) + 1)])
            for i in range(high.max(initial=0) + 1)
        ]
    )
    i, j = high[:, :, None], wide[:, None]
    rows, columns = (top[:, :, None], bottom[:, :, None] - 2**i), (left[:, None], right[:, None] - 2**j)
    corners = [table[i, j, row, column] for row in rows for column in columns]
    return np.maximum(np.maximum(corners[0], corners[1]), np.maximum(corners[2], corners[3]))


def match(proposals, truth):
    """Return (overlap (N,), which (N,)): each proposal's largest IoU with a true box, and that box's row; 0 and 0
    where there is no true box."""
    if not len(truth):
        return np.zeros(len(proposals)), np.zeros(len(proposals), int)
    overlaps = box_tools.iou(proposals, truth)
    return overlaps.max(axis=1), overlaps.argmax(axis=1)


def sample_rois(proposals, scene, rng, count=64, share=0.25):
    """Return what Fast R-CNN learns from one scene: (rois (K, 4), labels (K,), offsets (K, 4)), K at most `count`.

    The true boxes join the proposals. At most `share` of the sample overlap an object by 0.5 or more and get its label,
    counted from 1, and the offsets to its box over STD; the others are background: label 0, offsets 0.
    """
    rois = np.concatenate([scene.boxes, box_tools.check(proposals)])
    overlap, which = match(rois, scene.boxes)
    objects, rest = rng.permutation(np.flatnonzero(overlap >= 0.5)), rng.permutation(np.flatnonzero(overlap < 0.5))
    objects = objects[: int(count * share)]
    rows = np.concatenate([objects, rest[: count - len(objects)]])
    labels, offsets = np.zeros(len(rows), int), np.zeros((len(rows), 4))
    labels[: len(objects)] = scene.labels[which[objects]] + 1
    offsets[: len(objects)] = box_tools.encode(rois[objects], scene.boxes[which[objects]]) / STD
    return rois[rows], labels, offsets


def anchor_targets(anchors, truth, high=0.6, low=0.3):
    """Return what the RPN learns from an image: (labels (N,), offsets (N, 4)).

    Label 1, object: overlaps a true box by `high` or more, or more than any other anchor does. 0, background: by less
    than `low`. -1: neither, not asked. offsets: to the true box, over STD; 0 where the label is not 1.
    """
    overlap, which = match(anchors, truth)
    labels, offsets = np.where(overlap >= high, 1, np.where(overlap < low, 0, -1)), np.zeros((len(anchors), 4))
    if len(truth):
        best = box_tools.iou(anchors, truth).argmax(axis=0)
        labels[best], which[best] = 1, np.arange(len(truth))
        chosen = labels == 1
        offsets[chosen] = box_tools.encode(anchors[chosen], np.asarray(truth)[which[chosen]]) / STD
    return labels, offsets


def rpn_sample(anchors, truths, shape):
    """Return what the RPN learns from N images: (targets, weights), each a list of two, for scores and for offsets.

    truths: the true boxes of each image. shape: (N, rows, columns) of its maps, with k anchors a cell. targets:
    (*shape, k, 1) of 0 and 1, and (*shape, k, 4); weights: (*shape, k). Objects and background of an image weigh the
    same; offsets are learned from objects only.
    """
    labels, offsets = map(np.stack, zip(*[anchor_targets(anchors, truth) for truth in truths], strict=True))
    objects, rest = ((labels == k) / np.maximum((labels == k).sum(axis=1, keepdims=True), 1) for k in (1, 0))
    shape = (*shape, -1)
    targets = [(labels == 1).reshape(*shape, 1).astype(float), offsets.reshape(*shape, 4)]
    return targets, [(objects + rest).reshape(shape) * len(anchors), objects.reshape(shape) * len(anchors)]


def propose(anchors, scores, offsets, height, width, most, iou_threshold=0.7, before=1000):
    """Return the RPN's proposals, (N, 4), the best first: decoded, cut at the border, suppressed, at most `most`.

    scores: (A,) logits; offsets: (A, 4), over STD. Only the `before` best enter the suppression.
    Raises ValueError where the lengths disagree.
    """
    if not len(anchors) == len(scores) == len(offsets):
        raise ValueError(f"{len(anchors)} anchors, {len(scores)} scores, {len(offsets)} offsets: give one of each")
    best = np.argsort(-scores, kind="stable")[:before]
    found = box_tools.clip(box_tools.decode(anchors[best], offsets[best] * STD), height, width)
    kept = box_tools.nonempty(found, 4)
    found = found[kept]
    return found[box_tools.nms(found, scores[best][kept], iou_threshold=iou_threshold)][:most]


def detect(boxes, scores, height, width, score_threshold=0.05, iou_threshold=0.4, most=50):
    """Return the detections of an image, (boxes (K, 4), scores (K,), labels (K,)), the best first.

    boxes: (N, 4), or (N, C, 4) with one box a class. scores: (N, C). Score threshold, then suppression per class.
    Raises ValueError for other shapes and for scores that are not finite.
    """
    boxes, scores = validate.numbers(boxes, "boxes"), validate.numbers(scores, "scores")
    if scores.ndim != 2 or boxes.shape not in ((len(scores), 4), (*scores.shape, 4)):
        raise ValueError(f"boxes {boxes.shape} and scores {scores.shape}: give (N, 4) or (N, C, 4), and (N, C)")
    if not np.isfinite(scores).all():
        raise ValueError(f"the score of box {np.argwhere(~np.isfinite(scores))[0, 0]} is not finite: give numbers")
    count = scores.shape[1]
    boxes = np.repeat(boxes, count, axis=0) if boxes.ndim == 2 else boxes.reshape(-1, 4)
    scores, labels = scores.ravel(), np.tile(np.arange(count), len(scores))
    boxes = np.clip(boxes, 0, [width, height, width, height])
    rows = np.flatnonzero((scores > score_threshold) & box_tools.nonempty(boxes, 4))
    rows = rows[box_tools.nms(boxes[rows], scores[rows], labels[rows], iou_threshold)][:most]
    return boxes[rows], scores[rows], labels[rows]


def from_heads(logits, offsets, proposals, height, width, score_threshold=0.05, iou_threshold=0.4):
    """Return `detect` of the answers of Fast R-CNN's heads to proposals (N, 4): logits (N, 1 + C), offsets (N, 4)."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    scores = odds[:, 1:] / odds.sum(axis=1, keepdims=True)  # without the background
    return detect(box_tools.decode(proposals, offsets * STD), scores, height, width, score_threshold, iou_threshold)


def _bins(first, last, size, cells):
    """Return the bins of RoIs from `first` to `last` (N,), in cells: their (starts, ends), int (N, size) each."""
    start = np.clip(np.floor(first), 0, cells - 1).astype(int)[:, None]
    count = np.maximum(np.clip(np.ceil(last), 1, cells).astype(int)[:, None] - start, 1)
    steps = np.arange(size + 1) * count
    return start + steps[:, :-1] // size, start - -steps[:, 1:] // size


def _power(length):
    """Return the exponent of the largest power of two that is not above each length, int."""
    return np.frexp(length)[1] - 1


def _block_maximum(feature_map, rows, columns):
    """Return the maximum of the rows × columns block that starts at each cell, (H, W, C); it ends at the border."""
    for axis, length in ((0, rows), (1, columns)):
        step = 1
        while step < length:
            later = np.roll(feature_map, -step, axis)
            feature_map, step = np.maximum(feature_map, later), 2 * step
    return feature_map

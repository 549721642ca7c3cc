"""Boxes: formats, overlap, non-maximum suppression, anchors, and the offsets that box regression learns. NumPy only.

A set of boxes is a float array (N, 4), one row a box: x1, y1, x2, y2, its left, top, right and bottom edge in pixels.
y points down; pixel (row i, column j) covers x in j..j+1 and y in i..i+1, so a box holds x2 - x1 columns. Every
function takes anything that NumPy makes (N, 4) of, an empty list too, and returns float64. Boxes without area, upside
down, or with a NaN raise ValueError with the row number; `nonempty` finds them first, for example after `clip`.

>>> from helpers.detection import boxes
>>> boxes.iou([[0, 0, 2, 2]], [[1, 1, 3, 3], [0, 0, 2, 2]])
array([[0.14285714, 1.        ]])
"""

import numpy as np

from helpers import validate

BLOCK = 128  # boxes that nms settles at once
LIMIT = 1000 / 16  # decode: a box grows to at most this times its anchor, as in Detectron


def check(boxes, what="box"):
    """Return the boxes as float64 (N, 4).

    Raises ValueError where the shape is another one or a row is no box: a value that is not finite, x2 <= x1 or
    y2 <= y1. The message gives the row number, from 0, and calls a row `what`.
    """
    array = _rows(boxes, what)
    finite, sides = np.isfinite(array).all(axis=1), _sides(array)
    bad = np.flatnonzero(~finite | ~(sides > 0).all(axis=1))
    if bad.size:
        row = int(bad[0])
        values = ", ".join(f"{value:g}" for value in array[row])
        reason = "has no area" if (sides[row] >= 0).all() else "is inverted"
        reason = reason if finite[row] else "is not finite"
        raise ValueError(f"{what} {row} ({values}) {reason}: give x1 < x2 and y1 < y2, or drop it with nonempty")
    return array


def nonempty(boxes, smallest=0.0):
    """Return which boxes are finite and have both sides above `smallest` pixels, bool (N,)."""
    array = _rows(boxes, "box")
    return np.isfinite(array).all(axis=1) & (_sides(array) > max(smallest, 0.0)).all(axis=1)


def area(boxes):
    """Return the areas in square pixels, (N,)."""
    array = check(boxes)
    return (array[:, 2] - array[:, 0]) * (array[:, 3] - array[:, 1])


def clip(boxes, height, width):
    """Return the boxes cut at the borders of an image; one that lies outside is left without area (see `nonempty`)."""
    array = check(boxes)
    height, width = validate.number(height, "height", 0), validate.number(width, "width", 0)
    return np.clip(array, 0.0, [width, height, width, height])


def to_xywh(boxes):
    """Return left, top, width, height (the format of COCO), (N, 4)."""
    array = check(boxes)
    return np.hstack([array[:, :2], array[:, 2:] - array[:, :2]])


def from_xywh(rows):
    """Return the boxes of left, top, width, height rows (N, 4)."""
    array = _rows(rows, "row")
    return check(np.hstack([array[:, :2], array[:, :2] + array[:, 2:]]), "row")


def to_centre(boxes):
    """Return centre x, centre y, width, height (the format of YOLO, here in pixels), (N, 4)."""
    array = check(boxes)
    return np.hstack([(array[:, :2] + array[:, 2:]) / 2, array[:, 2:] - array[:, :2]])


def from_centre(rows):
    """Return the boxes of centre x, centre y, width, height rows (N, 4)."""
    array = _rows(rows, "row")
    return check(np.hstack([array[:, :2] - array[:, 2:] / 2, array[:, :2] + array[:, 2:] / 2]), "row")


def to_voc(boxes):
    """Return xmin, ymin, xmax, ymax of Pascal VOC: the first and last pixel of the box, counted from 1, (N, 4)."""
    return check(boxes) + [1, 1, 0, 0]


def from_voc(rows):
    """Return the boxes of Pascal VOC rows (N, 4); a row whose first and last pixel are the same is 1 pixel wide."""
    return check(_rows(rows, "row") - [1, 1, 0, 0], "row")


def iou(first, second):
    """Return intersection over union, in 0..1, of each box of (N, 4) with each of (M, 4): (N, M)."""
    first, second = check(first, "first box"), check(second, "second box")
    return _iou(first.T, second.T)


def nms(boxes, scores, labels=None, iou_threshold=0.5, score_threshold=-np.inf):
    """Return which boxes non-maximum suppression keeps: their indices (K,), highest score first.

    boxes: (N, 4). scores: (N,), finite; boxes whose score is not above score_threshold are dropped first.
    labels: (N,) or None; with labels each class is treated alone. Of equal scores the earlier row comes first.
    Greedy: the best box left is kept, and those that overlap it by more than iou_threshold (0..1) are dropped.
    Raises ValueError for degenerate boxes, for other lengths, for a NaN among the scores, and for a bad threshold.
    """
    boxes, scores = check(boxes), _column(scores, len(boxes), "scores")
    iou_threshold = validate.number(iou_threshold, "iou_threshold", 0, 1)
    if np.isnan(score_threshold):
        raise ValueError("score_threshold is nan: give a number")
    scores = validate.numbers(scores, "scores")
    if not np.isfinite(scores).all():
        raise ValueError(f"score {np.flatnonzero(~np.isfinite(scores))[0]} is not finite: give numbers")
    order = np.argsort(-scores, kind="stable")
    order = order[scores[order] > score_threshold]
    if labels is None:
        return order[_greedy(boxes[order], iou_threshold)]
    labels = _column(labels, len(boxes), "labels")[order]
    keep = np.zeros(len(order), bool)
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        keep[rows[_greedy(boxes[order[rows]], iou_threshold)]] = True
    return order[keep]


def _greedy(boxes, threshold):
    """Return the positions that greedy suppression keeps of boxes (N, 4) sorted by falling score.

    The best BLOCK boxes left are settled among themselves, then suppress the rest in one step. Within the block,
    `keep` starts as all and each round drops what a kept, better box overlaps; once it no longer changes it is the
    greedy answer, since the first box is right from the start and each round makes at least one more box right.
    """
    left, edges, kept = np.arange(len(boxes)), np.ascontiguousarray(boxes.T), []
    while left.size:
        block = edges[:, :BLOCK]
        overlaps = np.triu(_iou(block, block) > threshold, 1).astype(np.float32)  # row: the better box
        keep, before = np.ones(block.shape[1], bool), None
        while before is None or (keep != before).any():
            before, keep = keep, keep.astype(np.float32) @ overlaps == 0
        kept.append(left[:BLOCK][keep])
        rest = edges[:, BLOCK:]
        alive = np.ones(rest.shape[1], bool)
        if alive.size:
            alive = ~(_iou(block[:, keep], rest) > threshold).any(axis=0)
        left, edges = left[BLOCK:][alive], rest[:, alive]
    return np.concatenate(kept) if kept else left


def _iou(first, second):
    """Return the IoU matrix (N, M) of edges (4, N) and (4, M)."""
    shared = np.minimum(first[2][:, None], second[2])
    shared -= np.maximum(first[0][:, None], second[0])
    np.maximum(shared, 0, out=shared)
    high = np.minimum(first[3][:, None], second[3])
    high -= np.maximum(first[1][:, None], second[1])
    np.maximum(high, 0, out=high)
    shared *= high
    union = np.add(
        ((first[2] - first[0]) * (first[3] - first[1]))[:, None],
        (second[2] - second[0]) * (second[3] - second[1]),
        out=high,
    )
    union -= shared
    return np.divide(shared, union, out=shared)


def anchors(rows, columns, stride, scales, ratios=(0.5, 1.0, 2.0)):
    """Return the anchors tiled over a feature map, (rows * columns * len(scales) * len(ratios), 4), in pixels.

    rows, columns: size of the map. stride: pixels of the image a cell. scales: side in pixels of the square with the
    anchor's area. ratios: height / width. Cell (i, j) has its centre at x = (j + 0.5) stride, y = (i + 0.5) stride.
    Order: row, column, scale, ratio, so that reshape(rows, columns, -1, 4) gives the map back. Anchors may leave the
    image. Raises ValueError where a number is not positive.
    """
    rows, columns = validate.whole(rows, "rows"), validate.whole(columns, "columns")
    scales, ratios = validate.numbers(scales, "scales").ravel(), validate.numbers(ratios, "ratios").ravel()
    stride = validate.number(stride, "stride")
    if not (
        stride > 0
        and np.isfinite(scales).all()
        and np.isfinite(ratios).all()
        and scales.size
        and ratios.size
        and (scales > 0).all()
        and (ratios > 0).all()
    ):
        raise ValueError(
            f"rows {rows}, columns {columns}, stride {stride}, scales {scales.tolist()}, ratios {ratios.tolist()}: "
            f"all must be positive, with one scale and one ratio at least"
        )
    widths = (scales[:, None] / np.sqrt(ratios)).ravel()
    heights = (scales[:, None] * np.sqrt(ratios)).ravel()
    half = np.stack([-widths, -heights, widths, heights], axis=1) / 2
    y, x = np.meshgrid((np.arange(rows) + 0.5) * stride, (np.arange(columns) + 0.5) * stride, indexing="ij")
    return (np.stack([x, y, x, y], axis=-1)[:, :, None] + half).reshape(-1, 4)


def encode(anchors, targets):
    """Return what box regression learns, (N, 4): how to move and stretch each anchor onto the target of its row.

    tx = (x - xa) / wa, ty = (y - ya) / ha, tw = ln(w / wa), th = ln(h / ha), with x, y the centre, w, h the sides.
    Girshick et al., CVPR 2014, appendix C. Raises ValueError for degenerate boxes and for other lengths.
    """
    anchor, target = check(anchors, "anchor"), check(targets, "target")
    if len(anchor) != len(target):
        raise ValueError(f"{len(anchor)} anchors and {len(target)} targets: give one target for each anchor")
    anchor, target = to_centre(anchor), to_centre(target)
    return np.hstack([(target[:, :2] - anchor[:, :2]) / anchor[:, 2:], np.log(target[:, 2:] / anchor[:, 2:])])


def decode(anchors, offsets):
    """Return the boxes (N, 4) that the offsets (N, 4) make of the anchors: the inverse of `encode`.

    tw and th are first cut at ln(LIMIT), so that a wild prediction does not overflow.
    Raises ValueError for degenerate anchors, for offsets that are not finite and for other lengths.
    """
    anchor, offsets = to_centre(check(anchors, "anchor")), _rows(offsets, "offset")
    if len(anchor) != len(offsets):
        raise ValueError(f"{len(anchor)} anchors and {len(offsets)} offsets: give one row for each anchor")
    if not np.isfinite(offsets).all():
        raise ValueError(f"offset {np.flatnonzero(~np.isfinite(offsets).all(axis=1))[0]} is not finite: give numbers")
    centres = anchor[:, :2] + offsets[:, :2] * anchor[:, 2:]
    sides = anchor[:, 2:] * np.exp(np.minimum(offsets[:, 2:], np.log(LIMIT)))
    return np.hstack([centres - sides / 2, centres + sides / 2])


def _rows(rows, what):
    array = validate.numbers(rows, f"every {what}")
    if array.size == 0:
        return np.zeros((0, 4))
    if array.ndim != 2 or array.shape[1] != 4:
        raise ValueError(f"expected an array (N, 4) with one {what} a row, got {array.shape}")
    return array


def _sides(array):
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        return array[:, 2:] - array[:, :2]


def _column(values, length, what):
    array = np.asarray(values)
    if array.shape != (length,) and not (array.size == 0 and length == 0):
        raise ValueError(f"{what} has the shape {array.shape} for {length} boxes: give one value a box")
    return array.reshape(length)

"""Detection on a grid, as in YOLO: what each cell should say about the boxes of a scene, and back. NumPy only.

A target or an output is an array (rows, columns, 5 + C), one vector a cell:

    0           confidence: 1 where the cell is responsible for a box, else 0
    1, 2        x, y: the box's centre, from the cell's upper left corner, in cells; 0..1 in the responsible cell
    3, 4        w, h: the box's sides as parts of the image's width and height, 0..1
    5 ...       one number a class; 1 for the class of the box

Boxes are those of helpers.detection.boxes. Redmon et al. You only look once. CVPR 2016, arXiv:1506.02640 (with one
box a cell).

>>> from helpers.detection import grid
>>> target = grid.encode(scene.boxes, scene.labels, (8, 10), (128, 160), 5)
>>> boxes, scores, labels = grid.decode(target, (128, 160), threshold=0.5)
"""

import numpy as np

from helpers import validate
from helpers.detection import boxes as box_tools


def cells(boxes, shape, size):
    """Return the row and the column of the cell in which each box has its centre, int (N, 2).

    shape: rows and columns of the grid. size: height and width of the image, in pixels. A centre on the line between
    two cells belongs to the right or lower one, and one on the image's right or lower border to the last cell.
    Raises ValueError for a degenerate box, or one whose centre is outside the image.
    """
    shape, size = validate.pair(shape, "shape"), validate.pair(size, "size")
    centres = box_tools.to_centre(boxes)[:, 1::-1]  # y, x
    outside = np.flatnonzero(((centres < 0) | (centres > np.asarray(size))).any(axis=1))
    if outside.size:
        raise ValueError(f"box {outside[0]} has its centre outside the image: clip the boxes first")
    found = np.floor(centres * np.asarray(shape) / np.asarray(size)).astype(int)
    return np.minimum(found, np.asarray(shape) - 1)


def encode(boxes, labels, shape, size, classes, reach=0.0):
    """Return the target of one scene, float64 (rows, columns, 5 + classes).

    boxes: (N, 4). labels: (N,), 0 to classes − 1. shape, size: as in `cells`.
    reach: 0 makes one cell responsible for a box, that of its centre (YOLO v1). With more, so are the cells whose
    middle is nearer to the centre, along x and along y, than `reach` times the box's side and than 1.5 cells (centre
    sampling, FCOS). A cell holds one box: one that has its centre there, else the smallest of those that claim it.

    Raises ValueError for degenerate boxes, a centre outside the image, other lengths, and a label out of range.
    """
    shape, size, classes = (
        validate.pair(shape, "shape"),
        validate.pair(size, "size"),
        validate.whole(classes, "classes"),
    )
    boxes, labels = box_tools.check(boxes), validate.numbers(labels, "labels").ravel()
    reach = validate.number(reach, "reach", 0)
    if not (labels == np.floor(labels)).all():
        raise ValueError(f"labels {labels.tolist()}: give whole numbers, positions in the names")
    labels = labels.astype(int)
    if len(boxes) != len(labels) or (len(labels) and not 0 <= labels.min() <= labels.max() < classes):
        raise ValueError(f"{len(boxes)} boxes, labels {labels.tolist()}: give each box a label in 0..{classes - 1}")
    target = np.zeros((*shape, 5 + classes))
    scale = np.asarray(shape)[::-1] / np.asarray(size)[::-1]  # cells a pixel, along x and y
    corner = np.stack(np.meshgrid(np.arange(shape[1]), np.arange(shape[0])), axis=-1)  # (rows, columns, 2): x, y
    centres, home = box_tools.to_centre(boxes), cells(boxes, shape, size)
    order = np.argsort(-centres[:, 2] * centres[:, 3], kind="stable")  # the smallest last
    away = abs(centres[:, None, None, :2] * scale - corner - 0.5)  # (N, rows, columns, 2): centre to middle, cells
    claims = (away < np.minimum(reach * centres[:, None, None, 2:] * scale, 1.5)).all(axis=-1)
    own = np.zeros_like(claims)
    own[np.arange(len(boxes)), home[:, 0], home[:, 1]] = True
    for k, place in [(k, claims[k]) for k in order] + [(k, own[k]) for k in order]:  # a box's own cell comes last
        target[place] = 0
        target[place, 0] = 1
        target[place, 1:3] = centres[k, :2] * scale - corner[place]
        target[place, 3:5] = centres[k, 2:] / np.asarray(size)[::-1]
        target[place, 5 + labels[k]] = 1
    return target


def decode(output, size, threshold=0.0):
    """Return (boxes (K, 4), scores (K,), labels (K,)) of one output, before non-maximum suppression.

    A cell gives one detection for each class whose score, confidence times class probability, is above `threshold`.
    Boxes are cut at the borders of the image; those left without area are dropped. Order: rows, columns, classes.
    Raises ValueError for an output that is not (rows, columns, 5 + C) or not finite.
    """
    output = np.asarray(output, float)
    if output.ndim != 3 or output.shape[2] < 6 or not np.isfinite(output).all():
        raise ValueError(f"expected finite numbers (rows, columns, 5 + classes), got the shape {output.shape}")
    size, threshold = validate.pair(size, "size"), validate.number(threshold, "threshold")
    scores = output[..., :1] * output[..., 5:]
    row, column, labels = np.nonzero(scores > threshold)
    cell, (height, width) = output[row, column], size
    x = (column + cell[:, 1]) * width / output.shape[1]
    y = (row + cell[:, 2]) * height / output.shape[0]
    half_w, half_h = cell[:, 3] * width / 2, cell[:, 4] * height / 2
    found = np.stack([x - half_w, y - half_h, x + half_w, y + half_h], axis=1)
    found = np.clip(found, 0, [width, height, width, height])
    keep = box_tools.nonempty(found)
    return found[keep], scores[row, column, labels][keep], labels[keep]

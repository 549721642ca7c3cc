"""Answers to the exercises of lesson 07a."""

import math

import numpy as np

from helpers.detection import boxes, grid
from tests.answers import Answers


def responsible_by_floor(box, rows, columns, height, width):
    x, y = np.add(box[:2], box[2:]) / 2
    if x < 0 or y < 0 or x > width or y > height:
        return None
    return tuple(
        min(math.floor(part), last - 1)
        for part, last in ((y / (height / rows), rows), (x / (width / columns), columns))
    )


def responsible_by_helper(box, rows, columns, height, width):
    return tuple(grid.cells([box], (rows, columns), (height, width))[0].tolist())


def responsible_without_outside(box, rows, columns, height, width):
    edges = np.linspace(0, height, rows + 1)[1:-1], np.linspace(0, width, columns + 1)[1:-1]
    centre = (box[1] + box[3]) / 2, (box[0] + box[2]) / 2
    return tuple(int(np.searchsorted(e, c, side="right")) for e, c in zip(edges, centre, strict=True))


def responsible_by_edges(box, *sizes):
    inside = all(0 <= a + b <= 2 * side for a, b, side in zip(box[:2], box[2:], sizes[:1:-1], strict=True))
    return responsible_without_outside(box, *sizes) if inside else None


def responsible_by_ceiling(box, rows, columns, height, width):
    y, x = (box[1] + box[3]) / 2 * rows / height, (box[0] + box[2]) / 2 * columns / width
    return (math.ceil(y) - 1, math.ceil(x) - 1) if 0 <= y <= rows and 0 <= x <= columns else None


def decode_by_loop(output, height, width, threshold=0.5):
    found, (rows, columns) = [], output.shape[:2]
    for row in range(rows):
        for column in range(columns):
            confidence, x, y, w, h = output[row, column, :5]
            if confidence > threshold:
                centre = (column + x) / columns * width, (row + y) / rows * height
                half = w * width / 2, h * height / 2
                found.append([centre[0] - half[0], centre[1] - half[1], centre[0] + half[0], centre[1] + half[1]])
    return np.array(found).reshape(-1, 4)


def decode_by_helper(output, height, width, threshold=0.5):
    rows, columns = output.shape[:2]
    place = np.argwhere(output[..., 0] > threshold)
    cells = output[tuple(place.T)]
    centre = (cells[:, 1:3] + place[:, ::-1]) * [width / columns, height / rows]
    return boxes.from_centre(np.concatenate([centre, cells[:, 3:5] * [width, height]], axis=1))


def decode_by_grid(output, height, width, threshold=0.5):
    return grid.decode(output, (height, width), threshold)[0]


def broken_tall(truth):
    x, y, w, h = truth
    return (x, y, w, h * 0.35), (x, y + 0.45 if y < 0.5 else y - 0.45, w, h)


def broken_narrow(truth):
    x, y, w, h = truth
    return [x, y, w * 0.45, h], [x, y + (0.4 if y < 0.5 else -0.4), w, h]


ANSWERS = {
    "check_responsible": Answers(
        right={"floor": responsible_by_floor, "edges": responsible_by_edges},
        wrong={
            "always the middle": lambda b, r, c, h, w: (r // 2, c // 2),
            "always 2, 2": lambda *a: (2, 2),
            "the course's own cells": responsible_by_helper,
            "never an answer": lambda *a: None,
            "no border": lambda b, r, c, h, w: (int((b[1] + b[3]) / 2 * r / h), int((b[0] + b[2]) / 2 * c / w)),
        },
        announced={
            "the last cell holds the border too": lambda b, r, c, h, w: (
                int((b[1] + b[3]) / 2 * r / h),
                int((b[0] + b[2]) / 2 * c / w),
            ),
            "the row comes from y": lambda *a: (responsible_by_edges(*a) or (None, None))[::-1],
            "belongs to the right or lower cell": responsible_by_ceiling,
            "where the centre is outside the image": responsible_without_outside,
        },
    ),
    "check_decode": Answers(
        right={"a loop": decode_by_loop, "centre format": decode_by_helper},
        wrong={
            "the course's own decoder": decode_by_grid,
            "no boxes": lambda o, h, w, t=0.5: np.zeros((0, 4)),
            "the box of the prompt": lambda o, h, w, t=0.5: np.array([[10.0, 20, 58, 52]]),
            "all cells": lambda o, h, w, t=0.5: decode_by_loop(o, h, w, -1),
        },
        announced={
            "count from the cell's corner": lambda o, h, w, t=0.5: boxes.from_centre(
                o[o[..., 0] > t][:, 1:5] * [w / o.shape[1], h / o.shape[0], w, h]
            ),
            "above the threshold, not at it": lambda o, h, w, t=0.5: decode_by_loop(o, h, w, t - 1e-6),
            "the threshold is an argument": lambda o, h, w, t=0.5: decode_by_loop(o, h, w),
        },
    ),
    "check_broken": Answers(
        right={"a flat box": broken_tall, "a narrow box": broken_narrow},
        wrong={
            "the truth twice": lambda truth: (truth, truth),
            "one answer for all": lambda truth: broken_tall((0.5, 0.4, 0.36, 0.25)),
            "no sides": lambda truth: ((*truth[:2], 0, 0), truth),
            "a number": lambda truth: 0.5,
        },
        announced={
            "is the order right": lambda truth: broken_tall(truth)[::-1],
            "the gap is too small": lambda truth: (
                (*truth[:2], truth[2] * 0.5, truth[3]),
                (truth[0] + (0.45 if truth[0] < 0.5 else -0.45), *truth[1:]),
            ),
            "a shift costs in cells": lambda truth: ((truth[0], truth[1], truth[2] * 0.1, truth[3]), truth),
        },
    ),
}

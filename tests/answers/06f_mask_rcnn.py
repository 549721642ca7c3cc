"""Answers to the exercises of lesson 06f."""

import numpy as np
from scipy.ndimage import find_objects, map_coordinates

from tests.answers import Answers


def sample_by_scipy(feature, y, x):
    return float(map_coordinates(np.array(feature, float), [[y], [x]], order=1)[0])


def sample_by_product(feature, y, x):
    i, j = int(y), int(x)
    part, u, v = np.array(feature, float)[i : i + 2, j : j + 2], y - i, x - j
    return float(np.array([1 - u, u]) @ part @ np.array([1 - v, v]))


def paste_by_slices(probabilities, box, height, width):
    x1, y1, x2, y2 = box
    mask = np.zeros((height, width), bool)
    mask[y1:y2, x1:x2] = probabilities > 0.5
    return mask


def paste_by_loop(probabilities, box, height, width):
    mask = np.zeros((height, width), bool)
    for (i, j), value in np.ndenumerate(probabilities):
        mask[box[1] + i, box[0] + j] = value > 0.5
    return mask


def box_by_scipy(mask):
    found = find_objects(mask.astype(int))
    return (found[0][1].start, found[0][0].start, found[0][1].stop, found[0][0].stop) if found else None


def box_by_points(mask):
    points = np.argwhere(mask)
    if len(points) == 0:
        return None
    (top, left), (bottom, right) = points.min(axis=0), points.max(axis=0)
    return int(left), int(top), int(right) + 1, int(bottom) + 1


ANSWERS = {
    "check_sample": Answers(
        right={"SciPy": sample_by_scipy, "a product": sample_by_product},
        wrong={
            "the prompt's number": lambda f, y, x: 12.5,
            "the upper left cell": lambda f, y, x: f[int(y)][int(x)],
            "along x alone": lambda f, y, x: f[int(y)][int(x)] * (1 - x % 1) + f[int(y)][int(x) + 1] * (x % 1),
        },
        announced={"the nearest cell": lambda f, y, x: f[round(y)][round(x)]},
    ),
    "check_paste_mask": Answers(
        right={"slices": paste_by_slices, "a loop": paste_by_loop},
        wrong={
            "empty": lambda p, b, h, w: np.zeros((h, w), bool),
            "all": lambda p, b, h, w: np.ones((h, w), bool),
            "at the corner": lambda p, b, h, w: paste_by_slices(p, (0, 0, p.shape[1], p.shape[0]), h, w),
        },
        announced={"the mask of the box alone": lambda p, b, h, w: p > 0.5},
    ),
    "check_box_of": Answers(
        right={"SciPy": box_by_scipy, "points": box_by_points},
        wrong={
            "the image": lambda mask: (0, 0, mask.shape[1], mask.shape[0]),
            "always none": lambda mask: [None][0],
            "width and height": lambda mask: (
                None if not mask.any() else (*box_by_points(mask)[:2], int(mask.any(axis=0).sum()), 1)
            ),
        },
        announced={
            "x2 and y2 are one beyond": lambda mask: (
                None if not mask.any() else (*box_by_points(mask)[:2], *(v - 1 for v in box_by_points(mask)[2:]))
            ),
        },
    ),
}

"""The exercises of lesson 06f."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_sample():
    """Exercise 1: sample between four cells."""

    def weighted(feature, y, x, change):
        """Return the sample with changed weights."""
        i, j, wy, wx = int(y), int(x), change(y % 1), change(x % 1)
        upper, lower = (row[j] * (1 - wx) + row[j + 1] * wx for row in feature[i : i + 2])
        return upper * (1 - wy) + lower * wy

    four, six = [[0.0, 10.0], [20.0, 30.0]], [[0.0, 1.0, 5.0], [2.0, 8.0, 4.0]]
    return check.Exercise(
        "sample",
        cases=[
            check.case(four, 0.5, 0.25, expected=12.5, name="the example"),
            check.case(four, 0.0, 0.0, expected=0.0, name="on a cell"),
            check.case(six, 0.25, 1.5, expected=3.75, name="in the second column"),
        ],
        mistakes=[
            check.mistake("the nearest cell: that is what rounding does", lambda f, y, x: f[round(y)][round(x)]),
            check.mistake("the weights are exchanged", lambda f, y, x: weighted(f, y, x, lambda w: 1 - w)),
            check.mistake(
                "the mean of four cells, whatever the place", lambda f, y, x: weighted(f, y, x, lambda w: 0.5)
            ),
            check.mistake("x and y are exchanged", lambda f, y, x: weighted(f, x, y, lambda w: w)),
        ],
    )


@exercise
def check_paste_mask():
    """Exercise 2: paste a mask."""

    def put(values, box, height, width, threshold=0.5):
        """Return the pasted mask with a changed threshold."""
        mask = np.zeros((height, width), bool)
        mask[box[1] : box[1] + values.shape[0], box[0] : box[0] + values.shape[1]] = values > threshold
        return mask

    wide, point = np.array([[0.9, 0.2, 0.6], [0.1, 0.5, 0.8]]), np.array([[0.7, 0.0]])
    wide_mask = np.array([[0, 1, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]], bool)
    point_mask = np.array([[0, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]], bool)
    return check.Exercise(
        "paste_mask",
        cases=[
            check.case(wide, (1, 0, 4, 2), 3, 4, expected=wide_mask, name="3 columns, 2 rows"),
            check.case(point, (1, 2, 3, 3), 3, 4, expected=point_mask, name="2 columns, 1 row"),
        ],
        mistakes=[
            check.mistake("x and y are exchanged", lambda p, b, h, w: put(p, (b[1], b[0]), h, w)),
            check.mistake("every positive probability counts: cut at 0.5", lambda p, b, h, w: put(p, b, h, w, 0)),
            check.mistake("the mask of the box alone, not in the image", lambda p, b, h, w: p > 0.5),
            check.mistake("the whole box is filled", lambda p, b, h, w: put(p, b, h, w, -1)),
        ],
    )


@exercise
def check_box_of():
    """Exercise 3: the box of a mask."""

    def around(mask, beyond=1, swap=False, empty=None):
        rows, columns = np.nonzero(mask)
        if not len(rows):
            return empty
        x, y = (columns.min(), columns.max() + beyond), (rows.min(), rows.max() + beyond)
        x, y = (y, x) if swap else (x, y)
        return int(x[0]), int(y[0]), int(x[1]), int(y[1])

    spots, point, full = np.zeros((6, 8), bool), np.zeros((4, 4), bool), np.ones((3, 5), bool)
    spots[[1, 3], [2, 6]], point[2, 3] = True, True
    cases = {"two spots": spots, "one pixel": point, "the whole image": full, "nothing": np.zeros((3, 4), bool)}
    return check.Exercise(
        "box_of",
        cases=[check.case(mask, expected=around(mask), name=name) for name, mask in cases.items()],
        mistakes=[
            check.mistake("x2 and y2 are one beyond the last column and row", lambda mask: around(mask, 0)),
            check.mistake("x counts columns, y counts rows", lambda mask: around(mask, swap=True)),
            check.mistake("an empty mask has no box: None", lambda mask: around(mask, empty=(0, 0, 0, 0))),
        ],
    )

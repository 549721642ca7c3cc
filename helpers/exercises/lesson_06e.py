"""The exercises of lesson 06e."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_double():
    """Exercise 1: double a row."""

    def stamped(row):
        """Return the transposed convolution, with zeros beyond the border."""
        longer = np.convolve(np.array([row, np.zeros(len(row))]).T.ravel(), [0.25, 0.75, 0.75, 0.25])
        return list(longer[1 : 2 * len(row) + 1])

    return check.Exercise(
        "double",
        cases=[
            check.case([4.0, 8.0], expected=[4.0, 5.0, 7.0, 8.0], name="two values"),
            check.case([0.0, 4.0, 0.0], expected=[0.0, 1.0, 3.0, 3.0, 1.0, 0.0], name="a peak"),
            check.case([5.0], expected=[5.0, 5.0], name="one value"),
        ],
        mistakes=[
            check.mistake("each value is copied: the nearest neighbour", lambda row: np.repeat(row, 2).tolist()),
            check.mistake("beyond the border you take 0 instead of the border value", stamped),
            check.mistake(
                "an even grid from end to end: new pixels lie at quarters",
                lambda row: list(np.interp(np.linspace(0, len(row) - 1, 2 * len(row)), range(len(row)), row)),
            ),
        ],
    )


@exercise
def check_sample():
    """Exercise 2: sample between four cells."""

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
    """Exercise 3: paste a mask."""

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

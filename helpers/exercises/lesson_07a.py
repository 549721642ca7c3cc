"""The exercises of lesson 07a."""

import numpy as np

from helpers import check
from helpers.detection import boxes as box_tools, grid
from helpers.exercises import exercise


@exercise
def check_responsible():
    """Exercise 1: which cell is responsible?"""

    def cell(box, *sizes):
        """Return what the helper says."""
        return tuple(grid.cells([box], sizes[:2], sizes[2:])[0].tolist())

    def parts(box, rows, columns, height, width):
        """Return the centre in cells: along y, along x."""
        return (box[1] + box[3]) / 2 * rows / height, (box[0] + box[2]) / 2 * columns / width

    return check.Exercise(
        "responsible",
        cases=[
            check.case([10, 20, 58, 52], 8, 10, 128, 160, expected=(2, 2), name="the box of section 1"),
            check.case([100, 8, 150, 30], 8, 10, 128, 160, expected=(1, 7), name="far right, near the top"),
            check.case([158, 126, 162, 130], 8, 10, 128, 160, expected=(7, 9), name="centre on the corner"),
        ],
        mistakes=[
            check.mistake("row and column are swapped: the row comes from y", lambda *a: cell(*a)[::-1]),
            check.mistake(
                "the centre decides, not the corner", lambda b, *a: cell([*b[:2], b[0] + 0.1, b[1] + 0.1], *a)
            ),
            check.mistake("the last cell holds the border too", lambda *a: tuple(int(part) for part in parts(*a))),
            check.mistake("round down, not to the nearest cell", lambda *a: tuple(round(part) for part in parts(*a))),
        ],
    )


@exercise
def check_encode_one():
    """Exercise 2: encode one object."""

    def wrong(change):
        """Return a wrong encoding: change(x, y, w, h) -> four numbers; x, y in cells from the image's corner."""
        scale = np.array([1 / 16, 1 / 16, 1 / 160, 1 / 128])
        return lambda b, label, n: np.array([1, *change(*box_tools.to_centre([b])[0] * scale), *np.eye(n)[label]])

    return check.Exercise(
        "encode_one",
        cases=[
            check.case([10, 20, 58, 52], 2, 5, expected=[1, 0.125, 0.25, 0.3, 0.25, 0, 0, 1, 0, 0], name="a dress"),
            check.case([100, 8, 148, 40], 0, 3, expected=[1, 0.75, 0.5, 0.3, 0.25, 1, 0, 0], name="three classes"),
            check.case([0, 0, 160, 64], 1, 2, expected=[1, 0, 0, 1, 0.5, 0, 1], name="the upper half of the image"),
        ],
        mistakes=[
            check.mistake("x and y count from the cell's corner", wrong(lambda x, y, w, h: (x, y, w, h))),
            check.mistake("w and h are parts of the image", wrong(lambda x, y, w, h: (x % 1, y % 1, w * 10, h * 8))),
            check.mistake("x comes first, then y", wrong(lambda x, y, w, h: (y % 1, x % 1, w, h))),
        ],
    )


@exercise
def check_confidence_target():
    """Exercise 3: the target of the confidence."""

    def overlap(guess, truth):
        """Return what the helper says."""
        return float(box_tools.iou([guess], [truth])[0, 0])

    return check.Exercise(
        "confidence_target",
        cases=[
            check.case([0, 5, 10, 10], [0, 0, 10, 10], expected=0.5, name="half"),
            check.case([0, 0, 10, 10], [0, 0, 10, 10], expected=1.0, name="the same box"),
            check.case([5, 5, 15, 15], [0, 0, 10, 10], expected=25 / 175, name="a corner"),
            check.case([0, 0, 10, 10], None, expected=0.0, name="no object in the cell"),
        ],
        mistakes=[
            check.mistake("with an object the target is the IoU, not 1", lambda a, b: 0.0 if b is None else 1.0),
            check.mistake("without an object the target is 0", lambda a, b: 1.0 if b is None else overlap(a, b)),
            check.mistake("the target is the IoU, not 1 − IoU", lambda a, b: 0.0 if b is None else 1 - overlap(a, b)),
        ],
    )


@exercise
def check_size_term():
    """Exercise 4: one term of the loss."""

    def wrong(change):
        """Return a size term that goes wrong: change(truth, guess) -> the sum without the weight of 5."""
        return lambda truth, guess, weight=5.0: weight * change(truth, guess)

    one, two = np.array([[0.36, 0.25]]), np.array([[0.36, 0.25], [0.04, 0.81]])
    return check.Exercise(
        "size_term",
        cases=[
            check.case(one, np.array([[0.49, 0.16]]), expected=0.1, name="the box of section 5"),
            check.case(two, np.array([[0.49, 0.16], [0.01, 0.64]]), expected=0.2, name="two boxes"),
            check.case(np.zeros((0, 2)), np.zeros((0, 2)), expected=0.0, name="no object"),
        ],
        mistakes=[
            check.mistake("the roots are missing", wrong(lambda t, g: ((t - g) ** 2).sum())),
            check.mistake("the weight is missing", wrong(lambda t, g: ((np.sqrt(t) - np.sqrt(g)) ** 2).sum() / 5)),
            check.mistake(
                "a sum, not a mean", wrong(lambda t, g: ((np.sqrt(t) - np.sqrt(g)) ** 2).sum() / max(t.size, 1))
            ),
            check.mistake("root each side, then subtract", wrong(lambda t, g: abs(t - g).sum())),
        ],
    )

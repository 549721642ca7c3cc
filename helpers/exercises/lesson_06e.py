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
def check_mean_iou():
    """Exercise 2: the mean IoU of a label map."""

    def mean(truth, predicted, of=np.union1d, wrong=None):
        pairs = [(truth == label, predicted == label) for label in of(truth, predicted)]
        if wrong == "dice":
            return float(np.mean([2 * (a & b).sum() / (a.sum() + b.sum()) for a, b in pairs]))
        return float(np.mean([(a & b).sum() / max((a | b).sum(), 1) for a, b in pairs]))

    cases = {
        "the example": ([[0, 0, 1, 1]], [[0, 1, 1, 1]]),
        "a class is never predicted": ([[0, 0, 2], [2, 1, 1]], [[0, 0, 0], [0, 1, 1]]),
        "a class that is not there": ([[0, 0], [0, 3]], [[0, 5], [0, 3]]),
        "all right": ([[4, 4], [0, 0]], [[4, 4], [0, 0]]),
    }
    cases = {name: [np.array(one) for one in pair] for name, pair in cases.items()}
    return check.Exercise(
        "mean_iou",
        cases=[check.case(*pair, expected=mean(*pair), name=name) for name, pair in cases.items()],
        mistakes=[
            check.mistake("that is the share of right pixels", lambda t, p: float((t == p).mean())),
            check.mistake("that is Dice: divide by the union", lambda t, p: mean(t, p, wrong="dice")),
            check.mistake(
                "a class that is predicted and never true counts too",
                lambda t, p: mean(t, p, lambda a, b: np.unique(a)),
            ),
            check.mistake(
                "classes that occur nowhere do not count",
                lambda t, p: mean(t, p, lambda a, b: range(max(a.max(), b.max()) + 1)),
            ),
        ],
    )


@exercise
def check_fair_width():
    """Exercise 3: as many weights."""
    cases = {"the example": (32, 22), "wider": (64, 45), "narrow": (3, 2), "24": (24, 16), "100": (100, 70)}
    return check.Exercise(
        "fair_width",
        cases=[check.case(channels, expected=width, name=name) for name, (channels, width) in cases.items()],
        mistakes=[
            check.mistake("at equal width the layer after the concatenation has twice the weights", lambda c: c),
            check.mistake(
                "half the width has half the weights: what it reads and what it gives both shrink", lambda c: c // 2
            ),
            check.mistake("rounded up it has more weights than the other", lambda c: int(np.ceil(c / np.sqrt(2)))),
        ],
    )

"""The exercises of lesson 02g."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_leaked():
    """Exercise 1: count the leak."""
    train_ids, test_ids = np.array([0, 0, 1, 2]), np.array([0, 2, 2, 3])
    return check.Exercise(
        "leaked",
        cases=[
            check.case(train_ids, test_ids, expected=3, name="four and four"),
            check.case(np.arange(5), np.arange(5, 9), expected=0, name="split first"),
            check.case(np.array([7, 7, 7]), np.array([7, 1]), expected=1, name="one original, many copies"),
        ],
        mistakes=[
            check.mistake("count images, not originals", lambda a, b: len(set(a) & set(b))),
            check.mistake("count in the test set, not in training", lambda a, b: int(np.isin(a, b).sum())),
            check.mistake(
                "that compares position by position", lambda a, b: sum(x == y for x, y in zip(a, b, strict=False))
            ),
        ],
    )


@exercise
def check_gains():
    """Exercise 2: a gain, seed by seed."""
    a, b = np.array([0.80, 0.82, 0.81]), np.array([0.78, 0.83, 0.80])
    return check.Exercise(
        "gains",
        cases=[
            check.case(a, b, expected=(0.02 / 3, -0.01, 0.02), name="three seeds"),
            check.case(np.array([0.5, 0.9]), np.array([0.4, 0.8]), expected=(0.1, 0.1, 0.1), name="a steady gain"),
        ],
        mistakes=[
            check.mistake("with minus without", lambda a, b: ((b - a).mean(), (b - a).min(), (b - a).max())),
            check.mistake(
                "pair by pair: subtract before you take the smallest",
                lambda a, b: ((a - b).mean(), a.min() - b.max(), a.max() - b.min()),
            ),
            check.mistake("a difference, not a ratio", lambda a, b: ((a / b).mean(), (a / b).min(), (a / b).max())),
        ],
    )


@exercise
def check_epoch():
    """Exercise 3: seconds of an epoch."""
    return check.Exercise(
        "epoch_seconds",
        cases=[
            check.case(0.2, 0.3, 10, expected=3.2, name="training is slower"),
            check.case(0.5, 0.1, 4, expected=2.1, name="preparing is slower"),
            check.case(0.2, 0.3, 1, expected=0.5, name="a single batch"),
        ],
        mistakes=[
            check.mistake("that is one after the other", lambda p, t, n: (p + t) * n),
            check.mistake(
                "the first preparation and the last training overlap with nothing", lambda p, t, n: max(p, t) * n
            ),
            check.mistake("the slower of the two sets the pace", lambda p, t, n: p + t + (n - 1) * min(p, t)),
        ],
    )

"""The exercises of lesson 09f."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_loss():
    """Exercise 1: the triplet loss of a batch."""

    def losses(a, p, n, margin, power=2, floor=True):
        far = np.sum(np.abs(a - p) ** power, axis=1) - np.sum(np.abs(a - n) ** power, axis=1) + margin
        return np.maximum(far, 0) if floor else far

    a3, p3 = np.array([[1.0, 0.0]] * 3), np.array([[0.8, 0.6]] * 3)
    n3 = np.array([[-1.0, 0.0], [0.8, -0.6], [1.0, 0.0]])
    return check.Exercise(
        "batch_loss",
        cases=[
            check.case(a3, p3, n3, expected=0.8 / 3, name="three triplets"),
            check.case(a3, p3, n3, 0.0, expected=0.4 / 3, name="no margin"),
            check.case(a3[:1], p3[:1], n3[:1], 5.0, expected=1.4, name="one triplet, a wide margin"),
        ],
        mistakes=[
            check.mistake(
                "a loss below 0 must count as 0", lambda a, p, n, m=0.2: float(losses(a, p, n, m, floor=False).mean())
            ),
            check.mistake("positive and negative are swapped", lambda a, p, n, m=0.2: float(losses(a, n, p, m).mean())),
            check.mistake("distances are squared", lambda a, p, n, m=0.2: float(losses(a, p, n, m, 1).mean())),
            check.mistake("the mean is asked for, not the sum", lambda a, p, n, m=0.2: float(losses(a, p, n, m).sum())),
        ],
    )


@exercise
def check_semi():
    """Exercise 2: the semi-hard negative."""

    def pick(d, negative, positive, beyond=True, only=True):
        chosen = (negative if only else np.ones(len(d), bool)) & ((d > positive) if beyond else True)
        if not chosen.any():
            return int(np.flatnonzero(negative)[d[negative].argmax()])
        return int(np.flatnonzero(chosen)[d[chosen].argmin()])

    some_d = np.array([0.0, 0.5, 0.3, 0.9, 0.6, 0.55])
    some_n = np.array([False, False, True, True, True, False])
    return check.Exercise(
        "semi_hard",
        cases=[
            check.case(some_d, some_n, 0.5, expected=4, name="one is harder, two are farther"),
            check.case(some_d, some_n, 0.1, expected=2, name="all are farther"),
            check.case(some_d, some_n, 0.95, expected=3, name="none is farther"),
        ],
        mistakes=[
            check.mistake(
                "that is the hardest negative: it is nearer than the positive", lambda d, n, p: pick(d, n, p, False)
            ),
            check.mistake(
                "faces of the anchor's own person are among the choices", lambda d, n, p: pick(d, n, p, only=False)
            ),
            check.mistake("that is an easy negative, the farthest one", lambda d, n, p: pick(d, n, 99)),
        ],
    )


@exercise
def check_door():
    """Exercise 3: a threshold for a door."""
    far = np.array([0.9, 0.5, 0.1, 0.4])
    return check.Exercise(
        "door_threshold",
        cases=[
            check.case(far, 0.25, expected=0.4, name="one of four may pass"),
            check.case(far, 0.0, expected=0.1, name="nobody may pass"),
            check.case(far, 0.6, expected=0.5, name="two of four, since three would be too many"),
        ],
        mistakes=[
            check.mistake("sort the distances first", lambda d, allowed: float(d[int(allowed * len(d))])),
            check.mistake(
                "strangers with small distances get in: count from below",
                lambda d, share: float(-np.sort(-d)[int(share * len(d))]),
            ),
            check.mistake(
                "one step too strict", lambda d, allowed: float(np.sort(d)[max(int(allowed * len(d)) - 1, 0)])
            ),
        ],
    )

"""The exercises of lesson 09c."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_epoch():
    """Exercise 1: when to stop."""

    def _stop(losses, patience, start=1):
        best = 0
        for epoch, loss in enumerate(losses):
            if loss < losses[best]:
                best = epoch
            elif epoch - best >= patience:
                break
        return best + start

    return check.Exercise(
        "best_epoch",
        cases=[
            check.case([3, 2, 2.5, 2.4, 1], 2, expected=2, name="the last one comes too late"),
            check.case([3, 2, 2.5, 2.4, 1], 3, expected=5, name="more patience"),
            check.case([3, 2, 1, 0.5], 1, expected=4, name="it falls to the end"),
            check.case([1.0, 1.5, 1.2], 5, expected=1, name="the first is the best"),
        ],
        mistakes=[
            check.mistake("epochs after the stop are never seen", lambda v, p: int(np.argmin(v)) + 1),
            check.mistake("epochs count from 1", lambda v, p: _stop(v, p, 0)),
            check.mistake("that is the last epoch, not the best one", lambda v, p: len(v)),
        ],
    )


@exercise
def check_scores():
    """Exercise 2: precision, recall and F1."""

    def scores(matrix, k, swap=False, empty=0.0):
        tp, row, column = matrix[k, k], matrix[k].sum(), matrix[:, k].sum()
        row, column = (column, row) if swap else (row, column)
        p, r = tp / column if column else empty, tp / row if row else empty
        return float(p), float(r), float(2 * p * r / (p + r)) if p + r else empty

    def _with(matrix, k, third):
        p, r, _ = scores(matrix, k)
        return p, r, third(p, r)

    three, lazy = np.array([[8, 2, 0], [1, 6, 3], [1, 1, 8]]), np.array([[990, 0], [10, 0]])
    return check.Exercise(
        "class_scores",
        cases=[
            check.case(three, 1, expected=(6 / 9, 0.6, 12 / 19), name="three classes, the middle one"),
            check.case(three, 0, expected=(0.8, 0.8, 0.8), name="three classes, the first"),
            check.case(lazy, 1, expected=(0.0, 0.0, 0.0), name="never predicted: 0 / 0"),
        ],
        mistakes=[
            check.mistake("rows are true, columns predicted: you have them swapped", lambda m, k: scores(m, k, True)),
            check.mistake("0 / 0 should count as 0.0 here", lambda m, k: scores(m, k, empty=float("nan"))),
            check.mistake(
                "F1 is the harmonic mean, not the arithmetic one", lambda m, k: _with(m, k, lambda p, r: (p + r) / 2)
            ),
            check.mistake(
                "the factor 2 of F1 is missing", lambda m, k: _with(m, k, lambda p, r: p * r / max(p + r, 1e-9))
            ),
        ],
    )


@exercise
def check_surest():
    """Exercise 3: the most confident mistakes."""
    small_p = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.45, 0.55]])
    small_y = np.array([1, 1, 0, 0])

    def _mistakes(p, y, n, sign=-1, only=True):
        chosen = np.flatnonzero(p.argmax(axis=1) != y) if only else np.arange(len(y))
        return chosen[np.argsort(sign * p[chosen].max(axis=1), kind="stable")][:n]

    return check.Exercise(
        "surest_mistakes",
        cases=[
            check.case(small_p, small_y, 2, expected=np.array([0, 2]), name="three mistakes, two asked for"),
            check.case(small_p, small_y, 9, expected=np.array([0, 2, 3]), name="more asked for than there are"),
            check.case(small_p[1:2], small_y[1:2], 3, expected=np.array([], int), name="no mistake"),
        ],
        mistakes=[
            check.mistake("the least sure come first: sort downwards", lambda p, y, n: _mistakes(p, y, n, 1)),
            check.mistake("right answers are among them", lambda p, y, n: _mistakes(p, y, n, only=False)),
            check.mistake("all mistakes are returned, not the first ones", lambda p, y, n: _mistakes(p, y, None)),
        ],
    )

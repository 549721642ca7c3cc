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
            check.case([2, 1, 1, 1, 0.5], 2, expected=2, name="equal to the best is not below it"),
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
def check_possible():
    """Exercise 3: how good can a reader be?"""
    hand = np.array([[8, 2], [1, 3]])
    mixed = np.array([[10, 0, 0], [4, 3, 3], [0, 1, 5], [2, 2, 1], [0, 0, 1]])
    one = np.array([[3, 3, 4]])

    return check.Exercise(
        "best_possible",
        cases=[
            check.case(hand, expected=0.775, name="by hand: ten voters and four"),
            check.case(mixed, expected=float(np.mean([1, 0.4, 5 / 6, 0.4, 1])), name="five faces, three classes"),
            check.case(one, expected=0.4, name="one face"),
        ],
        mistakes=[
            check.mistake(
                "that is the best reader who gives every face the same answer: decide face by face",
                lambda v: v.sum(axis=0).max() / v.sum(),
            ),
            check.mistake(
                "each face counts once: take the shares in each row first, then the mean",
                lambda v: v.max(axis=1).sum() / v.sum(),
            ),
            check.mistake(
                "that is how often two voters agree: the reader always names the most frequent answer",
                lambda v: float(np.mean(((v / v.sum(axis=1, keepdims=True)) ** 2).sum(axis=1))),
            ),
            check.mistake(
                "divide by the number of voters in each row, not by the largest one",
                lambda v: float(np.mean(v.max(axis=1) / v.sum(axis=1).max())),
            ),
        ],
    )

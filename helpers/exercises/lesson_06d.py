"""The exercises of lesson 06d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_pool():
    """Exercise 1: RoI pooling."""
    counted, spotted = np.arange(64).reshape(8, 8), np.zeros((6, 6), int)
    spotted[[0, 2, 4], [5, 2, 1]] = 9, 7, 5

    def pooled_wrong(m, t, b, le, r, s, up=True, how=np.max, swap=False):
        part = m[t:b, le:r]
        ends = [[(i * n // s, -(-(i + 1) * n // s) if up else (i + 1) * n // s) for i in range(s)] for n in part.shape]
        bins = [[how(part[a:b_, c:d]) if b_ > a and d > c else 0 for c, d in ends[1]] for a, b_ in ends[0]]
        return np.array(bins).T if swap else np.array(bins)

    return check.Exercise(
        "pool_cells",
        cases=[
            check.case(counted, 0, 4, 0, 4, 2, expected=np.array([[9, 11], [25, 27]]), name="4 x 4 cells, 2 x 2 bins"),
            check.case(counted, 0, 7, 1, 6, 2, expected=np.array([[27, 29], [51, 53]]), name="bins that share cells"),
            check.case(spotted, 0, 5, 0, 6, 2, expected=np.array([[7, 9], [7, 0]]), name="a maximum in a shared row"),
        ],
        mistakes=[
            check.mistake("the end of a bin is rounded up, not down", lambda *a: pooled_wrong(*a, up=False)),
            check.mistake("the largest value is kept, not the mean", lambda *a: pooled_wrong(*a, how=np.mean)),
            check.mistake("rows and columns are swapped", lambda *a: pooled_wrong(*a, swap=True)),
        ],
    )


@exercise
def check_loss():
    """Exercise 2: the box part of the loss."""
    their_offsets, zeros = np.array([[0.2, 0, 0, 2.0], [5, 5, 5, 5], [-1.0, 0.5, 0, -3]]), np.zeros((3, 4))
    mixed, objects = np.array([1, 0, 4]), np.array([1, 2, 3])
    return check.Exercise(
        "box_loss",
        cases=[
            check.case(their_offsets, zeros, mixed, expected=np.array([1.52, 0, 3.125]), name="mixed"),
            check.case(their_offsets, their_offsets, objects, expected=np.zeros(3), name="perfect offsets"),
            check.case(zeros, zeros + 2, 1 - mixed % 2, expected=np.array([0, 6.0, 6]), name="shifted by 2"),
        ],
        mistakes=[
            check.mistake(
                "background has no box to learn: its loss is 0",
                lambda c, t, u: np.where(abs(c - t) < 1, (c - t) ** 2 / 2, abs(c - t) - 0.5).sum(axis=1),
            ),
            check.mistake(
                "beyond 1 the loss grows in a straight line",
                lambda c, t, u: ((c - t) ** 2 / 2).sum(axis=1) * (u > 0),
            ),
            check.mistake(
                "a negative error costs as much: use |x|",
                lambda c, t, u: np.where(c - t < 1, (c - t) ** 2 / 2, c - t - 0.5).sum(axis=1) * (u > 0),
            ),
        ],
    )


@exercise
def check_assign():
    """Exercise 3: assign the anchors."""
    table_one = np.array([[0.8, 0.0], [0.75, 0.1], [0.5, 0.2], [0.1, 0.25], [0.0, 0.05]])
    table_two = np.array([[0.3, 0.0], [0.29, 0.1], [0.7, 0.0], [0.1, 0.9]])
    return check.Exercise(
        "assign",
        cases=[
            check.case(table_one, expected=np.array([1, 1, -1, 1, 0]), name="an object without a good anchor"),
            check.case(table_two, expected=np.array([-1, 0, 1, 1]), name="at the limits"),
            check.case(table_one, 0.5, 0.1, expected=np.array([1, 1, 1, 1, 0]), name="other limits"),
        ],
        mistakes=[
            check.mistake(
                "the best anchor of each object is an object too",
                lambda o, h=0.7, v=0.3: np.where(o.max(axis=1) >= h, 1, np.where(o.max(axis=1) < v, 0, -1)),
            ),
            check.mistake(
                "what lies between the limits is not asked: -1",
                lambda o, h=0.7, v=0.3: np.where(
                    (o.max(axis=1) >= h) | np.isin(np.arange(len(o)), o.argmax(axis=0)), 1, 0
                ),
            ),
        ],
    )

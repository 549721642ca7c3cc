"""The exercises of lesson 04e."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_basic_block():
    """Exercise 1: count a basic block."""
    return check.Exercise(
        "basic_block",
        cases=[
            check.case(64, 64, 1, expected=73984, name="identity shortcut"),
            check.case(64, 128, 2, expected=230144, name="stride 2 and more channels"),
            check.case(16, 16, 2, expected=4960, name="stride 2, same channels"),
            check.case(8, 16, 1, expected=3680, name="only the channels change"),
        ],
        mistakes=[
            check.mistake(
                "a projection is counted even where nothing changes",
                lambda a, b, s: 10 * a * b + 9 * b * b + 6 * b,
            ),
            check.mistake(
                "the batch normalisations are missing",
                lambda a, b, s: 9 * a * b + 9 * b * b + (a * b if a != b or s > 1 else 0),
            ),
            check.mistake(
                "the projection is also needed where only the stride, or only the channels change",
                lambda a, b, s: 9 * a * b + 9 * b * b + 4 * b + (a * b + 2 * b if a != b and s > 1 else 0),
            ),
            check.mistake("no projection counted", lambda a, b, s: 9 * a * b + 9 * b * b + 4 * b),
        ],
    )


@exercise
def check_residual_block():
    """Exercise 2: run a residual block."""
    swap, minus = np.array([[0.0, 1], [1, 0]]), np.array([[-2.0, 0], [0, 1]])
    return check.Exercise(
        "residual_block",
        cases=[
            check.case(np.array([1.0, 2, 3]), np.zeros((3, 3)), np.zeros((3, 3)), expected=np.array([1.0, 2, 3])),
            check.case(np.array([1.0, 3]), swap, minus, expected=np.array([0.0, 4]), name="F is negative in part"),
            check.case(np.array([2.0, 5]), -swap, minus, expected=np.array([2.0, 5]), name="the inner ReLU closes"),
        ],
        mistakes=[
            check.mistake("the shortcut is missing", lambda x, a, b: np.maximum(b @ np.maximum(a @ x, 0), 0)),
            check.mistake("the last ReLU is missing", lambda x, a, b: b @ np.maximum(a @ x, 0) + x),
            check.mistake("the inner ReLU is missing", lambda x, a, b: np.maximum(b @ (a @ x) + x, 0)),
            check.mistake(
                "x is added after the last ReLU", lambda x, a, b: np.maximum(b @ np.maximum(a @ x, 0), 0) + x
            ),
        ],
    )


@exercise
def check_depth():
    """Exercise 3: the number in the name."""
    return check.Exercise(
        "depth",
        cases=[
            check.case((3, 4, 6, 3), False, expected=34, name="ResNet-34"),
            check.case((3, 4, 6, 3), True, expected=50, name="ResNet-50"),
            check.case((3, 8, 36, 3), True, expected=152, name="ResNet-152"),
        ],
        mistakes=[
            check.mistake(
                "the first convolution and the dense layer are missing", lambda r, b: sum(r) * (3 if b else 2)
            ),
            check.mistake("a bottleneck has three convolutions", lambda r, b: sum(r) * 2 + 2),
            check.mistake("the projections do not count", lambda r, b: sum(r) * (3 if b else 2) + 2 + (4 if b else 3)),
        ],
    )

"""The exercises of lesson 06a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_pair_iou():
    """Exercise 1: intersection over union."""

    def wrong(a, b, union, least=0):
        """Return the shared area over union(shared area, area of a, area of b)."""
        wide, high = (max(least, min(a[k + 2], b[k + 2]) - max(a[k], b[k])) for k in (0, 1))
        return wide * high / union(wide * high, *((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)))

    return check.Exercise(
        "pair_iou",
        cases=[
            check.case((0, 0, 4, 4), (2, 1, 6, 5), expected=6 / 26, name="partly over each other"),
            check.case((0, 0, 4, 4), (1, 1, 3, 3), expected=0.25, name="one inside the other"),
            check.case((0, 0, 4, 4), (5, 5, 7, 9), expected=0.0, name="apart in x and in y"),
            check.case((0, 0, 4, 4), (0, 6, 4, 8), expected=0.0, name="apart in y alone"),
        ],
        mistakes=[
            check.mistake("the shared part is counted twice", lambda a, b: wrong(a, b, lambda s, p, q: p + q)),
            check.mistake("divided by the first box, not by the union", lambda a, b: wrong(a, b, lambda s, p, q: p)),
            check.mistake("negative sides are not set to 0", lambda a, b: wrong(a, b, lambda s, p, q: p + q - s, -1e9)),
        ],
    )


@exercise
def check_suppress():
    """Exercise 2: non-maximum suppression."""
    pair, chain = [[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1]], [[1, 0.6, 0.1], [0.6, 1, 0.6], [0.1, 0.6, 1]]

    def greedy(overlaps, scores, drop, reverse=True):
        """Return greedy suppression with another rule `drop(overlap)` or order."""
        left, kept = sorted(range(len(scores)), key=lambda k: scores[k], reverse=reverse), []
        while left:
            kept, left = [*kept, left[0]], [k for k in left[1:] if not drop(overlaps[left[0]][k])]
        return kept

    return check.Exercise(
        "suppress",
        cases=[
            check.case(pair, [0.6, 0.9, 0.7], 0.5, expected=[1, 2], name="two copies and another"),
            check.case(chain, [0.9, 0.8, 0.7], 0.5, expected=[0, 2], name="a chain"),
            check.case(pair, [0.6, 0.9, 0.7], 0.8, expected=[1, 2, 0], name="overlap equal to the threshold stays"),
        ],
        mistakes=[
            check.mistake("sorted in ascending order", lambda o, s, t: greedy(o, s, lambda x: x > t, reverse=False)),
            check.mistake("drops the boxes that overlap less", lambda o, s, t: greedy(o, s, lambda x: x < t)),
            check.mistake(
                "drops at the threshold too: it is “more than”", lambda o, s, t: greedy(o, s, lambda x: x >= t)
            ),
        ],
    )


@exercise
def check_encode_one():
    """Exercise 3: encode a box."""
    ln2 = 0.6931471805599453

    def wrong_offsets(a, t, unit=1, shift=1.0, change=np.log):
        """Return the offsets with another unit of the shift (1: window, 2: target) or another change of the sides."""
        side = (a, t)[unit - 1]
        return (
            (t[0] - a[0]) / side[2] ** shift,
            (t[1] - a[1]) / side[3] ** shift,
            change(t[2] / a[2]),
            change(t[3] / a[3]),
        )

    return check.Exercise(
        "encode_one",
        cases=[
            check.case((5, 10, 10, 20), (15, 10, 20, 10), expected=(1, 0, ln2, -ln2), name="the example"),
            check.case((50, 40, 20, 40), (55, 30, 10, 80), expected=(0.25, -0.25, -ln2, ln2), name="up and narrower"),
            check.case((8, 8, 4, 4), (8, 8, 4, 4), expected=(0, 0, 0, 0), name="nothing to do"),
        ],
        mistakes=[
            check.mistake(
                "the shift is divided by the target's sides, not the window's", lambda a, t: wrong_offsets(a, t, 2)
            ),
            check.mistake("the shift is in pixels", lambda a, t: wrong_offsets(a, t, shift=0)),
            check.mistake("the logarithm of the sides is missing", lambda a, t: wrong_offsets(a, t, change=float)),
        ],
    )

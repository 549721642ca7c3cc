"""The exercises of lesson 01d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_ncc():
    """Exercise 1: normalised cross-correlation."""

    def ncc_without(mean, norm):
        def wrong(t, p):
            t, p = t.astype(float), p.astype(float)
            t, p = (t, p) if not mean else (t - t.mean(), p - p.mean())
            return (t * p).sum() / (np.sqrt((t**2).sum() * (p**2).sum()) if norm else t.size)

        return wrong

    step, tilted = np.uint8([[0, 0, 10, 10]]), np.uint8([[100, 100, 100, 120]])
    return check.Exercise(
        "ncc",
        cases=[
            check.case(step, np.uint8([[100, 100, 120, 120]]), expected=1.0, name="the same pattern, brighter"),
            check.case(step, np.uint8([[120, 120, 100, 100]]), expected=-1.0, name="its negative"),
            check.case(step, tilted, expected=0.5773502692, name="a part of it: 1/√3"),
        ],
        mistakes=[
            check.mistake("take the mean off both patches first", ncc_without(False, True)),
            check.mistake("divide by the root of both sums of squares", ncc_without(True, False)),
        ],
    )


@exercise
def check_score():
    """Exercise 2: score the detections."""
    two = np.zeros((4, 6), int)
    two[0:2, 0:2], two[2:4, 4:6] = 1, 2
    return check.Exercise(
        "score_detections",
        cases=[
            check.case(np.array([[0, 0], [1, 1], [3, 0]]), two, expected=(1, 2, 1), name="two on one object"),
            check.case(np.array([[0, 1], [3, 5]]), two, expected=(2, 0, 0), name="each object once"),
            check.case(np.array([[0, 3], [3, 3]]), two, expected=(0, 2, 2), name="background only"),
        ],
        mistakes=[
            check.mistake(
                "a second centre on the same object is a false alarm, not another find",
                lambda c, m: ((n := int((m[c[:, 0], c[:, 1]] > 0).sum())), len(c) - n, int(m.max()) - n),
            ),
            check.mistake(
                "the background, label 0, is no object",
                lambda c, m: ((n := len(set(m[c[:, 0], c[:, 1]]))), len(c) - n, int(m.max()) - n),
            ),
            check.mistake(
                "missed and false alarms are swapped",
                lambda c, m: ((n := len(set(m[c[:, 0], c[:, 1]]) - {0})), int(m.max()) - n, len(c) - n),
            ),
        ],
    )


@exercise
def check_iou():
    """Exercise 3: intersection over union."""
    pair, triple, none = np.zeros((3, 2, 3), bool)
    pair[0, :2] = triple[0, 1:] = triple[1, 2] = True
    return check.Exercise(
        "mask_iou",
        cases=[
            check.case(pair, triple, expected=0.25, name="two pixels, three pixels, one shared"),
            check.case(triple, triple, expected=1.0, name="a mask and itself"),
            check.case(pair, none, expected=0.0, name="one mask is empty"),
            check.case(none, none, expected=1.0, name="both masks are empty"),
        ],
        mistakes=[
            check.mistake(
                "that is Dice: twice the intersection over the sum",
                lambda a, b: 2 * (a & b).sum() / max(a.sum() + b.sum(), 1),
            ),
            check.mistake(
                "the union counts shared pixels once", lambda a, b: (a & b).sum() / max(a.sum() + b.sum(), 1)
            ),
            check.mistake(
                "that is the share of equal pixels: the background does not count", lambda a, b: (a == b).mean()
            ),
            check.mistake("that is the intersection alone", lambda a, b: (a & b).sum()),
        ],
    )

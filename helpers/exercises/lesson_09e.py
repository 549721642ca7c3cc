"""The exercises of lesson 09e."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_smoothed():
    """Exercise 1: smooth a stream."""

    def _smooth(stream, alpha, start=None, skip=True):
        out, state = [], start
        for p in stream:
            if not (skip and np.isnan(p)):
                state = p if state is None else alpha * p + (1 - alpha) * state
            out.append(state)
        return out

    return check.Exercise(
        "smoothed",
        cases=[
            check.case([1.0, 0.0, 0.0], 0.5, expected=[1.0, 0.5, 0.25], name="a step down"),
            check.case([0.2, 0.6, float("nan"), 0.6], 0.25, expected=[0.2, 0.3, 0.3, 0.375], name="one frame lost"),
            check.case([0.4, 0.8], 1.0, expected=[0.4, 0.8], name="no smoothing"),
        ],
        mistakes=[
            check.mistake("the first frame starts the mean, not zero", lambda s, a: _smooth(s, a, 0.0)),
            check.mistake("α belongs to the newest frame", lambda s, a: _smooth(s, 1 - a)),
            check.mistake("nan spreads: skip frames without a face", lambda s, a: _smooth(s, a, skip=False)),
        ],
    )


@exercise
def check_rate():
    """Exercise 2: frames per second."""
    return check.Exercise(
        "rate",
        cases=[
            check.case(40, 8, 2, expected=20.0, name="the detector on every frame"),
            check.case(40, 8, 2, 4, expected=50.0, name="the detector on every fourth frame"),
            check.case(0, 5, 5, expected=100.0, name="no detector"),
        ],
        mistakes=[
            check.mistake(
                "rates do not add up, times do", lambda d, c, w, n=1: sum(1000 / max(t, 1) for t in (d / n, c, w))
            ),
            check.mistake(
                "that is the slowest stage alone: they run one after the other",
                lambda d, c, w, n=1: 1000 / max(d / n, c, w),
            ),
            check.mistake(
                "only the detector runs on every n-th frame", lambda d, c, w, every=1: 1000 * every / (d + c + w)
            ),
            check.mistake("a second has 1000 ms", lambda d, c, w, every=1: 1 / (d / every + c + w)),
        ],
    )


@exercise
def check_keep():
    """Exercise 3: keep the box for a while."""

    def _keep(boxes, patience, reset=True):
        out, last, missed = [], None, 0
        for b in boxes:
            missed = missed + 1 if b is None else (0 if reset else missed)
            last = b if b is not None else last
            out.append(last if missed <= patience else None)
        return out

    def whole_gaps(boxes, patience):
        return _keep(boxes, len(boxes))

    return check.Exercise(
        "keep",
        cases=[
            check.case(
                ["A", None, None, None, "B"], 2, expected=["A", "A", "A", None, "B"], name="a gap of three, patience 2"
            ),
            check.case([None, "A", None], 5, expected=[None, "A", "A"], name="nothing to keep at the start"),
            check.case(["A", None, "B", None, "C", None], 1, expected=list("AABBCC"), name="three short gaps"),
        ],
        mistakes=[
            check.mistake("the patience has no end", whole_gaps),
            check.mistake("the count starts anew when the face is back", lambda b, p: _keep(b, p, reset=False)),
            check.mistake("off by one: patience frames may be filled", lambda b, p: _keep(b, p - 1)),
        ],
    )

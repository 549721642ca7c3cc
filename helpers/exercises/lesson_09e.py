"""The exercises of lesson 09e."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_smoothed():
    """Exercise 1: smooth a stream."""
    nan = float("nan")

    def _smooth(stream, alpha, start=None, skip=True):
        out, state = [], start
        for p in stream:
            if not (skip and np.isnan(p)):
                state = p if state is None else alpha * p + (1 - alpha) * state
            out.append(nan if state is None else state)
        return out

    def _shorter(stream, alpha):
        return _smooth([p for p in stream if not np.isnan(p)], alpha)

    return check.Exercise(
        "smoothed",
        cases=[
            check.case([1.0, 0.0, 0.0], 0.5, expected=[1.0, 0.5, 0.25], name="a step down"),
            check.case([0.2, 0.6, nan, 0.6], 0.25, expected=[0.2, 0.3, 0.3, 0.375], name="one frame lost"),
            check.case([0.4, 0.8], 1.0, expected=[0.4, 0.8], name="no smoothing"),
            check.case([nan, 0.4, 0.8], 0.5, expected=[nan, 0.4, 0.6], name="no face at the start"),
            check.case([0.9, nan, nan, 0.1], 0.5, expected=[0.9, 0.9, 0.9, 0.5], name="two frames lost"),
        ],
        mistakes=[
            check.mistake(
                "before the first face there is nothing to repeat: nan stays",
                lambda s, a: _smooth(s, a, 0.0 if np.isnan(s[0]) else None),
            ),
            check.mistake("the first frame starts the mean, not zero", lambda s, a: _smooth(s, a, 0.0)),
            check.mistake("a frame without a face repeats the one before, it is not left out", _shorter),
            check.mistake("α belongs to the newest frame", lambda s, a: _smooth(s, 1 - a)),
            check.mistake("nan spreads: skip frames without a face", lambda s, a: _smooth(s, a, skip=False)),
        ],
    )


@exercise
def check_calmest():
    """Exercise 2: how much smoothing can you afford?"""
    return check.Exercise(
        "calmest",
        cases=[
            check.case(1, 0.4, expected=0.4, name="one frame"),
            check.case(2, 0.75, expected=0.5, name="two frames"),
            check.case(5, 1 - 0.9**5, expected=0.1, name="five frames"),
            check.case(4, 0.0, expected=0.0, name="nothing asked for"),
            check.case(30, 0.95, expected=1 - 0.05 ** (1 / 30), name="two seconds at 15 frames a second"),
        ],
        mistakes=[
            check.mistake("each frame takes α of what is left, not α of the whole way", lambda n, q: q / n),
            check.mistake("that is what is left per frame: α is the rest", lambda n, q: (1 - q) ** (1 / n)),
            check.mistake("(1 − α)^n is what is left, 1 − share, not the share", lambda n, q: 1 - q ** (1 / n)),
            check.mistake(
                "frame 1 already moves by α: frames, not frames − 1", lambda n, q: 1 - (1 - q) ** (1 / max(n - 1, 1))
            ),
            check.mistake("that is the share after so many frames with α = share", lambda n, q: 1 - (1 - q) ** n),
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
            check.case([None, None], 3, expected=[None, None], name="never a face"),
            check.case(["A", None, "B"], 0, expected=["A", None, "B"], name="no patience"),
            check.case(["A", None, "B", None, "C", None], 1, expected=list("AABBCC"), name="three short gaps"),
        ],
        mistakes=[
            check.mistake("the patience has no end", whole_gaps),
            check.mistake("the count starts anew when the face is back", lambda b, p: _keep(b, p, reset=False)),
            check.mistake("off by one: patience frames may be filled", lambda b, p: _keep(b, p - 1)),
        ],
    )

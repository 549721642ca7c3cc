"""The exercises of lesson 08a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_rates():
    """Exercise 1: from counts to rates."""

    def four(tp, fn, fp, tn):
        share = lambda part, rest: part / (part + rest) if part + rest else np.nan  # noqa: E731
        return share(tp, fn), share(tn, fp), share(tp + tn, fn + fp), share(tp, fp)

    return check.Exercise(
        "rates",
        cases=[
            check.case(75, 25, 4, 896, expected=(0.75, 896 / 900, 0.971, 75 / 79), name="the example"),
            check.case(20, 10, 30, 40, expected=(2 / 3, 4 / 7, 0.6, 0.4), name="small counts"),
            check.case(0, 5, 0, 5, expected=(0.0, 1.0, 0.5, np.nan), name="no positive result"),
        ],
        mistakes=[
            check.mistake("fn and fp are swapped", lambda tp, fn, fp, tn: four(tp, fp, fn, tn)),
            check.mistake(
                "sensitivity and ppv are swapped: sensitivity asks among the ill",
                lambda *counts: (four(*counts)[3], *four(*counts)[1:3], four(*counts)[0]),
            ),
        ],
    )


@exercise
def check_transmitted():
    """Exercise 2: what passes."""

    def passes(hu, cm, offset=1.0):
        return np.exp(-np.sum(0.206 * (offset + np.asarray(hu) / 1000)) * cm)

    return check.Exercise(
        "transmitted",
        cases=[
            check.case(np.zeros(10), 10.0, expected=0.12745, name="10 cm of water"),
            check.case(np.array([-1000.0, -1000.0]), 5.0, expected=1.0, name="air"),
            check.case(np.array([-860.0, 40.0, 300.0]), 4.0, expected=0.815173, name="lung, muscle, bone"),
        ],
        mistakes=[
            check.mistake("step is in mm, µ in 1/cm: divide by 10", lambda hu, step: passes(hu, step)),
            check.mistake("HU / 1000 is relative to water: add 1", lambda hu, step: passes(hu, step / 10, 0.0)),
            check.mistake("that is Σµt: the light is exp(−Σµt)", lambda hu, step: -np.log(passes(hu, step / 10))),
        ],
        rtol=1e-4,
    )


@exercise
def check_window():
    """Exercise 3: the window."""

    def to_grey(hu, low, high):
        return np.rint(255 * np.clip((hu - low) / (high - low), 0, 1)).astype(np.uint8)

    scale = np.array([[-2000, -1350, -600], [0, 150, 3000]], np.int16)
    return check.Exercise(
        "window",
        cases=[
            check.case(scale, 1500, -600, expected=np.array([[0, 0, 128], [230, 255, 255]], np.uint8), name="lung"),
            check.case(scale, 350, 40, expected=np.array([[0, 0, 0], [98, 208, 255]], np.uint8), name="mediastinum"),
            check.case(np.int16([-100, 100]), 200, 0, expected=np.uint8([0, 255]), name="the two ends"),
        ],
        mistakes=[
            check.mistake("the level is the middle of the window, not its start", lambda h, w, c: to_grey(h, c, c + w)),
            check.mistake(
                "width is the whole width: half of it on each side", lambda h, w, c: to_grey(h, c - w, c + w)
            ),
            check.mistake(
                "values outside the window wrap around: clip before uint8",
                lambda h, w, c: np.rint(255 * (h - (c - w / 2)) / w).astype(np.int64).astype(np.uint8),
            ),
        ],
    )

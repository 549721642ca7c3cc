"""The exercises of lesson 07b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_generalised_iou():
    """Exercise 1: generalised IoU."""

    def with_hull(change, product=lambda x, y: max(x, 0) * max(y, 0)):
        """Return a GIoU that goes wrong: change(shared, union, hull) -> float; product: of the sides shared."""

        def giou(a, b):
            shared = product(min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1]))
            union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
            return change(shared, union, (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1])))

        return giou

    return check.Exercise(
        "generalised_iou",
        cases=[
            check.case([0, 0, 40, 40], [60, 0, 100, 40], expected=-0.2, name="apart"),
            check.case([0, 0, 40, 40], [0, 0, 40, 40], expected=1.0, name="the same box"),
            check.case([0, 0, 2, 2], [1, 1, 3, 3], expected=1 / 7 - 2 / 9, name="a corner shared"),
            check.case([0, 0, 40, 20], [10, 5, 20, 15], expected=0.125, name="one inside the other"),
            check.case([0, 0, 20, 40], [30, 60, 60, 70], expected=-3100 / 4200, name="apart along both axes"),
        ],
        mistakes=[
            check.mistake("that is the IoU: take off the empty part of the hull", with_hull(lambda s, u, h: s / u)),
            check.mistake("the empty part is hull − union", with_hull(lambda s, u, h: s / u - (h - s) / h)),
            check.mistake("divide the empty part by the hull", with_hull(lambda s, u, h: s / u - (h - u) / u)),
            check.mistake(
                "a side that is not shared is 0, not negative: before the two are multiplied",
                with_hull(lambda s, u, h: s / u - (h - u) / h, product=lambda x, y: max(x * y, 0)),
            ),
        ],
    )


@exercise
def check_stuck():
    """Exercise 2: break the loss."""

    def number(got):
        """Return whether it is one finite number."""
        return np.ndim(got) == 0 and isinstance(got, int | float | np.number) and bool(np.isfinite(got))

    return check.Exercise(
        "stuck",
        cases=[
            check.case(expected=check.that("a number", number, "return one float"), name="a number"),
            check.case(
                expected=check.that(
                    "a side far too long: more than four typical sides",
                    lambda got: number(got) and np.exp(np.clip(got, -3, 2)) > 4,
                    "below −3 it is flat as well, but the side is too short: look at the other end",
                ),
                name="far too long",
            ),
            check.case(
                expected=check.that(
                    "no slope: a small step changes nothing",
                    lambda got: number(got) and np.clip(got + 1e-6, -3, 2) == np.clip(got - 1e-6, -3, 2),
                    "between −3 and 2 the exponential has a slope: where does the clip begin to hold?",
                ),
                name="flat",
            ),
        ],
    )


@exercise
def check_mended():
    """Exercise 3: mend it."""
    near, far = np.linspace(-3, 3, 121), np.array([-1000.0, -50, -8, 8, 50, 1000])
    wide = np.linspace(-8, 8, 65)

    def rows(got, like):
        """Return whether it is an array of finite numbers of the right shape."""
        return isinstance(got, np.ndarray) and got.shape == like.shape and bool(np.isfinite(got).all())

    def part(description, raw, holds, hint):
        """Return a case: what holds for the sides of raw numbers."""
        right = check.that(description, lambda got: rows(got, raw) and bool(holds(got)), hint)
        return check.case(raw, expected=right, name=description)

    def own(raw):
        """Return what the lesson's function says."""
        return (2 / (1 + np.exp(-raw))) ** 2

    return check.Exercise(
        "mended",
        cases=[
            part("1 at raw 0", np.zeros(1), lambda got: abs(got[0] - 1) < 1e-6, "raw 0 should give the typical side"),
            part(
                "between 0 and 5, however wild the number",
                far,
                lambda got: got.min() >= 0 and got.max() <= 5,
                "without a limit exp explodes: take a function that levels off by itself",
            ),
            part(
                "a slope above 0.001 from −3 to 3",
                near,
                lambda got: (np.diff(got) > 0.001 * np.diff(near)).all(),
                "flat, or falling, somewhere between −3 and 3: a clip, a minimum or a rounding does that",
            ),
            part(
                "rising from −8 to 8, no piece flat",
                wide,
                lambda got: (np.diff(got) > 0).all(),
                "a clip that holds farther out still holds: beyond it training stands still",
            ),
            part(
                "another function than the lesson's",
                near,
                lambda got: np.abs(got - own(near)).max() > 0.05,
                "that is the lesson's own: many others level off, such as tanh and arctan",
            ),
        ],
    )

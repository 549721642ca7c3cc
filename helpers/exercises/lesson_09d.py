"""The exercises of lesson 09d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_differs():
    """Exercise 1: is the difference more than chance?"""

    def _differs(a, b, n, factor=2, absolute=True, together=True):
        spread = (a * (1 - a) + (b * (1 - b) if together else 0)) / n
        gap = abs(a - b) if absolute else a - b
        return bool(gap > factor * np.sqrt(spread))

    return check.Exercise(
        "differs",
        cases=[
            check.case(0.71, 0.73, 700, expected=False, name="two points on 700 faces"),
            check.case(0.71, 0.73, 7000, expected=True, name="two points on 7,000 faces"),
            check.case(0.60, 0.70, 700, expected=True, name="ten points, the second is better"),
            check.case(0.71, 0.75, 700, expected=False, name="four points on 700 faces"),
            check.case(0.71, 0.736, 700, expected=False, name="two and a half points"),
        ],
        mistakes=[
            check.mistake("the variances of both add up", lambda a, b, n: _differs(a, b, n, together=False)),
            check.mistake("two standard errors are asked for, not one", lambda a, b, n: _differs(a, b, n, 1)),
            check.mistake(
                "either may be the larger: take the absolute value", lambda a, b, n: _differs(a, b, n, absolute=False)
            ),
        ],
    )


@exercise
def check_report():
    """Exercise 2: a row for the table."""
    return check.Exercise(
        "report",
        cases=[
            check.case([0.68, 0.70, 0.72], expected="0.70 (0.68–0.72)", name="three runs"),
            check.case([0.5, 0.9, 0.7, 0.5], expected="0.65 (0.50–0.90)", name="four runs, not in order"),
            check.case([1.0], expected="1.00 (1.00–1.00)", name="one run"),
        ],
        mistakes=[
            check.mistake(
                "two decimals: 0.7 is printed as 0.70", lambda s: f"{round(np.mean(s), 2)} ({min(s)}–{max(s)})"
            ),
            check.mistake(
                "the runs are not in order: take min and max", lambda s: f"{np.mean(s):.2f} ({s[0]:.2f}–{s[-1]:.2f})"
            ),
            check.mistake("the mean, not the median", lambda s: f"{np.median(s):.2f} ({min(s):.2f}–{max(s):.2f})"),
        ],
    )


@exercise
def check_gap():
    """Exercise 3: the gap between groups."""
    right_g = np.array([1, 1, 0, 1, 0, 0, 1, 1, 1, 0], bool)
    group_g = np.array(["a", "a", "a", "a", "b", "b", "b", "b", "b", "c"])

    def _gap(right, group, least=1, pick=lambda shares: max(shares) - min(shares)):
        return float(pick([right[group == g].mean() for g in np.unique(group) if np.sum(group == g) >= least]))

    return check.Exercise(
        "gap",
        cases=[
            check.case(right_g, group_g, expected=0.75, name="three groups"),
            check.case(right_g, group_g, 2, expected=0.15, name="the group of one is left out"),
            check.case(right_g, np.zeros(10, int), expected=0.0, name="one group"),
        ],
        mistakes=[
            check.mistake("small groups should be left out", lambda r, g, least=1: _gap(r, g)),
            check.mistake("that is the best group's accuracy", lambda r, g, least=1: _gap(r, g, least, max)),
            check.mistake(
                "that is the spread (standard deviation), not the gap", lambda r, g, least=1: _gap(r, g, least, np.std)
            ),
        ],
    )

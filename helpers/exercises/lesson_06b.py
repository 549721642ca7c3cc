"""The exercises of lesson 06b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_places():
    """Exercise 1: count the windows."""
    return check.Exercise(
        "places",
        cases=[
            check.case(160, 128, 48, 48, 8, expected=165, name="the example"),
            check.case(100, 100, 100, 50, 25, expected=3, name="exactly as wide as the image"),
            check.case(50, 40, 20, 30, 7, expected=10, name="the last step does not fit"),
            check.case(50, 40, 60, 20, 5, expected=0, name="too wide"),
        ],
        mistakes=[
            check.mistake("the first place, at 0, is missing", lambda x, y, w, h, s: (x - w) // s * ((y - h) // s)),
            check.mistake(
                "a window that hangs over the border is counted: it starts inside the image, but must also end there",
                lambda x, y, w, h, s: -(-x // s) * -(-y // s),
            ),
            check.mistake(
                "a window larger than the image gives a number below 1: test for it",
                lambda x, y, w, h, s: ((x - w) // s + 1) * ((y - h) // s + 1),
            ),
        ],
    )


@exercise
def check_match():
    """Exercise 2: match."""

    def matching(overlaps, threshold, taken=True, rest=True):
        """Return the hits where objects are not marked as taken, or only the best object of all counts."""
        free, found = set(range(len(overlaps[0]))), []
        for row in overlaps:
            best = max(sorted(free) if rest and free else range(len(row)), key=lambda m: row[m])
            found.append(best in free and row[best] >= threshold)
            free -= {best} if taken and found[-1] else set()
        return found

    return check.Exercise(
        "match",
        cases=[
            check.case([[0.8, 0.1], [0.7, 0.0], [0.2, 0.6]], 0.5, expected=[True, False, True], name="a double"),
            check.case([[0.7, 0.6], [0.65, 0.55]], 0.5, expected=[True, True], name="the second takes what is left"),
            check.case([[0.5], [0.9]], 0.5, expected=[True, False], name="score before overlap; equal counts"),
        ],
        mistakes=[
            check.mistake("an object is found twice: mark it as taken", lambda o, t: matching(o, t, taken=False)),
            check.mistake("where the best object is taken, try those left", lambda o, t: matching(o, t, rest=False)),
            check.mistake("at least the threshold, not more than it", lambda o, t: matching(o, t + 1e-9)),
        ],
    )


@exercise
def check_average_precision():
    """Exercise 3: average precision from a ranked list."""

    def area_of(ranked, objects, best=True, all_ranks=False):
        """Return AP with parts of the rule left out."""
        precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
        stairs = np.maximum.accumulate(precision[::-1])[::-1] if best else precision
        return float(stairs.mean() if all_ranks else (stairs * np.array(ranked)).sum() / objects)

    return check.Exercise(
        "average_precision",
        cases=[
            check.case([True, False, True], 2, expected=5 / 6, name="hit, miss, hit"),
            check.case([True, True, False], 4, expected=0.5, name="two objects are never found"),
            check.case([False, True, True], 2, expected=2 / 3, name="the curve rises: the staircase does not"),
            check.case([False, False], 3, expected=0.0, name="nothing found"),
        ],
        mistakes=[
            check.mistake(
                "the saw, not the staircase: take the best from here on", lambda r, n: area_of(r, n, best=False)
            ),
            check.mistake("divided by the objects found, not by all", lambda r, n: area_of(r, max(1, sum(r)))),
            check.mistake("the mean over all ranks: only hits move", lambda r, n: area_of(r, n, all_ranks=True)),
        ],
    )

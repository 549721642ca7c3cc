"""The exercises of lesson 07b."""

from helpers import check
from helpers.exercises import exercise


@exercise
def check_generalised_iou():
    """Exercise 1: generalised IoU."""

    def with_hull(change):
        """Return a GIoU that goes wrong: change(shared, union, hull) -> float."""

        def giou(a, b):
            shared = max(min(a[2], b[2]) - max(a[0], b[0]), 0) * max(min(a[3], b[3]) - max(a[1], b[1]), 0)
            union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
            return change(shared, union, (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1])))

        return giou

    return check.Exercise(
        "generalised_iou",
        cases=[
            check.case([0, 0, 40, 40], [60, 0, 100, 40], expected=-0.2, name="apart"),
            check.case([0, 0, 40, 40], [0, 0, 40, 40], expected=1.0, name="the same box"),
            check.case([0, 0, 2, 2], [1, 1, 3, 3], expected=1 / 7 - 2 / 9, name="a corner shared"),
        ],
        mistakes=[
            check.mistake("that is the IoU: take off the empty part of the hull", with_hull(lambda s, u, h: s / u)),
            check.mistake("the empty part is hull − union", with_hull(lambda s, u, h: s / u - (h - s) / h)),
            check.mistake("divide the empty part by the hull", with_hull(lambda s, u, h: s / u - (h - u) / u)),
        ],
    )


@exercise
def check_kind_of():
    """Exercise 2: what kind of error?"""

    def rule(names, high=0.5, low=0.1):
        """Return a rule with other names or limits."""
        return lambda s, a: names[0] if s > high else names[1] if s > low else names[2] if a > low else names[3]

    kinds = ("correct", "localisation", "classification", "background")
    return check.Exercise(
        "kind_of",
        cases=[
            check.case(0.3, 0.8, expected="localisation", name="near its own class"),
            check.case(0.7, 0.7, expected="correct", name="found"),
            check.case(0.0, 0.8, expected="classification", name="on another class"),
            check.case(0.05, 0.05, expected="background", name="hardly touches anything"),
            check.case(0.05, 0.3, expected="classification", name="a little on another class"),
        ],
        mistakes=[
            check.mistake(
                "its own class comes first", lambda s, a: rule(kinds)(s, a) if a < 0.5 or s > 0.5 else kinds[2]
            ),
            check.mistake("background: IoU up to 0.1 with everything, not 0.5", rule(kinds, low=0.5)),
            check.mistake("a touch of 0.05 is background", rule(kinds, low=0.0)),
        ],
    )


@exercise
def check_switches():
    """Exercise 3: identity switches."""

    def changes(numbers):
        """Return how many neighbours differ."""
        return sum(a != b for a, b in zip(numbers, numbers[1:], strict=False))

    return check.Exercise(
        "switches",
        cases=[
            check.case([0, 0, None, 0, 3, 3], expected=1, name="one change"),
            check.case([2, 2, 2], expected=0, name="never"),
            check.case([None, 1, None, 4, 1], expected=2, name="a gap, then another number, then back"),
            check.case([None, None], expected=0, name="never found"),
        ],
        mistakes=[
            check.mistake("a gap is no change: leave the None out first", changes),
            check.mistake(
                "compare neighbours, not all numbers", lambda numbers: max(len(set(numbers) - {None}) - 1, 0)
            ),
            check.mistake("only changes count, not frames", lambda numbers: len([n for n in numbers if n is not None])),
        ],
    )

"""Answers to the exercises of lesson 09a."""

from collections import Counter

import numpy as np

from tests.answers import Answers


def compound_by_counter(first, second):
    return dict(Counter(first) | Counter(second))  # the union of two counters takes the larger count


def compound_by_loop(first, second):
    both = dict(first)
    for unit, value in second.items():
        if value > both.get(unit, 0):
            both[unit] = value
    return both


def compound_in_place(first, second):
    first.update({unit: max(value, first.get(unit, 0)) for unit, value in second.items()})
    return first


def limit_by_loop(calm, moved):
    best, fewest = None, len(calm) + len(moved) + 1
    for limit in sorted([*calm.tolist(), *moved.tolist()]):
        errors = sum(one >= limit for one in calm) + sum(one < limit for one in moved)
        if errors < fewest:
            best, fewest = limit, errors
    return best


def limit_by_table(calm, moved):
    limits = np.sort(np.append(calm, moved))[:, None]
    return limits[((calm >= limits).sum(axis=1) + (moved < limits).sum(axis=1)).argmin(), 0]


def limit_last(calm, moved):
    limits = np.sort(np.append(calm, moved))[::-1, None]
    return float(limits[((calm >= limits).sum(axis=1) + (moved < limits).sum(axis=1)).argmin(), 0])


def limit_above(calm, moved):
    limits = np.sort(np.append(calm, moved))[:, None]
    return float(limits[((calm > limits).sum(axis=1) + (moved < limits).sum(axis=1)).argmin(), 0])


def risen_by_complex(calm, now):
    def place(points):
        left, right, _, *corners = points[:, 0] + 1j * points[:, 1]
        return ((sum(corners) - left - right) / 2 / (right - left)).imag

    return place(calm) - place(now)


def risen_by_solve(calm, now):
    def place(points):
        across = points[1] - points[0]
        frame = np.column_stack([across, [-across[1], across[0]]])
        return np.linalg.solve(frame, (points[3] + points[4] - points[0] - points[1]) / 2)[1]

    return float(place(calm) - place(now))


def risen_upright(calm, now):
    def place(points):
        return (points[3:, 1].mean() - points[:2, 1].mean()) / np.linalg.norm(points[1] - points[0])

    return float(place(calm) - place(now))


ANSWERS = {
    "check_compound": Answers(
        right={"counters": compound_by_counter, "a loop": compound_by_loop},
        wrong={
            "the prompt's": lambda first, second: {6: 1, 12: 0.8, 26: 0.9},
            "in place": compound_in_place,
            "the weaker wins": lambda a, b: {k: min(a.get(k, 1), b.get(k, 1)) for k in a | b},
        },
        announced={"a | b keeps the second": lambda first, second: first | second},
    ),
    "check_limit": Answers(
        right={"a loop": limit_by_loop, "a table": limit_by_table},
        wrong={
            "the prompt's": lambda calm, moved: 0.3,
            "the lesson's": lambda calm, moved: 0.15,
            "the lowest moved": lambda calm, moved: float(moved.min()),
        },
        announced={"take the lowest": limit_last, "reaches the limit": limit_above},
    ),
    "check_risen": Answers(
        right={"complex numbers": risen_by_complex, "a linear system": risen_by_solve},
        wrong={
            "always a smile": lambda calm, now: 0.2,
            "the nose as origin": lambda a, b: float(
                ((a[3:, 1].mean() - a[2, 1]) - (b[3:, 1].mean() - b[2, 1])) / np.linalg.norm(a[1] - a[0])
            ),
            "half": lambda calm, now: risen_by_complex(calm, now) / 2,
        },
        announced={
            "y points down": lambda calm, now: -risen_by_complex(calm, now),
            "the head is tilted": risen_upright,
        },
    ),
}

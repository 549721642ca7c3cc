"""Answers to the exercises of lesson 09a."""

import statistics
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


def limit_by_shares(calm, moved):
    limits = np.sort(np.append(calm, moved))[:, None]
    return float(limits[((calm >= limits).mean(axis=1) + (moved < limits).mean(axis=1)).argmin(), 0])


def limit_of_the_moved(calm, moved):
    limits = np.sort(moved)[:, None]
    return float(limits[((calm >= limits).sum(axis=1) + (moved < limits).sum(axis=1)).argmin(), 0])


def height_by_complex(points):
    left, right, _, *corners = points[:, 0] + 1j * points[:, 1]
    return ((sum(corners) - left - right) / 2 / (right - left)).imag


def height_by_solve(points):
    across = points[1] - points[0]
    frame = np.column_stack([across, [-across[1], across[0]]])
    return np.linalg.solve(frame, (points[3] + points[4] - points[0] - points[1]) / 2)[1]


def height_upright(points):
    return (points[3:, 1].mean() - points[:2, 1].mean()) / np.linalg.norm(points[1] - points[0])


def risen_by_complex(calm, now):
    heights = [height_by_complex(points) for points in calm]
    return statistics.mean(heights) - height_by_complex(now), statistics.stdev(heights) * (1 + 1 / len(heights)) ** 0.5


def risen_by_solve(calm, now):
    heights = np.array([height_by_solve(points) for points in calm])
    both = heights.var(ddof=1) + heights.var(ddof=1) / len(calm)
    return float(np.mean(heights - height_by_solve(now))), float(np.sqrt(both))


def risen_upright(calm, now):
    heights = np.array([height_upright(points) for points in calm])
    return float(heights.mean() - height_upright(now)), float(heights.std(ddof=1) * np.sqrt(1 + 1 / len(calm)))


def risen_aligned_once(calm, now):  # the lesson's alignment, as it stands there, on the first calm photograph
    return float(height_by_complex(calm[0]) - height_by_complex(now)), risen_by_complex(calm, now)[1]


def risen_without_the_new(calm, now):
    heights = [height_by_complex(points) for points in calm]
    return statistics.mean(heights) - height_by_complex(now), statistics.stdev(heights) / len(heights) ** 0.5


def risen_from_pixels(calm, now):
    return height_by_complex(calm.mean(axis=0)) - height_by_complex(now), risen_by_complex(calm, now)[1]


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
        announced={
            "not the sum of the two shares": limit_by_shares,
            "the overlap of a calm face": limit_of_the_moved,
            "take the lowest": limit_last,
            "reaches the limit": limit_above,
        },
    ),
    "check_risen": Answers(
        right={"complex numbers": risen_by_complex, "a linear system": risen_by_solve},
        wrong={
            "the prompt's": lambda calm, now: (0.2, 0.023),
            "one calm photograph": risen_aligned_once,
            "half": lambda calm, now: (risen_by_complex(calm, now)[0] / 2, risen_by_complex(calm, now)[1]),
            "no error": lambda calm, now: (risen_by_complex(calm, now)[0], 0.0),
        },
        announced={
            "y points down": lambda calm, now: (-risen_by_complex(calm, now)[0], risen_by_complex(calm, now)[1]),
            "the head is tilted": risen_upright,
            "average after aligning": risen_from_pixels,
            "the new photograph has an error": risen_without_the_new,
        },
    ),
}

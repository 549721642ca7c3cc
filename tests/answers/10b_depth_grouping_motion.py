"""Answers to the exercises of lesson 10b."""

import graphlib

import numpy as np

from tests.answers import Answers


def by_rows(foot, head, horizon, camera):
    metres_per_row = camera / abs(foot - horizon)
    return metres_per_row * abs(foot - head)


def by_cross_ratio(foot, head, horizon, camera):
    return camera + camera * (horizon - head) / (foot - horizon)


def by_graphlib(pairs):
    sorter = graphlib.TopologicalSorter()
    for front, behind in pairs:
        sorter.add(behind, front)
    try:
        return list(sorter.static_order())
    except graphlib.CycleError:
        return None


def by_search(pairs):
    names, done, busy, order = sorted({name for pair in pairs for name in pair}), set(), set(), []

    def visit(name):
        if name in busy:
            raise ValueError("a circle")
        if name not in done:
            busy.add(name)
            for front, behind in pairs:
                if front == name:
                    visit(behind)
            busy.remove(name)
            done.add(name)
            order.insert(0, name)

    try:
        for name in names:
            visit(name)
    except ValueError:
        return None
    return tuple(order)


def as_met(pairs):
    return list(dict.fromkeys(name for pair in pairs for name in pair))


def by_counting(pairs):
    names = {name for pair in pairs for name in pair}
    return sorted(names, key=lambda name: sum(behind == name for _, behind in pairs))


def by_loops(left, right, tolerance):
    found = np.zeros(left.shape, bool)
    for y in range(left.shape[0]):
        for x in range(left.shape[1]):
            there = x - left[y, x]
            found[y, x] = there >= 0 and abs(int(left[y, x]) - int(right[y, there])) <= tolerance
    return found


def by_taking(left, right, tolerance):
    there = np.arange(left.shape[1]) - left
    back = np.take_along_axis(right, there.clip(0, left.shape[1] - 1), axis=1)
    return (there >= 0) & (abs(left - back) <= tolerance)


def wrapped(left, right, tolerance):
    there = np.arange(left.shape[1]) - left
    return abs(left - np.take_along_axis(right, there, axis=1)) <= tolerance


def to_the_right(left, right, tolerance):
    there = np.arange(left.shape[1]) + left
    back = np.take_along_axis(right, there.clip(0, left.shape[1] - 1), axis=1)
    return (there < left.shape[1]) & (abs(left - back) <= tolerance)


ANSWERS = {
    "check_height": Answers(
        right={"metres per row": by_rows, "from the horizon up": by_cross_ratio},
        wrong={
            "the prompt's number": lambda *given: 1.8,
            "the camera's height": lambda foot, head, horizon, camera: camera,
            "rows": lambda foot, head, horizon, camera: foot - head,
        },
        announced={
            "divide by that": lambda foot, head, horizon, camera: camera * (foot - head) / foot,
            "not by the head's row": lambda foot, head, horizon, camera: camera * (foot - head) / head,
        },
    ),
    "check_order": Answers(
        right={"graphlib": by_graphlib, "depth first": by_search},
        wrong={
            "by the alphabet": lambda pairs: sorted({name for pair in pairs for name in pair}),
            "by how many cover it": by_counting,
            "never an order": lambda pairs: None,
            "each pair": lambda pairs: [name for pair in pairs for name in pair],
        },
        announced={
            "what covers comes first": lambda pairs: (lambda found: found and found[::-1])(by_graphlib(pairs)),
            "return None": lambda pairs: by_graphlib(pairs) or sorted({name for pair in pairs for name in pair}),
        },
    ),
    "check_consistent": Answers(
        right={"loops": by_loops, "take_along_axis": by_taking},
        wrong={
            "all": lambda left, right, tolerance: np.ones(left.shape, bool),
            "no pixel moved": lambda left, right, tolerance: abs(left - right) <= tolerance,
            "the disparity": lambda left, right, tolerance: left,
        },
        announced={
            "column −1 is outside": wrapped,
            "x − d": to_the_right,
        },
    ),
}

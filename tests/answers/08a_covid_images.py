"""Answers to the exercises of lesson 08a."""

import numpy as np

from tests.answers import Answers


def by_ratio(sensitivity, specificity):
    if sensitivity == specificity == 1:
        return float("nan")
    return (1 - specificity) / (2 - sensitivity - specificity)


def by_search(sensitivity, specificity):
    if sensitivity == 1 and specificity == 1:
        return np.nan
    low, high = 0.0, 1.0
    for _ in range(80):
        p = (low + high) / 2
        if p * (1 - sensitivity) < (1 - p) * (1 - specificity):
            low = p
        else:
            high = p
    return (low + high) / 2


def by_mu(contrast, healthy, ill):
    before, after = (0.206 * (1 + hu / 1000) for hu in (healthy, ill))
    return contrast / (after - before) if after > before else float("inf")


def in_millimetres_back(contrast, healthy, ill):
    if ill <= healthy:
        return np.inf
    return contrast / (0.0206 * (ill - healthy)) * 100


def by_bounds(grey, width, level):
    ends = level - width / 2 + np.array([grey - 0.5, grey + 0.5]) * width / 255
    if grey == 0:
        ends[0] = -np.inf
    if grey == 255:
        ends[1] = np.inf
    return tuple(ends)


def by_middle(grey, width, level):
    middle, half = level + width * (grey / 255 - 0.5), width / 510
    return [float("-inf") if grey < 1 else middle - half, float("inf") if grey > 254 else middle + half]


def closed(grey, width, level):
    return tuple(level - width / 2 + np.array([grey - 0.5, grey + 0.5]) * width / 255)


ANSWERS = {
    "check_break_even": Answers(
        right={"ratio": by_ratio, "search": by_search},
        wrong={
            "the example": lambda a, b: 0.0196,
            "no care for nan": lambda a, b: (1 - b) / max(2 - a - b, 1e-9),
            "product": lambda a, b: (1 - a) * (1 - b),
        },
        announced={
            "that is the part of the healthy: the two errors are swapped": lambda a, b: 1 - by_ratio(a, b),
            "those are odds, p / (1 - p): the healthy are 1 - p, not 1": (
                lambda a, b: (1 - b) / (1 - a) if a < 1 else np.nan
            ),
        },
    ),
    "check_depth_needed": Answers(
        right={"two µ": by_mu, "per mm and back": in_millimetres_back},
        wrong={
            "the example": lambda c, h, i: 2.02,
            "nan": lambda c, h, i: np.nan,
            "no µ": lambda c, h, i: c / max(i - h, 1e-9) * 1000,
        },
        announced={
            "only the rise counts: the lung was there before": (
                lambda c, h, i: c / (0.206 * (1 + i / 1000)) if i > h else np.inf
            ),
            "a lung that is not denser never makes the shadow: inf": (
                lambda c, h, i: c / (0.206 * (i - h) / 1000) if i != h else np.inf
            ),
        },
    ),
    "check_hu_limits": Answers(
        right={"an array": by_bounds, "middle and half": by_middle},
        wrong={
            "the example": lambda g, w, n: (-600.0, -594.1),
            "the window": lambda g, w, n: (n - w / 2, n + w / 2),
            "one number": lambda g, w, n: n - w / 2 + w * g / 255,
        },
        announced={
            "black and white are open to one side": closed,
            "rounding leaves half a grey on either side": (
                lambda g, w, n: (
                    -np.inf if g == 0 else n - w / 2 + w * g / 255,
                    np.inf if g == 255 else n - w / 2 + w * g / 255,
                )
            ),
        },
    ),
}

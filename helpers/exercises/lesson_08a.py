"""The exercises of lesson 08a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_break_even():
    """Exercise 1: where the two errors are equal."""

    def balance(sensitivity, specificity):
        missed, alarmed = 1 - sensitivity, 1 - specificity
        return alarmed / (missed + alarmed) if missed + alarmed else np.nan

    def swapped(sensitivity, specificity):
        return 1 - balance(sensitivity, specificity)

    def odds(sensitivity, specificity):
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.float64(1 - specificity) / np.float64(1 - sensitivity))

    def of_the_right(sensitivity, specificity):
        return specificity / (sensitivity + specificity)

    return check.Exercise(
        "break_even",
        cases=[
            check.case(0.75, 0.995, expected=balance(0.75, 0.995), name="PCR"),
            check.case(0.67, 0.83, expected=balance(0.67, 0.83), name="Wang et al., external"),
            check.case(0.9, 1.0, expected=0.0, name="no false positives"),
            check.case(1.0, 1.0, expected=np.nan, name="no errors"),
        ],
        mistakes=[
            check.mistake("that is the part of the healthy: the two errors are swapped", swapped),
            check.mistake("those are odds, p / (1 - p): the healthy are 1 - p, not 1", odds),
            check.mistake("count the errors, 1 - sensitivity and 1 - specificity", of_the_right),
        ],
    )


@exercise
def check_depth_needed():
    """Exercise 2: how much ground glass makes a shadow?"""

    def depth(contrast, healthy, ill, unit=1.0):
        gain = 0.206 * (ill - healthy) / 1000
        return unit * contrast / gain if gain > 0 else np.inf

    def all_of_it(contrast, healthy, ill):
        return contrast / (0.206 * (1 + ill / 1000)) if ill > healthy else np.inf

    def negative(contrast, healthy, ill):
        return contrast / (0.206 * (ill - healthy) / 1000) if ill != healthy else np.inf

    return check.Exercise(
        "depth_needed",
        cases=[
            check.case(0.15, -860, -500, expected=depth(0.15, -860, -500), name="ground glass"),
            check.case(0.15, -860, 20, expected=depth(0.15, -860, 20), name="consolidation"),
            check.case(0.1, -700, -800, expected=np.inf, name="more air than before"),
            check.case(0.1, -700, -700, expected=np.inf, name="unchanged"),
        ],
        mistakes=[
            check.mistake("only the rise counts: the lung was there before", all_of_it),
            check.mistake("centimetres, as µ is per centimetre", lambda c, h, i: depth(c, h, i, 10)),
            check.mistake("a lung that is not denser never makes the shadow: inf", negative),
            check.mistake("HU are thousandths of µ of water", lambda c, h, i: depth(c, h, i, 1e-3)),
        ],
    )


@exercise
def check_hu_limits():
    """Exercise 3: back from a picture."""

    def limits(grey, width, level, half=0.5, open_ends=True, steps=255):
        black = level - width / 2
        low, high = (black + width * (grey + side) / steps for side in (-half, half))
        if open_ends:
            low, high = -np.inf if grey == 0 else low, np.inf if grey == 255 else high
        return float(low), float(high)

    return check.Exercise(
        "hu_limits",
        cases=[
            check.case(128, 1500, -600, expected=limits(128, 1500, -600), name="the middle"),
            check.case(0, 350, 40, expected=limits(0, 350, 40), name="black"),
            check.case(255, 1500, -600, expected=limits(255, 1500, -600), name="white"),
            check.case(17, 1800, 400, expected=limits(17, 1800, 400), name="bone window"),
        ],
        mistakes=[
            check.mistake("black and white are open to one side", lambda g, w, n: limits(g, w, n, open_ends=False)),
            check.mistake("rounding leaves half a grey on either side", lambda g, w, n: limits(g, w, n, half=0)),
            check.mistake("half a grey on either side, not a whole one", lambda g, w, n: limits(g, w, n, half=1)),
            check.mistake("255 steps lead from black to white, not 256", lambda g, w, n: limits(g, w, n, steps=256)),
        ],
    )

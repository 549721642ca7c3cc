"""The exercises of lesson 03b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_block_parameters():
    """Exercise 1: count a block."""
    return check.Exercise(
        "block_parameters",
        cases=[
            check.case(1, 8, expected=712, name="the first block"),
            check.case(64, 128, expected=222_208, name="the bottom"),
            check.case(16, 8, expected=1_792, name="the last block: 8 maps joined to 8"),
        ],
        mistakes=[
            check.mistake("batch normalisation has 4 numbers a map: 4 · maps_out, twice", lambda a, b: 9 * b * (a + b)),
            check.mistake("the second convolution has maps_out inputs", lambda a, b: 2 * (9 * a * b + 4 * b)),
            check.mistake("that is one convolution; a block has two", lambda a, b: 9 * a * b + 4 * b),
            check.mistake("these convolutions have no bias", lambda a, b: 9 * b * (a + b) + 10 * b),
        ],
    )


@exercise
def check_overlap():
    """Exercise 2: Dice and IoU."""
    ones, none = np.ones((2, 4), bool), np.zeros((2, 4), bool)
    half = np.array([[True, True, False, False]] * 2)
    quarter = np.array([[True, False, False, True]] * 2)
    return check.Exercise(
        "overlap",
        cases=[
            check.case(half, ones, expected=(2 / 3, 0.5), name="half of it"),
            check.case(half, quarter, expected=(0.5, 1 / 3), name="one column of two"),
            check.case(half, ~half, expected=(0.0, 0.0), name="beside it"),
            check.case(none, none, expected=(1.0, 1.0), name="both empty"),
        ],
        mistakes=[
            check.mistake(
                "Dice counts the shared pixels twice", lambda g, t: ((g & t).sum() / max(g.sum() + t.sum(), 1),) * 2
            ),
            check.mistake(
                "IoU first, Dice second: the other way round",
                lambda g, t: ((g & t).sum() / max((g | t).sum(), 1), 2 * (g & t).sum() / max(g.sum() + t.sum(), 1)),
            ),
            check.mistake("that is the accuracy", lambda g, t: ((g == t).mean(),) * 2),
        ],
    )


@exercise
def check_report():
    """Exercise 3: choose on validation, report on test."""

    def mean_dice(scores, truths, level):
        """Return the mean Dice of (N, H, W) scores above `level` against bool truths."""
        shared = ((scores > level) & truths).sum(axis=(1, 2))
        return float(np.mean(2 * shared / ((scores > level).sum(axis=(1, 2)) + truths.sum(axis=(1, 2)))))

    draws = np.random.default_rng(0)
    truths = draws.random((2, 4, 6, 6)) < 0.4
    val_pair = (np.clip(truths[0] * 0.2 + draws.random((4, 6, 6)) * 0.5, 0, 1), truths[0])
    test_pair = (np.clip(truths[1] * 0.2 + draws.random((4, 6, 6)) * 0.4, 0, 1), truths[1])
    grid = [0.1, 0.35, 0.5, 0.6]

    def chosen(v, t, levels, dice_of, on=0, shown=1, index=False):
        level = max(levels, key=lambda one: dice_of(*(v, t)[on], one))
        return (levels.index(level) if index else level, dice_of(*(v, t)[shown], level))

    return check.Exercise(
        "report",
        cases=[
            check.case(val_pair, test_pair, grid, mean_dice, expected=(0.5, 0.36158625730994154), name="four levels"),
            check.case(
                test_pair, val_pair, grid, mean_dice, expected=(0.35, 0.6681630546955625), name="roles exchanged"
            ),
        ],
        mistakes=[
            check.mistake("you chose on the test set", lambda *a: chosen(*a, on=1)),
            check.mistake("that is the Dice on validation; report the test", lambda *a: chosen(*a, shown=0)),
            check.mistake("return the level, not its position", lambda *a: chosen(*a, index=True)),
        ],
    )

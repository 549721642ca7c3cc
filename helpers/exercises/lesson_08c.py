"""The exercises of lesson 08c."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_auc():
    """Exercise 1: the AUC by pairs."""

    def pairs(ill, score, tie=0.5):
        difference = score[ill][:, None] - score[~ill][None]
        return float(np.mean(difference > 0) + tie * np.mean(difference == 0))

    def right_at_half(ill, score):
        return float(np.mean((score > 0.5) == ill))

    mixed, scores = np.array([True, True, False, False]), np.array([0.9, 0.4, 0.6, 0.1])
    many = np.array([3.0, 1.0, 2.0, 2.0, 5.0, 2.0, 0.0])
    return check.Exercise(
        "auc",
        cases=[
            check.case(mixed, scores, expected=0.75, name="by hand"),
            check.case(mixed, np.full(4, 0.3), expected=0.5, name="all the same"),
            check.case(np.array([1, 0, 1, 0, 1, 0, 0], bool), many, expected=11 / 12, name="with ties"),
        ],
        mistakes=[
            check.mistake("a tie counts one half", lambda y, s: pairs(y, s, 0)),
            check.mistake("that is the accuracy at 0.5", right_at_half),
            check.mistake("the pairs are the wrong way round", lambda y, s: 1 - pairs(y, s)),
        ],
    )


@exercise
def check_heat_map():
    """Exercise 2: Grad-CAM from maps and gradients."""

    def cam(maps, gradients, low=0.0, mean=True):
        weights = gradients.mean(axis=(0, 1)) if mean else gradients
        return np.maximum((maps * weights).sum(axis=2), low)

    toy = np.array([[[3.0, 0.0], [0.0, 2.0]], [[1.0, 2.0], [0.0, 0.0]]])  # (2, 2, K = 2)
    slopes = np.array([[[2.0, -1.0], [0.0, -1.0]], [[2.0, -3.0], [0.0, 1.0]]])
    return check.Exercise(
        "heat_map",
        cases=[
            check.case(
                np.array([[[2.0, 3.0]]]), np.array([[[0.5, 1.0]]]), expected=np.array([[4.0]]), name="one place"
            ),
            check.case(toy, slopes, expected=np.array([[3.0, 0.0], [0.0, 0.0]]), name="two by two"),
        ],
        mistakes=[
            check.mistake("negative heat is cut off at 0", lambda m, g: cam(m, g, -np.inf)),
            check.mistake("average the gradients over the places first", lambda m, g: cam(m, g, mean=False)),
            check.mistake("sum over the maps: the result is (h, w)", lambda m, g: m * g.mean(axis=(0, 1))),
        ],
    )


@exercise
def check_recovered():
    """Exercise 3: how much is recovered?"""

    def won_back(internal, external, mended):
        return (mended - external) / (internal - external) if internal > external else np.nan

    return check.Exercise(
        "recovered",
        cases=[
            check.case(1.0, 0.7, 0.88, expected=0.6, name="the example"),
            check.case(0.95, 0.65, 0.5, expected=-0.5, name="made worse"),
            check.case(0.8, 0.82, 0.85, expected=np.nan, name="no loss"),
        ],
        mistakes=[
            check.mistake("divide by the loss, not by the internal AUC", lambda i, e, m: (m - e) / i),
            check.mistake("a model that lost nothing has nothing to recover: nan", lambda i, e, m: (m - e) / (i - e)),
        ],
    )

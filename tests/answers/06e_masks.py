"""Answers to the exercises of lesson 06e."""

import math

import cv2
import numpy as np
from scipy import ndimage

from tests.answers import Answers


def by_interp(row):
    return np.interp(np.arange(2 * len(row)) / 2 - 0.25, np.arange(len(row)), row)


def by_opencv(row):
    wide = cv2.resize(np.array([row], np.float64), (2 * len(row), 1), interpolation=cv2.INTER_LINEAR)
    return wide[0].tolist()


def zeros_outside(row):
    longer = [0, *row, 0]
    return [v for a, b, c in zip(longer, longer[1:], longer[2:]) for v in (b + (a - b) / 4, b + (c - b) / 4)]  # noqa: B905


def end_to_end(row):
    return ndimage.zoom(np.array(row, float), 2, order=1).tolist()


def by_confusion(truth, predicted):
    size = int(max(truth.max(), predicted.max())) + 1
    table = np.zeros((size, size))
    np.add.at(table, (truth, predicted), 1)
    union = table.sum(axis=0) + table.sum(axis=1) - table.diagonal()
    return (table.diagonal()[union > 0] / union[union > 0]).mean()


def by_sets(truth, predicted):
    places = [{}, {}]
    for found, one in zip(places, (truth, predicted), strict=True):
        for place, label in np.ndenumerate(one):
            found.setdefault(int(label), set()).add(place)
    true, guess = places
    every = [(true.get(k, set()), guess.get(k, set())) for k in true.keys() | guess.keys()]
    return sum(len(a & b) / len(a | b) for a, b in every) / len(every)


def mean_of(value, labels=np.union1d):
    """Return an answer that averages value(shared, true, guessed), pixel counts, over labels(truth, predicted)."""

    def answer(truth, predicted):
        counts = [
            (((truth == k) & (predicted == k)).sum(), (truth == k).sum(), (predicted == k).sum())
            for k in labels(truth, predicted)
        ]
        return float(np.mean([value(*one) for one in counts]))

    return answer


def by_search(channels):
    return max(c for c in range(channels + 1) if 9 * 2 * c * c <= 9 * channels * channels)


ANSWERS = {
    "check_double": Answers(
        right={"NumPy's interp": by_interp, "OpenCV": by_opencv},
        wrong={
            "the prompt's numbers": lambda row: [4, 5, 7, 8],
            "halves": lambda row: np.interp(np.arange(2 * len(row)) / 2, np.arange(len(row)), row).tolist(),
            "the mean twice": lambda row: [sum(row) / len(row)] * (2 * len(row)),
        },
        announced={
            "the nearest neighbour": lambda row: [value for value in row for _ in (0, 1)],
            "instead of the border value": zeros_outside,
            "new pixels lie at quarters": end_to_end,
        },
    ),
    "check_mean_iou": Answers(
        right={"confusion matrix": by_confusion, "sets": by_sets},
        wrong={
            "the prompt's number": lambda truth, predicted: 7 / 12,
            "recall": mean_of(lambda shared, true, guessed: shared / max(true, 1)),
            "without class 0": mean_of(
                lambda shared, true, guessed: shared / (true + guessed - shared),
                lambda truth, predicted: np.union1d(truth, predicted)[1:],
            ),
            "of predicted classes": mean_of(
                lambda shared, true, guessed: shared / (true + guessed - shared),
                lambda truth, predicted: set(predicted.flat),
            ),
        },
        announced={
            "share of right pixels": lambda truth, predicted: float(np.mean(truth == predicted)),
            "divide by the union": mean_of(lambda shared, true, guessed: 2 * shared / (true + guessed)),
            "never true counts too": mean_of(
                lambda shared, true, guessed: shared / (true + guessed - shared),
                lambda truth, predicted: set(truth.flat),
            ),
        },
    ),
    "check_fair_width": Answers(
        right={"search": by_search, "whole root": lambda channels: math.isqrt(channels * channels // 2)},
        wrong={
            "the prompt's": lambda channels: 22,
            "section 5's": lambda channels: channels * 3 // 4,
            "rounded": lambda channels: round(channels / math.sqrt(2)),
            "not whole": lambda channels: channels / math.sqrt(2),
        },
        announced={
            "twice the weights": lambda channels: channels,
            "half the weights": lambda channels: channels // 2,
            "rounded up": lambda channels: math.ceil(channels / math.sqrt(2)),
        },
    ),
}

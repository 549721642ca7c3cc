"""Answers to the exercises of lesson 09d."""

import statistics

import numpy as np
from scipy import stats

from helpers import evidence
from tests.answers import Answers


def by_library(first, second):
    return stats.ttest_rel(first, second).pvalue < 0.05


def by_hand(first, second):
    d = [a - b for a, b in zip(first, second, strict=True)]
    n = len(d)
    t = stats.t.ppf(0.975, n - 1)
    return abs(sum(d) / n) > t * statistics.stdev(d) / n**0.5


def by_interval(first, second):
    found = evidence.difference(first, second)
    return found.low > 0 or found.high < 0


def unpaired(first, second):
    half = [stats.t.ppf(0.975, len(s) - 1) * np.std(s, ddof=1) / len(s) ** 0.5 for s in (first, second)]
    return abs(np.mean(first) - np.mean(second)) > sum(half)


def two_errors(first, second):
    d = np.subtract(first, second)
    return abs(d.mean()) > 2 * d.std(ddof=1) / np.sqrt(len(d))


def by_sorting(validation, test):
    name = sorted(validation, key=lambda one: sum(validation[one]) / len(validation[one]))[-1]
    low, *_, high = sorted(test[name])
    return name, f"{statistics.mean(test[name]):.2f} ({low:.2f}–{high:.2f})"


def with_arrays(validation, test):
    names = list(validation)
    name = names[int(np.argmax([np.mean(validation[one]) for one in names]))]
    scores = np.array(test[name])
    return [name, f"{scores.mean():.2f} ({scores.min():.2f}–{scores.max():.2f})"]


def on_the_test(validation, test):
    return by_sorting(test, test)


def luckiest(validation, test):
    name = max(validation, key=lambda one: max(validation[one]))
    return name, by_sorting({name: [1]}, test)[1]


def one_by_one(mean, deviation, weights, bias):
    folded, moved = np.zeros(weights.shape), np.array(bias, float)
    for k, d in enumerate(deviation):
        if d > 0:
            folded[k] = weights[k] / d
            moved = moved - mean[k] * weights[k] / d
    return folded, moved


def with_infinity(mean, deviation, weights, bias):
    scale = 1 / np.where(deviation == 0, np.inf, deviation)
    return (weights.T * scale).T, bias - (mean * scale) @ weights


def as_scikit_learn(mean, deviation, weights, bias):
    scale = np.where(deviation == 0, 1, deviation)
    return weights / scale[:, None], bias - (mean / scale) @ weights


ANSWERS = {
    "check_differs": Answers(
        right={"scipy": by_library, "by hand": by_hand, "the interval": by_interval},
        wrong={"always": lambda a, b: True, "never": lambda a, b: False, "one point": lambda a, b: a[0] != b[0]},
        announced={
            "is no criterion: take the differences": unpaired,
            "take t of n − 1": two_errors,
            "take the absolute value": lambda a, b: np.mean(a) > np.mean(b) and by_library(a, b),
        },
    ),
    "check_choose": Answers(
        right={"sorting": by_sorting, "arrays": with_arrays},
        wrong={
            "the first": lambda v, t: (next(iter(v)), by_sorting(v, t)[1]),
            "the name alone": lambda v, t: by_sorting(v, t)[0],
            "a hyphen": lambda v, t: (by_sorting(v, t)[0], by_sorting(v, t)[1].replace("–", "-")),
        },
        announced={
            "the test scores have no say in the choice": on_the_test,
            "not by the luckiest draw": luckiest,
        },
    ),
    "check_fold": Answers(
        right={"feature by feature": one_by_one, "infinity": with_infinity},
        wrong={
            "the example": lambda m, d, w, b: (np.array([[2.0]]), np.array([-3.0])),
            "as it was": lambda m, d, w, b: (w, b),
            "the other way round": lambda m, d, w, b: one_by_one(m, d, w, b)[::-1],
        },
        announced={
            "the mean goes into the bias, too": lambda m, d, w, b: (one_by_one(m, d, w, b)[0], b),
            "a feature with d = 0 has z = 0": as_scikit_learn,
        },
    ),
}

"""Answers to the exercises of lesson 08c."""

import numpy as np

from tests.answers import Answers


def by_means(scores):
    hospital = scores.mean(axis=(0, 2))
    disease = scores.mean(axis=(0, 1))
    return hospital[0] - hospital[1], disease[1] - disease[0]


def by_pairs(scores):
    hospital = [one[0][k] - one[1][k] for one in scores.tolist() for k in (0, 1)]
    disease = [one[k][1] - one[k][0] for one in scores.tolist() for k in (0, 1)]
    return [sum(hospital) / len(hospital), sum(disease) / len(disease)]


def by_diff(scores):
    return -np.diff(scores, axis=1).mean(), np.diff(scores, axis=2).mean()


def one_place():
    maps = np.zeros((2, 2, 1))
    gradients = np.full((2, 2, 1), -1.0)
    maps[1, 1], gradients[1, 1] = 5, 3
    return maps, gradients


def two_maps():
    maps = np.zeros((2, 2, 2))
    maps[0, 0] = [1, 1]
    gradients = np.zeros((2, 2, 2))
    gradients[0, 0] = [4, -1]
    gradients[1] = [-2, 0.5]
    return [maps.tolist(), gradients.tolist()]


def bright():
    return np.ones((2, 2, 1)), np.ones((2, 2, 1))


def nothing():
    return np.zeros((2, 2, 1)), np.zeros((2, 2, 1))


def negative_map():
    return -np.ones((2, 2, 1)), -np.ones((2, 2, 1))


def one_array():
    return np.ones((2, 2, 1))


def not_numbers():
    return np.full((2, 2, 1), np.nan), np.full((2, 2, 1), np.nan)


def by_table(source, ill):
    weights = np.zeros(len(source))
    names = sorted(set(source))
    for name in names:
        for state in (True, False):
            rows = (np.array(source) == name) & (ill == state)
            weights[rows] = 1 / rows.sum()
    return weights / weights.mean()


def by_names(source, ill):
    keys = [f"{s}{int(i)}" for s, i in zip(source, ill, strict=True)]
    names, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return (len(keys) / (len(names) * counts))[places]


ANSWERS = {
    "check_effects": Answers(
        right={"means over axes": by_means, "pair by pair": by_pairs, "np.diff": by_diff},
        wrong={
            "sums": lambda s: tuple(4 * v for v in by_means(s)),
            "per patient": lambda s: ((s[:, 0] - s[:, 1]).mean(1), (s[..., 1] - s[..., 0]).mean(1)),
            "the example": lambda s: (3.5, 1.5),
        },
        announced={
            "the two are the wrong way round: first the hospital, axis 1": lambda s: by_means(s)[::-1],
            "A minus B, not B minus A": lambda s: (-by_means(s)[0], by_means(s)[1]),
        },
    ),
    "check_blind_spot": Answers(
        right={"one place against the rest": one_place, "two maps, as lists": two_maps},
        wrong={"a bright map": bright, "a negative map": negative_map, "one array": one_array, "nan": not_numbers},
        announced={"put the map where its own gradient is positive": nothing},
    ),
    "check_fair_weights": Answers(
        right={"group by group": by_table, "np.unique": by_names},
        wrong={
            "all the same": lambda s, i: np.ones(len(s)),
            "the example": lambda s, i: np.array([0.5, 0.5, 0.5, 1.5, 1.5, 1.5]),
            "by source": lambda s, i: np.array([len(s) / 2 / np.sum(s == one) for one in s]),
        },
        announced={
            "the mean weight is 1: divide by the mean": lambda s, i: by_names(s, i) * 2 * len(set(s)) / len(s),
            "that balances the labels over all sources; do it inside each source": (
                lambda s, i: len(i) / (2 * np.where(i, i.sum(), (~i).sum()))
            ),
        },
    ),
}

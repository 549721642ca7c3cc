"""Answers to the exercises of lesson 08b."""

import numpy as np
from sklearn.model_selection import GroupShuffleSplit

from tests.answers import Answers


def by_choice(patients, share, rng):
    names = np.unique(patients)
    return np.isin(patients, rng.choice(names, round(share * len(names)), replace=False))


def by_sklearn(patients, share, rng):
    count = round(share * len(np.unique(patients)))
    split = GroupShuffleSplit(1, test_size=count, random_state=int(rng.integers(1000)))
    test = np.zeros(len(patients), bool)
    test[next(split.split(patients, groups=patients))[1]] = True
    return test


def by_image(patients, share, rng):
    return np.isin(np.arange(len(patients)), rng.permutation(len(patients))[: round(share * len(patients))])


def first_names(patients, share, rng):
    return np.isin(patients, np.unique(patients)[: round(share * len(np.unique(patients)))])


def by_bincount(mask, spacing):
    counts = np.bincount(mask.ravel(), minlength=4) * spacing[0] * spacing[1] * spacing[2] / 1000
    return counts[1] + counts[2], counts[3]


def by_loops(mask, spacing):
    one = spacing[0] * spacing[1] * spacing[2] / 1000
    values = mask.ravel().tolist()
    return [one * sum(v in (1, 2) for v in values), one * values.count(3)]


def by_arrays(ill, others, sensitivity, specificity, accuracy):
    found, cleared = np.meshgrid(np.arange(ill + 1), np.arange(others + 1), indexing="ij")
    good = np.rint(100 * found / ill) == sensitivity
    good &= np.rint(100 * cleared / others) == specificity
    good &= np.rint(100 * (found + cleared) / (ill + others)) == accuracy
    return [(int(a), int(b)) for a, b in np.argwhere(good)]


def by_filter(ill, others, sensitivity, specificity, accuracy):
    hits = [n for n in range(ill + 1) if f"{n / ill:.0%}" == f"{sensitivity}%"]
    clear = [n for n in range(others + 1) if f"{n / others:.0%}" == f"{specificity}%"]
    return [(a, b) for a in hits for b in clear if f"{(a + b) / (ill + others):.0%}" == f"{accuracy}%"]


ANSWERS = {
    "check_split_patients": Answers(
        right={"choice": by_choice, "scikit-learn": by_sklearn},
        wrong={
            "nobody": lambda p, s, r: np.zeros(len(p), bool),
            "last names": lambda p, s, r: np.isin(p, np.unique(p)[-round(s * len(np.unique(p))) :]),
            "a list of names": lambda p, s, r: r.permutation(np.unique(p))[:2],
        },
        announced={
            "you drew images: a patient's images part": by_image,
            "you took the first names: draw them with the rng": first_names,
        },
    ),
    "check_volumes_ml": Answers(
        right={"bincount": by_bincount, "loops": by_loops},
        wrong={
            "the example": lambda m, s: (7.0, 2.0),
            "voxels": lambda m, s: (int((m % 3 > 0).sum()), int((m == 3).sum())),
            "swapped": lambda m, s: by_bincount(m, s)[::-1],
        },
        announced={
            "the disease is lung too, but not healthy lung": lambda m, s: (
                sum(by_bincount(m, s)),
                by_bincount(m, s)[1],
            ),
            "mm³ instead of ml: divide by 1,000": lambda m, s: tuple(1000 * v for v in by_bincount(m, s)),
        },
    ),
    "check_counts_behind": Answers(
        right={"arrays": by_arrays, "formatted": by_filter},
        wrong={
            "the example": lambda *given: [(24, 28)],
            "nothing": lambda *given: [],
            "the first alone": lambda *given: by_arrays(*given)[:1],
        },
        announced={
            "the accuracy must fit as well": (
                lambda i, o, a, b, c: [
                    (n, m)
                    for n in range(i + 1)
                    for m in range(o + 1)
                    if round(100 * n / i) == a and round(100 * m / o) == b
                ]
            ),
            "first the found, then the cleared": lambda *given: [(b, a) for a, b in by_arrays(*given)],
        },
    ),
}

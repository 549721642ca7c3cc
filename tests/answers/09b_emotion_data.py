"""Answers to the exercises of lesson 09b."""

from collections import Counter

import numpy as np

from tests.answers import Answers


def images_by_try(rows):
    images, bad = np.empty((0, 48, 48), np.uint8), []
    for number, row in enumerate(rows, 1):
        try:
            values = np.array([int(word) for word in row.split()]).reshape(48, 48)
            if values.min() < 0 or values.max() > 255:
                raise ValueError
        except ValueError:
            bad.append(number)
        else:
            images = np.concatenate([images, values.astype(np.uint8)[None]])
    return images, bad


def images_by_sets(rows):
    allowed = {str(value) for value in range(256)}
    good = [len(row.split()) == 2304 and set(row.split()) <= allowed for row in rows]
    kept = [np.array(row.split(), np.uint8).reshape(48, 48) for row, fine in zip(rows, good, strict=True) if fine]
    bad = [number + 1 for number, fine in enumerate(good) if not fine]
    return np.stack(kept) if kept else np.zeros((0, 48, 48), np.uint8), bad


def images_by_resize(rows):
    found = [np.resize(np.array(row.split() or [0], dtype=object).astype(str), 2304) for row in rows]
    values = [np.array([int(word) if word.isdecimal() else 0 for word in row]) for row in found]
    return np.array(values).astype(np.uint8).reshape(-1, 48, 48), []


def images_by_length(rows):
    good = [row for row in rows if len(row.split()) == 2304]
    return np.array([np.array(row.split(), int) for row in good]).astype(np.uint8).reshape(-1, 48, 48), [
        number for number, row in enumerate(rows, 1) if len(row.split()) != 2304
    ]


def images_by_float(rows):
    images, bad = [], []
    for number, row in enumerate(rows, 1):
        try:
            values = np.array(row.split(), float).reshape(48, 48)
            if values.min() < 0 or values.max() > 255:
                raise ValueError
            images.append(values.astype(np.uint8))
        except ValueError:
            bad.append(number)
    return np.array(images, np.uint8).reshape(-1, 48, 48), bad


def images_counted_from_zero(rows):
    images, bad = images_by_try(rows)
    return images, [number - 1 for number in bad]


def translation_by_search(names):
    return np.array([list(names).index(name) for name in sorted(names)])


def weights_by_counter(labels, power):
    counts = Counter(labels.tolist())
    each = {k: n**-power for k, n in counts.items()}
    mean = sum(each[k] for k in labels.tolist()) / len(labels)
    return {k: w / mean for k, w in each.items()}


def weights_by_images(labels, power):
    often = (labels[:, None] == labels).sum(axis=1)  # of each image's class
    weights = 1 / often**power
    weights = weights / weights.mean()
    return {int(k): float(weights[labels == k][0]) for k in set(labels.tolist())}


def weights_unscaled(labels, power):
    return {k: n**-power for k, n in Counter(labels.tolist()).items()}


ANSWERS = {
    "check_images": Answers(
        right={"try and except": images_by_try, "sets": images_by_sets},
        wrong={
            "the length alone": images_by_length,
            "nothing is bad": lambda rows: (images_by_try(rows)[0], []),
            "floats": lambda rows: (images_by_try(rows)[0].astype(float), images_by_try(rows)[1]),
        },
        announced={
            "repairs damaged rows in silence": images_by_resize,
            "counted from 1": images_counted_from_zero,
            "no whole numbers": images_by_float,
        },
    ),
    "check_translation": Answers(
        right={"argsort": lambda names: np.argsort(names), "search": translation_by_search},
        wrong={
            "of FER2013 only": lambda names: np.array([0, 1, 2, 3, 6, 4, 5]),
            "names": lambda names: np.array(sorted(names)),
            "unchanged": lambda names: np.arange(len(names)),
        },
        announced={"the other way round": lambda names: np.argsort(np.argsort(names))},
    ),
    "check_weights": Answers(
        right={"counters": weights_by_counter, "images": weights_by_images},
        wrong={
            "the prompt's": lambda labels, power: {0: 0.845, 1: 1.464},
            "none": lambda labels, power: dict.fromkeys(set(labels.tolist()), 1.0),
            "all seven": lambda labels, power: {k: weights_by_counter(labels, power).get(k, 0) for k in range(7)},
        },
        announced={
            "should sum to N": weights_unscaled,
            "the rare class must weigh more": lambda labels, power: weights_by_counter(labels, -power),
            "no longer sums to N": lambda y, p: {k: w**p for k, w in weights_by_counter(y, 1).items()},
        },
    ),
}

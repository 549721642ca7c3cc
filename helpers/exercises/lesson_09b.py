"""The exercises of lesson 09b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_images():
    """Exercise 1: from text to images."""
    rng = np.random.default_rng(0)
    ramp = np.arange(2304) % 256

    def text(values):
        return " ".join(str(value) for value in values)

    def read(rows, repair=None, by_rows=True, dtype=np.uint8, first=1, largest=255):
        images, bad = [], []
        for number, row in enumerate(rows, first):
            good = [word for word in row.split() if word.isdecimal() and int(word) <= largest]
            if len(good) == len(row.split()) == 2304 or repair:
                values = np.array([int(word) for word in good] or [0])
                image = np.resize(values, 2304).reshape(48, 48)
                images.append((image if by_rows else image.T).astype(dtype))
            else:
                bad.append(number)
        return np.array(images, dtype).reshape(-1, 48, 48), bad

    noise = [rng.integers(0, 256, 2304) for _ in range(3)]
    short, long, strange = noise[0][:-1], [*noise[1], 7], [*noise[2][:-1], 256]
    negative = text([*noise[0][:-1], -1])
    mixed = [text(noise[0]), text(short), text(long), text(noise[1]), text(strange), "", negative, text(noise[2])]
    word = text(noise[0]).replace(" ", " x ", 1)
    parts = [text([*noise[1][:-1], "12.5"]), text(noise[2]), text([*noise[0][:-1], "1e2"])]

    def by_float(rows):
        images, bad = [], []
        for number, row in enumerate(rows, 1):
            try:
                values = np.array([float(word) for word in row.split()])
                good = len(values) == 2304 and values.min() >= 0 and values.max() <= 255
            except ValueError:
                good = False
            (images if good else bad).append(values.reshape(48, 48) if good else number)
        return np.array(images).astype(np.uint8).reshape(-1, 48, 48), bad

    def case(rows, name, exact_type=False):
        return check.case(rows, expected=read(rows), name=name, exact_type=exact_type)

    return check.Exercise(
        "to_images",
        cases=[
            case([text(ramp)], "0, 1, 2 … along the rows", exact_type=True),
            case([text(ramp), text(short)], "2,303 numbers in the second row"),
            case(mixed, "eight rows, five of them damaged"),
            case([word], "a word among the numbers"),
            case(parts, "12.5 and 1e2 among the numbers"),
            case([], "no rows"),
        ],
        mistakes=[
            check.mistake("that repairs damaged rows in silence: name them", lambda rows: read(rows, repair=True)),
            check.mistake("numbers run along the rows: no transpose", lambda rows: read(rows, by_rows=False)),
            check.mistake("rows are counted from 1", lambda rows: read(rows, first=0)),
            check.mistake("12.5 and 1e2 are no whole numbers: the row is bad", by_float),
            check.mistake("256 does not fit into uint8: the row is bad", lambda rows: read(rows, largest=256)),
        ],
    )


@exercise
def check_translation():
    """Exercise 2: folder ids to csv ids."""
    fer = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
    return check.Exercise(
        "translation",
        cases=[
            check.case(fer, expected=np.array([0, 1, 2, 3, 6, 4, 5]), name="FER2013"),
            check.case(("b", "c", "a"), expected=np.array([2, 0, 1]), name="three classes"),
            check.case(("a", "b"), expected=np.array([0, 1]), name="nothing to translate"),
        ],
        mistakes=[
            check.mistake("the other way round: from csv id to folder id", lambda n: np.argsort(np.argsort(n))),
            check.mistake("that changes nothing: the ids are not the same", lambda n: np.arange(len(n))),
            check.mistake("that reverses the order", lambda n: np.argsort(n)[::-1].copy()),
        ],
    )


@exercise
def check_weights():
    """Exercise 3: softer weights."""

    def weights(labels, power, scale=True, sign=-1, mean=False, count=None):
        classes, counts = np.unique(labels, return_counts=True)
        wanted = counts.astype(float) ** (sign * power)
        total = len(labels) / (counts @ wanted) if scale else 1
        if mean:
            total = 1 / wanted.mean()
        return {int(k): float(w * total) for k, w in zip(classes, wanted, strict=True)}

    few, rare = np.array([0, 0, 0, 1]), np.array([2, 2, 5, 5, 5, 5, 5, 5])
    only_two = check.that(
        "{2: 2.0, 5: 0.667}",
        lambda got: set(got) == {2, 5} and np.allclose([got[2], got[5]], [2, 2 / 3]),
        "a class that does not occur gets no entry; the weights of all images sum to N",
    )
    many = np.random.default_rng(0).choice(7, 500, p=[0.14, 0.02, 0.14, 0.25, 0.17, 0.11, 0.17])
    return check.Exercise(
        "class_weights",
        cases=[
            check.case(few, 0.5, expected=weights(few, 0.5), name="three and one, the root"),
            check.case(few, 1, expected={0: 2 / 3, 1: 2.0}, name="three and one, balanced"),
            check.case(rare, 1, expected=only_two, name="classes 2 and 5 only"),
            check.case(rare, 0, expected={2: 1.0, 5: 1.0}, name="no weights"),
            check.case(many, 0.5, expected=weights(many, 0.5), name="five hundred labels, the root"),
            check.case(many, 0.8, expected=weights(many, 0.8), name="five hundred labels, in between"),
        ],
        mistakes=[
            check.mistake("the weights of all images should sum to N: scale them", lambda y, p: weights(y, p, False)),
            check.mistake("the rare class must weigh more", lambda y, p: weights(y, p, sign=1)),
            check.mistake(
                "scale by images, not by classes: the common class has more of them",
                lambda y, p: weights(y, p, mean=True),
            ),
            check.mistake("the power is an argument", lambda y, p: weights(y, 1)),
            check.mistake(
                "a power of the balanced weights no longer sums to N",
                lambda y, p: {k: w**p for k, w in weights(y, 1).items()},
            ),
        ],
    )

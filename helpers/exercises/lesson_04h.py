"""The exercises of lesson 04h."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_silent():
    """Exercise 1: which filters say nothing?"""

    def channels(wanted):
        return [int(channel) for channel in np.flatnonzero(wanted)]

    axes = (0, 1, 2)
    rng = np.random.default_rng(0)
    mixed = rng.uniform(0, 6, (3, 4, 5, 7))
    mixed[..., 1], mixed[..., 2], mixed[..., 4] = 0, 6, 0.37
    mixed[..., 5] = 1e-9 * rng.normal(size=(3, 4, 5))  # rounding
    mixed[:2, ..., 6] = 0  # closed on two photographs of three
    each = np.zeros((2, 2, 2, 2))
    each[1, ..., 0] = 3  # the same everywhere in each photograph, but not in both
    return check.Exercise(
        "silent",
        cases=[
            check.case(mixed, expected=[1, 2, 4, 5], name="seven filters"),
            check.case(mixed[..., [0, 3]], expected=[], name="all alive"),
            check.case(each, expected=[1], name="constant on each photograph, but not the same"),
            check.case(np.full((1, 3, 3, 1), 2.5), expected=[0], name="one constant map"),
        ],
        mistakes=[
            check.mistake(
                "not only 0: any value that never changes says nothing", lambda m: channels(m.max(axes) == 0)
            ),
            check.mistake("allow for rounding: a millionth", lambda m: channels(m.max(axes) == m.min(axes))),
            check.mistake(
                "one value for all photographs, not one for each",
                lambda m: channels((np.ptp(m, (1, 2)) < 1e-6).all(axis=0)),
            ),
            check.mistake(
                "search all photographs, not the first alone", lambda m: channels(np.ptp(m[0], (0, 1)) < 1e-6)
            ),
            check.mistake(
                "the numbers of the filters, not True and False", lambda m: (np.ptp(m, axes) < 1e-6).tolist()
            ),
        ],
        rtol=0,
    )


@exercise
def check_seen():
    """Exercise 2: which pixels has it seen?"""

    def rows(layers, place, padded=True, strided=True, backwards=True, last=1):
        first = end = place
        for kernel, stride, padding in layers[::-1] if backwards else layers:
            shift, step = padding if padded else 0, stride if strided else 1
            first, end = first * step - shift, end * step - shift + kernel - last
        return first, end

    to_block3 = [(3, 2, 0), (3, 1, 1), (3, 2, 0), (3, 1, 1)]
    given = {
        "one layer": ([(3, 2, 0)], 10),
        "block3, place 28": (to_block3, 28),
        "block3, place 0: outside the image": (to_block3, 0),
        "block5, place 14": ([*to_block3, (5, 2, 1), (5, 1, 2)], 14),
        "a kernel of 1": ([(1, 1, 0), (7, 2, 3)], 4),
        "no layer": ([], 6),
    }
    return check.Exercise(
        "seen_rows",
        cases=[check.case(*one, expected=rows(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake("go from the last layer back to the image", lambda *g: rows(*g, backwards=False)),
            check.mistake("the padding moves the place: subtract it", lambda *g: rows(*g, padded=False)),
            check.mistake("a stride moves the kernel: multiply the place", lambda *g: rows(*g, strided=False)),
            check.mistake("the last row is first + kernel − 1", lambda *g: rows(*g, last=0)),
        ],
        rtol=0,
    )


@exercise
def check_lift():
    """Exercise 3: on the object, or by chance?"""

    def lift(drop, mask, clip=True, area=True):
        positive = np.maximum(drop, 0) if clip else drop
        return float(positive[mask].sum() / positive.sum() / (mask.mean() if area else 1))

    rng = np.random.default_rng(0)
    mask = np.zeros((6, 8), bool)
    mask[1:4, 2:6] = True
    given = {
        "1 everywhere": (np.ones((6, 8)), mask),
        "on the object alone": (mask.astype(float), mask),
        "drops and rises": (rng.normal(0.1, 1, (6, 8)), mask),
        "a large object": (rng.normal(0, 1, (6, 8)), ~mask),
    }
    return check.Exercise(
        "lift",
        cases=[check.case(*one, expected=lift(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake("only drops count: where it rises take 0", lambda *g: lift(*g, clip=False)),
            check.mistake("divide by the object's share of the picture: chance is 1", lambda *g: lift(*g, area=False)),
            check.mistake(
                "a share of the sum, not a ratio of means inside and outside",
                lambda d, m: float(np.maximum(d, 0)[m].mean() / (np.maximum(d, 0)[~m].mean() + 1e-12)),
            ),
        ],
    )

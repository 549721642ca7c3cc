"""The exercises of lesson 02g."""

import numpy as np
from scipy import stats

from helpers import check
from helpers.exercises import exercise


@exercise
def check_sisters():
    """Exercise 1: find the sisters."""
    from helpers.datasets import clothes

    (images, _), (others, _) = clothes.load()
    every = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]

    def among(train, test, moves=every):
        known = {np.roll(one, by, (0, 1)).tobytes() for one in train for by in moves}
        return [place for place, one in enumerate(test) if one.tobytes() in known]

    def moved(places, shifts):
        return np.stack([np.roll(images[i], by, (0, 1)) for i, by in zip(places, shifts, strict=True)])

    train = images[:40]
    small = np.stack([moved([3], [(0, 1)])[0], others[0], moved([7], [(0, 0)])[0]])
    mixed = np.concatenate([others[:4], moved([1, 5, 9, 11], [(1, 1), (-1, 0), (2, 0), (-1, 1)]), others[4:6]])
    repeated = moved([2, 2, 30], [(0, 0), (0, -1), (1, -1)])
    noise = np.random.default_rng(0).integers(0, 256, (6, 5, 7), dtype=np.uint8)
    full = np.stack([np.roll(noise[k], by, (0, 1)) for k, by in [(0, (1, 1)), (4, (0, -1)), (2, (-1, 0)), (5, (0, 2))]])
    straight = [(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)]
    wide = [(dy, dx) for dy in range(-2, 3) for dx in range(-2, 3)]

    def by_training(train, test):
        return among(test, train)

    return check.Exercise(
        "sisters",
        cases=[
            check.case(train, small, expected=[0, 2], name="two of three"),
            check.case(train, mixed, expected=[4, 5, 7], name="moved both ways, and one moved by two pixels"),
            check.case(noise, full, expected=[0, 1, 2], name="pictures without a black border"),
            check.case(train, others[:20], expected=[], name="no sister"),
            check.case(train, repeated, expected=[0, 1, 2], name="one original, two copies"),
        ],
        mistakes=[
            check.mistake("exact copies only: look at the moved ones, too", lambda a, b: among(a, b, [(0, 0)])),
            check.mistake("a picture may be moved down *and* right: nine moves", lambda a, b: among(a, b, straight)),
            check.mistake("at most one pixel each way", lambda a, b: among(a, b, wide)),
            check.mistake("return places in the test set, not in the training set", by_training),
            check.mistake("return the places, not their number", lambda a, b: len(among(a, b))),
        ],
    )


@exercise
def check_signs():
    """Exercise 2: signs by luck."""
    given = [
        (3, 3, 3, "nine comparisons"),
        (3, 3, 8, "eight draws"),
        (1, 1, 1, "one draw"),
        (5, 2, 4, "ten comparisons"),
    ]
    return check.Exercise(
        "called_real",
        cases=[check.case(a, s, d, expected=a * s * 2 * 0.5**d, name=name) for a, s, d, name in given],
        mistakes=[
            check.mistake("all below 0 agree as well: count both sides", lambda a, s, d: a * s * 0.5**d),
            check.mistake("that is the probability for one comparison", lambda a, s, d: 2 * 0.5**d),
            check.mistake(
                "that is the chance of one or more: asked is the number",
                lambda a, s, d: 1 - (1 - 2 * 0.5**d) ** (a * s),
            ),
            check.mistake("each draw is one coin: the power is the number of draws", lambda a, s, d: a * s * 0.5**2),
        ],
    )


@exercise
def check_verdict():
    """Exercise 3: helps, costs, or not shown."""

    def by(low, high):
        return "helps" if low > 0 else "costs" if high < 0 else "not shown"

    def paired(a, b, quantile=None):
        d = a - b
        q = quantile or stats.t.ppf(0.975, len(d) - 1)
        half = q * d.std(ddof=1) / np.sqrt(len(d))
        return by(d.mean() - half, d.mean() + half)

    def apart(a, b):
        found = stats.ttest_ind(a, b).confidence_interval()
        return by(found.low, found.high)

    def one_sign(a, b):
        return by((a - b).min(), (a - b).max())

    def by_mean(a, b):
        return by((a - b).mean(), (a - b).mean())

    def of_the_draws(a, b):
        d = a - b
        half = 1.96 * d.std(ddof=1)
        return by(d.mean() - half, d.mean() + half)

    def population(a, b):
        d = a - b
        half = stats.t.ppf(0.975, len(d) - 1) * d.std() / np.sqrt(len(d))
        return by(d.mean() - half, d.mean() + half)

    lucky = np.array([0.70, 0.78, 0.74, 0.81, 0.66])
    calm = np.array([0.70, 0.71, 0.70, 0.72, 0.71])
    three = np.array([0.75, 0.70, 0.80])
    given = [
        ("the example", np.array([0.80, 0.82, 0.81]), np.array([0.78, 0.83, 0.80])),
        ("draws far apart, gains alike", lucky + [0.011, 0.012, 0.009, 0.010, 0.013], lucky),
        ("the same, the other way", lucky - [0.021, 0.014, 0.029, 0.010, 0.013], lucky),
        ("one sign, one large gain", lucky + [0.002, 0.001, 0.090, 0.003, 0.004], lucky),
        ("one loss in five", lucky + [0.030, -0.002, 0.035, 0.028, 0.032], lucky),
        ("gains of very different size", calm + [0.10, 0.25, 0.15, 0.02, 0.12], calm),
        ("three draws", three + [0.02, 0.05, 0.03], three),
        ("four draws", np.array([0.6, 0.7, 0.5, 0.9]) + [0.01, 0.03, 0.017, 0.002], np.array([0.6, 0.7, 0.5, 0.9])),
    ]
    return check.Exercise(
        "verdict",
        cases=[check.case(a, b, expected=paired(a, b), name=name) for name, a, b in given],
        mistakes=[
            check.mistake("with minus without", lambda a, b: paired(b, a)),
            check.mistake("subtract draw by draw before you take the spread", apart),
            check.mistake("the standard deviation divides by n − 1", population),
            check.mistake("so few draws need Student's t in place of 1.96", lambda a, b: paired(a, b, 1.96)),
            check.mistake("divide by the root of n: asked is the interval of the mean", of_the_draws),
            check.mistake("equal signs are no interval", one_sign),
            check.mistake("a mean above 0 may be luck: take the interval", by_mean),
        ],
    )

"""The exercises of lesson 10a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_balance():
    """Exercise 1: the light from a white patch."""

    def balance(image, patch, light=None, clip=True):
        mean = image[patch].mean(axis=0) if light is None else light(image, patch)
        found = image / (mean / mean.max())
        return found.clip(0, 1) if clip else found

    def to_one(image, patch):
        return (image / image[patch].mean(axis=0)).clip(0, 1)

    def multiplied(image, patch):
        mean = image[patch].mean(axis=0)
        return (image * mean / mean.max()).clip(0, 1)

    def single(image, patch):
        return (image / (image[patch].mean() / image[patch].max())).clip(0, 1)

    rng = np.random.default_rng(3)
    picture = rng.uniform(0.05, 0.5, (4, 5, 3)) * [0.5, 0.7, 1.0]
    corner = np.zeros((4, 5), bool)
    corner[:2, :2] = True
    warm = rng.uniform(0.2, 0.9, (3, 3, 3)) * [1.0, 0.6, 0.3]
    warm[0, 0] = [0.9, 0.3, 0.25]
    row = np.zeros((3, 3), bool)
    row[2] = True
    small = np.array([[[0.3, 0.36, 0.6], [0.2, 0.2, 0.2]]])
    given = [
        ("one white pixel in blue light", small, np.array([[True, False]])),
        ("a corner in blue light", picture, corner),
        ("a row in warm light; some values leave the range", warm, row),
        ("no colour in the light", np.full((2, 2, 3), 0.4), np.ones((2, 2), bool)),
    ]
    return check.Exercise(
        "balance",
        cases=[check.case(*one, expected=balance(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("values above 1 do not exist: clip to 0..1", lambda i, p: balance(i, p, clip=False)),
            check.mistake(
                "that is the mean of the whole picture: only the patch is known to be white",
                lambda i, p: balance(i, p, lambda image, patch: image.mean(axis=(0, 1))),
            ),
            check.mistake("the light's largest channel is 1: else the picture gets brighter, too", to_one),
            check.mistake("seen = surface × light: the surface comes back by dividing", multiplied),
            check.mistake("a mean for each channel: the colour of the light is three numbers", single),
        ],
    )


@exercise
def check_half():
    """Exercise 2: where half is lost."""

    def half(strengths, accuracies, level=None, last=False, straight=True, none=None):
        limit = accuracies[0] / 2 if level is None else level(accuracies)
        below = [k for k in range(1, len(accuracies)) if accuracies[k] <= limit < accuracies[k - 1]]
        if not below:
            return none(strengths) if none else None
        k = below[-1 if last else 0]
        if not straight:
            return float(strengths[k])
        share = (accuracies[k - 1] - limit) / (accuracies[k - 1] - accuracies[k])
        return float(strengths[k - 1] + share * (strengths[k] - strengths[k - 1]))

    given = [
        ("between two strengths", np.array([0.0, 10, 20]), np.array([0.8, 0.6, 0.2])),
        ("strengths that are not evenly spaced", np.array([1.0, 5, 9, 19, 39]), np.array([0.8, 0.7, 0.5, 0.3, 0.1])),
        ("exactly at a strength", np.array([0.0, 2, 4]), np.array([0.6, 0.3, 0.1])),
        ("down, up and down again", np.array([0.0, 1, 2, 3]), np.array([0.8, 0.2, 0.6, 0.2])),
        ("never", np.array([0.0, 1, 2]), np.array([0.8, 0.7, 0.41])),
    ]
    return check.Exercise(
        "half_strength",
        cases=[check.case(*one, expected=half(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("half of the first accuracy, not 0.5", lambda s, a: half(s, a, lambda values: 0.5)),
            check.mistake("draw a straight line between the two strengths", lambda s, a: half(s, a, straight=False)),
            check.mistake("the first time that it falls so low", lambda s, a: half(s, a, last=True)),
            check.mistake(
                "where it never falls to half, return None", lambda s, a: half(s, a, none=lambda all_: float(all_[-1]))
            ),
            check.mistake(
                "half of the first accuracy, not half-way between the first and the last",
                lambda s, a: half(s, a, lambda values: (values[0] + values[-1]) / 2),
            ),
        ],
    )


@exercise
def check_choose():
    """Exercise 3: the same four names."""

    def choose(probabilities, options, together=sum):
        totals = {name: together([float(probabilities[k]) for k in places]) for name, places in options.items()}
        return max(totals, key=totals.get)

    def anything(probabilities, options):
        best = int(np.argmax(probabilities))
        return next((name for name, places in options.items() if best in places), best)

    rng = np.random.default_rng(5)
    many = rng.dirichlet(np.full(20, 0.3))
    simple = np.array([0.5, 0.1, 0.3, 0.06, 0.04])
    bear = np.array([0.02, 0.2, 0.3, 0.25, 0.23])
    given = [
        ("the best of all is no option", simple, {"lemon": [1], "fox": [2], "mug": [3], "key": [4]}),
        ("a class with two names", bear, {"fox": [2], "bear": [3, 4], "mug": [0], "key": [1]}),
        ("two names, both small", np.array([0.5, 0.08, 0.3, 0.07, 0.05]), {"fox": [3, 4], "mug": [1]}),
        ("two names, one large", np.array([0.25, 0.4, 0.05, 0.3]), {"hen": [1, 2], "duck": [3]}),
        ("by chance", many, {"a": [0, 1, 2], "b": [3], "c": [4, 5], "d": [6, 7, 8]}),
        ("by chance, other options", many, {"a": [9, 10], "b": [11, 12, 13], "c": [14], "d": [15, 16]}),
    ]
    return check.Exercise(
        "choose",
        cases=[check.case(*one, expected=choose(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake(
                "a class of several names gets the sum of their probabilities", lambda p, o: choose(p, o, max)
            ),
            check.mistake(
                "the sum, not the mean: two names for one thing share its probability",
                lambda p, o: choose(p, o, lambda values: sum(values) / len(values)),
            ),
            check.mistake("only the options count: the best of all classes may be none of them", anything),
        ],
    )


@exercise
def check_distance():
    """Exercise 4: what you know beforehand."""

    def between(pixels, focal, low, high, error=0.0):
        return focal * low / (pixels + error), focal * high / (pixels - error)

    def swapped(pixels, focal, low, high, error=0.0):
        return between(pixels, focal, low, high, error)[::-1]

    def no_error(pixels, focal, low, high, error=0.0):
        return between(pixels, focal, low, high)

    def wrong_way(pixels, focal, low, high, error=0.0):
        return focal * low / (pixels - error), focal * high / (pixels + error)

    def inverse(pixels, focal, low, high, error=0.0):
        return (pixels - error) * low / focal, (pixels + error) * high / focal

    given = [
        ("an adult, exactly measured", 100, 800, 1.5, 2.0, 0),
        ("an adult, to one pixel", 40, 800, 1.5, 2.0, 1),
        ("a far car, to two pixels", 12, 1200, 1.4, 1.6, 2),
        ("a thing of known size", 50, 500, 0.1, 0.1, 5),
    ]
    return check.Exercise(
        "distances",
        cases=[check.case(*one, expected=between(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("the nearest first: (nearest, farthest)", swapped),
            check.mistake("the measurement may be off by `error` pixels to both sides", no_error),
            check.mistake("nearest: the smallest thing, with the most pixels it may have", wrong_way),
            check.mistake("pixels = focal × height / distance: solve for the distance", inverse),
        ],
    )

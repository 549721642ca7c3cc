"""The exercises of lesson 05a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_prepare():
    """Exercise 1: prepare images for given weights."""

    def _grey(scaled):
        return np.repeat(scaled[..., None], 3, axis=-1).astype("float32")

    def imagenet(images):
        return ((_grey(images / 255) - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]).astype("float32")

    four = np.array([[[0, 127], [191, 255]]], np.uint8)
    wanted = np.repeat(np.array([[[-127 / 128, 0], [0.5, 1]]], "float32")[..., None], 3, axis=-1)
    wide = np.full((2, 3, 5), 63, np.uint8)
    return check.Exercise(
        "prepare",
        cases=[
            check.case(four, expected=wanted, name="four grey levels"),
            check.case(wide, expected=np.full((2, 3, 5, 3), -0.5, "float32"), name="two images, not square"),
        ],
        mistakes=[
            check.mistake("that is 0 to 1: these weights want -1 to 1", lambda x: _grey(x / 255)),
            check.mistake("mean and deviation of ImageNet's colours: right for other weights", imagenet),
            check.mistake("subtract before the type can hold less than 0", lambda x: _grey((x - np.uint8(127)) / 128)),
            check.mistake("not scaled: these are 0 to 255", lambda x: _grey(x)),
            check.mistake("colour comes last: (N, H, W, 3)", lambda x: np.moveaxis(_grey((x - 127.0) / 128), -1, 1)),
        ],
    )


@exercise
def check_nearest():
    """Exercise 2: the simplest classifier on features."""

    def to(features, labels, queries, reduce=np.mean, pick=np.argmin):
        centres = np.stack([reduce(features[labels == k], axis=0) for k in range(labels.max() + 1)])
        return pick(np.linalg.norm(queries[:, None] - centres[None], axis=2), axis=1)

    def neighbour(features, labels, queries):
        return labels[np.linalg.norm(queries[:, None] - features[None], axis=2).argmin(axis=1)]

    line = np.array([[0.0], [2], [10]])
    cross = np.array([[0.0, 0], [9, 0], [0, 9], [6, 6], [7, 6], [6, 7]])
    two = np.array([0, 0, 0, 1, 1, 1])
    near = np.array([[8.0, 0], [4.6, 4.2], [5, 5]])
    return check.Exercise(
        "nearest_mean",
        cases=[
            check.case(line, np.array([0, 0, 1]), np.array([[4.0], [6]]), expected=np.array([0, 1]), name="on a line"),
            check.case(cross, two, near, expected=np.array([0, 0, 1]), name="in a plane"),
            check.case(
                np.array([[1.0], [5], [6]]),
                np.array([2, 0, 1]),
                np.array([[2.0], [9]]),
                expected=np.array([2, 1]),
                name="labels not in order",
            ),
        ],
        mistakes=[
            check.mistake("that is the farthest mean: argmin, not argmax", lambda f, y, q: to(f, y, q, pick=np.argmax)),
            check.mistake("that is the nearest example: compare with the means of the classes", neighbour),
            check.mistake("the sum of the examples, not their mean", lambda f, y, q: to(f, y, q, reduce=np.sum)),
        ],
    )


@exercise
def check_scaled():
    """Exercise 3: scale without a leak."""

    def scale(train, test, mean_of=None, deviation_of=None, ddof=0, constant=0.0):
        mean = (train if mean_of is None else mean_of(train, test)).mean(axis=0)
        deviation = (train if deviation_of is None else deviation_of(train, test)).std(axis=0, ddof=ddof)
        with np.errstate(all="ignore"):
            both = [(one - mean) / deviation for one in (train, test)]
        return tuple(np.where(deviation > 0, one, constant) for one in both)

    def together(train, test):
        return np.concatenate([train, test])

    def own(train, test):
        return scale(train, train)[0], scale(test, test)[0]

    def kept(train, test):
        deviation = np.where(train.std(axis=0) > 0, train.std(axis=0), 1)
        return tuple((one - train.mean(axis=0)) / deviation for one in (train, test))

    def overall(train, test):
        return tuple((one - train.mean()) / train.std() for one in (train, test))

    rng = np.random.default_rng(5)
    small = np.array([[0.0], [2]]), np.array([[5.0]])
    wide = rng.normal([1, 20, -300], [0.1, 5, 90], (6, 3)), rng.normal([2, 10, -100], [0.3, 5, 90], (4, 3))
    still = np.array([[1.0, 7], [3, 7], [5, 7]]), np.array([[1.0, 7], [9, 8]])
    given = [("by hand", small), ("three columns of different size", wide), ("a column constant in training", still)]
    return check.Exercise(
        "scaled",
        cases=[check.case(*tables, expected=scale(*tables), name=name) for name, tables in given],
        mistakes=[
            check.mistake(
                "mean and deviation come from all rows: the test leaks in; take the training rows alone",
                lambda a, b: scale(a, b, together, together),
            ),
            check.mistake("each table is scaled by itself: the test rows get the numbers of the training rows", own),
            check.mistake("the deviation is that of NumPy, over N, not over N − 1", lambda a, b: scale(a, b, ddof=1)),
            check.mistake("a column that is constant in training has told nothing: it becomes 0 in both tables", kept),
            check.mistake(
                "a column that is constant in training gives a division by zero: it becomes 0 in both tables",
                lambda a, b: scale(a, b, constant=np.nan),
            ),
            check.mistake("column by column: a mean and a deviation for each, axis=0", overall),
        ],
    )

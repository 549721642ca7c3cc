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
def check_balanced():
    """Exercise 3: a fair draw."""

    def _last(labels, k):
        return np.concatenate([np.flatnonzero(labels == c)[-k:] for c in np.unique(labels)])

    def _first(labels, k):
        return np.concatenate([np.flatnonzero(labels == c)[:k] for c in np.unique(labels)])

    return check.Exercise(
        "balanced",
        cases=[
            check.case(np.array([1, 0, 1, 0, 0]), 2, expected=np.array([1, 3, 0, 2]), name="by hand"),
            check.case(
                np.array([2, 2, 2, 0, 1, 1, 0, 2]), 2, expected=np.array([3, 6, 4, 5, 0, 1]), name="three classes"
            ),
        ],
        mistakes=[
            check.mistake(
                "the first of the file: the classes are not balanced", lambda y, k: np.arange(k * (y.max() + 1))
            ),
            check.mistake("the last k of each class, not the first", _last),
            check.mistake("class after class: do not sort the places", lambda y, k: np.sort(_first(y, k))),
            check.mistake("the labels, not their places", lambda y, k: y[_first(y, k)]),
        ],
    )

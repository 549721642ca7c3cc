"""The exercises of lesson 04g."""

import numpy as np
from scipy import special

from helpers import check
from helpers.exercises import exercise


@exercise
def check_two_classes():
    """Exercise 1: two classes from one score."""
    return check.Exercise(
        "two_classes",
        cases=[
            check.case(0.0, expected=np.array([0.5, 0.5]), name="undecided"),
            check.case(2.0, expected=np.array([0.11920292, 0.88079708]), name="rather a cat"),
            check.case(-1000.0, expected=np.array([1.0, 0.0]), name="certainly not"),
            check.case(1000.0, expected=np.array([0.0, 1.0]), name="certainly"),
            check.case(50.0, expected=np.array([1.9287498e-22, 1.0]), name="a small p is kept"),
        ],
        mistakes=[
            check.mistake(
                "1 − p is 0 where p is rounded to 1: a small probability needs sigmoid(−z)",
                lambda z: np.array([1 - special.expit(z), special.expit(z)]),
            ),
            check.mistake("the order is (not cat, cat)", lambda z: np.array([special.expit(z), special.expit(-z)])),
            check.mistake(
                "that is softmax over (−z, z), which doubles the difference", lambda z: special.softmax([-z, z])
            ),
        ],
        atol=1e-30,
        warns=False,
    )


@exercise
def check_cross_entropy():
    """Exercise 2: cross-entropy from logits."""

    def wrong_cost(logits, labels):
        with np.errstate(all="ignore"):
            powers = np.exp(logits)
            return -np.log(powers[np.arange(len(labels)), labels] / powers.sum(axis=1)).mean()

    def half_mended(logits, labels):
        with np.errstate(all="ignore"):
            return -np.log(special.softmax(logits, axis=1)[np.arange(len(labels)), labels]).mean()

    def log_p(logits, labels):
        return special.log_softmax(logits, axis=1)[np.arange(len(labels)), labels]

    return check.Exercise(
        "cross_entropy",
        cases=[
            check.case(np.zeros((4, 10)), np.array([0, 3, 5, 9]), expected=2.302585, name="knows nothing: log 10"),
            check.case(np.array([[2.0, 1, 0], [0, 0, 5]]), np.array([1, 2]), expected=0.710496, name="two images"),
            check.case(np.array([[1000.0, 999], [0, 0]]), np.array([1, 1]), expected=1.00320443, name="logits of 1000"),
            check.case(np.array([[1000.0, 0], [0, 800]]), np.array([1, 1]), expected=500.0, name="a lead of 1000"),
        ],
        mistakes=[
            check.mistake("overflow: subtract the maximum of each row first", wrong_cost),
            check.mistake(
                "underflow: a probability of 0 has no logarithm; compute log p from the logits, without p", half_mended
            ),
            check.mistake("mean over the batch, not sum", lambda z, y: -log_p(z, y).sum()),
            check.mistake(
                "softmax runs over the classes, axis 1",
                lambda z, y: -special.log_softmax(z, axis=0)[np.arange(len(y)), y].mean(),
            ),
        ],
    )


@exercise
def check_binary():
    """Exercise 3: yes or no, with any score."""

    def costs(scores, labels, sign=1):
        z = sign * np.where(labels == 1, -scores, scores)
        return np.logaddexp(0, z)

    def from_p(scores, labels):
        with np.errstate(all="ignore"):
            p = special.expit(scores)
            return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()

    def clipped(scores, labels):
        p = special.expit(scores).clip(1e-7, 1 - 1e-7)
        return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()

    given = {
        "undecided: log 2": ([0.0, 0.0], [0, 1]),
        "two scores": ([2.0, -1.0], [1, 1]),
        "±1000, wrong": ([1000.0, -1000.0], [0, 1]),
        "±1000, right": ([1000.0, -1000.0], [1, 0]),
        "a small cost is kept": ([40.0, 40.0, -40.0], [1, 1, 0]),
    }
    given = {name: tuple(map(np.array, pair)) for name, pair in given.items()}
    return check.Exercise(
        "binary_cross_entropy",
        cases=[check.case(*one, expected=costs(*one).mean(), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake("the logarithm of a p that has become 0: compute from the score, without p", from_p),
            check.mistake("clipping p hides the cost of a sure mistake: it must grow with the score", clipped),
            check.mistake("mean over the batch, not sum", lambda z, y: costs(z, y).sum()),
            check.mistake("the sign: a high score is right where y = 1", lambda z, y: costs(z, y, -1).mean()),
            check.mistake(
                "yes and no both cost: y = 0 has its own term", lambda z, y: (y * np.logaddexp(0, -z)).mean()
            ),
        ],
        rtol=1e-4,
        atol=1e-25,
        warns=False,
    )

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
        ],
        mistakes=[
            check.mistake("the order is (not cat, cat)", lambda z: np.array([special.expit(z), special.expit(-z)])),
            check.mistake(
                "that is softmax over (−z, z), which doubles the difference", lambda z: special.softmax([-z, z])
            ),
        ],
    )


@exercise
def check_cross_entropy():
    """Exercise 2: cross-entropy from logits."""

    def wrong_cost(logits, labels):
        with np.errstate(all="ignore"):
            powers = np.exp(logits)
            return -np.log(powers[np.arange(len(labels)), labels] / powers.sum(axis=1)).mean()

    def log_p(logits, labels):
        return special.log_softmax(logits, axis=1)[np.arange(len(labels)), labels]

    return check.Exercise(
        "cross_entropy",
        cases=[
            check.case(np.zeros((4, 10)), np.array([0, 3, 5, 9]), expected=2.302585, name="knows nothing: log 10"),
            check.case(np.array([[2.0, 1, 0], [0, 0, 5]]), np.array([1, 2]), expected=0.710496, name="two images"),
            check.case(np.array([[1000.0, 0], [0, 800]]), np.array([1, 1]), expected=500.0, name="logits of 1000"),
        ],
        mistakes=[
            check.mistake("overflow: subtract the maximum of each row first", wrong_cost),
            check.mistake("mean over the batch, not sum", lambda z, y: -log_p(z, y).sum()),
            check.mistake(
                "softmax runs over the classes, axis 1",
                lambda z, y: -special.log_softmax(z, axis=0)[np.arange(len(y)), y].mean(),
            ),
        ],
    )


@exercise
def check_apply_dropout():
    """Exercise 3: dropout with a given draw."""
    four, draw_4 = np.array([1.0, 2, 3, 4]), np.array([0.1, 0.5, 0.2, 0.9])
    return check.Exercise(
        "apply_dropout",
        cases=[
            check.case(four, draw_4, 0.5, True, expected=np.array([0.0, 4, 0, 8]), name="half"),
            check.case(four, draw_4, 0.2, True, expected=np.array([0.0, 2.5, 3.75, 5]), name="a fifth"),
            check.case(four, draw_4, 0.2, False, expected=four, name="after training"),
        ],
        mistakes=[
            check.mistake("what is kept must be divided by 1 − rate", lambda x, d, r, t: x * (d >= r) if t else x),
            check.mistake(
                "divide by the share that is kept, 1 − rate", lambda x, d, r, t: x * (d >= r) / r if t else x
            ),
            check.mistake("rate is the probability of dropping", lambda x, d, r, t: x * (d < r) / r if t else x),
            check.mistake("nothing is dropped after training", lambda x, d, r, t: x * (d >= r) / (1 - r)),
        ],
    )

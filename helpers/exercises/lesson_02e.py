"""The exercises of lesson 02e."""

import numpy as np
from scipy.special import log_softmax, softmax

from helpers import check
from helpers.exercises import exercise


@exercise
def check_majority():
    """Exercise 1: the majority baseline."""
    sick, other = np.array([0] * 95 + [1] * 5), np.array([1, 1, 1, 0, 2])
    return check.Exercise(
        "majority_accuracy",
        cases=[
            check.case(sick, sick, expected=0.95, name="95 healthy of 100"),
            check.case(sick, other, expected=0.2, name="the test set differs from the training set"),
            check.case(np.array([3, 3, 7]), np.array([7, 7, 3, 3, 3]), expected=0.6, name="labels 3 and 7"),
        ],
        mistakes=[
            check.mistake(
                "take the most frequent label of y_train, not of y_test",
                lambda a, b: np.bincount(b).max() / len(b),
            ),
            check.mistake("that is the share in y_train", lambda a, b: np.bincount(a).max() / len(a)),
            check.mistake("that is the label itself", lambda a, b: int(np.bincount(a).argmax())),
            check.mistake("a count, not a share", lambda a, b: int(np.sum(b == np.bincount(a).argmax()))),
        ],
    )


@exercise
def check_entropy():
    """Exercise 2: cross-entropy from logits."""
    example = np.array([2.0, 1.0, 0.0])
    huge = np.array([1000.0, 998.0, 0.0])
    return check.Exercise(
        "cross_entropy",
        cases=[
            check.case(example, 0, expected=-log_softmax(example)[0], name="the example by hand"),
            check.case(np.zeros(10), 3, expected=2.302585, name="a blind guess among ten"),
            check.case(huge, 1, expected=-log_softmax(huge)[1], name="large logits"),
        ],
        mistakes=[
            check.mistake("the sign: a loss is not negative", lambda z, y: log_softmax(z)[y]),
            check.mistake("that is the probability: take −ln of it", lambda z, y: softmax(z)[y]),
            check.mistake("log10 instead of the natural logarithm", lambda z, y: -log_softmax(z)[y] / np.log(10)),
            check.mistake("that is the loss of the best class, not of the label", lambda z, y: -log_softmax(z).max()),
        ],
    )


@exercise
def check_pair():
    """Exercise 3: the worst pair."""

    def off(matrix):
        rest = matrix - np.diag(matrix.diagonal())
        return tuple(int(i) for i in np.unravel_index(rest.argmax(), rest.shape))

    def errors(matrix):
        return matrix.sum(axis=1) - matrix.diagonal()

    small = np.array([[90, 3, 7], [2, 96, 2], [1, 12, 87]])
    return check.Exercise(
        "worst_pair",
        cases=[
            check.case(small, expected=(2, 1), name="three classes"),
            check.case(np.array([[5, 4], [1, 8]]), expected=(0, 1), name="two classes"),
            check.case(np.diag([9, 9, 9, 9]) + np.eye(4, k=3, dtype=int), expected=(0, 3), name="one mistake only"),
        ],
        mistakes=[
            check.mistake(
                "the diagonal holds the right answers: leave it out",
                lambda m: np.unravel_index(m.argmax(), m.shape),
            ),
            check.mistake("rows are the true class, columns the predicted one", lambda m: off(m.T)),
            check.mistake("that is the class with the most mistakes, twice", lambda m: (int(errors(m).argmax()),) * 2),
        ],
    )

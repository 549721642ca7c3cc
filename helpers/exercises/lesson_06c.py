"""The exercises of lesson 06c."""

import numpy as np
from sklearn.linear_model import Ridge

from helpers import check
from helpers.detection import boxes as box_tools
from helpers.exercises import exercise


@exercise
def check_recall():
    """Exercise 1: recall of proposals."""
    true_two = np.array([[0, 0, 10, 10], [20, 20, 40, 40.0]])
    guesses = np.array([[50, 50, 60, 60], [0, 0, 10, 8], [0, 1, 10, 9], [20, 20, 40, 33.0]])
    return check.Exercise(
        "recall",
        cases=[
            check.case(guesses, true_two, 1, expected=0.0, name="the first hits nothing"),
            check.case(guesses, true_two, 3, expected=0.5, name="two on the same object"),
            check.case(guesses, true_two, 4, expected=1.0, name="all four"),
            check.case(guesses, true_two, 4, 0.7, expected=0.5, name="a stricter overlap"),
        ],
        mistakes=[
            check.mistake(
                "that is the share of proposals that hit (precision)",
                lambda p, t, n, v=0.5: (box_tools.iou(p[:n], t).max(axis=1) >= v).mean(),
            ),
            check.mistake(
                "all proposals are used, not the first ones",
                lambda p, t, n, v=0.5: (box_tools.iou(p, t).max(axis=0) >= v).mean(),
            ),
        ],
    )


@exercise
def check_part():
    """Exercise 2: who teaches the SVM?"""
    their_overlap = np.array([1.0, 1.0, 0.8, 0.5, 0.3, 0.29, 0.0])
    their_truth = np.array([True, False, False, False, False, False, False])
    return check.Exercise(
        "svm_part",
        cases=[
            check.case(their_overlap, their_truth, expected=np.array([1, 0, 0, 0, 0, -1, -1]), name="one object"),
            check.case(np.zeros(3), np.zeros(3, bool), expected=np.array([-1, -1, -1]), name="no object of the class"),
        ],
        mistakes=[
            check.mistake(
                "positive are the true boxes alone", lambda o, t: np.where(o >= 0.99, 1, np.where(o < 0.3, -1, 0))
            ),
            check.mistake("0.3 itself is left out", lambda o, t: np.where(t, 1, np.where(o <= 0.3, -1, 0))),
            check.mistake("what lies between is left out: 0", lambda o, t: np.where(t, 1, -1)),
            check.mistake(
                "0.5 is the rule of fine-tuning, not of the SVM",
                lambda o, t: np.where(t | (o >= 0.5), 1, np.where(o < 0.3, -1, 0)),
            ),
        ],
    )


@exercise
def check_ridge():
    """Exercise 3: ridge regression in one line."""
    ones, two_targets = np.ones((2, 1)), np.array([[2.0], [4.0]])
    some_x = np.random.default_rng(1).normal(size=(30, 6))
    some_t = np.random.default_rng(2).normal(size=(30, 4))
    ready = Ridge(alpha=10, fit_intercept=False).fit(some_x, some_t).coef_.T
    return check.Exercise(
        "ridge",
        cases=[
            check.case(ones, two_targets, 1.0, expected=np.array([[2.0]]), name="one feature, by hand"),
            check.case(ones, two_targets, 0.0, expected=np.array([[3.0]]), name="no penalty: the mean"),
            check.case(some_x, some_t, 10.0, expected=ready, name="four targets at once, against scikit-learn"),
        ],
        mistakes=[
            check.mistake("the penalty is left out", lambda x, t, p: np.linalg.solve(x.T @ x, x.T @ t)),
            check.mistake(
                "the penalty stands on the diagonal only, as λ times the unit matrix",
                lambda x, t, p: np.linalg.pinv(x.T @ x + p * np.ones((x.shape[1],) * 2)) @ x.T @ t,
            ),
        ],
    )

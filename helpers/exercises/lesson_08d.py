"""The exercises of lesson 08d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_ppv():
    """Exercise 1: the predictive value."""

    def bayes(sensitivity, specificity, prevalence):
        positive = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)
        return sensitivity * prevalence / positive if positive else np.nan

    return check.Exercise(
        "ppv",
        cases=[
            check.case(0.9, 0.9, 0.1, expected=0.5, name="one half"),
            check.case(0.67, 0.83, 0.01, expected=0.0382860, name="Wang et al., external, 1% ill"),
            check.case(0.8, 1.0, 0.0, expected=np.nan, name="nobody positive"),
        ],
        mistakes=[
            check.mistake("that is the sensitivity: it does not know the prevalence", lambda s, c, p: s),
            check.mistake(
                "the healthy are 1 − prevalence", lambda s, c, p: s * p / (s * p + (1 - c) * p) if p else np.nan
            ),
            check.mistake("false alarms come at the rate 1 − specificity", lambda s, c, p: bayes(s, 1 - c, p)),
        ],
    )


@exercise
def check_posterior():
    """Exercise 2: two results, one probability."""

    def joined(prevalence, tests, flip=False, odds_only=False, prior=True):
        odds = prevalence / (1 - prevalence) if prior else 1.0
        for sensitivity, specificity, positive in tests:
            positive = positive or flip
            odds *= sensitivity / (1 - specificity) if positive else (1 - sensitivity) / specificity
        return odds if odds_only else odds / (1 + odds)

    return check.Exercise(
        "posterior",
        cases=[
            check.case(0.1, [(0.9, 0.9, True), (0.9, 0.9, True)], expected=0.9, name="two positive"),
            check.case(
                0.3, [(0.75, 0.995, False), (0.8, 0.7, True)], expected=0.223090, name="PCR negative, CT positive"
            ),
            check.case(0.25, [], expected=0.25, name="no test"),
        ],
        mistakes=[
            check.mistake(
                "these are odds: the probability is odds / (1 + odds)", lambda p, t: joined(p, t, odds_only=True)
            ),
            check.mistake("a negative result has the ratio (1 − sens) / spec", lambda p, t: joined(p, t, flip=True)),
            check.mistake("begin with the prior odds p / (1 − p)", lambda p, t: joined(p, t, prior=False)),
        ],
        rtol=1e-4,
    )


@exercise
def check_metres_apart():
    """Exercise 3: metres from pixels."""

    def on_floor(point, homography, divide=True):
        u, v, w = np.asarray(homography) @ [*point, 1]
        return np.array([u, v]) / (w if divide else 1)

    def gap(first, second, matrix, **options):
        return float(np.linalg.norm(on_floor(first, matrix, **options) - on_floor(second, matrix, **options)))

    tilted = np.array([[0.02, 0.01, -4.0], [0.0, 0.05, -8.0], [0.0, 0.004, 0.2]])
    return check.Exercise(
        "metres_apart",
        cases=[
            check.case((0, 0), (3, 4), np.eye(3), expected=5.0, name="identity"),
            check.case((200, 300), (260, 300), tilted, expected=0.857143, name="a tilted camera"),
            check.case((200, 300), (200, 200), tilted, expected=3.003399, name="one behind the other"),
        ],
        mistakes=[
            check.mistake("divide by the third coordinate", lambda a, b, h: gap(a, b, h, divide=False)),
            check.mistake("that is the distance in pixels", lambda a, b, h: float(np.hypot(a[0] - b[0], a[1] - b[1]))),
            check.mistake("H maps columns: H @ point, not point @ H", lambda a, b, h: gap(a, b, np.transpose(h))),
        ],
        rtol=1e-4,
    )

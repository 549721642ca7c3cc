"""The exercises of lesson 09d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_differs():
    """Exercise 1: is the difference more than chance?"""

    def t_value(count):
        from scipy import stats

        return stats.t.ppf(0.975, count - 1)

    def _half(values, factor=None):
        values = np.asarray(values, float)
        factor = t_value(len(values)) if factor is None else factor
        return factor * values.std(ddof=1) / np.sqrt(len(values))

    def paired(a, b, factor=None):
        d = np.array(a, float) - np.array(b, float)
        return bool(abs(d.mean()) > _half(d, factor))

    def overlap(a, b):
        return bool(abs(np.mean(a) - np.mean(b)) > _half(a) + _half(b))

    def one_sided(a, b):
        d = np.array(a, float) - np.array(b, float)
        return bool(d.mean() > _half(d))

    base = [0.60, 0.66, 0.55, 0.63, 0.58]
    return check.Exercise(
        "differs",
        cases=[
            check.case([0.73, 0.72, 0.70, 0.75, 0.73], [0.71, 0.69, 0.71, 0.71, 0.71], expected=False, name="by hand"),
            check.case([b + d for b, d in zip(base, (0.02, 0.03, 0.02, 0.03, 0.02), strict=True)], base,
                       expected=True, name="a small lead in every draw"),
            check.case(base, [b + d for b, d in zip(base, (0.31, 0.30, 0.32, 0.31, 0.33), strict=True)],
                       expected=True, name="the second one is ahead"),
            check.case([b + d for b, d in zip(base, (0.30, 0.10, 0.28, 0.12, 0.25), strict=True)], base,
                       expected=True, name="a large lead that varies"),
            check.case([b + d for b, d in zip(base, (0.01, 0.05, 0.02, 0.06, 0.0), strict=True)], base,
                       expected=False, name="five draws: 2 standard errors are not enough"),
        ],
        mistakes=[
            check.mistake("overlap of the two scores' own margins is no criterion: take the differences", overlap),
            check.mistake("either may be ahead: take the absolute value", one_sided),
            check.mistake("with few draws 2 is too small: take t of n − 1", lambda a, b: paired(a, b, 2.0)),
            check.mistake("divide the standard deviation by the square root of n",
                          lambda a, b: paired(a, b, t_value(len(a)) * np.sqrt(len(a)))),
        ],
    )  # fmt: skip


@exercise
def check_choose():
    """Exercise 2: choose, then report."""

    def _text(scores):
        return f"{np.mean(scores):.2f} ({min(scores):.2f}–{max(scores):.2f})"

    def _choose(validation, test, key=np.mean, by=None):
        by = validation if by is None else by
        name = max(by, key=lambda one: key(by[one]))
        return name, _text(test[name])

    valid = {"start": [0.70, 0.72, 0.71], "bold": [0.75, 0.60, 0.62], "wide": [0.72, 0.73, 0.71]}
    test = {"start": [0.73, 0.74, 0.72], "bold": [0.70, 0.66, 0.61], "wide": [0.72, 0.68, 0.70]}
    other = {"a": [0.5, 0.9], "b": [0.6, 0.6]}, {"a": [1.0, 0.5], "b": [0.9, 0.8]}
    return check.Exercise(
        "choose",
        cases=[
            check.case(valid, test, expected=("wide", "0.70 (0.68–0.72)"), name="three settings"),
            check.case(*other, expected=("a", "0.75 (0.50–1.00)"), name="two draws, not in order"),
        ],
        mistakes=[
            check.mistake("the test scores have no say in the choice", lambda v, t: _choose(v, t, by=t)),
            check.mistake("choose by the mean, not by the luckiest draw", lambda v, t: _choose(v, t, max)),
            check.mistake("report the test scores, not the validation scores", lambda v, t: _choose(v, v)),
            check.mistake(
                "two decimals: 0.7 is printed as 0.70",
                lambda v, t: (
                    _choose(v, t)[0],
                    "{} ({}–{})".format(
                        *(round(float(f(t[_choose(v, t)[0]])), 2) for f in (np.mean, np.min, np.max)),
                    ),
                ),
            ),
        ],
    )


@exercise
def check_fold():
    """Exercise 3: what goes on is what was there."""

    def _fold(m, d, w, b, dead=0.0, shift=True, divide=True):
        scale = np.where(d > 0, 1 / np.where(d > 0, d, 1), dead)
        scale = scale if divide else d
        folded = w * scale[:, None]
        return folded, b - m @ folded if shift else b

    rng = np.random.default_rng(0)
    one = np.array([2.0]), np.array([4.0]), np.array([[8.0]]), np.array([1.0])
    many = rng.normal(size=4), rng.uniform(0.5, 2, 4), rng.normal(size=(4, 3)), rng.normal(size=3)
    still = many[0], np.array([0.5, 0.0, 2.0, 1.0]), many[2], many[3]
    return check.Exercise(
        "fold",
        cases=[
            check.case(*one, expected=(np.array([[2.0]]), np.array([-3.0])), name="by hand"),
            check.case(*many, expected=_fold(*many), name="four features, three classes"),
            check.case(*still, expected=_fold(*still), name="a feature that never changes"),
        ],
        mistakes=[
            check.mistake("the mean goes into the bias, too", lambda *a: _fold(*a, shift=False)),
            check.mistake("divide by the deviation, do not multiply", lambda *a: _fold(*a, divide=False)),
            check.mistake(
                "subtract the mean times the *folded* weights", lambda m, d, w, b: (_fold(m, d, w, b)[0], b - m @ w)
            ),
            check.mistake("a feature with d = 0 has z = 0: its weights become 0", lambda *a: _fold(*a, dead=1.0)),
        ],
    )

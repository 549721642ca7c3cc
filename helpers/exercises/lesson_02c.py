"""The exercises of lesson 02c."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_limit():
    """Exercise 1: the largest learning rate."""
    given = [
        ("curvatures 1 and 4", [1.0, 4.0]),
        ("one direction", [0.2]),
        ("not in order", [3.0, 50.0, 0.01]),
        ("a long valley", [0.0045, 0.4955]),
    ]
    return check.Exercise(
        "rate_limit",
        cases=[check.case(np.array(a), expected=2 / max(a), name=name) for name, a in given],
        mistakes=[
            check.mistake("the steepest direction is the first to grow, not the flattest", lambda a: 2 / a.min()),
            check.mistake(
                "at 1/a the minimum is reached in one step; up to 2/a each step still shrinks", lambda a: 1 / a.max()
            ),
            check.mistake("each direction has its own limit: the smallest counts", lambda a: 2 / a.mean()),
            check.mistake("the directions do not add up: each shrinks or grows alone", lambda a: 2 / a.sum()),
            check.mistake("w becomes (1 − rate · a) w: for which rate is that factor −1?", lambda a: a.max() / 2),
        ],
    )


@exercise
def check_shared():
    """Exercise 2: one weight, used twice."""

    def slope(w, x, t, near=True, far=True, outer=True, inner=True):
        h = np.tanh(w * x)
        y = np.tanh(w * h)
        at_z = (y - t) * (1 - y**2 if outer else 1)
        return at_z * (h * near + w * (1 - h**2 if inner else 1) * x * far)

    given = [(0.5, 1.0, 1.0), (-0.8, 2.0, 0.3), (1.5, -0.4, -1.0), (0.0, 1.0, 1.0), (0.7, 3.0, 0.2)]
    return check.Exercise(
        "shared_slope",
        cases=[check.case(*one, expected=slope(*one), name="w {}, x {}, t {}".format(*one)) for one in given],
        mistakes=[
            check.mistake("two ways lead to the loss: the one through h is missing", lambda *a: slope(*a, far=False)),
            check.mistake(
                "two ways lead to the loss: the one straight to y is missing", lambda *a: slope(*a, near=False)
            ),
            check.mistake("the outer tanh has a slope too: 1 − y²", lambda *a: slope(*a, outer=False)),
            check.mistake("the inner tanh has a slope too: 1 − h²", lambda *a: slope(*a, inner=False)),
            check.mistake("the sign: the slope of ½ (y − t)² is y − t", lambda *a: -slope(*a)),
        ],
        rtol=1e-4,
        atol=1e-6,
    )


@exercise
def check_dead():
    """Exercise 3: dead units."""
    rng = np.random.default_rng(2)
    pictures = rng.random((30, 6))
    weights, biases = rng.normal(size=(6, 12)), np.full(12, -1.2)
    step = np.array([[1.0, 0.0], [0.0, 2.0]])
    still = np.array([[-1.0, 0.0], [0.0, 0.5]])
    pair = np.array([[-1.0, 1.0], [-1.0, -1.0]])

    def dead(x, w, b, bias=1, never=np.all, least=0.0):
        return [int(unit) for unit in np.flatnonzero(never(x @ w + bias * b <= least, axis=0))]

    return check.Exercise(
        "dead_units",
        cases=[
            check.case(step, pair, np.zeros(2), expected=[0], name="two pictures, two units"),
            check.case(step, -pair, np.array([0.0, -1.5]), expected=[], name="one each is enough to live"),
            check.case(step, still, np.array([0.0, -1.5]), expected=[0, 1], name="exactly 0"),
            check.case(pictures, weights, biases, expected=dead(pictures, weights, biases), name="twelve units"),
            check.case(step, np.zeros((2, 2)), np.array([0.1, 0.2]), expected=[], name="alive by the bias alone"),
        ],
        mistakes=[
            check.mistake("dead is off for every picture, not for some", lambda x, w, b: dead(x, w, b, never=np.any)),
            check.mistake("the bias can wake a unit, or put it to sleep", lambda x, w, b: dead(x, w, b, bias=0)),
            check.mistake("at exactly 0 the slope is 0 too", lambda x, w, b: dead(x, w, b, least=-1e-12)),
            check.mistake(
                "those are the living units", lambda x, w, b: [int(u) for u in np.flatnonzero((x @ w + b > 0).any(0))]
            ),
        ],
    )

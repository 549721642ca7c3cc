"""The exercises of lesson 10f."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_guessed_end():
    """Exercise 1: where does a walk end?"""
    rng = np.random.default_rng(0)
    data, noise, t = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), rng.random((4, 1))
    cases = [
        ("half of the way", np.array([[0.5]]), 0.5, np.array([[-3.0]])),
        ("the start", np.array([[1.0, 2]]), 0.0, np.array([[1.0, -1]])),
        ("the end, whatever v says", np.array([[1.0, 2]]), 1.0, np.array([[9.0, 9]])),
        ("a time for each row", (1 - t) * noise + t * data, t, data - noise),
        ("another mean velocity", rng.normal(size=(5, 2)), 0.3, rng.normal(size=(5, 2))),
    ]
    return check.Exercise(
        "guessed_end",
        cases=[check.case(x, t, v, expected=x + (1 - t) * v, name=name) for name, x, t, v in cases],
        mistakes=[
            check.mistake("that goes on for the time gone by, t: what is left is 1 − t", lambda x, t, v: x + t * v),
            check.mistake("that is the noise, where the walk began", lambda x, t, v: x - t * v),
            check.mistake("that goes on for a whole unit of time, as from t = 0", lambda x, t, v: x + v),
            check.mistake("velocity times time is a distance: multiply, do not divide", _divided),
        ],
    )


def _divided(x, t, v):
    with np.errstate(divide="ignore", invalid="ignore"):
        return x + v / np.maximum(1 - np.asarray(t), 1e-9)


@exercise
def check_appears():
    """Exercise 2: when does a detail appear?"""
    many = np.array([0.0, 0.26, 1, 6.4, 100])
    return check.Exercise(
        "appears",
        cases=[
            check.case(1.0, expected=0.5, name="spread 1"),
            check.case(3.0, expected=0.25, name="spread 3"),
            check.case(0.25, expected=0.8, name="less than the noise"),
            check.case(0.0, expected=1.0, name="no spread: only at the end"),
            check.case(many, expected=1 / (1 + many), name="an array"),
        ],
        mistakes=[
            check.mistake("that takes the variance σ²: spreads are compared, tσ = 1 − t", lambda s: 1 / (1 + s**2)),
            check.mistake("a large spread appears early: its time is small", lambda s: s / (1 + s)),
            check.mistake(
                "solve tσ = 1 − t for t: both sides hold t", lambda s: 1 / np.maximum(np.asarray(s, float), 1e-9)
            ),
        ],
    )


def _distances(a, b):
    return np.sqrt(((a[:, None] - b) ** 2).sum(axis=2))


def _copied(z_made, z_known, oneself=False, count=False, share=0.5, mean=False):
    between, away = _distances(z_known, z_known), _distances(z_made, z_known)
    if not oneself:
        np.fill_diagonal(between, np.inf)
    usual = between.min(axis=1)
    limit = usual.mean() if mean else usual[away.argmin(axis=1)]
    found = away.min(axis=1) < share * limit
    return found.sum() if count else float(found.mean())


@exercise
def check_copied():
    """Exercise 3: find the copies."""
    rng = np.random.default_rng(0)
    line = np.array([[0.0], [1], [10]])
    known = rng.normal(size=(40, 6)) * rng.choice([0.3, 1, 3], size=(40, 1))
    mixed = np.concatenate([known[:12] + 0.01 * rng.normal(size=(12, 6)), rng.normal(size=(18, 6))])
    near = known[rng.integers(40, size=50)] + 0.3 * rng.normal(size=(50, 6))
    return check.Exercise(
        "copied",
        cases=[
            check.case(np.array([[0.4]]), line, expected=1.0, name="a copy"),
            check.case(np.array([[1.6], [-0.6]]), line, expected=0.0, name="too far to be copies"),
            check.case(np.array([[7.0], [1.7], [14.6]]), line, expected=1 / 3, name="10 stands alone"),
            check.case(line.copy(), line, expected=1.0, name="the training data themselves"),
            check.case(mixed, known, expected=_copied(mixed, known), name="12 copies among 30"),
            check.case(near, known, expected=_copied(near, known), name="nearly copies"),
        ],
        mistakes=[
            check.mistake(
                "each training code is at distance 0 from itself: leave that out", lambda a, b: _copied(a, b, True)
            ),
            check.mistake("give the share, not the number", lambda a, b: _copied(a, b, count=True)),
            check.mistake("the limit is half of that distance", lambda a, b: _copied(a, b, share=1.0)),
            check.mistake(
                "take the distance of the training code that is nearest, not a mean over all",
                lambda a, b: _copied(a, b, mean=True),
            ),
        ],
    )

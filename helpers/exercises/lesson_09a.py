"""The exercises of lesson 09a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_compound():
    """Exercise 1: join two expressions."""
    smile, gape = {6: 1.0, 12: 0.8}, {12: 0.5, 26: 0.9}
    return check.Exercise(
        "compound",
        cases=[
            check.case(smile, gape, expected={6: 1.0, 12: 0.8, 26: 0.9}, name="a smile and an open mouth"),
            check.case({1: 0.2}, {1: 0.7, 4: 0.5}, expected={1: 0.7, 4: 0.5}, name="the second is stronger"),
            check.case({}, {9: 0.4}, expected={9: 0.4}, name="neutral and one unit"),
        ],
        mistakes=[
            check.mistake("a | b keeps the second's value, also where it is weaker", lambda a, b: a | b),
            check.mistake("the sum goes above 1", lambda a, b: {k: a.get(k, 0) + b.get(k, 0) for k in a | b}),
            check.mistake("only the units of the first", lambda a, b: {k: max(v, b.get(k, 0)) for k, v in a.items()}),
        ],
    )


@exercise
def check_name():
    """Exercise 2: name an expression by a rule."""
    book = {"happy": {6: 1.0, 12: 1.0}, "sad": {1: 1.0, 4: 0.7, 15: 1.0}, "surprise": {1: 1.0, 2: 1.0, 5: 1.0, 26: 0.9}}

    def _share(a, b):
        keys = a.keys() | b.keys()
        return sum(min(a.get(k, 0), b.get(k, 0)) for k in keys) / max(
            sum(max(a.get(k, 0), b.get(k, 0)) for k in keys), 1e-9
        )

    def _rule(units, known, limit=0.15, share=_share, pick=max):
        best = pick(known, key=lambda name: share(units, known[name]))
        return best if share(units, known[best]) >= limit else "neutral"

    def units_only(a, b):
        return len(a.keys() & b.keys()) / max(len(a.keys() | b.keys()), 1)

    return check.Exercise(
        "name_expression",
        cases=[
            check.case({12: 0.9, 6: 0.8}, book, expected="happy", name="a smile"),
            check.case({1: 0.9, 15: 0.8, 2: 0.1, 5: 0.1, 26: 0.1}, book, expected="sad", name="brows and corners"),
            check.case({12: 0.05, 6: 0.05, 1: 0.01}, book, expected="neutral", name="hardly anything moves"),
            check.case({}, book, expected="neutral", name="nothing moves"),
            check.case({12: 0.5, 6: 0.5}, book, 0.6, expected="neutral", name="a strict limit"),
        ],
        mistakes=[
            check.mistake("neutral is missing: use the limit", lambda u, k, limit=0.15: _rule(u, k, -1)),
            check.mistake("that is the smallest overlap", lambda u, k, limit=0.15: _rule(u, k, limit, pick=min)),
            check.mistake(
                "the intensities count, not only which units move",
                lambda u, k, limit=0.15: _rule(u, k, limit, units_only),
            ),
        ],
    )


@exercise
def check_change():
    """Exercise 3: how far apart are two images?"""
    dark, bright = np.full((4, 4), 3, np.uint8), np.full((4, 4), 5, np.uint8)
    return check.Exercise(
        "change",
        cases=[
            check.case(bright, dark, expected=2.0, name="5 and 3"),
            check.case(dark, bright, expected=2.0, name="3 and 5"),
            check.case(
                np.array([[0, 255]], np.uint8), np.array([[255, 0]], np.uint8), expected=255.0, name="as far as can be"
            ),
        ],
        mistakes=[
            check.mistake("uint8 wraps around: convert before you subtract", lambda a, b: float((a - b).mean())),
            check.mistake(
                "differences up and down cancel: take absolute values", lambda a, b: float((a.astype(float) - b).mean())
            ),
            check.mistake("that is the sum, not the mean", lambda a, b: float(np.abs(a.astype(float) - b).sum())),
        ],
    )

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
def check_limit():
    """Exercise 2: where does neutral end?"""

    def pick(calm, moved, cost=lambda c, m: c + m, last=False, reach=True, among=None):
        limits = np.unique(np.concatenate([calm, moved]) if among is None else among)
        errors = [cost(np.sum(calm >= one if reach else calm > one), np.sum(moved < one)) for one in limits]
        return float(limits[len(limits) - 1 - int(np.argmin(errors[::-1])) if last else int(np.argmin(errors))])

    few, rng = (np.array([0.1, 0.2, 0.4]), np.array([0.3, 0.5, 0.6])), np.random.default_rng(0)
    many = rng.beta(2, 8, 200).round(3), rng.beta(6, 4, 150).round(3)
    return check.Exercise(
        "neutral_limit",
        cases=[
            check.case(*few, expected=0.3, name="three and three"),
            check.case(np.array([0.2, 0.1]), np.array([0.5, 0.9, 0.7]), expected=0.5, name="apart"),
            check.case(np.array([0.3]), np.array([0.3, 0.2, 0.8]), expected=0.2, name="most are moved"),
            check.case(np.array([0.1, 0.4, 0.4]), np.array([0.4, 0.6]), expected=0.6, name="one limit on the border"),
            check.case(*many, expected=pick(*many), name="three hundred and fifty faces"),
        ],
        mistakes=[
            check.mistake("of equally good limits take the lowest", lambda c, m: pick(c, m, last=True)),
            check.mistake(
                "a calm face is an error where its overlap reaches the limit, not only above it",
                lambda c, m: pick(c, m, reach=False),
            ),
            check.mistake("calm faces that get a name are errors, too", lambda c, m: pick(c, m, lambda c, m: m)),
            check.mistake("moved faces that are missed are errors, too", lambda c, m: pick(c, m, lambda c, m: c)),
            check.mistake(
                "the middle of the two means is not what makes the fewest errors",
                lambda c, m: float((c.mean() + m.mean()) / 2),
            ),
            check.mistake(
                "the number of errors is not asked for, the limit is",
                lambda c, m: min(int(np.sum(c >= one) + np.sum(m < one)) for one in np.append(c, m)),
            ),
        ],
    )


@exercise
def check_risen():
    """Exercise 3: how far did the corners of the mouth rise?"""
    calm = np.array([[70.0, 80], [120, 80], [96, 110], [76, 140], [116, 140]])
    smile = calm + [[0, 0], [0, 0], [0, 0], [-4, -10], [4, -10]]
    crooked = calm + [[0, 0], [0, 0], [0, 0], [0, -10], [0, 0]]

    def seen(points, degrees, scale=1.0, shift=(0, 0)):
        turn = np.radians(degrees)
        matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        return points @ matrix * scale + shift

    def below(points, turn=True, unit=True, corners=(3, 4)):
        across = points[1] - points[0]
        length = np.linalg.norm(across)
        down = np.array([-across[1], across[0]]) / length if turn else np.array([0.0, 1.0])
        return (points[list(corners)].mean(axis=0) - points[:2].mean(axis=0)) @ down / (length if unit else 1)

    def rise(calm, now, **how):
        return float(below(calm, **how) - below(now, **how))

    return check.Exercise(
        "risen",
        cases=[
            check.case(calm, smile, expected=0.2, name="a smile"),
            check.case(calm, seen(calm, 25), expected=0.0, name="the head is tilted, nothing else"),
            check.case(calm, seen(calm, 0, 1.5, (9, -20)), expected=0.0, name="the head comes closer and to the side"),
            check.case(calm, seen(smile, -20, 0.6, (40, 30)), expected=0.2, name="a smile, tilted and far away"),
            check.case(seen(calm, 15), crooked, expected=0.1, name="one corner only"),
            check.case(smile, seen(calm, 90), expected=-0.2, name="the smile goes, the head lies"),
        ],
        mistakes=[
            check.mistake("y points down: a rise makes it smaller", lambda a, b: -rise(a, b)),
            check.mistake("measure along the face: the head is tilted", lambda a, b: rise(a, b, turn=False)),
            check.mistake("measure in eye distances, not in pixels", lambda a, b: rise(a, b, unit=False)),
            check.mistake(
                "measure from the eyes: head and camera move",
                lambda a, b: float((a[3:, 1].mean() - b[3:, 1].mean()) / np.linalg.norm(a[1] - a[0])),
            ),
            check.mistake("both corners count, their mean", lambda a, b: rise(a, b, corners=(3,))),
            check.mistake(
                "each photograph has an eye distance of its own",
                lambda a, b: rise(a, b, unit=False) / float(np.linalg.norm(a[1] - a[0])),
            ),
        ],
        atol=1e-6,
    )

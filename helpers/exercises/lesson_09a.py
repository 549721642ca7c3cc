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
            check.case(np.array([0.1, 0.2, 0.3, 0.4, 0.9]), np.array([0.05, 0.25]), expected=0.9, name="most are calm"),
            check.case(*many, expected=pick(*many), name="three hundred and fifty faces"),
        ],
        mistakes=[
            check.mistake(
                "count errors, not the sum of the two shares",
                lambda c, m: pick(c, m, lambda calm, moved: calm / len(c) + moved / len(m)),
            ),
            check.mistake("of equally good limits take the lowest", lambda c, m: pick(c, m, last=True)),
            check.mistake(
                "a calm face is an error where its overlap reaches the limit, not only above it",
                lambda c, m: pick(c, m, reach=False),
            ),
            check.mistake("the limit may also be the overlap of a calm face", lambda c, m: pick(c, m, among=m)),
            check.mistake("the limit may also be the overlap of a moved face", lambda c, m: pick(c, m, among=c)),
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
    """Exercise 3: did the corners of the mouth rise, or was it error?"""
    rest = np.array([[70.0, 80], [120, 80], [96, 110], [76, 140], [116, 140]])

    def lifted(left, right):
        return rest - [[0, 0], [0, 0], [0, 0], [0, left], [0, right]]

    def seen(points, degrees, scale=1.0, shift=(0, 0)):
        turn = np.radians(degrees)
        matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        return points @ matrix * scale + shift

    def below(points, turn=True, unit=True, corners=(3, 4)):
        across = points[1] - points[0]
        length = np.linalg.norm(across)
        down = np.array([-across[1], across[0]]) / length if turn else np.array([0.0, 1.0])
        return (points[list(corners)].mean(axis=0) - points[:2].mean(axis=0)) @ down / (length if unit else 1)

    def rise(calm, now, height=below, ddof=1, error=lambda s, n: s * np.sqrt(1 + 1 / n), **how):
        heights = np.array([height(points, **how) for points in calm])
        change = float(heights.mean() - height(now, **how))
        return change, float(error(heights.std(ddof=ddof), len(heights)))

    def minus(calm, now):
        change, error = rise(calm, now)
        return -change, error

    def pixels_first(calm, now):
        return rise(calm.mean(axis=0, keepdims=True), now, ddof=0)[0], rise(calm, now)[1]

    three = np.stack([lifted(1, 1), lifted(-1, -1), lifted(0, 0)])
    moving = np.stack(
        [seen(one, *view) for one, view in zip(three, ((25,), (-10, 1.6), (5, 0.7, (9, -20))), strict=True)]
    )
    five = np.stack(
        [seen(lifted(*one), 6 * sum(one), 1 + one[0] / 20) for one in ((0, 1), (2, 1), (-1, 0), (0, 0), (1, -2))]
    )
    two = np.stack([lifted(10, 10), seen(lifted(11, 11), -15)])
    smile, crooked = lifted(10, 10), lifted(10, 0)

    def case(calm, now, name):
        return check.case(calm, now, expected=rise(calm, now), name=name)

    return check.Exercise(
        "risen",
        cases=[
            check.case(three, smile, expected=(0.2, 0.02 * np.sqrt(4 / 3)), name="three calm faces and a smile"),
            case(three, seen(rest, 25), "the head is tilted, nothing else"),
            case(three, seen(rest, 0, 1.5, (9, -20)), "the head comes closer and to the side"),
            case(moving, seen(smile, -20, 0.6, (40, 30)), "the calm photographs move, too"),
            case(five, crooked, "five calm faces, one corner rises"),
            case(two, seen(rest, 90), "two smiles as calm ones, then the head lies"),
        ],
        mistakes=[
            check.mistake("y points down: a rise makes it smaller", minus),
            check.mistake("measure along the face: the head is tilted", lambda a, b: rise(a, b, turn=False)),
            check.mistake("measure in eye distances, not in pixels", lambda a, b: rise(a, b, unit=False)),
            check.mistake(
                "measure from the eyes: head and camera move",
                lambda a, b: rise(a, b, lambda one: one[3:, 1].mean() / np.linalg.norm(one[1] - one[0])),
            ),
            check.mistake("both corners count, their mean", lambda a, b: rise(a, b, corners=(3,))),
            check.mistake("average after aligning: the calm photographs do not lie on each other", pixels_first),
            check.mistake("divide by N − 1: the mean comes from the same photographs", lambda a, b: rise(a, b, ddof=0)),
            check.mistake(
                "the new photograph has an error, too", lambda a, b: rise(a, b, error=lambda s, n: s / np.sqrt(n))
            ),
            check.mistake("the mean of the calm ones has an error, too", lambda a, b: rise(a, b, error=lambda s, n: s)),
            check.mistake(
                "independent errors add as squares", lambda a, b: rise(a, b, error=lambda s, n: s + s / np.sqrt(n))
            ),
        ],
        atol=1e-6,
    )

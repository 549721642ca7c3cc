"""The exercises of lesson 06a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_customs():
    """Exercise 1: which custom is it?"""

    def possible(rows, width, height, strict=False, sides=True, border=True, only=None, every=all):
        first, last = np.array(rows, float)[:, :2], np.array(rows, float)[:, 2:]
        low = {"corners": first, "xywh": first, "centre": first - last / 2}
        high = {"corners": last, "xywh": first + last, "centre": first + last / 2}
        found = set()
        for name in low:
            good = [
                (not sides or (b > a).all())
                and (not border or (a.min() > 0 or not strict and a.min() == 0))
                and (not border or (b <= [width, height]).all() and not (strict and (b == [width, height]).any()))
                for a, b in zip(low[name][:only], high[name][:only], strict=True)
            ]
            found |= {name} if every(good) else set()
        return found

    def swapped(rows, width, height):
        return possible(rows, height, width)

    def halves_forgotten(rows, width, height):
        rows = np.array(rows, float)
        low, high = rows[:, :2] - rows[:, 2:], rows[:, :2] + rows[:, 2:]
        inside = (low >= 0).all() and (high <= [width, height]).all()
        return (possible(rows, width, height) - {"centre"}) | ({"centre"} if inside else set())

    files = {
        "one row that could be anything": (np.array([[10.0, 20, 30, 40]]), 60, 60),
        "a second row settles it": (np.array([[10.0, 20, 30, 40], [40, 20, 50, 45]]), 60, 60),
        "left, top, width, height alone": (np.array([[10.0, 20, 8, 40], [0, 0, 60, 60]]), 60, 60),
        "centres alone": (np.array([[30.0, 20, 60, 40], [50, 30, 20, 10], [59, 39, 2, 2]]), 60, 40),
        "a wide image, boxes to the border": (np.array([[40.0, 5, 100, 50], [2, 3, 90, 44]]), 100, 50),
        "a high image": (np.array([[5.0, 40, 20, 90]]), 60, 100),
        "corners or centres": (np.array([[30.0, 30, 40, 50], [25, 30, 30, 40]]), 55, 60),
        "no custom fits": (np.array([[5.0, 5, 4, 4], [80, 2, 90, 300]]), 100, 100),
    }
    return check.Exercise(
        "customs",
        cases=[check.case(*given, expected=possible(*given), name=name) for name, given in files.items()],
        mistakes=[
            check.mistake("every row must fit, not one of them", lambda *a: possible(*a, every=any)),
            check.mistake("the first row alone says too little: look at every row", lambda *a: possible(*a, only=1)),
            check.mistake("the sides must be positive: x1 < x2 and y1 < y2", lambda *a: possible(*a, sides=False)),
            check.mistake("a box may touch the border", lambda *a: possible(*a, strict=True)),
            check.mistake("a box must stay inside the image", lambda *a: possible(*a, border=False)),
            check.mistake("x is compared with the width, y with the height", swapped),
            check.mistake("a centre has half of the width on each side", halves_forgotten),
        ],
    )


@exercise
def check_giou():
    """Exercise 2: say how far."""

    def parts(a, b, least=0.0):
        shared = 1.0
        for k in (0, 1):
            shared *= max(least, min(a[k + 2], b[k + 2]) - max(a[k], b[k]))
        areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
        hull = np.prod([max(a[k + 2], b[k + 2]) - min(a[k], b[k]) for k in (0, 1)])
        return shared, sum(areas) - shared, float(hull), sum(areas)

    def giou(a, b):
        shared, union, hull, _ = parts(a, b)
        return shared / union - (hull - union) / hull

    pairs = {
        "the example": ((0, 0, 4, 4), (6, 0, 8, 4)),
        "farther apart": ((0, 0, 4, 4), (46, 0, 48, 4)),
        "partly over each other": ((0, 0, 4, 4), (2, 1, 6, 5)),
        "equal": ((1, 2, 3, 7), (1, 2, 3, 7)),
        "apart in x and in y": ((0, 0, 2, 2), (3, 5, 6, 9)),
        "one inside the other": ((0, 0, 8, 4), (2, 1, 4, 3)),
    }
    return check.Exercise(
        "giou",
        cases=[check.case(*pair, expected=giou(*pair), name=name) for name, pair in pairs.items()],
        mistakes=[
            check.mistake(
                "the union counts the shared part once",
                lambda a, b: (lambda s, u, h, t: s / t - (h - t) / h)(*parts(a, b)),
            ),
            check.mistake(
                "a negative side of the shared part is 0, not an area",
                lambda a, b: (lambda s, u, h, t: s / u - (h - u) / h)(*parts(a, b, -1e9)),
            ),
            check.mistake(
                "that is IoU: subtract what C holds in vain", lambda a, b: (lambda s, u, h, t: s / u)(*parts(a, b))
            ),
            check.mistake(
                "divide what C holds in vain by C, not by the union",
                lambda a, b: (lambda s, u, h, t: s / u - (h - u) / u)(*parts(a, b)),
            ),
            check.mistake(
                "the part is subtracted, not added", lambda a, b: (lambda s, u, h, t: s / u + (h - u) / h)(*parts(a, b))
            ),
        ],
    )


@exercise
def check_soften():
    """Exercise 3: soften the suppression."""

    def soften(overlaps, scores, resort=True, highest=True, rounds=None, factor=lambda value: 1 - value):
        now, left = list(scores), list(range(len(scores)))
        order = sorted(left, key=lambda k: -scores[k])
        while left and rounds != 0:
            rounds = None if rounds is None else rounds - 1
            choose = max if highest else min
            best = choose(left, key=lambda k: now[k]) if resort else next(k for k in order if k in left)
            left.remove(best)
            for other in left:
                now[other] *= factor(overlaps[best][other])
        return now

    chain = [[1, 0.6, 0.1], [0.6, 1, 0.6], [0.1, 0.6, 1]]
    four = [[1, 0, 0.5, 0.2], [0, 1, 0.25, 0.9], [0.5, 0.25, 1, 0], [0.2, 0.9, 0, 1]]
    cases = {
        "the example": (chain, [0.9, 0.8, 0.7]),
        "not in order": (four, [0.3, 0.9, 0.8, 0.85]),
        "nobody overlaps": ([[1, 0], [0, 1]], [0.2, 0.6]),
        "one box": ([[1]], [0.5]),
        "no box": ([], []),
    }
    return check.Exercise(
        "soften",
        cases=[check.case(*given, expected=soften(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake("take the highest of the scores as they are now", lambda o, s: soften(o, s, resort=False)),
            check.mistake("start with the highest score", lambda o, s: soften(o, s, highest=False)),
            check.mistake("repeat until no box is left", lambda o, s: soften(o, s, rounds=1)),
            check.mistake("multiply by 1 − IoU, not by the IoU", lambda o, s: soften(o, s, factor=lambda value: value)),
            check.mistake(
                "nothing is dropped: scores fall step by step",
                lambda o, s: soften(o, s, factor=lambda value: float(value <= 0.5)),
            ),
        ],
    )

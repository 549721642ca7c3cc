"""The exercises of lesson 10b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_height():
    """Exercise 1: the horizon as a ruler."""

    def height(foot, head, horizon, camera):
        return camera * (foot - head) / (foot - horizon)

    given = [
        ("a person whose head is above the horizon", 300, 180, 200, 1.5),
        ("a child, all below the horizon", 400, 300, 200, 1.6),
        ("as tall as the camera stands high", 350, 120, 120, 1.7),
        ("a mast, far away, seen from a tower", 260, 190, 230, 25.0),
    ]
    return check.Exercise(
        "height",
        cases=[check.case(*one, expected=height(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake(
                "the camera's height spans from foot to horizon: divide by that", lambda f, t, h, c: c * (f - t) / f
            ),
            check.mistake("divide by foot − horizon, not by the head's row", lambda f, t, h, c: c * (f - t) / t),
            check.mistake(
                "the other way round: camera height per row, times the thing's rows",
                lambda f, t, h, c: c * (f - h) / (f - t),
            ),
            check.mistake(
                "that is how far the head is above the horizon; the thing begins at its foot",
                lambda f, t, h, c: c * (h - t) / (f - h),
            ),
            check.mistake(
                "rows are counted down: the foot has the larger number", lambda f, t, h, c: c * (t - f) / (f - h)
            ),
        ],
    )


@exercise
def check_order():
    """Exercise 2: who stands in front."""

    def order(pairs, reverse=False, circle=None):
        left, found = sorted({name for pair in pairs for name in pair}), []
        while left:
            free = [name for name in left if not any(behind == name and front in left for front, behind in pairs)]
            if not free:
                return found + left if circle else None
            found, left = found + free[:1], [name for name in left if name != free[0]]
        return found[::-1] if reverse else found

    def first_met(pairs):
        return list(dict.fromkeys(name for pair in pairs for name in pair))

    def good(pairs):
        names = {name for pair in pairs for name in pair}

        def holds(got):
            got = list(got)
            whole = len(got) == len(names) and set(got) == names
            return whole and all(got.index(front) < got.index(behind) for front, behind in pairs)

        return check.that(f"{len(names)} names, each one before what it covers", holds)

    chain = [("cup", "book"), ("book", "desk")]
    mixed = [("desk", "wall"), ("lamp", "desk"), ("cup", "lamp"), ("cup", "wall")]
    fork = [("d", "b"), ("c", "a"), ("e", "d"), ("e", "c"), ("b", "a")]
    circle = [("1", "2"), ("2", "3"), ("3", "4"), ("4", "1")]
    late = [("hat", "cat"), ("cat", "mat"), ("mat", "cat")]
    return check.Exercise(
        "front_to_back",
        cases=[
            check.case(chain, expected=good(chain), name="a chain"),
            check.case(mixed, expected=good(mixed), name="pairs in any order"),
            check.case(fork, expected=good(fork), name="two ways down"),
            check.case(circle, expected=None, name="four cards in a circle"),
            check.case(late, expected=None, name="a circle behind a hat"),
        ],
        mistakes=[
            check.mistake("from front to back: what covers comes first", lambda pairs: order(pairs, reverse=True)),
            check.mistake(
                "where pairs run in a circle there is no order: return None", lambda p: order(p, circle=True)
            ),
            check.mistake("the order in which names are met is not the order of depth", first_met),
        ],
    )


@exercise
def check_consistent():
    """Exercise 3: seen by both."""

    def consistent(left, right, tolerance, sign=-1, wrap=False, outside=False, strict=False, same=False):
        rows, columns = np.indices(left.shape)
        there = columns if same else columns + sign * left
        inside = (there >= 0) & (there < left.shape[1])
        back = right[rows, there % left.shape[1] if wrap else np.where(inside, there, 0)]
        near = np.abs(left - back) < tolerance if strict else np.abs(left - back) <= tolerance
        return near if wrap else np.where(inside, near, outside)

    rng = np.random.default_rng(2)
    step = np.array([[0, 0, 1, 1, 4, 1]]), np.array([[0, 1, 1, 3, 1, 2]])
    edge = np.full((2, 5), 2), np.full((2, 5), 2)
    noise = rng.integers(0, 5, (6, 9)), rng.integers(0, 5, (6, 9))
    given = [("one row", *step, 0), ("nothing left of the border", *edge, 1), ("a tolerance of 1", *noise, 1)]
    given += [("a tolerance of 2", noise[1], noise[0], 2)]
    return check.Exercise(
        "consistent",
        cases=[check.case(*one, expected=consistent(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake(
                "column −1 is outside the image, not its last column", lambda a, b, t: consistent(a, b, t, wrap=True)
            ),
            check.mistake(
                "what falls outside is not seen by both: False", lambda a, b, t: consistent(a, b, t, outside=True)
            ),
            check.mistake(
                "in the right view things lie farther left: x − d", lambda a, b, t: consistent(a, b, t, sign=1)
            ),
            check.mistake(
                "compare with the pixel at x − d of the right view, not at x",
                lambda a, b, t: consistent(a, b, t, same=True),
            ),
            check.mistake(
                "a difference of exactly `tolerance` counts", lambda a, b, t: consistent(a, b, t, strict=True)
            ),
        ],
    )

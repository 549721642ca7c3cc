"""The exercises of lesson 04f."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_merge():
    """Exercise 1: merge two layers."""
    rng = np.random.default_rng(0)
    one = [[2.0]], [1.0], [[3.0]], [5.0]
    wide = rng.normal(size=(3, 8)), rng.normal(size=8), rng.normal(size=(8, 2)), rng.normal(size=2)
    square = tuple(rng.normal(size=shape) for shape in ((4, 4), 4, (4, 4), 4))
    given = {"the prompt's": tuple(map(np.array, one)), "3 → 8 → 2": wide, "4 → 4 → 4": square}

    def merged(k1, b1, k2, b2, through=True, second=True):
        return k1 @ k2, (b1 @ k2 if through else b1.mean()) + (b2 if second else 0)

    def other_order(k1, b1, k2, b2):
        return (k2 @ k1 if k1.shape[0] == k2.shape[1] else k1 @ k2), b1 @ k2 + b2

    return check.Exercise(
        "merge",
        cases=[check.case(*one, expected=merged(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake("the first bias, too, goes through the second kernel", lambda a, b, c, d: (a @ c, d)),
            check.mistake("the second bias is missing", lambda *g: merged(*g, second=False)),
            check.mistake("the first kernel stands on the left: x K₁ K₂", other_order),
        ],
    )


@exercise
def check_reduction():
    """Exercise 2: a reduction for a budget."""

    def largest(h, w, c, k, n, budget):
        return budget // (h * w * (c + k * k * n))

    given = {
        "the prompt's": (28, 28, 192, 5, 32, 20_000_000),
        "exactly the budget": (28, 28, 192, 5, 32, 12_443_648),
        "one less": (28, 28, 192, 5, 32, 12_443_647),
        "not a square": (14, 7, 480, 3, 208, 5_000_000),
        "not even one channel": (28, 28, 192, 5, 32, 700_000),
    }
    return check.Exercise(
        "largest_reduction",
        cases=[check.case(*one, expected=largest(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake(
                "the 1×1 costs, too: c for every channel that it keeps",
                lambda h, w, c, k, n, b: b // (h * w * k * k * n),
            ),
            check.mistake("the k×k is missing", lambda h, w, c, k, n, b: b // (h * w * c)),
            check.mistake("k×k has k² weights a channel, not k", lambda h, w, c, k, n, b: b // (h * w * (c + k * n))),
            check.mistake("every weight works at all H · W positions", lambda h, w, c, k, n, b: b // (c + k * k * n)),
            check.mistake("a channel is whole: round down", lambda h, w, c, k, n, b: b / (h * w * (c + k * k * n))),
            check.mistake(
                "round down: the branch must stay within the budget",
                lambda h, w, c, k, n, b: -(-b // (h * w * (c + k * k * n))),
            ),
        ],
        rtol=0,
    )


@exercise
def check_ways():
    """Exercise 3: three ways to shrink."""

    def ways(size, c, n, half=True, third=None, large=True):
        small, full = (size // 2) ** 2, size**2
        weights = 9 * c
        return (
            (small if half else full) * weights * n,
            (full if large else small) * weights * n,
            (small if half else full) * weights * (n - c if third is None else third(c, n)),
        )

    given = {"28, 192 to 384": (28, 192, 384), "8, 16 to 24": (8, 16, 24), "56, 64 to 256": (56, 64, 256)}
    return check.Exercise(
        "ways",
        cases=[check.case(*one, expected=ways(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake(
                "after the pooling, or with stride 2, there are a quarter of the positions",
                lambda *g: ways(*g, half=False),
            ),
            check.mistake("the second convolution still works on the large map", lambda *g: ways(*g, large=False)),
            check.mistake(
                "side by side, the pooling brings c of the n channels", lambda *g: ways(*g, third=lambda c, n: n)
            ),
            check.mistake(
                "side by side, n − c kernels are left, not half of them", lambda *g: ways(*g, third=lambda c, n: n // 2)
            ),
        ],
        rtol=0,
    )

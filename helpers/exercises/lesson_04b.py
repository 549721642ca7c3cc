"""The exercises of lesson 04b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_pool():
    """Exercise 1: max pooling as a library does it."""
    digits = "301274 157931 275513 013178 421628 245239"
    grid = np.array([[int(digit) for digit in row] for row in digits.split()])

    def windows(image, size, stride, padding, value=-np.inf, sides=None):
        padded = np.pad(image.astype(float), padding if sides is None else sides, constant_values=value)
        return np.lib.stride_tricks.sliding_window_view(padded, (size, size))[::stride, ::stride]

    def pooled(image, size, stride, padding, **options):
        return windows(image, size, stride, padding, **options).max(axis=(2, 3))

    given = {
        "2 × 2, stride 2": (grid, 2, 2, 0),
        "3 × 3, stride 2": (grid, 3, 2, 0),
        "3 × 3, stride 2, padding 1": (grid, 3, 2, 1),
        "negative values, padding 1": (-grid - 1, 3, 3, 1),
        "not a square": (grid[:5, :3] - 4, 2, 1, 1),
    }
    return check.Exercise(
        "max_pool",
        cases=[check.case(*one, expected=pooled(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake("that is the mean", lambda *g: windows(*g, value=0).mean(axis=(2, 3))),
            check.mistake("the stride is not used", lambda i, f, s, p: pooled(i, f, 1, p)),
            check.mistake("the padding is not used", lambda i, f, s, p: pooled(i, f, s, 0)),
            check.mistake("a padding of 0 wins over negative values: pad with -inf", lambda *g: pooled(*g, value=0)),
            check.mistake(
                "pad on each of the four sides", lambda i, f, s, p: pooled(i, f, s, p, sides=((0, p), (0, p)))
            ),
        ],
    )


@exercise
def check_splits():
    """Exercise 2: how many splits?"""
    bell = np.exp(-(np.arange(-2, 3) ** 2) / (2 * 1.3**2))
    laplace = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    random = np.random.default_rng(4).normal(size=(7, 5))

    def needed(kernel, share, power=2, slack=1e-9, more=0):
        values = np.linalg.svd(kernel, compute_uv=False) ** power
        return int(np.argmax(np.cumsum(values) / values.sum() >= share - slack)) + 1 + more

    given = {
        "Sobel, all of it": (np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]), 1.0),
        "Gaussian, 5 × 5, all of it": (np.outer(bell, bell), 1.0),
        "Laplace, all of it": (laplace, 1.0),
        "Laplace, 95 %": (laplace, 0.95),
        "diagonal 3, 2, 1, 60 %": (np.diag([3.0, 2, 1]), 0.6),
        "random, 7 × 5, 80 %": (random, 0.8),
        "random, 7 × 5, all of it": (random, 1.0),
    }
    return check.Exercise(
        "splits_needed",
        cases=[check.case(*one, expected=needed(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake(
                "energy is the sum of the squares: square the singular values", lambda *g: needed(*g, power=1)
            ),
            check.mistake("that is the rank: use the share", lambda k, share: int(np.linalg.matrix_rank(k))),
            check.mistake(
                "allow for rounding: the shares of floats do not add up to exactly 1",
                lambda k, share: min(k.shape) if share == 1 else needed(k, share),
            ),
            check.mistake("one too few: count from 1, not from 0", lambda *g: needed(*g, more=-1)),
        ],
        rtol=0,
    )


@exercise
def check_costs():
    """Exercise 3: count before you build."""

    def count(size, kernel, channels, filters, stride, one=True, mix=True):
        places = (size - kernel) // stride + 1 if one else size
        standard = places**2 * kernel**2 * channels * filters
        depthwise = places**2 * kernel**2 * channels
        return standard, depthwise + places**2 * (channels if mix else 1) * filters

    return check.Exercise(
        "costs",
        cases=[
            check.case(12, 5, 3, 256, 1, expected=(1_228_800, 53_952), name="the lecture's layer"),
            check.case(58, 3, 128, 128, 1, expected=(462_422_016, 54_992_896), name="56 × 56 out, 128 channels"),
            check.case(9, 3, 8, 16, 2, expected=(18_432, 3_200), name="stride 2"),
        ],
        mistakes=[
            check.mistake("count the outputs, not the inputs", lambda *g: count(*g, one=False)),
            check.mistake("the stride is not used", lambda *g: count(*g[:4], 1)),
            check.mistake("a 1 × 1 kernel reads every channel", lambda *g: count(*g, mix=False)),
            check.mistake("the other way round", lambda *g: count(*g)[::-1]),
        ],
    )

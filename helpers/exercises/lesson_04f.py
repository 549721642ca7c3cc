"""The exercises of lesson 04f."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_conv_1x1():
    """Exercise 1: a 1×1 convolution."""
    tiny = np.arange(12.0).reshape(2, 2, 3)
    first_channel, two = np.array([[1.0], [0], [0]]), np.array([[1.0, 0], [1, 0], [1, 2]])
    return check.Exercise(
        "conv_1x1",
        cases=[
            check.case(tiny, first_channel, np.zeros(1), expected=tiny[..., :1], name="keep channel 0"),
            check.case(
                tiny[:1], two, np.array([10.0, 0]), expected=np.array([[[13.0, 4], [22, 10]]]), name="with bias"
            ),
            check.case(
                np.ones((3, 4, 2)), np.ones((2, 5)), np.zeros(5), expected=np.full((3, 4, 5), 2.0), name="all ones"
            ),
        ],
        mistakes=[
            check.mistake("the bias is not added", lambda image, kernel, bias: image @ kernel),
            check.mistake("sum over channels, not mean", lambda i, k, b: i @ k / len(k) + b),
            check.mistake("the axes come out as (N, H, W)", lambda i, k, b: np.moveaxis(i @ k + b, 2, 0)),
        ],
    )


@exercise
def check_branch_cost():
    """Exercise 2: the branch under a budget."""
    return check.Exercise(
        "branch_cost",
        cases=[
            check.case(28, 28, 192, 16, 5, 32, expected=12443648, name="5×5 branch of module 3a"),
            check.case(28, 28, 192, 96, 3, 128, expected=101154816, name="3×3 branch of module 3a"),
            check.case(7, 14, 10, 5, 3, 2, expected=13720, name="a map that is not square"),
        ],
        mistakes=[
            check.mistake("the 1×1 layer is missing", lambda h, w, c, r, k, n: h * w * k * k * r * n),
            check.mistake(
                "that is the naive branch, without reduction", lambda h, w, c, r, k, n: h * w * k * k * c * n
            ),
            check.mistake(
                "those are parameters: each is used at every position",
                lambda h, w, c, r, k, n: c * r + k * k * r * n,
            ),
            check.mistake("k×k has k² weights a channel", lambda h, w, c, r, k, n: h * w * (c * r + k * r * n)),
        ],
    )


@exercise
def check_sizes():
    """Exercise 3: the stem of Inception v4."""

    def follow_rule(rule):
        """Return a function of (start, steps) that applies rule(size, kernel, stride, padding) step by step."""

        def follow(start, steps):
            found = [start]
            for kernel, stride, padding in steps:
                found.append(rule(found[-1], kernel, stride, padding))
            return found

        return follow

    short = follow_rule(lambda n, k, s, p: (n - k + 2 * p) // s)
    one_side = follow_rule(lambda n, k, s, p: (n - k + p) // s + 1)
    fraction = follow_rule(lambda n, k, s, p: (n - k + 2 * p) / s + 1)
    no_start = follow_rule(lambda n, k, s, p: (n - k + 2 * p) // s + 1)
    stem_steps, stem_sizes = [(3, 2, 0), (3, 1, 0), (3, 1, 1), (3, 2, 0)], [299, 149, 147, 147, 73]
    return check.Exercise(
        "sizes",
        cases=[
            check.case(299, stem_steps, expected=stem_sizes, name="the stem"),
            check.case(36, [(3, 2, 0), (3, 2, 0)], expected=[36, 17, 8], name="rounded down"),
            check.case(10, [], expected=[10], name="no step"),
        ],
        mistakes=[
            check.mistake("the + 1 is missing", short),
            check.mistake("padding counts on both sides: 2 · padding", one_side),
            check.mistake("round down: // and not /", fraction),
            check.mistake("the list starts with the input's size", lambda n, steps: no_start(n, steps)[1:]),
        ],
    )

"""Answers to the exercises of lesson 04f."""

import numpy as np

from helpers import arithmetic
from helpers.layers import conv
from tests.answers import Answers


def by_probing(kernel1, bias1, kernel2, bias2):
    def both(x):
        return (x @ kernel1 + bias1) @ kernel2 + bias2

    bias = both(np.zeros(len(kernel1)))
    return both(np.eye(len(kernel1))) - bias, bias


def by_one_matrix(kernel1, bias1, kernel2, bias2):
    whole = np.einsum("cm,mn->cn", np.vstack([kernel1, bias1]), kernel2)
    return whole[:-1], whole[-1] + bias2


def cost(height, width, c, r, k, n):
    net = [conv(r, 1, bias=False), conv(n, k, padding="same", bias=False)]
    return arithmetic.multiply_adds(net, (height, width, c))


def by_counting(height, width, c, k, n, budget):
    r = 0
    while cost(height, width, c, r + 1, k, n) <= budget:
        r += 1
    return r


def by_flooring(height, width, c, k, n, budget):
    return int(np.floor(budget / (height * width * c + height * width * k**2 * n)))


def by_calculator(size, c, n):
    half = (size // 2, size // 2, c)
    first = arithmetic.multiply_adds(conv(n, 3, padding="same"), half)
    second = arithmetic.multiply_adds(conv(n, 3, padding="same"), (size, size, c))
    return first, second, arithmetic.multiply_adds(conv(n - c, 3, 2, "same"), (size, size, c))


def by_share(size, c, n):
    whole = size * size * 9 * c * n
    return [whole // 4, whole, whole // 4 * (n - c) // n]


ANSWERS = {
    "check_merge": Answers(
        right={"probing": by_probing, "one matrix": by_one_matrix},
        wrong={
            "the prompt's numbers": lambda k1, b1, k2, b2: (np.array([[6.0]]), np.array([8.0])),
            "sums": lambda k1, b1, k2, b2: (k1 @ k2, b1.sum() + b2),
            "the kernel alone": lambda k1, b1, k2, b2: k1 @ k2,
        },
        announced={
            "the first bias, too": lambda k1, b1, k2, b2: (k1 @ k2, b2),
            "the second bias is missing": lambda k1, b1, k2, b2: (k1 @ k2, b1 @ k2),
        },
    ),
    "check_reduction": Answers(
        right={"counting up": by_counting, "floor": by_flooring},
        wrong={
            "the prompt's number": lambda *given: 25,
            "the network's": lambda *given: 16,
            "one more": lambda *given: by_counting(*given) + 1,
        },
        announced={
            "the 1×1 costs, too": lambda h, w, c, k, n, b: b // (h * w * k * k * n),
            "round down": lambda h, w, c, k, n, b: b / (h * w * (c + k * k * n)),
        },
    ),
    "check_ways": Answers(
        right={"the calculator": by_calculator, "shares, a list": by_share},
        wrong={
            "factors": lambda size, c, n: (1, 4, 0.5),
            "three times the same": lambda size, c, n: (size * size * 9 * c * n,) * 3,
            "with biases": lambda size, c, n: tuple(value + n for value in by_calculator(size, c, n)),
        },
        announced={
            "brings c of the n channels": lambda size, c, n: (*by_calculator(size, c, n)[:2], by_share(size, c, n)[0]),
            "a quarter of the positions": lambda size, c, n: tuple(
                size * size * 9 * c * value for value in (n, n, n - c)
            ),
        },
    ),
}

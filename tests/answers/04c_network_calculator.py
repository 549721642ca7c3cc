"""Answers to the exercises of lesson 04c."""

import numpy as np

from helpers import arithmetic
from helpers.layers import conv, dense, depthwise, flatten, global_pool, pool
from tests.answers import Answers


def by_the_calculator(wanted):
    count = 0
    while arithmetic.receptive_field(net(count), (4096, 4096, 1))[0] < wanted:
        count += 1
    return count


def net(count):
    return [conv(1, 3, padding="same"), conv(1, 3, padding="same"), pool(2)] * count


def by_formula(wanted):
    return int(np.ceil(np.log2((wanted - 1) / 5 + 1)))  # 1 + 5 · (2 ** n - 1)


def without_pools(wanted):
    return -(-(wanted - 1) // 5)


def by_division(parameters, outputs, memory, optimizer):
    free = memory - parameters * {"adam": 16, "momentum": 12, "sgd": 8}[optimizer]
    return 0 if free < 0 else int(free / (4 * outputs))


def by_counting(parameters, outputs, memory, optimizer):
    used, count = 4 * parameters * (2 + ["sgd", "momentum", "adam"].index(optimizer)), 0
    while used + 4 * outputs <= memory:
        used, count = used + 4 * outputs, count + 1
    return count


def weights_alone(parameters, outputs, memory, optimizer):
    return max((memory - 4 * parameters) // (4 * outputs), 0)


def always_adam(parameters, outputs, memory, optimizer):
    return by_division(parameters, outputs, memory, "adam")


def four_blocks():
    return [part for n in range(4) for part in (conv(8 * 2**n, 3, padding="same"), pool(2))] + [flatten(), dense(10)]


def separable():
    blocks = [[depthwise(5, 2, "same"), conv(width, 1)] for width in (16, 32, 64, 64)]
    return [blocks, global_pool(), dense(10)]


ANSWERS = {
    "check_blocks": Answers(
        right={"the calculator": by_the_calculator, "logarithm": by_formula},
        wrong={
            "the prompt's numbers": lambda wanted: 3 if wanted <= 32 else 6,
            "divide by six": lambda wanted: wanted // 6,
            "halvings": lambda wanted: int(np.log2(wanted)),
        },
        announced={
            "the pools double the steps": without_pools,
            "one pixel needs no block": lambda wanted: max(by_formula(wanted), 1),
        },
    ),
    "check_batch": Answers(
        right={"division": by_division, "counting": by_counting},
        wrong={
            "the prompt's number": lambda *given: 95,
            "the outputs alone": lambda parameters, outputs, memory, optimizer: memory // (4 * outputs),
            "rounded up": lambda *given: by_division(*given) + 1,
        },
        announced={
            "the weights alone": weights_alone,
            "the optimiser matters": always_adam,
        },
    ),
    "check_design": Answers(
        right={"flatten": four_blocks, "depthwise": separable},
        wrong={
            "no layer": lambda: [],
            "the prompt's kinds": lambda: [conv(8, 3), pool(2), global_pool(), dense(10)],
            "wide": lambda: [conv(64, 9, 4), conv(64, 9), global_pool(), dense(10)],
        },
        announced={"a dense layer on all pixels": lambda: [flatten(), dense(10)]},
    ),
}

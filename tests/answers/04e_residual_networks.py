"""Answers to the exercises of lesson 04e."""

import numpy as np

from helpers import arithmetic
from helpers.layers import conv, norm
from tests.answers import Answers


def by_the_calculator(c_in, c_out, stride):
    branch = [conv(c_out, 3, stride, "same", bias=False), norm()]
    branch += [conv(c_out, 3, 1, "same", bias=False), norm()]
    total = arithmetic.parameters(branch, (56, 56, c_in), trainable_only=True)
    if (stride, c_in) != (1, c_out):
        shortcut = [conv(c_out, 1, stride, bias=False), norm()]
        total += arithmetic.parameters(shortcut, (56, 56, c_in), trainable_only=True)
    return total


def by_a_sum(c_in, c_out, stride):
    kernels = [(9, c_in), (9, c_out)] + ([] if stride == 1 and c_in == c_out else [(1, c_in)])
    return sum((size * channels + 2) * c_out for size, channels in kernels)


def always_projected(c_in, c_out, stride):
    return sum((size * channels + 2) * c_out for size, channels in [(9, c_in), (9, c_out), (1, c_in)])


def never_projected(c_in, c_out, stride):
    return (9 * c_in + 2) * c_out + (9 * c_out + 2) * c_out


def without_norms(c_in, c_out, stride):
    return 9 * c_out * (c_in + c_out) + (c_in * c_out if stride > 1 or c_in != c_out else 0)


def folded_by_axes(kernel, gamma, beta, mean, variance, epsilon):
    factor = gamma * (variance + epsilon) ** -0.5
    return np.einsum("abcd,d->abcd", kernel, factor), beta - factor * mean


def folded_by_probing(kernel, gamma, beta, mean, variance, epsilon):
    def norm(x):
        return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta

    return norm(kernel) - norm(0 * kernel), norm(np.zeros_like(mean))


def mean_forgotten(kernel, gamma, beta, mean, variance, epsilon):
    return kernel * gamma / np.sqrt(variance + epsilon), beta


def mean_unscaled(kernel, gamma, beta, mean, variance, epsilon):
    return kernel * gamma / np.sqrt(variance + epsilon), beta - mean


ANSWERS = {
    "check_basic_block": Answers(
        right={"the calculator": by_the_calculator, "a sum": by_a_sum},
        wrong={
            "the prompt's numbers": lambda c_in, c_out, stride: 73_984 if stride == 1 else 230_144,
            "twice one layer": lambda c_in, c_out, stride: 2 * (9 * c_in * c_out + 2 * c_out),
        },
        announced={
            "a projection is counted even where nothing changes": always_projected,
            "a change of the stride or of the channels is enough": never_projected,
            "the batch normalisations are missing": without_norms,
        },
    ),
    "check_inert": Answers(
        right={
            "zeros": lambda a, b, c, d: (a, b, np.zeros(len(c)), np.zeros(len(d))),
            "times 0, a list": lambda a, b, c, d: [a, b, c * 0, d * 0],
        },
        wrong={
            "numbers, no arrays": lambda a, b, c, d: (a, b, 0, 0),
            "the branch pushed below zero": lambda a, b, c, d: (a, b, 0 * c, d - 9),
            "the first norm reset": lambda a, b, c, d: (a * 0 + 1, b * 0 + 5, 0 * c, 0 * d),
            "nothing": lambda a, b, c, d: None,
        },
        announced={
            "sleeps for ever": lambda a, b, c, d: (0 * a, b, 0 * c, 0 * d),
            "nothing in the block can learn": lambda *norms: tuple(np.zeros(4) for _ in norms),
            "that must be 0, too": lambda a, b, c, d: (a, b, 0 * c, d),
        },
    ),
    "check_fold": Answers(
        right={"einsum": folded_by_axes, "probing": folded_by_probing},
        wrong={
            "as given": lambda kernel, gamma, beta, *rest: (kernel, beta),
            "the kernel alone": lambda *given: folded_by_axes(*given)[0],
            "the prompt's numbers": lambda kernel, *rest: (np.ones_like(kernel), np.full(kernel.shape[3], 2.0)),
        },
        announced={
            "it moves into the bias": mean_forgotten,
            "the mean, too, is multiplied": mean_unscaled,
        },
    ),
}

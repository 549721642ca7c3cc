"""Answers to the exercises of lesson 04b."""

import numpy as np
from scipy import ndimage

from helpers import arithmetic
from helpers.layers import conv, depthwise
from tests.answers import Answers


def by_windows(image, size, stride, padding):
    padded = np.pad(np.array(image, float), padding, constant_values=-1e9)
    return np.lib.stride_tricks.sliding_window_view(padded, (size, size))[::stride, ::stride].max(axis=(2, 3))


def by_loops(image, size, stride, padding):
    height, width = image.shape
    rows = []
    for y in range(-padding, height + padding - size + 1, stride):
        columns = range(-padding, width + padding - size + 1, stride)
        rows.append([image[max(y, 0) : y + size, max(x, 0) : x + size].max() for x in columns])
    return np.array(rows)


def by_filter(image, size, stride, padding):
    return ndimage.maximum_filter(image, size, mode="constant")[::stride, ::stride]


def zero_padded(image, size, stride, padding):
    padded = np.pad(image, padding)
    return np.lib.stride_tricks.sliding_window_view(padded, (size, size))[::stride, ::stride].max(axis=(2, 3))


def by_eigenvalues(kernel, share):
    energy = np.sort(np.linalg.eigvalsh(np.asarray(kernel, float).T @ kernel))[::-1]
    return int(np.searchsorted(np.cumsum(energy), (share - 1e-9) * energy.sum())) + 1


def by_taking_away(kernel, share):
    left, values, right = np.linalg.svd(kernel)
    rest, count = np.array(kernel, float), 0
    while (rest**2).sum() > (1 - share + 1e-9) * (np.asarray(kernel) ** 2).sum():
        rest -= values[count] * np.outer(left[:, count], right[count])
        count += 1
    return count


def unsquared(kernel, share):
    values = np.linalg.svd(kernel, compute_uv=False)
    return int(np.argmax(np.cumsum(values) / values.sum() >= share - 1e-9)) + 1


def by_calculator(size, kernel, channels, filters, stride):
    shape = (size, size, channels)
    two = [depthwise(kernel, stride), conv(filters, 1)]
    standard = conv(filters, kernel, stride)
    return arithmetic.multiply_adds(standard, shape), arithmetic.multiply_adds(two, shape)


def by_counting(size, kernel, channels, filters, stride):
    places = len(range(0, size - kernel + 1, stride)) ** 2
    return [places * channels * filters * kernel**2, places * channels * (filters + kernel**2)]


def by_ratio(size, kernel, channels, filters, stride):
    standard = by_counting(size, kernel, channels, filters, stride)[0]
    return standard, round(standard / (1 / (1 / filters + 1 / kernel**2)) * 0.999)


ANSWERS = {
    "check_pool": Answers(
        right={"windows": by_windows, "clipped windows": by_loops},
        wrong={
            "reshape": lambda image, size, stride, padding: image.reshape(3, 2, 3, 2).max(axis=(1, 3)),
            "the prompt's size": lambda image, size, stride, padding: np.array([[7, 9], [7, 7]]),
            "centred windows": by_filter,
        },
        announced={
            "a padding of 0 wins": zero_padded,
            "the padding is not used": lambda image, size, stride, padding: by_windows(image, size, stride, 0),
        },
    ),
    "check_splits": Answers(
        right={"eigenvalues": by_eigenvalues, "taking away": by_taking_away},
        wrong={
            "always one": lambda kernel, share: 1,
            "as many as rows": lambda kernel, share: len(kernel),
            "a bool": lambda kernel, share: bool(np.linalg.matrix_rank(kernel) <= 1),
        },
        announced={
            "square the singular values": unsquared,
            "that is the rank": lambda kernel, share: int(np.linalg.matrix_rank(kernel)),
        },
    ),
    "check_costs": Answers(
        right={"the calculator": by_calculator, "a list": by_counting},
        wrong={
            "the lecture's": lambda *given: (1_228_800, 53_952),
            "about": by_ratio,
            "the second alone": lambda *given: by_counting(*given)[1],
        },
        announced={
            "the stride is not used": lambda *given: by_counting(*given[:4], 1),
            "the other way round": lambda *given: by_counting(*given)[::-1],
        },
    ),
}

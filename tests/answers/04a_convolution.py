"""Answers to the exercises of lesson 04a."""

import numpy as np
from scipy import signal

from tests.answers import Answers


def by_normal_equations(image, feature_map):
    a, b = (np.array(image.shape) - feature_map.shape + 1).tolist()
    (height, width), image = feature_map.shape, image.astype(float)
    shifted = np.array([image[i : i + height, j : j + width].ravel() for i in range(a) for j in range(b)])
    return np.linalg.solve(shifted @ shifted.T, shifted @ feature_map.ravel()).reshape(a, b)


def by_pinv(image, feature_map):
    a, b = image.shape[0] - feature_map.shape[0] + 1, image.shape[1] - feature_map.shape[1] + 1
    basis = [signal.correlate2d(image, unit.reshape(a, b), mode="valid") for unit in np.eye(a * b)]
    return (np.linalg.pinv(np.array(basis).reshape(a * b, -1).T) @ feature_map.ravel()).reshape(a, b)


def one_step(image, feature_map):
    return signal.correlate2d(image.astype(float), feature_map, mode="valid") / feature_map.size


def by_keras(size, kernel, stride):
    count = (size + stride - 1) // stride
    total = max(0, kernel + stride * (count - 1) - size)
    return total // 2, -(-total // 2)


def by_search(size, kernel, stride):
    wanted = -(-size // stride)
    total = 0
    while size + total < kernel or (size + total - kernel) // stride + 1 < wanted:
        total += 1
    return total // 2, total - total // 2


def in_front(size, kernel, stride):
    return by_search(size, kernel, stride)[::-1]


def negative(size, kernel, stride):
    total = (-(-size // stride) - 1) * stride + kernel - size
    return total // 2, total - total // 2


def by_loops(image, kernels, bias):
    size, _, channels, count = kernels.shape
    maps = [
        sum(signal.correlate2d(image[:, :, c], kernels[:, :, c, n], mode="valid") for c in range(channels)) + bias[n]
        for n in range(count)
    ]
    return np.stack(maps, axis=-1)


def by_tensordot(image, kernels, bias):
    views = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))  # (H, W, C, K, K)
    return np.tensordot(views, kernels, axes=([3, 4, 2], [0, 1, 2])) + np.asarray(bias)


ANSWERS = {
    "check_find_kernel": Answers(
        right={"normal equations": by_normal_equations, "pseudo-inverse": by_pinv},
        wrong={
            "the kernel above": lambda image, feature_map: np.array([[1.0, 0, -1]] * 3),
            "rounded": lambda image, feature_map: by_pinv(image, feature_map).round(),
            "zeros": lambda image, feature_map: np.zeros(np.subtract(image.shape, feature_map.shape) + 1),
            "the first window": lambda image, feature_map: image[:3, :3].astype(float),
        },
        announced={
            "the kernel is turned": lambda *given: by_pinv(*given)[::-1, ::-1],
            "one step of gradient descent": one_step,
        },
    ),
    "check_same_padding": Answers(
        right={"the formula": by_keras, "a search": by_search},
        wrong={
            "the prompt's pair": lambda size, kernel, stride: (0, 1) if size == 224 else (1, 1),
            "the total": lambda *given: sum(by_keras(*given)),
            "none": lambda *given: (0, 0),
        },
        announced={
            "the odd zero goes behind": in_front,
            "there are no negative zeros": negative,
            "that is what stride 1 needs": lambda size, kernel, stride: ((kernel - 1) // 2,) * 2,
        },
    ),
    "check_layer": Answers(
        right={"loops": by_loops, "tensordot": by_tensordot},
        wrong={
            "27 everywhere": lambda image, kernels, bias: np.full((2, 3, 1), 27.0),
            "a true convolution": lambda image, kernels, bias: by_loops(image, kernels[::-1, ::-1], bias),
            "the channels turned": lambda image, kernels, bias: by_loops(image, kernels[:, :, ::-1], bias),
        },
        announced={
            "the bias is missing": lambda image, kernels, bias: by_loops(image, kernels, np.zeros(kernels.shape[3])),
            "sum over the channels": lambda image, kernels, bias: by_loops(image, kernels / 3, bias),
        },
    ),
}

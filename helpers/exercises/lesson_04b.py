"""The exercises of lesson 04b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_pool():
    """Exercise 1: max pooling."""
    digits = "301274 157931 275513 013178 421628 245239"
    grid = np.array([[int(digit) for digit in row] for row in digits.split()])

    def windows(image, size, stride):
        return np.lib.stride_tricks.sliding_window_view(image, (size, size))[::stride, ::stride]

    return check.Exercise(
        "max_pool",
        cases=[
            check.case(grid, 2, 2, expected=np.array([[5, 9, 7], [7, 5, 8], [4, 6, 9]]), name="2 × 2, stride 2"),
            check.case(grid, 3, 2, expected=np.array([[7, 9], [7, 7]]), name="3 × 3, stride 2"),
            check.case(-grid - 1, 3, 3, expected=np.array([[-1, -2], [-1, -2]]), name="negative values"),
        ],
        mistakes=[
            check.mistake("that is the mean", lambda i, f, s: windows(i, f, s).mean(axis=(2, 3))),
            check.mistake("the stride is not used", lambda i, f, s: windows(i, f, 1).max(axis=(2, 3))),
            check.mistake(
                "start from the window, not from 0",
                lambda i, f, s: np.maximum(windows(i, f, s).max(axis=(2, 3)), 0),
            ),
        ],
    )


@exercise
def check_separable():
    """Exercise 2: is it separable?"""
    bell = np.exp(-(np.arange(-2, 3) ** 2) / (2 * 1.3**2))
    laplace = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    return check.Exercise(
        "is_separable",
        cases=[
            check.case(np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]), expected=True, name="Sobel"),
            check.case(np.outer(bell, bell), expected=True, name="Gaussian, 5 × 5"),
            check.case(laplace, expected=False, name="Laplace"),
            check.case(np.array([[1, 2, 3], [2, 4, 6], [3, 6, 8]]), expected=False, name="nearly a product"),
            check.case(np.array([[1, 0, 0], [0, 0, 0], [0, 0, 2]]), expected=False, name="determinant 0, rank 2"),
            check.case(np.zeros((3, 3)), expected=True, name="all zeros"),
        ],
        mistakes=[
            check.mistake("determinant 0 is not rank 1", lambda k: bool(abs(np.linalg.det(k)) < 1e-8)),
            check.mistake("symmetric is not separable", lambda k: bool(np.allclose(k, k.T))),
            check.mistake(
                "exactly zero singular values: rounding leaves tiny ones",
                lambda k: bool((np.linalg.svd(k, compute_uv=False)[1:] == 0).all()),
            ),
        ],
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

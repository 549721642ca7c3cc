"""The exercises of lesson 04a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_convolve():
    """Exercise 1: a convolution by hand."""
    digits = "301274 157931 275513 013178 421628 245239"
    six = np.array([[int(digit) for digit in row] for row in digits.split()])
    upright, wide = np.array([[1, 0, -1]] * 3), np.array([[1, 2, 3, 4]])
    four = np.array([[-7.0, 8], [-3, -16]])

    def windows(image, kernel, stride=1):
        return np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]

    def answer(image, kernel, stride=1):
        return (windows(image, kernel, stride) * kernel).sum(axis=(2, 3)).astype(float)

    cases = [check.case(six, upright, 3, expected=four, name="6 × 6, stride 3")]
    six_wide = np.array([[14.0, 42], [51, 30], [35, 51]])
    cases += [check.case(six, wide, 2, expected=six_wide, name="kernel 1 × 4, stride 2")]
    cases += [check.case(six[:4], upright.T, 2, expected=np.array([[-10.0, -1]]), name="image 4 × 6, stride 2")]
    turned = check.mistake("the kernel is turned", lambda i, k, s: answer(i, k[::-1, ::-1], s))
    unused = check.mistake("the stride is not used", lambda i, k, s: answer(i, k))
    padded = check.mistake("the image is padded: stay inside", lambda i, k, s: answer(np.pad(i, 1), k, s))
    return check.Exercise("convolve", cases=cases, mistakes=[turned, unused, padded])


@exercise
def check_size():
    """Exercise 2: the size of an output."""
    return check.Exercise(
        "size_after",
        cases=[
            check.case(227, 11, 4, 0, 1, expected=55, name="AlexNet, first layer"),
            check.case(28, 5, 1, 2, 1, expected=28, name="padding keeps the size"),
            check.case(8, 3, 2, 0, 1, expected=3, name="a pixel is left over"),
            check.case(32, 3, 1, 0, 4, expected=24, name="dilation 4"),
        ],
        mistakes=[
            check.mistake(
                "the + 1 is missing: the first position counts",
                lambda w, f, s, p, d: (w - d * (f - 1) - 1 + 2 * p) // s,
            ),
            check.mistake(
                "the padding is on both sides: 2 · padding",
                lambda w, f, s, p, d: (w - d * (f - 1) - 1 + p) // s + 1,
            ),
            check.mistake(
                "the floor is missing: half a position does not exist",
                lambda w, f, s, p, d: (w - d * (f - 1) - 1 + 2 * p) / s + 1,
            ),
            check.mistake("the dilation is not used", lambda w, f, s, p, d: (w - f + 2 * p) // s + 1),
        ],
    )


@exercise
def check_layer():
    """Exercise 3: a whole layer."""
    digits = "301274 157931 275513 013178 421628 245239"
    six = np.array([[int(digit) for digit in row] for row in digits.split()])
    edges6 = np.array([[-7.0, -4, 2, 8], [-12, -2, 4, 3], [-3, -2, -1, -7], [-3, -2, -3, -16]])
    image, pair = np.stack([six, 10 * six, 100 * six], axis=-1), np.zeros((3, 3, 3, 2))
    pair[:, :, :, 0] = np.array([[1, 0, -1]] * 3)[:, :, None]  # the first kernel reads all three channels
    pair[:, :, 1, 1] = np.array([[1, 0, -1]] * 3)  # the second only the middle one
    maps = np.stack([111 * edges6, 10 * edges6 + 5], axis=-1)

    def layer(image, kernels, bias, over="hwcab,abck->hwk"):
        views = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
        return np.einsum(over, views, kernels) + bias

    ones, sums = (np.ones((4, 5, 3)), np.ones((3, 3, 3, 1)), [0]), np.full((2, 3, 1), 27.0)
    cases = [check.case(*ones, expected=sums, name="ones")]
    cases += [check.case(image, pair, [0, 5], expected=maps, name="three channels, two kernels")]
    no_bias = check.mistake("the bias is missing", lambda i, k, b: layer(i, k, 0))
    mean = check.mistake("sum over the channels, no mean", lambda i, k, b: layer(i, k / 3, b))
    first = check.mistake("only the first channel is read", lambda i, k, b: layer(i[:, :, :1], k[:, :, :1], b))
    apart = "hwcab,abck->hwc"
    split = check.mistake("one map a channel: add them up", lambda i, k, b: layer(i, k[..., :1], 0, apart))
    return check.Exercise("conv_layer", cases=cases, mistakes=[no_bias, mean, first, split])

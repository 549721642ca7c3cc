"""The exercises of lesson 04a."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_find_kernel():
    """Exercise 1: read a kernel off its answers."""
    rng = np.random.default_rng(0)
    upright, wide = np.array([[1.0, 0, -1]] * 3), np.array([[1.0, -2, 0.5, 0], [0, 3, 0, -1]])
    image, tall = rng.normal(size=(12, 10)), rng.integers(0, 256, (9, 14), dtype=np.uint8)

    def windows(image, shape):
        return np.lib.stride_tricks.sliding_window_view(image, shape).astype(float)

    def answer(image, kernel):
        return np.einsum("hwab,ab->hw", windows(image, kernel.shape), kernel)

    def solve(image, wanted, turned=False, weights=1.0, bias=False):
        shape = image.shape[0] - wanted.shape[0] + 1, image.shape[1] - wanted.shape[1] + 1
        rows = windows(image, shape).reshape(wanted.size, -1)
        rows = np.hstack([rows, np.ones((len(rows), 1))]) if bias else rows
        found = weights * np.linalg.lstsq(rows, wanted.ravel(), rcond=None)[0][: shape[0] * shape[1]].reshape(shape)
        return found[::-1, ::-1] if turned else found

    def averaged(image, wanted):
        shape = image.shape[0] - wanted.shape[0] + 1, image.shape[1] - wanted.shape[1] + 1
        return (windows(image, shape) * wanted[..., None, None]).mean(axis=(0, 1))

    def few_equations(image, wanted):
        shape = image.shape[0] - wanted.shape[0] + 1, image.shape[1] - wanted.shape[1] + 1
        rows, count = windows(image, shape).reshape(wanted.size, -1), shape[0] * shape[1]
        return np.linalg.lstsq(rows[:count], wanted.ravel()[:count], rcond=None)[0].reshape(shape)

    noisy = answer(image, upright) + rng.normal(0, 0.5, (10, 8))
    given = {"3 × 3": (image, answer(image, upright)), "2 × 4, uint8 image": (tall, answer(tall, wide))}
    given["with noise: least squares"] = image, noisy
    return check.Exercise(
        "find_kernel",
        cases=[check.case(*one, expected=solve(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake("the kernel is turned: in a cross-correlation it is not", lambda *g: solve(*g, turned=True)),
            check.mistake("that is one step of gradient descent, from zero: solve the equations", averaged),
            check.mistake("use all equations: nine of them are not enough once there is noise", few_equations),
            check.mistake("the sign is reversed", lambda *g: solve(*g, weights=-1.0)),
            check.mistake("the map has no bias: leave the column of ones out", lambda *g: solve(*g, bias=True)),
        ],
        rtol=1e-4,
        atol=1e-6,
    )


@exercise
def check_same_padding():
    """Exercise 2: where does TensorFlow pad?"""

    def zeros(w, k, s):
        return max((-(-w // s) - 1) * s + k - w, 0)

    def pads(w, k, s):
        return zeros(w, k, s) // 2, zeros(w, k, s) - zeros(w, k, s) // 2

    given = {
        "an odd zero goes behind": (224, 3, 2),
        "an even number": (7, 3, 2),
        "stride 1": (28, 5, 1),
        "a kernel smaller than its stride": (10, 1, 2),
        "an even kernel": (10, 4, 1),
        "stride 4, 227": (227, 11, 4),
    }
    return check.Exercise(
        "same_padding",
        cases=[check.case(*one, expected=pads(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake("the odd zero goes behind, not in front", lambda *g: pads(*g)[::-1]),
            check.mistake(
                "that is what stride 1 needs, (K - 1) / 2 on both sides", lambda w, k, s: ((k - 1) // 2,) * 2
            ),
            check.mistake("that is PyTorch's way, the same on both sides", lambda *g: (pads(*g)[1],) * 2),
            check.mistake(
                "there are no negative zeros: where the last window ends inside, the answer is (0, 0)",
                lambda w, k, s: (lambda n: (n // 2, n - n // 2))((-(-w // s) - 1) * s + k - w),
            ),
            check.mistake(
                "the number of windows is ceil(W / S), not the floor",
                lambda w, k, s: (lambda n: (n // 2, n - n // 2))(max((w // s - 1) * s + k - w, 0)),
            ),
        ],
        rtol=0,
    )


@exercise
def check_layer():
    """Exercise 3: a whole layer."""
    digits = "301274 157931 275513 013178 421628 245239"
    six = np.array([[int(digit) for digit in row] for row in digits.split()])
    edges6 = np.array([[-7.0, -4, 2, 8], [-12, -2, 4, 3], [-3, -2, -1, -7], [-3, -2, -3, -16]])
    image, pair = np.stack([six, 10 * six, 100 * six], axis=-1), np.zeros((3, 3, 3, 2))
    pair[:, :, :, 0] = np.array([[1, 0, -1]] * 3)[:, :, None]  # the first kernel reads all three channels
    pair[:, :, 0, 1] = np.array([[1, 0, -1]] * 3)  # the second only the first one
    maps = np.stack([111 * edges6, edges6 + 5], axis=-1)

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

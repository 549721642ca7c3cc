"""The exercises of lesson 04e."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_basic_block():
    """Exercise 1: count a basic block."""

    def count(a, b, s, norms=True, where=lambda a, b, s: a != b or s > 1, bias=0):
        main = 9 * a * b + 9 * b * b + (4 * b if norms else 0) + 2 * bias * b
        return main + (a * b + (2 * b if norms else 0) + bias * b if where(a, b, s) else 0)

    return check.Exercise(
        "basic_block",
        cases=[
            check.case(64, 64, 1, expected=73984, name="identity shortcut"),
            check.case(64, 128, 2, expected=230144, name="stride 2 and more channels"),
            check.case(16, 16, 2, expected=4960, name="stride 2, same channels"),
            check.case(8, 16, 1, expected=3680, name="only the channels change"),
        ],
        mistakes=[
            check.mistake(
                "a projection is counted even where nothing changes", lambda *g: count(*g, where=lambda *g: True)
            ),
            check.mistake("the batch normalisations are missing", lambda *g: count(*g, norms=False)),
            check.mistake("the convolutions have no bias here", lambda *g: count(*g, bias=1)),
            check.mistake(
                "a projection is missing: a change of the stride or of the channels is enough",
                lambda *g: count(*g, where=lambda *g: False),
            ),
        ],
        rtol=0,
    )


def _block(x, w1, w2, norms):
    """Return (output of the residual block, input of its second norm), (C, N) each."""

    def norm(x, gamma, beta):
        centred = x - x.mean(axis=1, keepdims=True)
        return gamma[:, None] * centred / np.sqrt(x.var(axis=1, keepdims=True) + 1e-3) + beta[:, None]

    gamma1, beta1, gamma2, beta2 = (np.asarray(value, float) for value in norms)
    inner = w2 @ np.maximum(norm(w1 @ x, gamma1, beta1), 0)
    return np.maximum(norm(inner, gamma2, beta2) + x, 0), inner


@exercise
def check_inert():
    """Exercise 2: inert, but alive."""
    rng = np.random.default_rng(0)
    x, w1, w2 = rng.random((4, 60)), rng.normal(size=(4, 4)), rng.normal(size=(4, 4))
    ones, noughts = np.ones(4), np.zeros(4)

    def holds(given):
        def right(got):
            same_shape = isinstance(got, tuple | list) and [np.shape(value) for value in got] == [(4,)] * 4
            if not same_shape or not all(np.isfinite(np.asarray(value, float)).all() for value in got):
                return False
            output, inner = _block(x, w1, w2, got)
            alive = (inner.std(axis=1) > 1e-3).all()
            kept = np.allclose(got[0], given[0]) and np.allclose(got[1], given[1])
            return bool(np.allclose(output, x) and alive and kept)

        return right

    values = {
        "as Keras starts": (ones, noughts, ones, noughts),
        "after some training": (ones * 0.7, ones * 0.2, ones * 1.3, ones * 0.4),
    }
    text = "four arrays (C,) with which the block returns x, the first norm as it was"
    return check.Exercise(
        "inert",
        cases=[check.case(*given, expected=check.that(text, holds(given)), name=n) for n, given in values.items()],
        mistakes=[
            check.mistake("nothing is changed: the block adds a branch", lambda *norms: norms),
            check.mistake(
                "γ₁ = 0 as well: the input of norm₂ is then the same for all images, and the block sleeps for ever",
                lambda a, b, c, d: (0 * a, b, 0 * c, 0 * d),
            ),
            check.mistake(
                "with all four at 0 nothing in the block can learn", lambda a, b, c, d: (0 * a, 0 * b, 0 * c, 0 * d)
            ),
            check.mistake("γ₁ = 0 leaves β₂: the branch is not 0", lambda a, b, c, d: (0 * a, b, c, d)),
            check.mistake("with γ₂ = 0 the branch is β₂: that must be 0, too", lambda a, b, c, d: (a, b, 0 * c, d)),
            check.mistake("with β₂ = 0 the branch is still γ₂ times something", lambda a, b, c, d: (a, b, c, 0 * d)),
        ],
    )


@exercise
def check_fold():
    """Exercise 3: fold the norm away."""

    def fold(kernel, gamma, beta, mean, variance, epsilon, axis=-1, bias=True, times=True, inside=True, root=True):
        spread = np.sqrt(variance + epsilon) if inside else np.sqrt(variance) + epsilon
        factor = gamma / (spread if root else variance + epsilon)
        shape = (1, 1, -1, 1) if axis == 2 else (1, 1, 1, -1)
        return kernel * factor.reshape(shape), beta - mean * (factor if times else 1) if bias else beta

    rng = np.random.default_rng(0)
    one = np.ones((1, 1, 1, 1)), *(np.array([value]) for value in (2.0, 5.0, 3.0, 4.0)), 0.0
    many = rng.normal(size=(3, 3, 4, 4)), *rng.normal(size=(3, 4)), rng.random(4) + 0.5, 0.1
    wide = rng.normal(size=(1, 1, 2, 5)), *rng.normal(size=(3, 5)), rng.random(5) + 0.1, 0.001

    def other_axis(kernel, *rest):
        return fold(kernel, *rest, axis=2) if kernel.shape[2] == kernel.shape[3] else fold(kernel, *rest)

    return check.Exercise(
        "fold",
        cases=[
            check.case(*given, expected=fold(*given), name=name)
            for name, given in [("the prompt's", one), ("four channels to four", many), ("two to five", wide)]
        ],
        mistakes=[
            check.mistake("the mean is subtracted: it moves into the bias", lambda *g: fold(*g, bias=False)),
            check.mistake("the mean, too, is multiplied by γ / √(σ² + ε)", lambda *g: fold(*g, times=False)),
            check.mistake("divide by the root of the variance", lambda *g: fold(*g, root=False)),
            check.mistake("ε stands under the root", lambda *g: fold(*g, inside=False)),
            check.mistake("the factor belongs to the output channels, the last axis", other_axis),
        ],
    )

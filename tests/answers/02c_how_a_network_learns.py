"""Answers to the exercises of lesson 02c."""

import numpy as np
import tensorflow as tf

from tests.answers import Answers


def by_bisection(curvatures):
    low, high = 0.0, 1e6
    for _ in range(100):
        rate = (low + high) / 2
        low, high = (rate, high) if np.all(np.abs(1 - rate * curvatures) < 1) else (low, rate)
    return low


def by_each_direction(curvatures):
    return min(2 / one for one in curvatures)


def by_tape(w, x, t):
    weight = tf.Variable(w, dtype=tf.float64)
    with tf.GradientTape() as tape:
        loss = 0.5 * (tf.tanh(weight * tf.tanh(weight * x)) - t) ** 2
    return float(tape.gradient(loss, weight))


def by_differences(w, x, t, step=1e-5):
    def loss(w):
        return 0.5 * (np.tanh(w * np.tanh(w * x)) - t) ** 2

    return (loss(w + step) - loss(w - step)) / (2 * step)


def straight_way_only(w, x, t):
    h = np.tanh(w * x)
    y = np.tanh(w * h)
    return (y - t) * (1 - y**2) * h


def way_through_h_only(w, x, t):
    h = np.tanh(w * x)
    y = np.tanh(w * h)
    return (y - t) * (1 - y**2) * w * (1 - h**2) * x


def no_outer_slope(w, x, t):
    h = np.tanh(w * x)
    return (np.tanh(w * h) - t) * (h + w * (1 - h**2) * x)


def by_loops(x, w, b):
    return [unit for unit in range(w.shape[1]) if all(picture @ w[:, unit] + b[unit] <= 0 for picture in x)]


def by_largest(x, w, b):
    return list(np.where(np.max(x @ w + b, axis=0) <= 0)[0])


def by_values(x, w, b):
    return np.flatnonzero(np.maximum(x @ w + b, 0).sum(axis=0) == 0).tolist()


ANSWERS = {
    "check_limit": Answers(
        right={"bisection": by_bisection, "each direction": by_each_direction},
        wrong={
            "the prompt's number": lambda curvatures: 0.5,
            "no curvature at all": lambda curvatures: 2.0,
            "by their number": lambda curvatures: 1 / len(curvatures),
            "a bit less": lambda curvatures: 1.99 / curvatures.max(),
        },
        announced={
            "the steepest direction": lambda curvatures: 2 / min(curvatures),
            "up to 2/a each step": lambda curvatures: 1 / max(curvatures),
        },
    ),
    "check_shared": Answers(
        right={"GradientTape": by_tape, "differences": by_differences},
        wrong={
            "the prompt's number": lambda w, x, t: -0.49,
            "twice one way": lambda w, x, t: 2 * straight_way_only(w, x, t),
            "without the loss": lambda w, x, t: straight_way_only(w, x, t - 1),
            "none": lambda w, x, t: 0.0,
        },
        announced={
            "the one through h is missing": straight_way_only,
            "the one straight to y is missing": way_through_h_only,
            "the outer tanh has a slope too": no_outer_slope,
        },
    ),
    "check_dead": Answers(
        right={"loops": by_loops, "largest": by_largest, "values": by_values},
        wrong={
            "the prompt's answer": lambda x, w, b: [0],
            "none": lambda x, w, b: [],
            "how many": lambda x, w, b: len(by_loops(x, w, b)),
            "negative weights": lambda x, w, b: np.flatnonzero((w < 0).all(axis=0)).tolist(),
            "a mask": lambda x, w, b: ((x @ w + b) <= 0).all(axis=0),
        },
        announced={
            "dead is off for every picture": lambda x, w, b: np.flatnonzero(((x @ w + b) <= 0).any(axis=0)).tolist(),
            "the bias can wake a unit": lambda x, w, b: np.flatnonzero((x @ w).max(axis=0) <= 0).tolist(),
            "at exactly 0 the slope is 0 too": lambda x, w, b: np.flatnonzero((x @ w + b).max(axis=0) < 0).tolist(),
        },
    ),
}

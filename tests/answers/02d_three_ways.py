"""Answers to the exercises of lesson 02d."""

from fractions import Fraction

import keras
import numpy as np

from tests.answers import Answers


def by_search(weights, kernel, filters):
    return next((c for c in range(1, weights + 1) if (kernel**2 * c + 1) * filters == weights), None)


def by_fractions(weights, kernel, filters):
    channels = (Fraction(weights, filters) - 1) / kernel**2
    return int(channels) if channels.denominator == 1 else None


def by_keras_search(weights, kernel, filters):
    for channels in range(1, 257):
        layer = keras.layers.Conv2D(filters, kernel)
        layer.build((None, 32, 32, channels))
        if layer.count_params() == weights:
            return channels
    return None


def network(count, *, shape=(28, 28, 1), hidden="relu", last=None, units=None, flat=None, deeper=False):
    """Return a functional model with parts changed."""
    inputs = keras.Input(shape)
    x = (flat or keras.layers.Flatten())(inputs)
    x = keras.layers.Dense(units or (count - 10) // 795, activation=hidden)(x)
    if deeper:
        x = keras.layers.ReLU()(keras.layers.Dense(10)(x))
    return keras.Model(inputs, keras.layers.Dense(10, activation=last)(x))


def relu_as_a_layer(count):
    inputs = keras.Input((28, 28, 1))
    x = keras.layers.ReLU()(keras.layers.Dense((count - 10) // 795)(keras.layers.Flatten()(inputs)))
    return keras.Model(inputs=inputs, outputs=keras.layers.Dense(10)(x))


def relu_as_an_operation(count):
    inputs = keras.layers.Input(shape=(28, 28, 1), batch_size=None)
    x = keras.layers.Dense(round(count / 795))(keras.ops.reshape(inputs, (-1, 784)))
    return keras.Model(inputs, keras.layers.Dense(10)(keras.ops.relu(x)))


def sequential(count):
    steps = [keras.layers.Flatten(), keras.layers.Dense((count - 10) // 795, activation="relu")]
    return keras.Sequential([keras.Input((28, 28, 1)), *steps, keras.layers.Dense(10)])


class Subclassed(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.steps = [keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(10)]

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


def subclassed(count):
    model = Subclassed((count - 10) // 795)
    model(np.zeros((1, 28, 28, 1)))
    return model


def linear_with_idle_weights(count):
    """The right number of weights, most of them idle."""
    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Dense(10)(keras.layers.Flatten()(inputs))
    idle = keras.layers.Embedding(count - 7850, 1)(keras.ops.zeros_like(x[:, :1], dtype="int32"))
    return keras.Model(inputs, x + 0 * idle[:, 0])


def by_output_shape(side, filters, classes):
    layers = [keras.Input((side, side, 1)), keras.layers.Conv2D(filters, 3), keras.layers.MaxPooling2D(2)]
    inside = int(np.prod(keras.Sequential(layers).output_shape[1:]))
    return 10 * filters + (inside + 1) * classes


def by_functional_model(side, filters, classes):
    inputs = keras.Input((side, side, 1))
    x = keras.layers.MaxPooling2D(2)(keras.layers.Conv2D(filters, 3)(inputs))
    return keras.Model(inputs, keras.layers.Dense(classes)(keras.layers.Flatten()(x))).count_params()


def in_numpy(side, filters, classes):
    inner = np.int64(np.floor((side - 2) / 2))
    return np.array([filters * 10, inner**2 * filters * classes, classes]).sum()


ANSWERS = {
    "check_channels": Answers(
        right={"search": by_search, "fractions": by_fractions, "Keras": by_keras_search},
        wrong={
            "always RGB": lambda weights, kernel, filters: 3,
            "RGB or grey by the size": lambda weights, kernel, filters: 3 if weights > 1000 else 1,
            "never None": lambda weights, kernel, filters: max(1, round((weights / filters - 1) / kernel**2)),
            "always None": lambda weights, kernel, filters: [None][0],
            "the prompt's two numbers": lambda weights, kernel, filters: {1792: 3}.get(weights),
            "False for None": lambda weights, kernel, filters: by_search(weights, kernel, filters) or False,
            "a float": lambda *numbers: by_search(*numbers) and float(by_search(*numbers)),
            "text": lambda *numbers: str(by_search(*numbers)),
            "kernels of 3 × 3 only": lambda weights, kernel, filters: by_search(weights, 3, filters),
        },
        announced={
            "take off the biases first": lambda weights, kernel, filters: weights / filters / kernel**2,
            "no whole number fits": lambda weights, kernel, filters: int((weights // filters - 1) / kernel**2),
            "a part of a channel": lambda weights, kernel, filters: (weights - filters) / (filters * kernel * kernel),
        },
    ),
    "check_build": Answers(
        right={
            "ReLU as a layer": relu_as_a_layer,
            "ReLU and reshape as operations": relu_as_an_operation,
            "Reshape": lambda count: network(count, flat=keras.layers.Reshape((784,))),
            "a function of Keras as activation": lambda count: network(count, hidden=keras.activations.relu),
        },
        wrong={
            "ten units whatever the budget": lambda count: network(count, units=10),
            "no ReLU": lambda count: network(count, hidden=None),
            "another activation": lambda count: network(count, hidden="gelu"),
            "softmax at the end": lambda count: network(count, last="softmax"),
            "two hidden layers": lambda count: network(count, deeper=True, units=max(1, (count - 120) // 795)),
            "three channels": lambda count: network(count, shape=(28, 28, 3)),
            "idle weights": linear_with_idle_weights,
            "a subclass": subclassed,
            "the class, not a model": lambda count: keras.Model,
            "the count": lambda count: count,
        },
        announced={
            "call layers on tensors": sequential,
            "785 weights lead to each hidden unit": lambda count: network(count, units=count // 784),
        },
    ),
    "check_model": Answers(
        right={"output shape": by_output_shape, "functional model": by_functional_model, "NumPy": in_numpy},
        wrong={
            "the prompt's number": lambda side, filters, classes: 13610,
            "scaled from the prompt's number": lambda side, filters, classes: 13610 * filters * classes // 80,
            "a float": lambda *numbers: float(by_output_shape(*numbers)),
            "a pair": lambda side, filters, classes: (10 * filters, by_output_shape(side, filters, classes)),
            "pooled before the convolution": lambda s, f, c: 10 * f + ((s // 2 - 2) ** 2 * f + 1) * c,
        },
        announced={
            "without padding the convolution loses 2": lambda s, f, c: 10 * f + ((s // 2) ** 2 * f + 1) * c,
            "half a row does not exist": lambda s, f, c: 10 * f + ((s / 2 - 1) ** 2 * f + 1) * c,
            "the biases are missing": lambda s, f, c: 9 * f + ((s - 2) // 2) ** 2 * f * c,
        },
    ),
}

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


def by_tensors(path):
    loaded = keras.saving.load_model(str(path))
    return keras.Model(loaded.input, outputs=dict(features=loaded.layers[-2].output, scores=loaded.output))


def by_calling_the_last_layer(path):
    loaded = keras.models.load_model(path, compile=False)
    body = keras.Model(loaded.input, loaded.layers[-1].input)
    inputs = keras.Input(loaded.input_shape[1:])
    features = body(inputs)
    return keras.Model(inputs, {"scores": loaded.layers[-1](features), "features": features})


def by_subclassing(path):
    loaded = keras.models.load_model(path)

    class Both(keras.Model):
        def __init__(self):
            super().__init__()
            self.body, self.head = keras.Model(loaded.input, loaded.layers[-1].input), loaded.layers[-1]

        def call(self, x):
            features = self.body(x)
            return {"scores": self.head(features), "features": features}

    model = Both()
    model(np.zeros((1, 28, 28, 1), "float32"))
    return model


def outputs_of(path, choose):
    """Return a model whose outputs are chosen from a loaded one."""
    loaded = keras.models.load_model(path)
    return keras.Model(loaded.input, choose(loaded))


def fresh_head(path):
    return outputs_of(
        path, lambda m: {"scores": keras.layers.Dense(10)(m.layers[-1].input), "features": m.layers[-1].input}
    )


def loaded_twice(path):
    one, other = keras.models.load_model(path), keras.models.load_model(path)
    inputs = keras.Input((28, 28, 1))
    body = keras.Model(other.input, other.layers[-1].input)
    return keras.Model(inputs, {"scores": one(inputs), "features": body(inputs)})


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
    "check_two_outputs": Answers(
        right={
            "tensors": by_tensors,
            "the last layer, called": by_calling_the_last_layer,
            "a subclass": by_subclassing,
        },
        wrong={
            "the loaded model": lambda path: keras.models.load_model(path),
            "a pair": lambda path: outputs_of(path, lambda m: [m.output, m.layers[-1].input]),
            "the tensors": lambda path: dict.fromkeys(["scores", "features"], keras.models.load_model(path).output),
            "always the flat layer": lambda path: outputs_of(
                path, lambda m: {"scores": m.output, "features": m.layers[3].output}
            ),
            "the path": lambda path: path,
        },
        announced={
            "what goes *into* the last layer": lambda path: outputs_of(
                path, lambda m: {"scores": m.output, "features": m.layers[-1].output}
            ),
            "with its weights": fresh_head,
            "load it once": loaded_twice,
        },
    ),
}

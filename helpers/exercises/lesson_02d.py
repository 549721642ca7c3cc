"""The exercises of lesson 02d."""

import tempfile
from pathlib import Path

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_channels():
    """Exercise 1: what did this layer look at?"""
    return check.Exercise(
        "input_channels",
        cases=[
            check.case(80, 3, 8, expected=1, name="the first layer above"),
            check.case(1792, 3, 64, expected=3, name="the first layer of VGG16"),
            check.case(2570, 1, 10, expected=256, name="1 × 1 kernels"),
            check.case(1728, 3, 64, expected=None, name="a layer without biases"),
            check.case(1000, 3, 64, expected=None, name="not the same number for each filter"),
        ],
        mistakes=[
            check.mistake("take off the biases first: one for each filter", lambda w, k, f: w / (k * k * f)),
            check.mistake("one bias for each filter, not one in all", lambda w, k, f: (w - 1) / (k * k * f)),
            check.mistake("a kernel has kernel × kernel weights a channel", lambda w, k, f: (w // f - 1) // k),
            check.mistake("no whole number fits: look at the remainder", lambda w, k, f: (w // f - 1) // k**2),
            check.mistake("a part of a channel does not exist: None", lambda w, k, f: (w / f - 1) / k**2),
        ],
        exact_type=True,
    )


@exercise
def check_build():
    """Exercise 2: a model with a given number of weights."""
    import keras

    def weighs(count):
        hint = "785 weights lead to each hidden unit and 10 lead on; the scores have 10 biases"
        return check.that(f"{count:,} weights", lambda model: model.count_params() == count, hint)

    def is_functional(model):
        return isinstance(model, keras.Model) and not isinstance(model, keras.Sequential) and bool(model.inputs)

    def has_one_hidden_layer(model):
        draws = np.random.default_rng(0)
        first, second, third, fourth = weights = [draws.normal(size=one.shape) for one in model.get_weights()]
        model.set_weights(weights)
        images = draws.random((4, 28, 28, 1))
        scores = np.maximum(images.reshape(4, -1) @ first + second, 0) @ third + fourth
        return np.allclose(np.asarray(model(images)), scores, rtol=1e-3, atol=1e-2)

    shape = check.that(
        "(28, 28, 1) in, (10,) out",
        lambda model: (model.input_shape[1:], model.output_shape[1:]) == ((28, 28, 1), (10,)),
        "give keras.Input the shape of one image, and end with Dense(10)",
    )
    functional = check.that(
        "a functional model", is_functional, "call layers on tensors and end with keras.Model(inputs, outputs)"
    )
    hidden = check.that(
        "one hidden layer with ReLU, then scores",
        has_one_hidden_layer,
        'the hidden layer needs activation="relu", the last layer none, and nothing else has weights',
    )
    return check.Exercise(
        "build_model",
        cases=[
            check.case(7960, expected=weighs(7960), name="10 hidden units"),
            check.case(795_010, expected=weighs(795_010), name="1,000 hidden units"),
            check.case(7960, expected=shape, name="what goes in and out"),
            check.case(7960, expected=functional, name="the way it is built"),
            check.case(7960, expected=hidden, name="what it computes"),
        ],
    )


@exercise
def check_two_outputs():
    """Exercise 3: two outputs out of a file."""
    import keras

    folder = Path(tempfile.mkdtemp())
    images = np.random.default_rng(0).random((5, 28, 28, 1)).astype("float32")

    def saved(name, hidden, last=None):
        inputs = keras.Input((28, 28, 1))
        x = keras.layers.Flatten()(keras.layers.MaxPooling2D(2)(keras.layers.Conv2D(8, 3, activation="relu")(inputs)))
        x = keras.layers.Dense(hidden, activation="relu")(x) if hidden else x
        model = keras.Model(inputs, keras.layers.Dense(10, activation=last)(x))
        model.save(folder / name)
        expected = {"scores": model, "features": keras.Model(inputs, x)}
        return folder / name, {key: np.asarray(one(images)) for key, one in expected.items()}, model.count_params()

    def gives(key, expected, hint):
        def holds(model):
            got = np.asarray(model(images)[key])
            return got.shape == expected.shape and np.allclose(got, expected, atol=1e-4)

        return check.that(f"{key} {expected.shape} as in the file", holds, hint)

    section, deeper = saved("section2.keras", 0), saved("deeper.keras", 12, "softmax")
    two = check.that(
        'a keras.Model with the outputs "scores" and "features"',
        lambda model: isinstance(model, keras.Model) and set(model(images)) == {"scores", "features"},
        'give keras.Model a dictionary of two tensors as its outputs, with the keys "scores" and "features"',
    )
    shared = check.that(
        f"{section[2]:,} weights, as in the file",
        lambda model: isinstance(model, keras.Model) and model.count_params() == section[2],
        "each weight is counted once where both outputs come from one loaded model: load it once, add no layer",
    )
    scores = "the scores are what the loaded model gives, with its weights: load_model, and no new layer"
    features = "the features are what goes *into* the last layer: model.layers[-1].input"
    return check.Exercise(
        "scores_and_features",
        cases=[
            check.case(section[0], expected=two, name="two outputs"),
            check.case(section[0], expected=gives("scores", section[1]["scores"], scores), name="section 2: scores"),
            check.case(section[0], expected=gives("features", section[1]["features"], features), name="its features"),
            check.case(deeper[0], expected=gives("scores", deeper[1]["scores"], scores), name="a deeper one: scores"),
            check.case(deeper[0], expected=gives("features", deeper[1]["features"], features), name="its features"),
            check.case(section[0], expected=shared, name="shared weights"),
        ],
    )

"""The exercises of lesson 02d."""

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
def check_model():
    """Exercise 3: count a whole model."""
    import keras

    def by_keras(side, filters, classes):
        steps = [keras.Input((side, side, 1)), keras.layers.Conv2D(filters, 3), keras.layers.MaxPooling2D(2)]
        return keras.Sequential([*steps, keras.layers.Flatten(), keras.layers.Dense(classes)]).count_params()

    def total(inner, filters, classes, bias=1):
        return filters * (9 + bias) + inner**2 * filters * classes + bias * classes

    return check.Exercise(
        "model_weights",
        cases=[
            check.case(28, 8, 10, expected=by_keras(28, 8, 10), name="the model of section 2"),
            check.case(33, 4, 2, expected=by_keras(33, 4, 2), name="an odd size"),
            check.case(12, 16, 5, expected=by_keras(12, 16, 5), name="a small image"),
        ],
        mistakes=[
            check.mistake("pooling drops an odd last row: round down", lambda s, f, c: total((s - 1) // 2, f, c)),
            check.mistake("without padding the convolution loses 2", lambda s, f, c: total(s // 2, f, c)),
            check.mistake("the pooling is missing", lambda s, f, c: total(s - 2, f, c)),
            check.mistake("the biases are missing", lambda s, f, c: total((s - 2) // 2, f, c, 0)),
            check.mistake("half a row does not exist: // and not /", lambda s, f, c: total((s - 2) / 2, f, c)),
            check.mistake("that is the dense layer alone", lambda s, f, c: total((s - 2) // 2, f, c) - 10 * f),
        ],
        exact_type=True,
    )

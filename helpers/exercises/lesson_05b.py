"""The exercises of lesson 05b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_counts():
    """Exercise 1: count what is trained."""
    import keras

    def chain(*steps):
        return keras.Sequential([keras.Input(steps[0]), *steps[1:]])

    def _sum(model, names):
        return sum(int(np.prod(weight.shape)) for layer in model.layers for weight in getattr(layer, names))

    small = chain((4,), keras.layers.BatchNormalization(), keras.layers.Dense(3))
    deep = chain(
        (8, 8, 3),
        keras.layers.Conv2D(5, 3, use_bias=False),
        keras.layers.BatchNormalization(),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(10),
    )
    return check.Exercise(
        "trainable_counts",
        cases=[
            check.case(small, expected=(23, 15), name="batch normalisation and a head"),
            check.case(deep, expected=(205, 60), name="convolution, batch normalisation, head"),
        ],
        mistakes=[
            check.mistake(
                "mean and variance of batch normalisation are measured, not trained",
                lambda m: (m.count_params(), m.layers[-1].count_params()),
            ),
            check.mistake("the last layer stays trainable", lambda m: (_sum(m, "trainable_weights"), 0)),
            check.mistake("freeze the layers before you count again", lambda m: (_sum(m, "trainable_weights"),) * 2),
        ],
    )


@exercise
def check_head():
    """Exercise 2: build the head."""
    import keras

    def rates(model):
        return [layer.rate for layer in model.layers if isinstance(layer, keras.layers.Dropout)]

    def total(model):
        return float(np.sum(model(9 * np.eye(8)[None, :4].reshape(1, 2, 2, 8))))

    ten = check.that("(10,) out", lambda m: m.output_shape == (None, 10))
    small_head = check.that("8,967 parameters", lambda m: m.count_params() == 8967)
    dropped = check.that("Dropout(0.2)", lambda m: rates(m) == [0.2])
    logits = check.that("values that do not sum to 1", lambda m: abs(total(m) - 1) > 1e-4)
    return check.Exercise(
        "build_head",
        cases=[
            check.case((4, 4, 112), 10, expected=ten, name="one logit for each class"),
            check.case((3, 3, 1280), 7, expected=small_head, name="no more weights than needed"),
            check.case((2, 2, 8), 3, expected=dropped, name="dropout"),
            check.case((2, 2, 8), 3, expected=logits, name="logits, no softmax"),
        ],
    )


@exercise
def check_curve():
    """Exercise 3: read a curve."""

    def _three(curve, last=3, part=0.9, whole=False):
        curve = np.asarray(curve, float)
        level = curve[-last:].mean()
        place = len(curve) - 1 if whole else int(np.argmax(curve >= part * level))
        return curve[0], (curve[place] - curve[0]) / max(place, 1), level

    def counted_wrong(curve):
        start, slope, level = _three(curve)
        place = int(np.argmax(np.asarray(curve) >= 0.9 * level))
        return start, slope * max(place, 1) / (place + 1), level

    return check.Exercise(
        "start_slope_asymptote",
        cases=[
            check.case([0.1, 0.5, 0.9, 0.9, 0.9], expected=(0.1, 0.4, 0.9), name="by hand"),
            check.case([0.75, 0.75, 0.8, 0.8, 0.8], expected=(0.75, 0, 0.8), name="there from the start"),
            check.case([0.2, 0.3, 0.5, 0.7, 0.6, 0.8], expected=(0.2, 0.5 / 3, 0.7), name="a rough curve"),
        ],
        mistakes=[
            check.mistake("the asymptote is a mean of three, not the last value alone", lambda c: _three(c, last=1)),
            check.mistake(
                "the slope ends where 90 % is reached, not at the last epoch", lambda c: _three(c, whole=True)
            ),
            check.mistake("divide by the epochs that passed, one less than the place counts", counted_wrong),
        ],
    )

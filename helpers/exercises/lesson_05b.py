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
def check_unfreeze():
    """Exercise 2: unfreeze from a block on."""
    import keras

    layers = keras.layers

    def network(frozen=()):
        steps = [keras.Input((8, 8, 3), name="image"), layers.Conv2D(4, 3, name="conv1")]
        steps += [layers.BatchNormalization(name="norm1"), layers.Conv2D(4, 3, name="conv2")]
        steps += [layers.BatchNormalization(name="norm2"), layers.GlobalAveragePooling2D(name="mean")]
        model = keras.Sequential([*steps, layers.Dense(3, name="head")])
        for name in frozen:
            model.get_layer(name).trainable = False
        return model

    def free(model):
        return {weight.path.rpartition("/")[0].rpartition("/")[2] for weight in model.trainable_weights}

    before = check.that(
        "conv1 is frozen",
        lambda model: "conv1" not in free(model),
        "the layers before it must be frozen, whatever they were",
    )
    after = check.that(
        "conv2 and head are free",
        lambda model: free(model) >= {"conv2", "head"},
        "the layer called `name` and all after it are free, whatever they were",
    )
    norms = check.that(
        "no batch normalisation is free",
        lambda model: not free(model) & {"norm1", "norm2"} and not model.get_layer("norm2").trainable,
        "batch normalisation stays frozen: free, it would use the batch",
    )
    alone = check.that(
        "only head is free", lambda model: free(model) == {"head"}, "from the last layer on, that is the head alone"
    )
    weights = [weight.copy() for weight in network().get_weights()]
    kept = check.that(
        "the model, with all its layers",
        lambda model: [one.shape for one in model.get_weights()] == [one.shape for one in weights],
        "return the model that was given",
    )
    every = ("conv1", "norm1", "conv2", "norm2", "head")
    return check.Exercise(
        "unfreeze_from",
        cases=[
            check.case(network(), "conv2", expected=before, name="all free before"),
            check.case(network(every), "conv2", expected=after, name="all frozen before"),
            check.case(network(), "conv2", expected=norms, name="the norms, all free before"),
            check.case(network(["conv1"]), "norm1", expected=norms, name="from a norm on"),
            check.case(network(["head"]), "head", expected=alone, name="the head alone"),
            check.case(network(), "conv1", expected=kept, name="what is returned"),
        ],
        changes=True,
    )


@exercise
def check_dense():
    """Exercise 3: step one without training."""

    def dense(mean, deviation, coef, intercept, turn=True, shift=True, scaled=True, sign=-1, divide=True):
        kernel = (coef / deviation if divide else coef * deviation).T
        moved = mean @ (kernel if scaled else coef.T)
        return kernel if turn else kernel.T, intercept + sign * moved * shift

    rng = np.random.default_rng(5)
    by_hand = np.array([2.0]), np.array([4.0]), np.array([[8.0]]), np.array([1.0])
    wide = rng.normal(3, 2, 4), rng.uniform(0.5, 5, 4), rng.normal(0, 1, (3, 4)), rng.normal(0, 1, 3)
    return check.Exercise(
        "as_dense",
        cases=[
            check.case(*by_hand, expected=dense(*by_hand), name="by hand"),
            check.case(*wide, expected=dense(*wide), name="four features, three classes"),
        ],
        mistakes=[
            check.mistake("the kernel of a dense layer is (D, K): transpose", lambda *g: dense(*g, turn=False)),
            check.mistake("the mean is subtracted before: it belongs into the bias", lambda *g: dense(*g, shift=False)),
            check.mistake(
                "the mean is divided by the deviation, too: use the new kernel", lambda *g: dense(*g, scaled=False)
            ),
            check.mistake("x − mean: the mean's part has a minus", lambda *g: dense(*g, sign=1)),
            check.mistake(
                "the features are divided by the deviation, not multiplied", lambda *g: dense(*g, divide=False)
            ),
        ],
    )

"""Answers to the exercises of lesson 05b."""

import numpy as np

from tests.answers import Answers


def by_the_counts(model):
    before = sum(weight.numpy().size for weight in model.trainable_variables)
    model.trainable = False
    model.layers[-1].trainable = True
    return before, sum(weight.numpy().size for weight in model.layers[-1].trainable_variables)


def without_freezing(model):
    sizes = [sum(int(np.prod(one.shape)) for one in layer.trainable_weights) for layer in model.layers]
    return sum(sizes), sizes[-1]


def all_parameters(model):
    return model.count_params(), model.layers[-1].count_params()


def nothing_left(model):
    before = sum(int(np.prod(one.shape)) for one in model.trainable_weights)
    model.trainable = False
    return before, sum(int(np.prod(one.shape)) for one in model.trainable_weights)


def not_frozen(model):
    return (sum(int(np.prod(one.shape)) for one in model.trainable_weights),) * 2


def constant(model):
    return 23, 15


def by_place(model, name):
    names = [layer.name for layer in model.layers]
    for place, layer in enumerate(model.layers):
        layer.trainable = place >= names.index(name) and type(layer).__name__ != "BatchNormalization"
    return model


def in_two_sweeps(model, name):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = not hasattr(layer, "moving_mean")
    for layer in model.layers:
        if layer.name == name:
            break
        layer.trainable = False
    return model


def norms_free(model, name):
    names = [layer.name for layer in model.layers]
    for place, layer in enumerate(model.layers):
        layer.trainable = place >= names.index(name)
    return model


def only_frees(model, name):
    names = [layer.name for layer in model.layers]
    for layer in model.layers[names.index(name) :]:
        layer.trainable = not hasattr(layer, "moving_mean")
    return model


def only_freezes(model, name):
    for layer in model.layers:
        if layer.name == name:
            break
        layer.trainable = False
    return model


def that_alone(model, name):
    for layer in model.layers:
        layer.trainable = layer.name == name
    return model


def from_the_next(model, name):
    reached = False
    for layer in model.layers:
        layer.trainable = reached and not hasattr(layer, "moving_mean")
        reached = reached or layer.name == name
    return model


def untouched(model, name):
    return model


def by_probing(mean, deviation, coef, intercept):
    def logits(x):
        return (x - mean) / deviation @ coef.T + intercept

    bias = logits(np.zeros((1, len(mean))))[0]
    return logits(np.eye(len(mean))) - bias, bias


def by_einsum(mean, deviation, coef, intercept):
    kernel = np.einsum("kd,d->dk", coef, 1 / deviation)
    return kernel, intercept - np.einsum("dk,d->k", kernel, mean)


def not_turned(mean, deviation, coef, intercept):
    kernel = coef / deviation
    return kernel, intercept - kernel @ mean


def bias_as_it_is(mean, deviation, coef, intercept):
    return (coef / deviation).T, intercept


def mean_unscaled(mean, deviation, coef, intercept):
    return (coef / deviation).T, intercept - coef @ mean


def as_given(mean, deviation, coef, intercept):
    return coef.T, intercept


ANSWERS = {
    "check_counts": Answers(
        right={"the model and its last layer": by_the_counts, "sizes of the layers": without_freezing},
        wrong={"constant": constant},
        announced={
            "mean and variance of batch normalisation are measured": all_parameters,
            "the last layer stays trainable": nothing_left,
            "freeze the layers before you count again": not_frozen,
        },
    ),
    "check_unfreeze": Answers(
        right={"by place": by_place, "two sweeps": in_two_sweeps},
        wrong={"that layer alone": that_alone, "from the next on": from_the_next, "untouched": untouched},
        announced={
            "batch normalisation stays frozen": norms_free,
            "the layers before it must be frozen": only_frees,
            "all after it are free": only_freezes,
        },
    ),
    "check_dense": Answers(
        right={"by probing": by_probing, "einsum": by_einsum},
        wrong={"as given": as_given},
        announced={
            "transpose": not_turned,
            "it belongs into the bias": bias_as_it_is,
            "use the new kernel": mean_unscaled,
        },
    ),
}

"""Answers to the exercises of lesson 05a."""

import numpy as np
from sklearn.neighbors import NearestCentroid
from sklearn.preprocessing import StandardScaler

from helpers.networks import efficientnet
from tests.answers import Answers


def by_the_helper(images):
    colour = np.stack([images] * 3, axis=-1)
    return efficientnet.preprocess(colour, images.shape[1:])


def by_a_line(images):
    return np.tile(np.float32(images[..., np.newaxis]) / 128 - np.float32(127 / 128), 3)


def zero_to_one(images):
    return np.repeat(images[..., None] / np.float32(255), 3, axis=-1)


def wrapped(images):
    return np.repeat(((images - np.uint8(127)) / 128)[..., None], 3, axis=-1).astype("float32")


def one_channel(images):
    return ((images.astype("float32") - 127) / 128)[..., None]


def symmetric(images):
    return np.repeat((images[..., None] / 127.5 - 1).astype("float32"), 3, axis=-1)


def by_the_library(features, labels, queries):
    return NearestCentroid().fit(features, labels).predict(queries)


def by_sums(features, labels, queries):
    member = labels[None] == np.arange(labels.max() + 1)[:, None]
    means = (member @ features) / member.sum(axis=1, keepdims=True)
    return np.argmax(queries @ means.T - (means**2).sum(axis=1) / 2, axis=1)


def nearest_example(features, labels, queries):
    return labels[((queries[:, None] - features) ** 2).sum(axis=2).argmin(axis=1)]


def not_squared(features, labels, queries):
    means = np.stack([features[labels == k].mean(axis=0) for k in range(labels.max() + 1)])
    return np.argmax(queries @ means.T, axis=1)


def first_class(features, labels, queries):
    return np.zeros(len(queries), int)


def by_the_scaler(train, test):
    scaler = StandardScaler().fit(train)
    moving = train.std(axis=0) > 0
    return scaler.transform(train) * moving, scaler.transform(test) * moving


def by_columns(train, test):
    new, old = np.zeros(test.shape), np.zeros(train.shape)
    for column in range(train.shape[1]):
        if np.ptp(train[:, column]):
            mean, deviation = np.mean(train[:, column]), np.std(train[:, column])
            old[:, column], new[:, column] = (train[:, column] - mean) / deviation, (test[:, column] - mean) / deviation
    return old, new


def leaked(train, test):
    every = np.vstack([train, test])
    scaler = StandardScaler().fit(every)
    return scaler.transform(train), scaler.transform(test)


def each_by_itself(train, test):
    return StandardScaler().fit_transform(train), StandardScaler().fit_transform(test)


def library_alone(train, test):
    scaler = StandardScaler().fit(train)
    return scaler.transform(train), scaler.transform(test)


def unchanged(train, test):
    return train, test


ANSWERS = {
    "check_prepare": Answers(
        right={"the helper": by_the_helper, "a line": by_a_line},
        wrong={"one channel": one_channel, "127.5": symmetric},
        announced={"that is 0 to 1": zero_to_one, "subtract before the type": wrapped},
    ),
    "check_nearest": Answers(
        right={"the library": by_the_library, "sums": by_sums},
        wrong={"largest product": not_squared, "always 0": first_class},
        announced={"that is the nearest example": nearest_example},
    ),
    "check_scaled": Answers(
        right={"the library's scaler": by_the_scaler, "column by column": by_columns},
        wrong={"unchanged": unchanged},
        announced={
            "mean and deviation come from all rows": leaked,
            "each table is scaled by itself": each_by_itself,
            "it becomes 0 in both tables": library_alone,
        },
    ),
}

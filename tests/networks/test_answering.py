"""A network that answers questions about maps, trained and asked."""

import numpy as np

from helpers.asking import Ask
from helpers.networks import answering
from helpers.networks.answering import keras


def network(length, words, answers):
    seen, numbers = keras.Input((2, 3)), keras.Input((length,), dtype="int32")
    text = keras.layers.Flatten()(keras.layers.Embedding(words + 1, 4)(numbers))
    joined = keras.layers.Concatenate()([keras.layers.Flatten()(seen), text])
    model = keras.Model([seen, numbers], keras.layers.Dense(answers)(joined))
    model.compile(keras.optimizers.Adam(0.1), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.optimizer.build(model.trainable_variables)
    return model, None


def test_what_can_be_learned_is_learned(monkeypatch):
    monkeypatch.setattr(answering, "RATES", (1e-2, 1e-1))
    monkeypatch.setattr(answering, "ROUNDS", (20,))
    maps = np.random.default_rng(0).normal(size=(60, 2, 3)).astype(np.float32)
    asked = [Ask(k, "side", "which side?", "left" if maps[k, 0, 0] < 0 else "right") for k in range(60)]
    found = answering.trained(network, maps, asked[:40], asked[40:], seed=0)
    assert found.answers == ["left", "right"] and found.length == 2
    assert answering.rightly(found, maps, asked[40:]).mean() > 0.7  # half by guessing

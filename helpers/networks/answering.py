"""Train a network that answers questions about maps of features, and ask it; the choices are made on other scenes.

A question is a helpers.asking.Ask; a map is (places, channels), what a frozen network sees of a scene.
"""

from typing import NamedTuple

import numpy as np

from helpers import asking
from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras

RATES, TRIAL, ROUNDS = (1e-3, 3e-3), 1, (2, 2, 2)


class Answerer(NamedTuple):
    """A model of (maps, numbers of words) to logits of answers; one to its weights of attention, or None.

    numbers: {word: its number}. answers: list of texts, in the order of the logits. length: of the longest text.
    """

    model: object
    weights: object
    numbers: dict
    answers: list
    length: int


def answered(found, seen, texts):
    """Return the answers of an Answerer to N texts about N maps (N, places, channels), a list."""
    numbers = asking.encode(texts, found.numbers, found.length)
    logits = found.model.predict([seen, numbers], batch_size=256, verbose=0)
    return [found.answers[k] for k in logits.argmax(axis=1)]


def rightly(found, maps, questions):
    """Return for each question whether it is answered rightly, bool (N,); maps: of all scenes of the split."""
    texts = [one.text for one in questions]
    return np.array(answered(found, maps[[one.scene for one in questions]], texts)) == [o.answer for o in questions]


def attention(found, seen, texts):
    """Return the weights on each place, (N, places): the mean of the heads and of the words of each text."""
    numbers = asking.encode(texts, found.numbers, found.length)
    weights = found.weights.predict([seen, numbers], batch_size=256, verbose=0).mean(axis=1)
    there = (numbers > 0)[:, :, None]
    return (weights * there).sum(axis=1) / there.sum(axis=1)


def trained(network, maps, learn, choose, seed):
    """Return the Answerer of a network, trained on questions; learning rate and epochs are chosen on others.

    network: a function of (length of a text, number of words, number of answers) that returns (compiled model, model of
    weights or None). maps: of all scenes that the questions `learn` and `choose` are about. Each rate of RATES gets
    TRIAL epochs; the better one goes on from there for ROUNDS, and the best of these is kept. The measure is the mean
    share of right answers over the kinds of question.
    """
    numbers, answers = asking.numbered([one.text for one in learn]), sorted({one.answer for one in learn})
    right = np.array([answers.index(one.answer) for one in learn])
    length = max(len(asking.words_of(one.text)) for one in learn)
    x = [maps[[one.scene for one in learn]], asking.encode([one.text for one in learn], numbers, length)]
    keras.utils.set_random_seed(seed)
    found = Answerer(*network(length, len(numbers), len(answers)), numbers, answers, length)
    begin = _values(found.model)

    def after(values, rate, epochs):
        _set(found.model, values)
        found.model.optimizer.learning_rate = rate
        found.model.fit(x, right, batch_size=128, epochs=epochs, verbose=0)
        share = asking.by_kind(rightly(found, maps, choose), choose, "chosen")["chosen, mean"]
        return share, rate, _values(found.model)

    now = best = max((after(begin, rate, TRIAL) for rate in RATES), key=lambda one: one[0])
    for epochs in ROUNDS:
        now = after(now[2], now[1], epochs)
        best = max(best, now, key=lambda one: one[0])
    _set(found.model, best[2])
    return found


def _state(model):
    return [*model.variables, *model.optimizer.variables]


def _values(model):
    return [variable.numpy() for variable in _state(model)]


def _set(model, values):
    for variable, value in zip(_state(model), values, strict=True):
        variable.assign(value)

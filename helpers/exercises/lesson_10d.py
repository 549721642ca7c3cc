"""The exercises of lesson 10d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


def _softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@exercise
def check_masked_weights():
    """Exercise 1: words that are not there."""

    def right(scores, keep):
        return _softmax(np.where(keep[None], scores, -np.inf))

    rng = np.random.default_rng(0)
    cases = {
        "two words, one place of padding": (np.log([[1.0, 3, 5], [1, 1, 1], [2, 2, 2]]), [True, True, False]),
        "no padding": (rng.normal(size=(3, 3)), [True] * 3),
        "padding with a high score": (np.array([[0.0, 50, 1], [1, 60, 0], [2, 70, 2]]), [True, False, True]),
        "large scores": (np.array([[900.0, 899, 0], [900, 900, 900], [0, 1, 0]]), [True, True, False]),
        "far below zero": (np.full((3, 3), -900.0) + np.arange(3), [True, True, False]),
    }
    cases = {name: (scores, np.array(keep)) for name, (scores, keep) in cases.items()}
    return check.Exercise(
        "masked_weights",
        cases=[check.case(*given, expected=right(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake("set to 0 after the softmax, the rest no longer sums to 1", lambda s, k: _softmax(s) * k),
            check.mistake("a score of 0 is no mask: e⁰ is 1", lambda s, k: _softmax(np.where(k[None], s, 0.0))),
            check.mistake(
                "you mask the words that look (rows), not those that are looked at (columns)",
                lambda s, k: _softmax(s) * k[:, None],
            ),
        ],
    )


@exercise
def check_clip_loss():
    """Exercise 2: the loss in NumPy."""

    def rows(logits):
        top = logits.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0] - np.diag(logits)))

    def right(cosines, temperature):
        logits = cosines / temperature
        return (rows(logits) + rows(logits.T)) / 2

    cases = {
        "two pairs": (np.eye(2), 1.0),
        "colder": (np.eye(2), 0.5),
        "not symmetric": (np.array([[0.9, 0.8, 0.1], [0.0, 0.5, 0.4], [0.3, 0.6, 0.2]]), 0.5),
        "very cold": (np.array([[1.0, 0.2], [0.9, 0.8]]), 0.001),
    }
    return check.Exercise(
        "clip_loss",
        cases=[check.case(*given, expected=right(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake("the temperature divides", lambda c, t: right(c, 1 / t)),
            check.mistake("only pictures choose here: texts choose among pictures, too", lambda c, t: rows(c / t)),
            check.mistake("only texts choose here: pictures choose among texts, too", lambda c, t: rows(c.T / t)),
            check.mistake("the mean of both ways, not their sum", lambda c, t: 2 * right(c, t)),
        ],
    )


@exercise
def check_targets():
    """Exercise 3: a caption that comes twice."""

    def right(texts):
        same = np.array([[one == other for other in texts] for one in texts], float)
        return same / same.sum(axis=1, keepdims=True)

    cases = {
        "one twice": ["a cat", "a pear", "a cat"],
        "all different": ["a cat", "a pear", "a gull"],
        "three and two": ["a", "b", "a", "b", "a", "c"],
        "all alike": ["a cat", "a cat"],
        "one in the other, and turned round": ["a cat", "a cat above a pear", "a pear above a cat", "a cat"],
    }
    return check.Exercise(
        "targets",
        cases=[check.case(texts, expected=right(texts), name=name) for name, texts in cases.items()],
        mistakes=[
            check.mistake("that is what CLIP does: a second cat counts as wrong", lambda t: np.eye(len(t))),
            check.mistake(
                "each row is a distribution: it sums to 1",
                lambda t: np.array([[one == other for other in t] for one in t], float),
            ),
        ],
    )

"""Answers to the exercises of lesson 04g."""

import numpy as np
from scipy import special

from tests.answers import Answers


def by_softmax(z):
    return special.softmax([0.0, z])


def by_logarithms(z):
    return np.exp([-np.logaddexp(0, z), -np.logaddexp(0, -z)])


def by_the_formula(z):
    p = 1 / (1 + np.exp(-z))
    return np.array([1 - p, p])


def by_scipy(logits, labels):
    return -special.log_softmax(logits, axis=1)[range(len(labels)), labels].mean()


def by_logsumexp(logits, labels):
    return np.mean(special.logsumexp(logits, axis=1) - np.take_along_axis(logits, labels[:, None], axis=1)[:, 0])


def plain(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels]).mean()


def shifted_then_log(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels]).mean()


def by_logaddexp(scores, labels):
    return np.logaddexp(0, (1 - 2 * labels) * scores).mean()


def by_log_expit(scores, labels):
    return -(labels * special.log_expit(scores) + (1 - labels) * special.log_expit(-scores)).mean()


def through_p(scores, labels):
    p = special.expit(scores)
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()


def clipped(scores, labels):
    p = np.clip(special.expit(scores), 1e-7, 1 - 1e-7)
    return -(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean()


ANSWERS = {
    "check_two_classes": Answers(
        right={"softmax over (0, z)": by_softmax, "logarithms": by_logarithms},
        wrong={
            "the formula, with its overflow": by_the_formula,
            "a decision": lambda z: np.array([float(z < 0), float(z > 0)]),
            "the score": lambda z: np.array([-z, z]),
        },
        announced={
            "a small probability needs": lambda z: np.array([1 - special.expit(z), special.expit(z)]),
            "doubles the difference": lambda z: special.softmax([-z, z]),
        },
    ),
    "check_cross_entropy": Answers(
        right={"SciPy's log_softmax": by_scipy, "logsumexp": by_logsumexp},
        wrong={
            "log of the number of classes": lambda logits, labels: np.log(logits.shape[1]),
            "the sum": lambda *given: by_scipy(*given) * len(given[1]),
            "the score itself": lambda logits, labels: -logits[np.arange(len(labels)), labels].mean(),
        },
        announced={"overflow": plain, "underflow": shifted_then_log},
    ),
    "check_binary": Answers(
        right={"logaddexp": by_logaddexp, "log_expit": by_log_expit},
        wrong={
            "the hinge": lambda scores, labels: np.maximum(0, (1 - 2 * labels) * scores).mean(),
            "log 2": lambda scores, labels: np.log(2),
            "the sum": lambda *given: by_logaddexp(*given) * len(given[0]),
        },
        announced={"compute from the score, without p": through_p, "clipping p hides": clipped},
    ),
}

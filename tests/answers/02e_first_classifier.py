"""Answers to the exercises of lesson 02e."""

import keras
import numpy as np
from scipy import stats
from scipy.special import log_softmax, logsumexp, softmax

from tests.answers import Answers


def by_keras_loss(logits, label):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(np.array([label]), logits[None]))


def naive(logits, label):
    return -np.log(np.exp(logits)[label] / np.exp(logits).sum())


def late_logarithm(logits, label):
    shifted = np.exp(logits - logits.max())
    return -np.log(shifted[label] / shifted.sum())


def by_waiting(losses, patience, ties=False, offset=1):
    lowest, best, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest or ties and loss <= lowest:
            lowest, best, waited = loss, epoch, 0
        else:
            waited += 1
            if waited == patience:
                return best + offset, epoch + offset
    return best + offset, len(losses) - 1 + offset


def by_slices(losses, patience):
    for last in range(patience + 1, len(losses) + 1):
        best = int(np.argmin(losses[:last]))
        if last - 1 - best >= patience:
            return best + 1, last
    return int(np.argmin(losses)) + 1, len(losses)


def by_sem(first, second):
    d = np.subtract(first, second, dtype=int)
    return d.mean(), stats.sem(d)


def by_counts(first, second):
    n, b, c = len(first), np.sum(first & ~second), np.sum(second & ~first)
    return (b - c) / n, np.sqrt((b + c - (b - c) ** 2 / n) / (n - 1) / n)


def as_if_apart(first, second):
    variances = first.var(ddof=1) + second.var(ddof=1)
    return first.mean() - second.mean(), np.sqrt(variances / len(first))


ANSWERS = {
    "check_entropy": Answers(
        right={
            "log_softmax": lambda logits, label: -log_softmax(logits)[label],
            "logsumexp": lambda logits, label: logsumexp(logits) - logits[label],
            "Keras": by_keras_loss,
        },
        wrong={
            "the prompt's number": lambda logits, label: 0.408,
            "the gap alone": lambda logits, label: float(logits.max() - logits[label]),
            "clipped": lambda logits, label: float(-np.log(np.clip(softmax(logits)[label], 1e-7, 1))),
        },
        announced={
            "exp of such a logit overflows": naive,
            "the probability is too small": late_logarithm,
            "the sign": lambda logits, label: log_softmax(logits)[label],
        },
    ),
    "check_stop": Answers(
        right={"waiting": by_waiting, "slices": by_slices},
        wrong={
            "the prompt's answer": lambda losses, patience: (2, 4),
            "the lowest of all": lambda losses, patience: (int(np.argmin(losses)) + 1, len(losses)),
            "always patience more": lambda losses, patience: (by_waiting(losses, patience)[0],) * 2,
        },
        announced={
            "count from 1": lambda losses, patience: by_waiting(losses, patience, offset=0),
            "an equal loss is no improvement": lambda losses, patience: by_waiting(losses, patience, ties=True),
            "patience + 1": lambda losses, patience: by_waiting(losses, patience + 1),
        },
    ),
    "check_paired": Answers(
        right={"scipy.stats.sem": by_sem, "counts": by_counts},
        wrong={
            "the prompt's answer": lambda first, second: (0.25, 0.25),
            "one accuracy's error": lambda first, second: (
                by_sem(first, second)[0],
                first.std(ddof=1) / len(first) ** 0.5,
            ),
            "twice": lambda first, second: tuple(2 * one for one in by_sem(first, second)),
        },
        announced={
            "as if they saw different pictures": as_if_apart,
            "divide by √n": lambda first, second: (by_sem(first, second)[0], np.std(first * 1 - second * 1, ddof=1)),
            "ddof=1": lambda first, second: (by_sem(first, second)[0], stats.sem(first * 1 - second * 1, ddof=0)),
        },
    ),
}

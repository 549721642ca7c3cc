"""Answers to the exercises of lesson 10d."""

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

from tests.answers import Answers


def by_loop(scores, keep):
    found = np.zeros_like(scores)
    for row, given in zip(found, scores, strict=True):
        row[keep] = softmax(given[keep])
    return found


def renormalised(scores, keep):
    weights = np.exp(scores - scores[:, keep].max(axis=1, keepdims=True)) * keep
    return weights / weights.sum(axis=1, keepdims=True)


def by_scipy(cosines, temperature):
    logits = np.asarray(cosines) / temperature
    return -(np.diag(log_softmax(logits, axis=1)).mean() + np.diag(log_softmax(logits, axis=0)).mean()) / 2


def by_sums(cosines, temperature):
    logits = cosines / temperature
    both = logsumexp(logits, axis=0) + logsumexp(logits, axis=1)
    return float((both / 2 - np.diag(logits)).mean())


def in_float32(cosines, temperature):
    return np.float32(by_scipy(cosines.astype(np.float32), np.float32(temperature)))


def overflowing(cosines, temperature):
    powers = np.exp(cosines / temperature)
    own = np.diag(powers)
    return float(-np.mean(np.log(own / powers.sum(axis=1)) + np.log(own / powers.sum(axis=0))) / 2)


def by_counts(texts):
    return np.array([[(one == other) / texts.count(one) for other in texts] for one in texts])


def by_lists(texts):
    return [[1 / texts.count(one) if one == other else 0 for other in texts] for one in texts]


ANSWERS = {
    "check_masked_weights": Answers(
        right={"the kept part alone": by_loop, "renormalised": renormalised},
        wrong={
            "no mask": lambda scores, keep: softmax(scores, axis=1),
            "even": lambda scores, keep: np.tile(keep / keep.sum(), (len(scores), 1)),
            "by columns": lambda scores, keep: softmax(np.where(keep, scores, -np.inf), axis=0),
            "a mask of -10": lambda scores, keep: softmax(np.where(keep, scores, -10.0), axis=1),
            "a mask of -100": lambda scores, keep: softmax(np.where(keep, scores, -100.0), axis=1),
        },
        announced={
            "no longer sums to 1": lambda scores, keep: softmax(scores, axis=1) * keep,
            "is no mask": lambda scores, keep: softmax(scores * keep, axis=1),
        },
    ),
    "check_clip_loss": Answers(
        right={"SciPy": by_scipy, "logarithms of sums": by_sums, "float32": in_float32},
        wrong={
            "overflows": overflowing,
            "the diagonal": lambda cosines, temperature: 1 - np.diag(cosines).mean(),
            "no temperature": lambda cosines, temperature: by_scipy(cosines, 1.0),
            "the sum over the pairs": lambda cosines, temperature: len(cosines) * by_scipy(cosines, temperature),
        },
        announced={
            "temperature divides": lambda cosines, temperature: by_scipy(cosines, 1 / temperature),
            "only pictures choose": lambda cosines, temperature: (
                -np.diag(log_softmax(cosines / temperature, axis=1)).mean()
            ),
        },
    ),
    "check_targets": Answers(
        right={"counts": by_counts, "lists": by_lists},
        wrong={
            "bool": lambda texts: [[one == other for other in texts] for one in texts],
            "even": lambda texts: np.full((len(texts), len(texts)), 1 / len(texts)),
            "a part of it": lambda texts: np.array(
                [[(a in b) / sum(a in c for c in texts) for b in texts] for a in texts]
            ),
            "a bag of words": lambda texts: by_counts([" ".join(sorted(text.split())) for text in texts]),
            "divided by all": lambda texts: np.array([[one == other for other in texts] for one in texts]) / len(texts),
        },
        announced={
            "a second cat counts as wrong": lambda texts: np.eye(len(texts)),
            "sums to 1": lambda texts: np.array([[float(one == other) for other in texts] for one in texts]),
        },
    ),
}

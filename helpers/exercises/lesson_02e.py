"""The exercises of lesson 02e."""

import numpy as np
from scipy.special import log_softmax, softmax

from helpers import check
from helpers.exercises import exercise


@exercise
def check_entropy():
    """Exercise 1: cross-entropy from logits."""
    given = [
        ("the example", np.array([2.0, 1.0, 0.0]), 0),
        ("a blind guess among ten", np.zeros(10), 3),
        ("large logits", np.array([1000.0, 998.0, 0.0]), 1),
        ("a label far below", np.array([1000.0, 998.0, 0.0]), 2),
        ("all far below zero", np.array([-2000.0, -2001.0]), 1),
    ]

    def naive(z, y):
        with np.errstate(all="ignore"):
            return -np.log(np.exp(z) / np.exp(z).sum())[y]

    def late(z, y):
        with np.errstate(all="ignore"):
            return -np.log(softmax(z)[y])

    return check.Exercise(
        "cross_entropy",
        cases=[check.case(z, y, expected=float(-log_softmax(z)[y]), name=name) for name, z, y in given],
        mistakes=[
            check.mistake("the sign: a loss is not negative", lambda z, y: log_softmax(z)[y]),
            check.mistake("that is the probability: take −ln of it", lambda z, y: softmax(z)[y]),
            check.mistake("log10 instead of the natural logarithm", lambda z, y: -log_softmax(z)[y] / np.log(10)),
            check.mistake("that is the loss of the best class, not of the label", lambda z, y: -log_softmax(z).max()),
            check.mistake(
                "the probability is too small for a float and became 0: take the logarithm before you divide", late
            ),
            check.mistake("exp of such a logit overflows, or all become 0: subtract the largest logit first", naive),
        ],
    )


@exercise
def check_stop():
    """Exercise 2: stop in time."""

    def stop(losses, patience, ties=False, start=1, last=False, total=False):
        best, waited = 0, 0
        for epoch, loss in enumerate(losses):
            if epoch == 0 or loss < losses[best] or (ties and loss == losses[best]):
                best, waited = epoch, 0
            else:
                waited += 1
            if waited >= patience and not total:
                break
        return (epoch if last else best) + start, epoch + start

    def reset_by_any_fall(losses, patience):
        best, waited = 0, 0
        for epoch in range(1, len(losses)):
            waited = 0 if losses[epoch] < losses[epoch - 1] else waited + 1
            best = epoch if losses[epoch] < losses[best] else best
            if waited >= patience:
                break
        return best + 1, epoch + 1

    given = [
        ("the example", [0.9, 0.7, 0.8, 0.75, 0.6], 2),
        ("patience enough", [0.9, 0.7, 0.8, 0.75, 0.6], 3),
        ("a plateau", [0.5, 0.4, 0.4, 0.4, 0.3], 2),
        ("better all the time", [0.9, 0.8, 0.7], 2),
        ("worse from the start", [0.2, 0.3, 0.4, 0.1], 1),
        ("up and down", [0.9, 0.5, 0.8, 0.7, 0.6, 0.55, 0.3], 4),
    ]
    return check.Exercise(
        "early_stop",
        cases=[check.case(*one, expected=stop(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("count from 1, not from 0", lambda a, p: stop(a, p, start=0)),
            check.mistake("an equal loss is no improvement", lambda a, p: stop(a, p, ties=True)),
            check.mistake("lower than the lowest so far, not than the epoch before", reset_by_any_fall),
            check.mistake("the training ends before that epoch", lambda a, p: stop(a, p, total=True)),
            check.mistake("keep the best weights, not the last ones", lambda a, p: stop(a, p, last=True)),
            check.mistake("patience + 1 epochs were waited", lambda a, p: stop(a, p + 1)),
        ],
    )


@exercise
def check_paired():
    """Exercise 3: the error of a paired difference."""

    def paired(a, b, ddof=1, root=True, apart=False):
        a, b = a.astype(float), b.astype(float)
        variance = a.var(ddof=ddof) + b.var(ddof=ddof) if apart else (a - b).var(ddof=ddof)
        return (a - b).mean(), np.sqrt(variance / len(a)) if root else np.sqrt(variance)

    draws = np.random.default_rng(4)
    many = draws.random(200) < 0.8
    other = np.where(draws.random(200) < 0.1, ~many, many)
    given = [
        ("four pictures", np.array([True, True, False, True]), np.array([False, True, False, True])),
        ("worse", np.array([False, False, True, True, False]), np.array([True, True, True, False, True])),
        ("the same model", many, many.copy()),
        ("two hundred pictures", many, other),
    ]
    return check.Exercise(
        "paired_difference",
        cases=[check.case(a, b, expected=tuple(map(float, paired(a, b))), name=name) for name, a, b in given],
        mistakes=[
            check.mistake(
                "that is the spread of the d; their mean varies less: divide by √n",
                lambda a, b: paired(a, b, root=False),
            ),
            check.mistake(
                "that treats the models as if they saw different pictures", lambda a, b: paired(a, b, apart=True)
            ),
            check.mistake("divide by n − 1, not by n: ddof=1", lambda a, b: paired(a, b, ddof=0)),
            check.mistake("first minus second", lambda a, b: paired(b, a)),
        ],
    )

"""The exercises of lesson 09f."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_loss():
    """Exercise 1: what a triplet still pulls at."""

    def excess(a, p, n, margin=0.2, power=2):
        near, far = (np.linalg.norm(a - other, axis=1) ** power for other in (p, n))
        return near - far + margin

    def answer(found, floor=True):
        return float(np.maximum(found, 0).mean() if floor else found.mean()), float(np.mean(found > 0))

    anchors, positives = np.array([[1.0, 0.0]] * 3), np.array([[0.8, 0.6]] * 3)
    negatives = np.array([[-1.0, 0.0], [0.8, -0.6], [1.0, 0.0]])
    rng = np.random.default_rng(0)
    sphere = rng.normal(size=(3, 40, 8))
    sphere /= np.linalg.norm(sphere, axis=2, keepdims=True)
    return check.Exercise(
        "batch_loss",
        cases=[
            check.case(anchors, positives, negatives, expected=(0.8 / 3, 2 / 3), name="three triplets"),
            check.case(anchors, positives, negatives, 0.0, expected=(0.4 / 3, 1 / 3), name="no margin"),
            check.case(anchors[:1], positives[:1], negatives[:1], 5.0, expected=(1.4, 1.0), name="one triplet"),
            check.case(*sphere, expected=answer(excess(*sphere)), name="forty triplets on a sphere"),
        ],
        mistakes=[
            check.mistake("a loss below 0 must count as 0", lambda *given: answer(excess(*given), floor=False)),
            check.mistake("positive and negative are swapped", lambda a, p, n, m=0.2: answer(excess(a, n, p, m))),
            check.mistake("distances are squared", lambda a, p, n, m=0.2: answer(excess(a, p, n, m, 1))),
            check.mistake(
                "the mean is over all triplets, also those with loss 0",
                lambda *given: (float(excess(*given)[excess(*given) > 0].mean()), answer(excess(*given))[1]),
            ),
            check.mistake(
                "the share is asked for, not the count",
                lambda *given: (answer(excess(*given))[0], int(np.sum(excess(*given) > 0))),
            ),
            check.mistake(
                "a triplet teaches as long as the margin is not reached, also when its order is right",
                lambda a, p, n, m=0.2: (answer(excess(a, p, n, m))[0], float(np.mean(excess(a, p, n, 0) > 0))),
            ),
            check.mistake("return two numbers", lambda *given: answer(excess(*given))[0]),
        ],
    )


@exercise
def check_semi():
    """Exercise 2: the semi-hard negative."""

    def pick(d, negative, positive, beyond=True, only=True):
        chosen = (negative if only else np.ones(len(d), bool)) & ((d > positive) if beyond else True)
        if not chosen.any():
            return int(np.flatnonzero(negative)[d[negative].argmax()])
        return int(np.flatnonzero(chosen)[d[chosen].argmin()])

    some_d = np.array([0.0, 0.5, 0.3, 0.9, 0.6, 0.55])
    some_n = np.array([False, False, True, True, True, False])
    return check.Exercise(
        "semi_hard",
        cases=[
            check.case(some_d, some_n, 0.5, expected=4, name="one is harder, two are farther"),
            check.case(some_d, some_n, 0.1, expected=2, name="all are farther"),
            check.case(some_d, some_n, 0.95, expected=3, name="none is farther"),
            check.case(some_d[::-1].copy(), some_n[::-1].copy(), 0.5, expected=1, name="the other way round"),
            check.case(
                np.array([0.5, 0.5, 0.8, 0.2]),
                np.array([False, True, True, True]),
                0.5,
                expected=2,
                name="one is as far as the positive",
            ),
        ],
        mistakes=[
            check.mistake(
                "farther than the positive: as far is not enough",
                lambda d, n, p: (
                    int(np.flatnonzero(n)[d[n].argmax()])
                    if not (n & (d >= p)).any()
                    else int(np.where(n & (d >= p), d, 9).argmin())
                ),
            ),
            check.mistake(
                "that is the hardest negative: it is nearer than the positive", lambda d, n, p: pick(d, n, p, False)
            ),
            check.mistake(
                "faces of the anchor's own person are among the choices", lambda d, n, p: pick(d, n, p, only=False)
            ),
            check.mistake("that is an easy negative, the farthest one", lambda d, n, p: pick(d, n, 99)),
        ],
    )


@exercise
def check_door():
    """Exercise 3: a threshold for a door."""
    far = np.array([0.9, 0.5, 0.1, 0.4])
    return check.Exercise(
        "door_threshold",
        cases=[
            check.case(far, 0.25, expected=0.4, name="one of four may pass"),
            check.case(far, 0.0, expected=0.1, name="nobody may pass"),
            check.case(far, 0.6, expected=0.5, name="two of four, since three would be too many"),
            check.case(np.arange(200.0)[::-1].copy(), 0.01, expected=2.0, name="two hundred pairs, one in a hundred"),
            check.case(np.array([0.3, 0.3, 0.3, 0.8]), 0.5, expected=0.3, name="three alike: none lies below"),
        ],
        mistakes=[
            check.mistake("sort the distances first", lambda d, allowed: float(d[int(allowed * len(d))])),
            check.mistake(
                "strangers with small distances get in: count from below",
                lambda d, share: float(-np.sort(-d)[int(share * len(d))]),
            ),
            check.mistake(
                "one step too strict", lambda d, allowed: float(np.sort(d)[max(int(allowed * len(d)) - 1, 0)])
            ),
        ],
    )

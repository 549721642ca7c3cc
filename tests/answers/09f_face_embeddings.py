"""Answers to the exercises of lesson 09f."""

import numpy as np

from tests.answers import Answers


def loss_by_dots(anchors, positives, negatives, margin=0.2):
    def apart(others):
        return ((anchors - others) * (anchors - others)).sum(-1)

    left = (apart(positives) - apart(negatives) + margin).clip(min=0)
    return left.sum() / len(left), np.count_nonzero(left) / len(left)


def loss_by_loop(anchors, positives, negatives, margin=0.2):
    losses = []
    for a, p, n in zip(anchors, positives, negatives, strict=True):
        losses.append(max(0.0, np.linalg.norm(a - p) ** 2 - np.linalg.norm(a - n) ** 2 + margin))
    return sum(losses) / len(losses), sum(loss > 0 for loss in losses) / len(losses)


def loss_unsquared(anchors, positives, negatives, margin=0.2):
    near, far = (np.linalg.norm(anchors - other, axis=1) for other in (positives, negatives))
    left = np.maximum(near - far + margin, 0)
    return left.mean(), np.mean(left > 0)


def loss_without_floor(anchors, positives, negatives, margin=0.2):
    left = ((anchors - positives) ** 2).sum(1) - ((anchors - negatives) ** 2).sum(1) + margin
    return left.mean(), np.mean(left > 0)


def order_only(anchors, positives, negatives, margin=0.2):
    loss, _ = loss_by_loop(anchors, positives, negatives, margin)
    near, far = (((anchors - other) ** 2).sum(1) for other in (positives, negatives))
    return loss, np.mean(near > far)


def semi_by_sorting(distances, is_negative, positive):
    order = [int(k) for k in np.argsort(distances, kind="stable") if is_negative[k]]
    return next((k for k in order if distances[k] > positive), order[-1])


def semi_by_masked_array(distances, is_negative, positive):
    beyond = np.ma.masked_where(~(is_negative & (distances > positive)), distances)
    return beyond.argmin() if beyond.count() else np.ma.masked_where(~is_negative, distances).argmax()


def hardest(distances, is_negative, positive):
    return int(np.where(is_negative, distances, np.inf).argmin())


def door_by_search(different, allowed):
    return max(float(one) for one in different if np.mean(different < one) <= allowed)


def door_by_partition(different, allowed):
    return np.partition(different, int(np.floor(allowed * len(different))))[int(allowed * len(different))]


ANSWERS = {
    "check_loss": Answers(
        right={"dots": loss_by_dots, "a loop": loss_by_loop},
        wrong={
            "the prompt's numbers": lambda anchors, positives, negatives, margin=0.2: (0.8 / 3, 2 / 3),
            "the margin forgotten": lambda a, p, n, margin=0.2: loss_by_dots(a, p, n),
            "only the loss": lambda *given: loss_by_loop(*given)[0],
        },
        announced={
            "distances are squared": loss_unsquared,
            "a loss below 0 must count as 0": loss_without_floor,
            "also when its order is right": order_only,
        },
    ),
    "check_semi": Answers(
        right={"sorting": semi_by_sorting, "a masked array": semi_by_masked_array},
        wrong={
            "always the same": lambda distances, is_negative, positive: 4,
            "the first that is farther": lambda d, n, p: int((n & (d > p)).argmax()),
            "the farthest": lambda d, n, p: int(np.where(n, d, -1).argmax()),
        },
        announced={
            "that is the hardest negative": hardest,
            "anchor's own person": lambda d, n, p: semi_by_sorting(d, np.ones(len(d), bool), p),
            "as far is not enough": lambda d, n, p: semi_by_sorting(d, n, p - 1e-9),
        },
    ),
    "check_door": Answers(
        right={"search": door_by_search, "partition": door_by_partition},
        wrong={
            "the quantile": lambda different, allowed: float(np.quantile(different, allowed)),
            "the smallest": lambda different, allowed: float(min(different)),
            "without sorting": lambda different, allowed: float(different[int(allowed * len(different))]),
        },
        announced={
            "sort the distances first": lambda different, allowed: float(different[int(allowed * len(different))]),
            "one step too strict": lambda d, allowed: float(np.sort(d)[max(int(allowed * len(d)) - 1, 0)]),
        },
    ),
}

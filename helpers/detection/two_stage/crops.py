"""R-CNN: linear SVMs and a box regression for each class, on features of warped crops or of the scene's map.

Girshick et al., CVPR 2014, arXiv:1311.2524.
"""

from typing import NamedTuple

import numpy as np

from helpers.detection import boxes as box_tools, regions
from helpers.detection.two_stage.choosing import best
from helpers.detection.two_stage.looking import pooled

COSTS = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)  # of an SVM, to choose from
PENALTIES = (1e2, 1e3, 1e4, 1e5, 1e6)  # of a box regression


class Rows(NamedTuple):
    """Boxes of many scenes as a classifier sees them, `rows`: true boxes and proposals, a row each.

    features: (N, D) float32. overlaps: (N, K), the largest IoU with an object of each class. truth: (N,), the class of
    a true box, -1 for a proposal. nearest, offsets: the class (N,) of the object that a row overlaps most, and the
    offsets (N, 4) to its box; place: (N,), the number of the row within its scene.
    """

    features: np.ndarray
    overlaps: np.ndarray
    truth: np.ndarray
    nearest: np.ndarray
    offsets: np.ndarray
    place: np.ndarray


class Svms(NamedTuple):
    """What R-CNN learns. mean, std: (D,), the scale of the features. weights: (K, D + 1), a linear SVM a class, the
    constant last. offsets: (K, D + 1, 4), a linear regression of box offsets a class, or None: boxes stay."""

    mean: np.ndarray
    std: np.ndarray
    weights: np.ndarray
    offsets: np.ndarray | None


def rows(seen, names, shared=False):
    """Return the Rows of a list of Seen for `names` classes; shared: features from the map, not from the crops."""
    parts = []
    for one in seen:
        truth, labels = one.scene.boxes, one.scene.labels
        boxes = np.concatenate([truth, one.proposals])
        features = pooled(one, boxes).reshape(len(boxes), -1) if shared else one.crops[: len(boxes)]
        overlaps = box_tools.iou(boxes, truth)
        classes = [overlaps[:, labels == label].max(axis=1, initial=0) for label in range(names)]
        which = overlaps.argmax(axis=1) if len(truth) else np.zeros(len(boxes), int)
        offsets = box_tools.encode(boxes, truth[which]) if len(truth) else np.zeros((len(boxes), 4))
        nearest = labels[which] if len(truth) else which
        kind = np.r_[labels, np.full(len(one.proposals), -1)]
        parts.append(
            Rows(features, np.stack(classes, axis=1), kind, nearest, offsets, np.arange(len(boxes)) - len(truth))
        )
    found = Rows(*(np.concatenate(part) for part in zip(*parts, strict=True)))
    return found._replace(features=np.asarray(found.features, np.float32))


def scale(table):
    """Return (mean, std) of the features of the proposals of Rows, (D,) each."""
    some = table.features[table.truth < 0]
    return some.mean(axis=0), some.std(axis=0) + 1e-3


def take(table, kept):
    """Return the Rows `kept`, an index or a mask."""
    return Rows(*(part[kept] for part in table))


def fit_svms(x, table, cost):
    """Return a linear SVM for each class, (K, D + 1), the constant last; x: the scaled features of Rows.

    Positive are the true boxes of the class, negative what overlaps its objects by less than 0.3. The constant is not
    held small. A class without true boxes never scores above -1.
    """
    from sklearn.svm import SVC

    kernel, found = x @ x.T, np.zeros((table.overlaps.shape[1], x.shape[1] + 1))
    for label, machine in enumerate(found):
        positive = table.truth == label
        used = np.flatnonzero(positive | (table.overlaps[:, label] < 0.3))
        machine[-1] = -1
        if 0 < positive.sum() < len(used):
            svm = SVC(C=cost, kernel="precomputed").fit(kernel[np.ix_(used, used)], positive[used])
            machine[:-1], machine[-1] = svm.dual_coef_[0] @ x[used[svm.support_]], svm.intercept_[0]
    return found


def fit_offsets(x, table, penalty, least=0.6):
    """Return a ridge regression of box offsets for each class, (K, D + 1, 4), the constant last.

    A class learns from rows whose nearest object is of it and overlaps by more than `least`; one without any stays 0.
    """
    from sklearn.linear_model import Ridge

    found = np.zeros((table.overlaps.shape[1], x.shape[1] + 1, 4))
    for label, machine in enumerate(found):
        used = (table.nearest == label) & (table.overlaps[:, label] > least)
        if used.any():
            ridge = Ridge(alpha=penalty).fit(x[used], table.offsets[used])
            machine[:-1], machine[-1] = ridge.coef_.T, ridge.intercept_
    return found


def score(svms, features, proposals, height, width):
    """Return R-CNN's detections (`regions.detect`) from the features (N, D) of the proposals (N, 4)."""
    x = (features - svms.mean) / svms.std
    scores = x @ svms.weights[:, :-1].T + svms.weights[:, -1]
    boxes = proposals
    if svms.offsets is not None:
        offsets = np.einsum("nd,cdk->nck", x, svms.offsets[:, :-1], optimize=True) + svms.offsets[:, -1]
        repeated = np.repeat(proposals, scores.shape[1], axis=0)
        boxes = box_tools.decode(repeated, offsets.reshape(-1, 4)).reshape(*scores.shape, 4)
    return regions.detect(boxes, scores, height, width, -np.inf, 0.3)


def rcnn(svms, seen, shared=False):
    """Return R-CNN's detections of a Seen (`regions.detect`); shared: with features from the map, not from crops."""
    if shared:
        features = pooled(seen, seen.proposals).reshape(len(seen.proposals), -1)
    else:
        features = seen.crops[len(seen.scene.boxes) :].astype(np.float32)
    return score(svms, features, seen.proposals, seen.scene.height, seen.scene.width)


def train_svms(table, held, shared=False, costs=COSTS):
    """Return (Svms without box regression, C) from Rows; C is chosen by AP50 on the Seen in `held`."""
    mean, std = scale(table)
    x, names = (table.features - mean) / std, table.overlaps.shape[1]
    machines = {cost: Svms(mean, std, fit_svms(x, table, cost), None) for cost in costs}
    cost = best(machines, held, names, lambda svms, one: rcnn(svms, one, shared), "AP50")
    return machines[cost], cost


def train_offsets(svms, table, held, shared=False, least=0.6, penalties=PENALTIES):
    """Return (Svms with box regression, penalty) from Rows; the penalty is chosen by AP on the Seen in `held`."""
    x, names = (table.features - svms.mean) / svms.std, table.overlaps.shape[1]
    ways = {penalty: svms._replace(offsets=fit_offsets(x, table, penalty, least)) for penalty in penalties}
    penalty = best(ways, held, names, lambda svms, one: rcnn(svms, one, shared), "AP")
    return ways[penalty], penalty


def train_rcnn(seen, held, names, shared=False, first=30):
    """Return (Svms, {"C": ..., "penalty": ...}), R-CNN trained on a list of Seen, its settings chosen on `held`.

    The SVMs learn from the true boxes and the `first` proposals of each Seen, the offsets from all proposals.
    shared: with features from the map, not from the crops.
    """
    table = rows(seen, names, shared)
    svms, cost = train_svms(take(table, table.place < first), held, shared)
    svms, penalty = train_offsets(svms, table, held, shared)
    return svms, {"C": cost, "penalty": penalty}

"""R-CNN, Fast and Faster R-CNN on scenes of any size: what they see of a scene, what they learn, what they find.

Built step by step in lessons 06c and 06d. The trunk (helpers.networks.detectors.two_scales) is trained on ImageNet
and stays as it is: what it sees of a scene is computed once, and training the heads takes seconds.

>>> seen = [two_stage.look(trunk, scene, scenes.image(scene)) for scene in some]
>>> svms, chosen = two_stage.train_rcnn(seen, held, names=5)
>>> boxes, scores, labels = two_stage.rcnn(svms, seen[0])

Girshick et al., CVPR 2014, arXiv:1311.2524. Girshick, ICCV 2015, arXiv:1504.08083. Ren et al., NIPS 2015,
arXiv:1506.01497. Selective Search: Uijlings et al., IJCV 2013, doi:10.1007/s11263-013-0620-5.
"""

from typing import NamedTuple

import cv2
import numpy as np

from helpers import validate
from helpers.detection import boxes as box_tools, evaluation, regions
from helpers.networks import batches

STRIDE = 16  # pixels of the scene a cell of the map
CROP, SIZE = 96, 3  # side of a warped crop in pixels; bins a side of its features
MOST = 100  # proposals of a scene
ROIS = 32  # regions of a scene that the heads learn from
COSTS = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)  # of an SVM, to choose from
PENALTIES = (1e2, 1e3, 1e4, 1e5, 1e6)  # of a box regression
ROUNDS = (4, 8, 16, 32)  # epochs of heads and of an RPN
SCALES, RATIOS = (48, 80, 128), (0.6, 1.0, 1.7)  # of the anchors: sides in pixels, height / width


class Seen(NamedTuple):
    """What the trunk sees of a scene.

    scene: helpers.datasets.coco.Scene. proposals: (N, 4), Selective Search's. crops: (M + N, D) float16, the features
    of the warped crops of the M true boxes, then of the proposals. map: (H / 16, W / 16, C) float16, the whole scene's.
    """

    scene: tuple
    proposals: np.ndarray
    crops: np.ndarray
    map: np.ndarray


def search(image, most=MOST, smallest=12):
    """Return proposals of Selective Search, (N, 4), at most `most`, the best first; fast mode, on half the size.

    Boxes with a side of `smallest` pixels or less are left out. OpenCV's order is another one in each run; here large
    boxes come early: rank by size times a fixed random number. ValueError for another image than RGB uint8.
    """
    image, most = validate.photograph(image), validate.whole(most, "most")
    small = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    tool = cv2.ximgproc.segmentation.createSelectiveSearchSegmentation()
    tool.setBaseImage(np.ascontiguousarray(small[..., ::-1]))
    tool.switchToSelectiveSearchFast()
    found = np.unique(2 * box_tools.from_xywh(tool.process()), axis=0)
    return regions.large_first(found[box_tools.nonempty(found, smallest)])[:most]


def crop_features(trunk, image, boxes, batch=32):
    """Return the trunk's features of each box's warped crop, averaged over SIZE × SIZE bins: (N, D) float16."""
    maps = batches.predict(trunk, regions.warp(image, boxes, CROP), batch)
    bins = maps.reshape(len(maps), SIZE, maps.shape[1] // SIZE, SIZE, maps.shape[2] // SIZE, maps.shape[3])
    return bins.mean(axis=(2, 4)).reshape(len(maps), SIZE * SIZE * maps.shape[3]).astype(np.float16)


def scene_map(trunk, image):
    """Return the trunk's map of a whole image, (H / STRIDE, W / STRIDE, C) float16."""
    return trunk.predict_on_batch(image[None])[0].astype(np.float16)


def look(trunk, scene, image, most=MOST, crops=True):
    """Return the Seen of a scene and its image, with at most `most` proposals; crops: False leaves their features out.

    The crops take most of the time, and only R-CNN needs them.
    """
    proposals = search(image, most)
    boxes = np.concatenate([scene.boxes, proposals])
    crops = crop_features(trunk, image, boxes[: len(boxes) if crops else 0])
    return Seen(scene, proposals, crops, scene_map(trunk, image))


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


def pooled(seen, boxes):
    """Return the features of boxes (N, 4) from the map of a Seen, RoI pooling: (N, SIZE, SIZE, C) float32."""
    return regions.roi_pool(seen.map.astype(np.float32), boxes, STRIDE, SIZE)


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


def take(table, kept):
    """Return the Rows `kept`, an index or a mask."""
    return Rows(*(part[kept] for part in table))


def train_rcnn(seen, held, names, shared=False, first=30):
    """Return (Svms, {"C": ..., "penalty": ...}), R-CNN trained on a list of Seen, its settings chosen on `held`.

    The SVMs learn from the true boxes and the `first` proposals of each Seen, the offsets from all proposals.
    shared: with features from the map, not from the crops.
    """
    table = rows(seen, names, shared)
    svms, cost = train_svms(take(table, table.place < first), held, shared)
    svms, penalty = train_offsets(svms, table, held, shared)
    return svms, {"C": cost, "penalty": penalty}


def best(models, held, names, detect, metric):
    """Return the key of the model whose detections detect(model, seen) of the Seen in `held` have the best metric."""
    return max(models, key=lambda key: judge([detect(models[key], one) for one in held], held, names)[metric])


def judge(found, seen, names):
    """Return {"AP50": ..., "AP": ...}, the means over `names` classes of the detections of a list of Seen."""
    table = evaluation.evaluate([one.scene for one in seen], found, range(names))
    return table.loc["mean", ["AP50", "AP"]].fillna(0).to_dict()


def sample(seen, rng):
    """Return what Fast R-CNN's heads learn from a list of Seen: (pooled, labels, offsets), `ROIS` rows a scene.

    The rows are those of `regions.sample_rois`.
    """
    parts = []
    for one in seen:
        rois, labels, offsets = regions.sample_rois(one.proposals, one.scene, rng, ROIS)
        parts.append((pooled(one, rois), labels, offsets))
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


def train_heads(heads, seen, held, names, rounds=ROUNDS, seed=0, callbacks=()):
    """Train Fast R-CNN's heads (helpers.networks.detectors.roi_heads); return the number of epochs chosen on `held`.

    The weights are those after the round of `rounds` (numbers of epochs, rising) with the best AP50.
    """
    x, labels, offsets = sample(seen, np.random.default_rng(seed))
    weights = [np.ones(len(labels)), (labels > 0).astype(float)]  # no box is learned from background
    how = {"x": x, "y": [labels, offsets], "sample_weight": weights, "batch_size": 32, "callbacks": list(callbacks)}
    return _fit_in_rounds(
        heads, rounds, lambda: judge([fast_rcnn(heads, one) for one in held], held, names)["AP50"], **how
    )


def _fit_in_rounds(model, rounds, value, **how):
    """Fit a model to rising numbers of epochs, keep the weights with the best value(); return their epochs."""
    done, kept, chosen = 0, (-1.0, None), 0
    for epochs in rounds:
        model.fit(epochs=epochs, initial_epoch=done, verbose=0, **how)
        now = value()
        done, (kept, chosen) = epochs, ((now, model.get_weights()), epochs) if now > kept[0] else (kept, chosen)
    model.set_weights(kept[1])
    return chosen


def fast_rcnn(heads, seen, proposals=None):
    """Return Fast R-CNN's detections of a Seen (`regions.detect`), from its proposals or from others (N, 4)."""
    proposals = seen.proposals if proposals is None else proposals
    logits, offsets = batches.predict(heads, pooled(seen, proposals))
    return regions.from_heads(logits, offsets, proposals, seen.scene.height, seen.scene.width, 0.01)


def anchors(height, width):
    """Return the anchors of an image, (H W k, 4), k = len(SCALES) len(RATIOS)."""
    return box_tools.anchors(height // STRIDE, width // STRIDE, STRIDE, SCALES, RATIOS)


def train_rpn(rpn, seen, held, rounds=ROUNDS, callbacks=()):
    """Train the region proposal network (helpers.networks.detectors.rpn); return the epochs chosen on `held`.

    Objects and background of a scene weigh the same. The weights kept are those of the best recall at IoU 0.7.
    """
    grid = anchors(seen[0].scene.height, seen[0].scene.width)
    maps = np.stack([one.map for one in seen]).astype(np.float32)
    targets, weights = regions.rpn_sample(grid, [one.scene.boxes for one in seen], maps.shape[:3])
    how = {"x": maps, "y": targets, "sample_weight": weights, "batch_size": 4, "callbacks": list(callbacks)}
    return _fit_in_rounds(rpn, rounds, lambda: recall(propose(rpn, held), held, MOST, 0.7), **how)


def propose(rpn, seen, most=MOST):
    """Return the RPN's proposals of each Seen, a list of (N, 4), N at most `most` (`regions.propose`)."""
    found = []
    for one in seen:
        scores, offsets = rpn.predict_on_batch(one.map[None].astype(np.float32))
        height, width = one.scene.height, one.scene.width
        found.append(
            regions.propose(anchors(height, width), scores.ravel(), offsets.reshape(-1, 4), height, width, most)
        )
    return found


def recall(proposals, seen, count, level):
    """Return the share of the objects of a list of Seen that the first `count` proposals overlap by `level`."""
    overlaps = [
        box_tools.iou(found[:count], one.scene.boxes).max(axis=0, initial=0)
        for found, one in zip(proposals, seen, strict=True)
    ]
    return float((np.concatenate(overlaps) >= level).mean())

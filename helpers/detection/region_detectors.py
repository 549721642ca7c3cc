"""R-CNN, Fast R-CNN and Faster R-CNN on the course's scenes: training of their heads, and detections of an image.

Built step by step in lessons 06c and 06d from helpers.detection.regions. The networks come as arguments, Keras models
of helpers.networks.detectors. The trunk is trained on ImageNet and stays as it is, so that training takes seconds. In
one run, with images and the maps and proposals below of the same scenes, data.train[:200]:

>>> trunk, heads, rpn = detectors.trunk(), detectors.roi_heads(len(data.names)), detectors.rpn()
>>> maps, proposals = regions.feature_maps(trunk, images), regions.search_all(images)
>>> region_detectors.train_heads(heads, maps, proposals, data.train[:200])
>>> region_detectors.fast_rcnn(trunk, heads, image, regions.selective_search(image))  # boxes, scores, labels
>>> region_detectors.train_rpn(rpn, maps, data.train[:200])
>>> region_detectors.faster_rcnn(trunk, rpn, heads, image)
>>> svms = region_detectors.train_rcnn(trunk, images, proposals, data.train[:200], len(data.names))
>>> region_detectors.rcnn(trunk, svms, image, regions.selective_search(image))

Girshick et al., CVPR 2014, arXiv:1311.2524. Girshick, ICCV 2015, arXiv:1504.08083. Ren et al., NIPS 2015,
arXiv:1506.01497.
"""

from typing import NamedTuple

import numpy as np

from helpers.detection import boxes as box_tools, regions
from helpers.networks import batches


class Svms(NamedTuple):
    """What R-CNN learns for C classes from features (N, D), see `train_rcnn`.

    mean, std: (D,), the scale of the features. weights (C, D), bias (C,): one linear SVM a class.
    offsets: (C, D + 1, 4), one linear regression of box offsets a class, the last row the constant.
    """

    mean: np.ndarray
    std: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    offsets: np.ndarray


def train_heads(heads, maps, proposals, scenes, epochs=6, seed=0, **fit):
    """Train Fast R-CNN's heads on pooled maps (helpers.networks.detectors.roi_heads); returns the Keras history."""
    rng = np.random.default_rng(seed)
    samples = [regions.sample_rois(*pair, rng) for pair in zip(proposals, scenes, strict=True)]
    pooled = np.concatenate([regions.roi_pool(one, rois) for one, (rois, _, _) in zip(maps, samples, strict=True)])
    labels, offsets = (np.concatenate([sample[k] for sample in samples]) for k in (1, 2))
    weights = [np.ones(len(labels)), (labels > 0).astype(float)]  # no box is learned from background
    return heads.fit(pooled, [labels, offsets], sample_weight=weights, batch_size=128, epochs=epochs, verbose=0, **fit)


def train_rpn(rpn, maps, scenes, epochs=8, **fit):
    """Train the region proposal network on maps (helpers.networks.detectors.rpn); returns the Keras history."""
    grid = regions.anchors(scenes[0].height, scenes[0].width)
    targets, weights = regions.rpn_sample(grid, [scene.boxes for scene in scenes], maps.shape[:3])
    return rpn.fit(maps, targets, sample_weight=weights, batch_size=8, epochs=epochs, verbose=0, **fit)


def train_rcnn(trunk, images, proposals, scenes, classes, mined=60, seed=0):
    """Return the Svms of R-CNN, from the objects of all scenes and the proposals of the first `mined` ones.

    A class's SVM learns its true boxes against those of other classes and proposals that overlap no object by 0.3: a
    random tenth of them, then also the hard ones, those that score above -1. Its box regression learns from proposals
    that overlap one of its objects by more than 0.6.
    """
    rng = np.random.default_rng(seed)
    objects, far, near, offsets, kinds = [], [], [], [], []
    for number, (image, found, scene) in enumerate(zip(images, proposals, scenes, strict=True)):
        overlap, which = regions.match(found, scene.boxes)
        rows = [rng.permutation(np.flatnonzero(overlap < 0.3))[:80], np.flatnonzero(overlap > 0.6)]
        rows = rows if number < mined else [np.zeros(0, int)] * 2
        wanted = np.concatenate([scene.boxes, found[rows[0]], found[rows[1]]])
        features = regions.crop_features(trunk, image, wanted)
        ends = len(scene.boxes), len(scene.boxes) + len(rows[0])
        for store, part in zip((objects, far, near), np.split(features, ends), strict=True):
            store.append(part)
        offsets.append(box_tools.encode(found[rows[1]], scene.boxes[which[rows[1]]]))
        kinds.append(scene.labels[which[rows[1]]])
    objects, far, near, offsets, kinds = map(np.concatenate, (objects, far, near, offsets, kinds))
    mean, std = far.mean(axis=0), far.std(axis=0) + 1e-3
    objects, far, near = ((part - mean) / std for part in (objects, far, near))
    labels = np.concatenate([scene.labels for scene in scenes])
    others = [np.concatenate([far, objects[labels != label]]) for label in range(classes)]
    svms = [fit_svm(objects[labels == label], others[label], rng) for label in range(classes)]
    ridges = [fit_ridge(near[kinds == label], offsets[kinds == label]) for label in range(classes)]
    return Svms(mean, std, np.stack([svm[:-1] for svm in svms]), np.array([svm[-1] for svm in svms]), np.stack(ridges))


def fit_svm(positive, negative, rng, rounds=2):
    """Return a linear SVM with hard negatives, weights and constant (D + 1,); features (P, D), (N, D)."""
    from sklearn.svm import LinearSVC

    chosen = rng.permutation(len(negative))[: max(len(negative) // 10, 1)]
    for _ in range(rounds):
        features = np.concatenate([positive, negative[chosen]])
        svm = LinearSVC(C=1e-4, random_state=0).fit(features, np.arange(len(features)) < len(positive))
        chosen = np.union1d(chosen, np.flatnonzero(svm.decision_function(negative) > -1))
    return np.append(svm.coef_[0], svm.intercept_[0])


def fit_ridge(features, offsets, penalty=1000):
    """Return a linear regression of box offsets (N, 4), (D + 1, 4), the constant last; `penalty` is R-CNN's lambda."""
    from sklearn.linear_model import Ridge

    ridge = Ridge(alpha=penalty).fit(features, offsets)
    return np.vstack([ridge.coef_.T, ridge.intercept_])


def rcnn(trunk, svms, image, proposals, score_threshold=-1.0):
    """Return R-CNN's detections of an image (`regions.detect`): a pass of the trunk for each proposal."""
    features = regions.crop_features(trunk, image, proposals)
    return score_regions(svms, features, proposals, *image.shape[:2], score_threshold)


def score_regions(svms, features, proposals, height, width, score_threshold=-1.0):
    """Return R-CNN's detections (`regions.detect`) from the features (N, D) of the proposals (N, 4)."""
    features, count = (features - svms.mean) / svms.std, len(svms.bias)
    offsets = np.einsum("nd,cdk->nck", features, svms.offsets[:, :-1], optimize=True) + svms.offsets[:, -1]
    boxes = box_tools.decode(np.repeat(proposals, count, axis=0), offsets.reshape(-1, 4)).reshape(-1, count, 4)
    return regions.detect(boxes, features @ svms.weights.T + svms.bias, height, width, score_threshold, 0.3)


def fast_rcnn(trunk, heads, image, proposals):
    """Return Fast R-CNN's detections of an image (`regions.detect`): one pass of the trunk for all proposals."""
    return _second_stage(heads, regions.feature_maps(trunk, [image])[0], proposals, image)


def faster_rcnn(trunk, rpn, heads, image, most=100):
    """Return Faster R-CNN's detections of an image (`regions.detect`): the proposals come from the same map."""
    maps = regions.feature_maps(trunk, [image])
    proposals = rpn_proposals(rpn, maps, *image.shape[:2], most)[0]
    return _second_stage(heads, maps[0], proposals, image)


def rpn_proposals(rpn, maps, height, width, most=regions.MOST):
    """Return `regions.propose` of each map, a list."""
    grid, (scores, offsets) = regions.anchors(height, width), batches.predict(rpn, maps)
    return [
        regions.propose(grid, s.ravel(), c.reshape(-1, 4), height, width, most)
        for s, c in zip(scores, offsets, strict=True)
    ]


def _second_stage(heads, feature_map, proposals, image):
    logits, offsets = batches.predict(heads, regions.roi_pool(feature_map, proposals))
    return regions.from_heads(logits, offsets, proposals, *image.shape[:2])

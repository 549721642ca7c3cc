"""Region-based detectors: pooling, targets and detections against known values, loops and a second library."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from helpers.datasets.scenes import Scene
from helpers.detection import boxes, region_detectors, regions


def scene(found, labels):
    """Return a Scene of 160 x 128 pixels with these boxes."""
    found = np.array(found, float).reshape(-1, 4)
    flags = np.zeros(len(found), bool)
    return Scene(1, None, 128, 160, found, np.array(labels, int), flags, flags, [])


@pytest.fixture(scope="module")
def picture():
    """Return a scene of three flat rectangles on grey, uint8 (128, 160, 3), and their boxes."""
    image, truth = (
        np.full((128, 160, 3), 90, np.uint8),
        np.array([[20, 30, 60, 90], [80, 20, 140, 60], [90, 80, 120, 120]]),
    )
    for (x1, y1, x2, y2), colour in zip(truth, ((200, 40, 40), (40, 200, 60), (60, 60, 220)), strict=True):
        image[y1:y2, x1:x2] = colour
    return image, truth.astype(float)


def test_selective_search_finds_rectangles_and_repeats_itself(picture):
    image, truth = picture
    found = regions.selective_search(image)
    assert boxes.iou(truth, found).max(axis=1).min() > 0.8
    assert np.array_equal(found, regions.selective_search(image))
    assert len(np.unique(found, axis=0)) == len(found)
    sides = found[:, 2:] - found[:, :2]
    assert sides.min() >= 11 and found.min() >= 0 and (found.max(axis=0) <= [160, 128, 160, 128]).all()
    assert np.array_equal(regions.search_all([image, image], 3)[1], found[:3])


def test_warp_is_a_resize_of_the_cut_out_box():
    image = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)
    image = cv2.GaussianBlur(image, (0, 0), 2)
    crop = regions.warp(image, [[10, 5, 30, 37]], 64)[0]
    expected = cv2.resize(image[5:37, 10:30], (64, 64), interpolation=cv2.INTER_LINEAR)
    inner = np.s_[4:-4, 4:-4]  # at its border resize repeats the edge of the box, warp reads the image
    assert np.abs(crop[inner].astype(int) - expected[inner]).max() <= 2
    assert (regions.warp(image, [[0, 0, 50, 40]], 32).shape, regions.warp(image, []).shape) == (
        (1, 32, 32, 3),
        (0, 64, 64, 3),
    )


def test_roi_pool_known_values():
    feature_map = np.arange(64).reshape(8, 8, 1)
    pooled = regions.roi_pool(feature_map, [[0, 0, 32, 32], [9, 3, 44, 50], [63, 63, 64, 64]], stride=8, size=2)
    assert pooled[..., 0].tolist() == [[[9, 11], [25, 27]], [[27, 29], [51, 53]], [[63, 63], [63, 63]]]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 21),
    st.integers(1, 21),
    st.integers(1, 7),
    st.integers(1, 16),
    st.integers(0, 2**32 - 1),
    st.booleans(),
)
def test_roi_pool_equals_the_loop(rows, columns, size, stride, seed, outside):
    rng = np.random.default_rng(seed)
    feature_map = rng.normal(size=(rows, columns, 2)).astype(np.float32)
    limits = np.array([columns, rows]) * stride
    start = rng.uniform(-0.2 * outside, 0.95, (5, 2)) * limits
    found = np.hstack([start, start + rng.uniform(0.01, 1, (5, 2)) * limits])
    found = found if outside else np.minimum(found, np.tile(limits, 2))
    pooled = regions.roi_pool(feature_map, found, stride, size)
    for (x1, y1, x2, y2), bins in zip(found, pooled, strict=True):
        left, top = (int(min(max(np.floor(v / stride), 0), n - 1)) for v, n in ((x1, columns), (y1, rows)))
        right, bottom = (int(min(max(np.ceil(v / stride), 1), n)) for v, n in ((x2, columns), (y2, rows)))
        part = feature_map[top : max(bottom, top + 1), left : max(right, left + 1)]
        for i, j in np.ndindex(size, size):
            a, b = i * part.shape[0] // size, -(-(i + 1) * part.shape[0] // size)
            c, d = j * part.shape[1] // size, -(-(j + 1) * part.shape[1] // size)
            assert np.array_equal(bins[i, j], part[a:b, c:d].max(axis=(0, 1)))


def test_match_without_objects():
    overlap, which = regions.match([[0, 0, 2, 2], [1, 1, 3, 3]], [])
    assert overlap.tolist() == [0, 0] and which.tolist() == [0, 0]


def test_sample_rois_labels_offsets_and_share():
    truth, rng = scene([[20, 20, 60, 60], [80, 30, 120, 110]], [3, 0]), np.random.default_rng(0)
    near = np.repeat(truth.boxes, 40, axis=0) + rng.normal(0, 2, (80, 4))
    far = np.tile([[130, 0, 150, 20]], (100, 1))
    rois, labels, offsets = regions.sample_rois(np.concatenate([near, far]), truth, rng)
    assert (len(rois), (labels > 0).sum()) == (64, 16) and set(labels) <= {0, 1, 4}
    assert (offsets[labels == 0] == 0).all()
    goals = truth.boxes[(labels[labels > 0] == 1).astype(int)]
    assert np.allclose(boxes.decode(rois[labels > 0], offsets[labels > 0] * regions.STD), goals)


def test_sample_rois_of_an_empty_scene_is_background():
    rois, labels, offsets = regions.sample_rois(
        [[0, 0, 20, 20], [5, 5, 40, 40]], scene([], []), np.random.default_rng(0)
    )
    assert len(rois) == 2 and not labels.any() and not offsets.any()


def test_anchor_targets_rules():
    anchors = np.array([[0, 0, 40, 40], [0, 0, 40, 30], [0, 0, 40, 18], [100, 100, 110, 110], [60, 60, 90, 90]])
    labels, offsets = regions.anchor_targets(anchors, np.array([[0.0, 0, 40, 40], [70, 70, 120, 120]]))
    assert labels.tolist() == [1, 1, -1, 0, 1]  # the last is the best of the second object, at 0.13 overlap
    assert np.allclose(boxes.decode(anchors[4:], offsets[4:] * regions.STD), [[70, 70, 120, 120]])
    assert not offsets[2:4].any() and not offsets[0].any()
    assert regions.anchor_targets(anchors, [])[0].tolist() == [0] * 5


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_every_object_has_an_anchor(seed, count):
    rng = np.random.default_rng(seed)
    corner = rng.uniform(0, [110, 80], (count, 2))
    truth = np.hstack([corner, corner + rng.uniform(10, 48, (count, 2))])
    grid = regions.anchors(128, 160)
    labels, offsets = regions.anchor_targets(grid, truth)
    assert (len(grid), set(np.unique(labels)) <= {-1, 0, 1}) == (16 * 20 * 9, True)
    assert (boxes.iou(grid, truth)[labels == 0] < 0.3).all() and (labels == 1).sum() >= 1
    assert np.isfinite(offsets).all() and (offsets[labels != 1] == 0).all()


def test_propose_returns_the_best_anchor_first_and_suppresses():
    grid = regions.anchors(128, 160)
    scores, offsets = np.full(len(grid), -5.0), np.zeros((len(grid), 4))
    scores[[1400, 1401, 300]] = 3, 2, 1
    offsets[1401] = boxes.encode(grid[[1401]], grid[[1400]])[0] / regions.STD  # the same place: suppressed
    found = regions.propose(grid, scores, offsets, 128, 160, most=2)
    assert np.allclose(found, boxes.clip(grid[[1400, 300]], 128, 160))


def test_detect_takes_threshold_and_suppresses_within_a_class():
    found = np.array([[10, 10, 50, 50], [12, 10, 50, 50], [100, 60, 200, 150]])
    scores = np.array([[0.9, 0.6], [0.8, 0.1], [0.01, 0.7]])
    best, values, labels = regions.detect(found, scores, 128, 160, score_threshold=0.3)
    assert values.tolist() == [0.9, 0.7, 0.6] and labels.tolist() == [0, 1, 1]
    assert best.tolist() == [[10, 10, 50, 50], [100, 60, 160, 128], [10, 10, 50, 50]]
    own = np.stack([found, found + 5], axis=1)  # a box for each class
    assert regions.detect(own, scores, 128, 160, 0.3)[0][2].tolist() == [15, 15, 55, 55]


class Pixels:
    """A trunk whose features are the mean colours of 16 x 16 cells."""

    def predict_on_batch(self, images):
        count, height, width, _ = images.shape
        cells = images.astype(np.float32).reshape(count, height // 16, 16, width // 16, 16, 3)
        return cells.mean(axis=(2, 4))


def test_rcnn_learns_colours_and_moves_boxes(picture):
    image, truth = picture
    rng, labels = np.random.default_rng(0), np.array([0, 1, 2])
    shown = [scene(truth, labels)] * 4
    near = np.repeat(truth, 8, axis=0)
    near = near + rng.uniform(-0.1, 0.1, near.shape) * np.tile(near[:, 2:] - near[:, :2], 2)
    corner = rng.uniform(0, [140, 100], (60, 2))
    found = np.concatenate([near, np.hstack([corner, corner + rng.uniform(12, 25, (60, 2))])])
    svms = region_detectors.train_rcnn(Pixels(), [image] * 4, [found] * 4, shown, 3, mined=4)
    assert svms.weights.shape == (3, 48) and svms.offsets.shape == (3, 49, 4)
    loose = truth + [-3, 2, 3, 4]
    best, scores, kinds = region_detectors.rcnn(Pixels(), svms, image, loose, score_threshold=-2.0)
    assert np.all(np.diff(scores) <= 0)
    for label in labels:
        first = np.flatnonzero(kinds == label)[:1]  # the best of the class lies on its object
        assert boxes.iou(best[first], truth[[label]])[0, 0] > 0.75


def test_svm_and_ridge_agree_with_their_formulas():
    rng = np.random.default_rng(0)
    positive, negative = rng.normal(2, 1, (40, 5)), rng.normal(-2, 1, (300, 5))
    svm = region_detectors.fit_svm(positive, negative, rng)
    assert (positive @ svm[:-1] + svm[-1]).mean() > (negative @ svm[:-1] + svm[-1]).mean() + 0.5
    features, offsets = rng.normal(size=(50, 6)), rng.normal(size=(50, 4))
    ridge = region_detectors.fit_ridge(features, offsets, penalty=7)
    x, t = features - features.mean(axis=0), offsets - offsets.mean(axis=0)
    assert np.allclose(ridge[:-1], np.linalg.solve(x.T @ x + 7 * np.eye(6), x.T @ t))
    assert np.allclose(ridge[-1], offsets.mean(axis=0) - features.mean(axis=0) @ ridge[:-1])


class Recorder:
    """A model that keeps what it is trained with."""

    def fit(self, x, y, sample_weight, **how):
        self.x, self.y, self.weights, self.how = x, y, sample_weight, how


def test_training_data_of_heads_and_rpn():
    maps, recorder = np.random.default_rng(0).normal(size=(2, 16, 20, 3)).astype(np.float32), Recorder()
    shown = [scene([[20, 20, 70, 80]], [1]), scene([], [])]
    proposals = [np.array([[22, 20, 70, 80], [100, 10, 140, 50.0]]), np.array([[0, 0, 40, 40.0]])]
    region_detectors.train_heads(recorder, maps, proposals, shown)
    assert (
        recorder.x.shape == (4, 4, 4, 3)
        and recorder.y[0].tolist() == [2, 2, 0, 0]
        or sorted(recorder.y[0]) == [0, 0, 2, 2]
    )
    assert np.array_equal(recorder.weights[1], recorder.y[0] > 0) and (recorder.weights[0] == 1).all()
    region_detectors.train_rpn(recorder, maps, shown)
    scores, offsets = recorder.weights
    assert recorder.y[0].shape == (2, 16, 20, 9, 1) and recorder.y[1].shape == (2, 16, 20, 9, 4)
    objects = recorder.y[0][..., 0] == 1
    assert np.isclose(scores[0][objects[0]].sum(), 2880) and np.isclose(scores[0][~objects[0]].sum(), 2880)
    assert not offsets[~objects].any() and not objects[1].any() and np.isfinite(scores).all()


IMAGE = np.zeros((64, 80, 3), np.uint8)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: regions.selective_search(IMAGE / 255), r"float64 \(64, 80, 3\).*uint8"),
        (lambda: regions.selective_search(IMAGE[..., 0]), r"\(64, 80\)"),
        (lambda: regions.selective_search(IMAGE, most=-1), "most is -1"),
        (lambda: regions.search_all(IMAGE), r"\(80, 3\)"),
        (lambda: regions.warp(IMAGE / 255, [[0, 0, 9, 9]]), r"astype\(np.uint8\)"),
        (lambda: regions.warp(IMAGE, [[0, 0, 9, 9]], 0), "size is 0"),
        (lambda: regions.roi_pool(np.zeros((8, 10)), [[0, 0, 9, 9]]), r"feature_map is \(8, 10\)"),
        (lambda: regions.roi_pool(np.zeros((8, 10, 4)), [[0, 0, 9, 9]], stride=-8), "stride is -8"),
        (lambda: regions.propose(np.zeros((9, 4)), np.zeros(8), np.zeros((9, 4)), 64, 80), "9 anchors, 8 scores"),
        (lambda: regions.detect([[0, 0, 9, 9]], [0.5], 64, 80), r"scores \(1,\)"),
        (lambda: regions.detect([[0, 0, 9, 9]], [[np.nan]], 64, 80), "box 0 is not finite"),
    ],
)
def test_what_is_no_image_map_or_score_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()

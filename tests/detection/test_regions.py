"""Region-based detectors: pooling, targets and detections against known values, loops and a second library."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from helpers.datasets.coco import Scene
from helpers.detection import boxes, regions

ANCHORS = boxes.anchors(16, 20, 8, (38, 54, 76), (0.75, 1.25, 2.0))  # of 128 x 160 pixels


def scene(found, labels):
    """Return a Scene of 160 x 128 pixels with these boxes."""
    found = np.array(found, float).reshape(-1, 4)
    flags = np.zeros(len(found), bool)
    return Scene(1, None, 128, 160, found, np.array(labels, int), flags, flags, [])


def test_warp_is_a_resize_of_the_cut_out_box():
    image = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)
    image = cv2.GaussianBlur(image, (0, 0), 2)
    crop = regions.warp(image, [[10, 5, 30, 37]], 64)[0]
    expected = cv2.resize(image[5:37, 10:30], (64, 64), interpolation=cv2.INTER_LINEAR)
    inner = np.s_[4:-4, 4:-4]  # at its border resize repeats the edge of the box, warp reads the image
    assert np.abs(crop[inner].astype(int) - expected[inner]).max() <= 2
    assert (regions.warp(image, [[0, 0, 50, 40]], 32).shape, regions.warp(image, [], 64).shape) == (
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
    grid = ANCHORS
    labels, offsets = regions.anchor_targets(grid, truth)
    assert (len(grid), set(np.unique(labels)) <= {-1, 0, 1}) == (16 * 20 * 9, True)
    assert (boxes.iou(grid, truth)[labels == 0] < 0.3).all() and (labels == 1).sum() >= 1
    assert np.isfinite(offsets).all() and (offsets[labels != 1] == 0).all()


def test_propose_returns_the_best_anchor_first_and_suppresses():
    grid = ANCHORS
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


IMAGE = np.zeros((64, 80, 3), np.uint8)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: regions.warp(IMAGE / 255, [[0, 0, 9, 9]], 64), r"astype\(np.uint8\)"),
        (lambda: regions.warp(IMAGE, [[0, 0, 9, 9]], 0), "size is 0"),
        (lambda: regions.roi_pool(np.zeros((8, 10)), [[0, 0, 9, 9]], 8, 4), r"feature_map is \(8, 10\)"),
        (lambda: regions.roi_pool(np.zeros((8, 10, 4)), [[0, 0, 9, 9]], stride=-8, size=4), "stride is -8"),
        (lambda: regions.propose(np.zeros((9, 4)), np.zeros(8), np.zeros((9, 4)), 64, 80, 30), "9 anchors, 8 scores"),
        (lambda: regions.detect([[0, 0, 9, 9]], [0.5], 64, 80), r"scores \(1,\)"),
        (lambda: regions.detect([[0, 0, 9, 9]], [[np.nan]], 64, 80), "box 0 is not finite"),
    ],
)
def test_what_is_no_image_map_or_score_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()

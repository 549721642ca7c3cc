"""helpers.detection.boxes: formats, IoU, NMS, anchors and offsets, against OpenCV, TensorFlow and pycocotools."""

import cv2
import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from pycocotools import mask as coco_mask

from helpers.detection import boxes

NAN, INF = float("nan"), float("inf")
rows_st = hnp.arrays(
    np.float64, st.tuples(st.integers(1, 12), st.just(4)), elements=st.floats(0.5, 500, allow_subnormal=False)
)


def random_boxes(count, seed=0, size=200):
    rng = np.random.default_rng(seed)
    start, sides = rng.uniform(0, size, (count, 2)), rng.uniform(5, 60, (count, 2))
    return np.hstack([start, start + sides]), rng.permutation(count) / count


# formats


def test_one_box_in_four_formats():
    box = [[12, 20, 42, 45]]
    assert_array_equal(boxes.to_xywh(box), [[12, 20, 30, 25]])  # the same box in COCO, VOC and YOLO files
    assert_array_equal(boxes.to_voc(box), [[13, 21, 42, 45]])
    assert_array_equal(boxes.to_centre(box), [[27, 32.5, 30, 25]])
    assert_array_equal(boxes.area(box), [750])
    assert_array_equal(boxes.from_voc([[7, 7, 7, 9]]), [[6, 6, 7, 9]])  # first and last pixel the same: 1 wide


@given(rows_st)
def test_formats_round_trip(rows):
    start = boxes.from_xywh(rows)
    for there, back in (("to_xywh", "from_xywh"), ("to_centre", "from_centre"), ("to_voc", "from_voc")):
        assert_allclose(getattr(boxes, back)(getattr(boxes, there)(start)), start, atol=1e-9)


@pytest.mark.parametrize("function", [boxes.to_xywh, boxes.from_centre, boxes.area, boxes.check, boxes.nonempty])
def test_no_boxes_are_fine(function):
    assert len(function([])) == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([3, 3, 3, 9], "has no area"),
        ([3, 3, 9, 3], "has no area"),
        ([9, 3, 3, 9], "is inverted"),
        ([3, 9, 9, 3], "is inverted"),
        ([NAN, 3, 9, 9], "is not finite"),
        ([3, 3, INF, 9], "is not finite"),
    ],
)
def test_degenerate_boxes_raise_with_the_row_number(row, reason):
    good = [0, 0, 4, 4]
    calls = {
        "box 2": [
            boxes.check,
            boxes.area,
            boxes.to_xywh,
            lambda b: boxes.clip(b, 9, 9),
            lambda b: boxes.nms(b, [1] * 3),
        ],
        "second box 2": [lambda b: boxes.iou([good], b)],
        "target 2": [lambda b: boxes.encode([good] * 3, b)],
        "anchor 2": [lambda b: boxes.decode(b, np.zeros((3, 4))), lambda b: boxes.encode(b, [good] * 3)],
    }
    for start, functions in calls.items():
        for function in functions:
            with pytest.raises(ValueError, match=f"^{start} .*{reason}"):
                function([good, good, row])
    assert_array_equal(boxes.nonempty([good, good, row]), [True, True, False])


def test_rows_of_another_format_name_the_row():
    with pytest.raises(ValueError, match="^row 1 .* has no area"):
        boxes.from_xywh([[1, 1, 2, 2], [1, 1, 0, 2]])
    with pytest.raises(ValueError, match=r"\(N, 4\).*\(4,\)"):
        boxes.area([0, 0, 1, 1])
    with pytest.raises(ValueError, match=r"\(N, 4\).*\(2, 5\)"):
        boxes.iou(np.ones((2, 5)), [])


# overlap


def test_iou_of_known_boxes():
    square = [[0, 0, 10, 10]]
    others = [[0, 0, 10, 10], [5, 0, 15, 10], [10, 0, 20, 10], [2, 2, 4, 7], [30, 30, 31, 31]]
    assert_allclose(boxes.iou(square, others), [[1, 1 / 3, 0, 0.1, 0]])
    assert boxes.iou(square, []).shape == (1, 0)


def test_iou_is_that_of_pycocotools():
    first, second = random_boxes(40)[0], random_boxes(30, seed=1)[0]
    expected = coco_mask.iou(boxes.to_xywh(first), boxes.to_xywh(second), [0] * 30)
    assert expected.max() > 0.5
    assert_allclose(boxes.iou(first, second), expected, atol=1e-12)


@given(rows_st, rows_st, st.floats(0.1, 10), st.floats(-50, 50))
def test_iou_is_symmetric_within_0_and_1_and_free_of_scale_and_place(first, second, scale, move):
    first, second = boxes.from_xywh(first), boxes.from_xywh(second)
    found = boxes.iou(first, second)
    assert (found >= 0).all() and (found <= 1 + 1e-12).all()
    assert_allclose(boxes.iou(second, first), found.T)
    assert_allclose(boxes.iou(first * scale + move, second * scale + move), found, atol=1e-9)
    assert_allclose(np.diag(boxes.iou(first, first)), 1)


@given(rows_st, st.integers(1, 300), st.integers(1, 300))
def test_clip_stays_inside_and_changes_nothing_inside(rows, height, width):
    start = boxes.from_centre(rows)
    clipped = boxes.clip(start, height, width)
    assert (clipped >= 0).all() and (clipped <= [width, height, width, height]).all()
    assert_array_equal(boxes.clip(clipped[boxes.nonempty(clipped)], height, width), clipped[boxes.nonempty(clipped)])
    outside = (start[:, :2] >= [width, height]).any(axis=1) | (start[:, 2:] <= 0).any(axis=1)
    assert_array_equal(boxes.nonempty(clipped), ~outside)


def test_nonempty_can_ask_for_a_size():
    assert_array_equal(boxes.nonempty([[0, 0, 8, 8], [0, 0, 8, 9], [0, 0, 9, 9]], smallest=8), [False, False, True])


# suppression


def test_nms_of_known_boxes():
    three = [[0, 0, 10, 10], [1, 0, 11, 10], [30, 0, 40, 10]]  # the first two overlap by 9 / 11
    assert_array_equal(boxes.nms(three, [0.6, 0.9, 0.7]), [1, 2])
    assert_array_equal(boxes.nms(three, [0.6, 0.9, 0.7], iou_threshold=0.85), [1, 2, 0])
    assert_array_equal(boxes.nms(three, [0.6, 0.9, 0.7], iou_threshold=9 / 11), [1, 2, 0])  # more than, not equal
    assert_array_equal(boxes.nms(three, [0.6, 0.9, 0.7], labels=["a", "b", "a"]), [1, 2, 0])
    assert_array_equal(boxes.nms(three, [0.6, 0.9, 0.7], score_threshold=0.7), [1])
    assert_array_equal(boxes.nms(three, [0.5, 0.5, 0.5]), [0, 2])
    assert boxes.nms([], []).shape == (0,)


def test_nms_keeps_what_only_a_suppressed_box_overlaps():
    chain = [[0, 0, 10, 10], [4, 0, 14, 10], [8, 0, 18, 10], [12, 0, 22, 10]]  # each overlaps the next by 3 / 7
    assert_array_equal(boxes.nms(chain, [0.9, 0.8, 0.7, 0.6], iou_threshold=0.4), [0, 2])


@pytest.mark.parametrize("iou_threshold", [0.0, 0.3, 0.7])
@pytest.mark.parametrize("count", [1, 127, 128, 129, 1000])
def test_nms_is_that_of_opencv_and_tensorflow(count, iou_threshold):
    import tensorflow as tf

    raw, scores = random_boxes(count)
    found = boxes.nms(raw, scores, iou_threshold=iou_threshold, score_threshold=0.2)
    by_cv2 = cv2.dnn.NMSBoxes(boxes.to_xywh(raw), scores.astype(np.float32), 0.2, iou_threshold)
    by_tf = tf.image.non_max_suppression(raw[:, [1, 0, 3, 2]], scores, count, iou_threshold, 0.2)
    assert_array_equal(found, np.ravel(by_cv2))
    assert_array_equal(found, by_tf.numpy())


def test_nms_of_classes_is_that_of_opencv():
    raw, scores = random_boxes(600)
    labels = np.random.default_rng(2).integers(3, size=600)
    expected = cv2.dnn.NMSBoxesBatched(boxes.to_xywh(raw), scores.astype(np.float32), labels, 0.1, 0.4)
    found = boxes.nms(raw, scores, labels, iou_threshold=0.4, score_threshold=0.1)
    assert_array_equal(found, expected)
    assert len(found) > len(boxes.nms(raw, scores, iou_threshold=0.4, score_threshold=0.1))


@given(st.integers(1, 300), st.integers(0, 99), st.floats(0, 1))
def test_nms_leaves_no_overlap_and_drops_nothing_without_a_better_box(count, seed, iou_threshold):
    raw, scores = random_boxes(count, seed, size=100)
    found = boxes.nms(raw, scores, iou_threshold=iou_threshold)
    overlaps = boxes.iou(raw, raw[found])
    assert (np.diff(scores[found]) <= 0).all()
    assert ((overlaps[found] > iou_threshold).sum(axis=0) <= 1).all()
    better = scores[found] >= scores[:, None]
    dropped = np.setdiff1d(np.arange(count), found)
    assert ((overlaps > iou_threshold) & better)[dropped].any(axis=1).all()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"scores": [1]}, "scores has the shape"),
        ({"scores": [1, NAN]}, "score 1 is not finite"),
        ({"labels": [1, 2, 3]}, "labels has the shape"),
        ({"iou_threshold": 1.5}, "iou_threshold is 1.5"),
        ({"iou_threshold": NAN}, "iou_threshold is nan"),
    ],
)
def test_nms_says_what_is_wrong(arguments, reason):
    with pytest.raises(ValueError, match=reason):
        boxes.nms([[0, 0, 1, 1], [0, 0, 2, 2]], **{"scores": [1, 2], **arguments})


# anchors and offsets


def test_anchors_tile_the_map():
    found = boxes.anchors(2, 3, 16, scales=[32, 64], ratios=[1, 4])
    assert found.shape == (2 * 3 * 4, 4)
    by_cell = boxes.to_centre(found).reshape(2, 3, 4, 4)  # row, column, anchor, (x, y, w, h)
    assert_allclose(by_cell[1, 2, 0], [40, 24, 32, 32])
    assert_allclose(by_cell[0, 0, :, 2:], [[32, 32], [16, 64], [64, 64], [32, 128]])
    assert_array_equal(by_cell[:, :, 0, 0], [[8, 24, 40]] * 2)


@given(st.lists(st.floats(1, 500), min_size=1, max_size=4), st.lists(st.floats(0.1, 10), min_size=1, max_size=4))
def test_anchors_have_the_area_of_the_scale_and_the_ratio(scales, ratios):
    _, _, width, height = boxes.to_centre(boxes.anchors(1, 1, 8, scales, ratios)).T
    assert_allclose(width * height, np.repeat(scales, len(ratios)) ** 2)
    assert_allclose(height / width, np.tile(ratios, len(scales)))


def test_anchors_say_what_is_wrong():
    for bad in ((0, 2, 16, [32]), (2, 2, 16, []), (2, 2, 16, [-1]), (2, 2, 16, [32], [0])):
        with pytest.raises(ValueError, match="whole number, 1 or more|must be positive"):
            boxes.anchors(*bad)


def test_offsets_of_known_boxes():
    anchor, target = [[0, 0, 10, 20]], [[5, 5, 25, 15]]  # centre (5, 10) to (15, 10), twice as wide, half as high
    assert_allclose(boxes.encode(anchor, target), [[1, 0, np.log(2), -np.log(2)]], atol=1e-12)
    assert_allclose(boxes.encode(anchor, anchor), [[0, 0, 0, 0]])


@given(rows_st)
def test_coding_round_trips(rows):
    targets = boxes.from_xywh(rows)
    anchor = np.tile([[20.0, 30.0, 84.0, 62.0]], (len(targets), 1))
    assert_allclose(boxes.decode(anchor, boxes.encode(anchor, targets)), targets, rtol=1e-9, atol=1e-6)


def test_wild_offsets_stay_finite():
    width = boxes.to_xywh(boxes.decode([[0, 0, 16, 16]], [[0, 0, 1000, 0]]))[0, 2]
    assert width == pytest.approx(1000)


def test_coding_says_what_is_wrong():
    box = [[0, 0, 1, 1]]
    with pytest.raises(ValueError, match="1 anchors and 2 targets"):
        boxes.encode(box, box * 2)
    with pytest.raises(ValueError, match="2 anchors and 1 offsets"):
        boxes.decode(box * 2, [[0, 0, 0, 0]])
    with pytest.raises(ValueError, match="offset 1 is not finite"):
        boxes.decode(box * 2, [[0, 0, 0, 0], [0, NAN, 0, 0]])


@given(st.lists(st.integers(0, 255), min_size=3, max_size=3, unique=True))
def test_scores_of_small_integers_do_not_wrap(scores):
    apart = [[0, 0, 1, 1], [2, 2, 3, 3], [4, 4, 5, 5]]
    kept = boxes.nms(apart, np.array(scores, np.uint8))
    assert kept.tolist() == np.argsort(scores)[::-1].tolist()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: boxes.check([["a", 0, 1, 1]]), "every box: give numbers"),
        (lambda: boxes.clip([[0, 0, 1, 1]], -5, 4), "height is -5"),
        (lambda: boxes.clip([[0, 0, 1, 1]], 4, float("nan")), "width is nan"),
        (lambda: boxes.nms([[0, 0, 1, 1]], ["high"]), "scores: give numbers"),
        (lambda: boxes.nms([[0, 0, 1, 1]], [1], score_threshold=np.nan), "score_threshold is nan"),
        (lambda: boxes.nms([[0, 0, 1, 1]], [1], iou_threshold="half"), "iou_threshold is 'half'"),
        (lambda: boxes.anchors(2.5, 2, 16, [32]), "rows is 2.5"),
        (lambda: boxes.anchors(2, 2, np.nan, [32]), "stride is nan"),
        (lambda: boxes.anchors(2, 2, 16, [np.inf]), "positive"),
    ],
)
def test_what_is_no_box_score_or_size_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()

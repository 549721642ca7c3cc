"""helpers.detection.two_stage and windows: against the cells of the lessons, by hand, and with nothing to see."""

import keras
import numpy as np
import pytest
from pycocotools import mask as coco_mask

from helpers.datasets.coco import Scene
from helpers.detection import boxes, regions, two_stage, windows
from helpers.networks import detectors
from tools import lessons


def scene(found, labels, height=96, width=128):
    found = np.array(found, float).reshape(-1, 4)
    flags = np.zeros(len(found), bool)
    masks = np.zeros((height, width, len(found)), np.uint8, order="F")
    for number, (x1, y1, x2, y2) in enumerate(found.astype(int)):
        masks[y1:y2, x1:x2, number] = 1
    rles = coco_mask.encode(masks) if len(found) else []
    return Scene(1, None, height, width, found, np.array(labels, int), flags, flags, rles)


def picture(truth, height=96, width=128):
    image = np.random.default_rng(0).integers(80, 100, (height, width, 3)).astype(np.uint8)
    for (x1, y1, x2, y2), colour in zip(truth, ((220, 30, 30), (30, 210, 60)), strict=False):
        image[y1:y2, x1:x2] = colour
    return image


TRUTH, LABELS = [[16, 20, 60, 70], [76, 30, 116, 84]], [0, 1]


@pytest.fixture(scope="module")
def trunk():
    return detectors.two_scales()


@pytest.fixture(scope="module")
def seen(trunk):
    return two_stage.look(trunk, scene(TRUTH, LABELS), picture(TRUTH))


def test_a_seen_scene_has_crops_of_true_boxes_first_and_one_map(trunk, seen):
    assert seen.crops.shape == (2 + len(seen.proposals), 9 * 304) and seen.map.shape == (6, 8, 304)
    again = two_stage.crop_features(trunk, picture(TRUTH), TRUTH)
    assert np.allclose(seen.crops[:2], again, atol=0.02)
    short = two_stage.look(trunk, scene(TRUTH, LABELS), picture(TRUTH), most=3, crops=False)
    assert short.crops.shape == (0, 9 * 304) and np.array_equal(short.proposals, seen.proposals[:3])


def test_the_coarse_map_is_the_fine_one_repeated(seen):
    coarse = seen.map[..., 112:]
    assert np.array_equal(coarse[::2, ::2], coarse[1::2, 1::2])


def test_search_finds_rectangles_the_same_each_time():
    image = picture(TRUTH)
    found = two_stage.search(image)
    assert boxes.iou(TRUTH, found).max(axis=1).min() > 0.7
    assert np.array_equal(found, two_stage.search(image))


def test_rows_tell_true_boxes_overlaps_and_offsets(seen):
    table = two_stage.rows([seen, seen], 3)
    assert table.truth[:3].tolist() == [0, 1, -1] and (table.overlaps[:, 2] == 0).all()
    assert table.overlaps[0].tolist() == [1, 0, 0] and table.place[:3].tolist() == [-2, -1, 0]
    half = len(table.truth) // 2
    moved = boxes.decode(seen.proposals, table.offsets[2:half])
    assert np.allclose(moved, seen.scene.boxes[boxes.iou(seen.proposals, TRUTH).argmax(axis=1)])
    assert two_stage.rows([seen], 2, shared=True).features.shape == (half, 9 * 304)


def test_svms_learn_their_class_and_leave_a_class_without_examples_alone(seen):
    table = two_stage.rows([seen] * 3, 3)
    svms, cost = two_stage.train_svms(table, [seen])
    assert cost in two_stage.COSTS and svms.weights[2].tolist() == [0] * 2736 + [-1]
    svms, _ = two_stage.train_offsets(svms, table, [seen])
    found, scores, labels = two_stage.rcnn(svms, seen)
    for label in LABELS:
        best = found[labels == label][:1]
        assert boxes.iou(best, [TRUTH[label]])[0, 0] > 0.6
    assert np.all(np.diff(scores) <= 0)


def test_the_lesson_and_the_helpers_are_the_same(seen):
    names = lessons.run_cells("06c_rcnn", ("setup",)) | {"names": ["a", "b"]}
    for cell in lessons.read_text("06c_rcnn").cells:
        if cell.source.startswith(("def fit_svms", "def fit_offsets", "def selective_search")):
            exec(cell.source, names)
    table = two_stage.rows([seen], 2)
    x = (table.features - table.features.mean(axis=0)) / 5
    assert np.allclose(names["fit_svms"](x, table, 1e-3), two_stage.fit_svms(x, table, 1e-3))
    assert np.allclose(names["fit_offsets"](x, table, 10, 0.6), two_stage.fit_offsets(x, table, 10))
    assert np.array_equal(names["selective_search"](picture(TRUTH)), two_stage.search(picture(TRUTH)))


def test_windows_are_those_of_lesson_06b():
    names = lessons.run_cells("06b_windows", ("setup",))
    for cell in lessons.read_text("06b_windows").cells:
        if cell.source.startswith(("SIDE, STEP", "hog = cv2")):
            exec(cell.source, names)
    image = np.random.default_rng(0).integers(0, 255, (256, 320, 3), np.uint8)
    assert np.array_equal(windows.boxes(256, 320), names["window_boxes"](256, 320))
    assert np.array_equal(windows.features(image), names["window_features"](image))
    assert len(windows.boxes(20, 20)) == len(windows.features(image[:20, :20])) == 0


def test_heads_learn_and_an_rpn_proposes(seen):
    keras.utils.set_random_seed(0)
    heads = detectors.roi_heads(2, two_stage.SIZE, 304)
    assert two_stage.train_heads(heads, [seen] * 4, [seen], 2, rounds=(2, 4)) in (2, 4)
    found, scores, labels = two_stage.fast_rcnn(heads, seen)
    assert len(found) == len(scores) == len(labels) and (scores > 0.01).all()
    rpn = detectors.rpn(6, 8, 9, 304, filters=16)
    assert two_stage.train_rpn(rpn, [seen] * 4, [seen], rounds=(2, 4)) in (2, 4)
    (proposals,) = two_stage.propose(rpn, [seen], most=20)
    assert 0 < len(proposals) <= 20
    assert two_stage.recall([seen.proposals], [seen], 100, 0.5) == 1.0


def test_nothing_to_see_gives_nothing(trunk):
    flat = np.full((96, 128, 3), 90, np.uint8)
    empty = two_stage.look(trunk, scene([], []), flat)._replace(proposals=np.zeros((0, 4)))
    assert two_stage.rows([empty], 2).overlaps.shape == (0, 2)
    heads = detectors.roi_heads(2, two_stage.SIZE, 304)
    assert [part.shape for part in two_stage.fast_rcnn(heads, empty)] == [(0, 4), (0,), (0,)]
    svms = two_stage.Svms(0.0, 1.0, np.zeros((2, 2737)), None)
    assert len(two_stage.rcnn(svms, empty._replace(crops=np.zeros((0, 2736), np.float16)))[0]) == 0
    assert regions.anchor_targets(two_stage.anchors(96, 128), empty.scene.boxes)[0].max() == 0


def test_the_whole_way_from_an_image_is_that_of_its_parts(trunk, seen):
    heads, rpn = detectors.roi_heads(2, two_stage.SIZE, 304), detectors.rpn(6, 8, 9, 304, filters=16)
    image = picture(TRUTH)
    svms = two_stage.Svms(0.0, 1.0, np.random.default_rng(0).normal(size=(2, 2737)), None)
    (proposals,) = two_stage.propose(rpn, [seen])
    ways = (
        (two_stage.fast_of(trunk, heads, image), two_stage.fast_rcnn(heads, seen)),
        (two_stage.faster_of(trunk, rpn, heads, image), two_stage.fast_rcnn(heads, seen, proposals)),
        (two_stage.rcnn_of(trunk, svms, image), two_stage.rcnn(svms, seen)),
    )
    for whole, parts in ways:
        assert len(whole[0]) == len(parts[0]) and np.allclose(whole[0], parts[0], atol=1e-3)

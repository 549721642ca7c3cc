"""helpers.networks.yolo against the cells of lesson 07b; its loss on scenes that break careless ones."""

import numpy as np
import pytest

from helpers.detection import boxes, grid
from helpers.detection.errors import kinds
from helpers.networks import yolo
from tools import lessons

SHAPE, SIZE = (8, 10), (128, 160)
ODD = {
    "empty": ([], []),
    "on the border": ([[150, 120, 160, 128], [0, 0, 160, 128], [0, 60, 4, 70]], [0, 1, 2]),
    "two in one cell": ([[20, 20, 26, 26], [0, 0, 48, 48]], [2, 3]),
}


class Scene:
    """What targets and kinds need of a scene."""

    def __init__(self, found, labels, height=128, width=160):
        self.boxes, self.labels = np.array(found, float).reshape(-1, 4), np.array(labels, int)
        self.height, self.width = height, width


@pytest.fixture(scope="module")
def names():
    return lessons.run_cells("07b_yolo_trained", ("setup", "experiment"))


def encoded(found, labels, reach=0.0):
    return grid.encode(found, labels, SHAPE, SIZE, 5, reach)[None].astype(np.float32)


@pytest.mark.parametrize("reach", [0.0, 0.3])
@pytest.mark.parametrize("scene", ODD)
def test_losses_and_their_slopes_are_finite(names, scene, reach):
    tf, ops = names["tf"], names["ops"]
    target = encoded(*ODD[scene], reach)
    for loss in (yolo.loss, names["squared_loss"]):
        for scale in (0.0, 1.0, 30.0):  # 30: sigmoid and softmax are saturated
            raw = tf.Variable(np.random.default_rng(0).normal(0, scale, target.shape).astype(np.float32))
            with tf.GradientTape() as tape:
                value = loss(target, raw)
            slope = tape.gradient(value, raw)
            assert np.isfinite(float(value)) and bool(ops.all(ops.isfinite(slope)))


def test_a_cell_that_is_surely_wrong_still_learns(names):
    target = encoded([[20, 20, 60, 52]], [0])
    raw = names["tf"].Variable(np.full_like(target, -40))
    with names["tf"].GradientTape() as tape:
        value = yolo.loss(target, raw)
    slope = tape.gradient(value, raw).numpy()
    assert slope[target[..., 0] > 0][:, 0] == pytest.approx(-1)


def test_overlaps_are_those_of_the_helper():
    first = encoded([[20, 20, 60, 52]], [0])[0]
    row, column = np.argwhere(first[..., 0])[0]
    second = first.copy()
    second[row, column, 1:5] += 0.1
    shared, generalised = (float(part[row, column]) for part in yolo.overlaps(first, second))
    x, y, w, h = second[row, column, 1:5] * [16, 16, 160, 128] + [16 * column, 16 * row, 0, 0]
    expected = boxes.iou([[20, 20, 60, 52]], boxes.from_centre([[x, y, w, h]]))[0, 0]
    assert shared == pytest.approx(expected, abs=1e-5) and -1 <= generalised <= shared


def test_the_helper_is_what_the_lesson_builds(names):
    target = encoded(*ODD["two in one cell"], 0.3)
    raw = np.random.default_rng(0).normal(size=target.shape).astype(np.float32)
    assert float(yolo.loss(target, raw)) == pytest.approx(float(names["overlap_loss"](target, raw)), rel=1e-5)
    assert np.allclose(yolo.cells(raw), names["cells_of"](raw), atol=1e-6)
    own, lesson = yolo.head(5), names["network"]()
    assert [w.shape for w in own.weights] == [w.shape for w in lesson.weights]
    maps = np.random.default_rng(1).normal(size=(1, 4, 6, 304)).astype(np.float32)
    lesson.set_weights(own.get_weights())
    said = yolo.answers(own, maps)
    assert np.allclose(said, names["answers"](lesson, maps), atol=1e-5)
    for one, other in zip(yolo.detect(said[0], (64, 96)), names["detect"](said[0], (64, 96)), strict=True):
        assert np.array_equal(one, other)
    some = [Scene(*one) for one in ODD.values()]
    assert np.array_equal(yolo.targets(some, 5), names["targets"](some))


def test_a_head_learns_the_scenes_that_it_sees():
    keras, rng = yolo.keras, np.random.default_rng(0)
    keras.utils.set_random_seed(0)
    shown = [Scene([[x, y, x + 48, y + 40]], [k % 5]) for k, (x, y) in enumerate(rng.integers(0, 80, (24, 2)))]
    wanted = yolo.targets(shown, 5)
    maps = np.concatenate([wanted, rng.normal(0, 0.1, (24, 8, 10, 294))], axis=-1).astype(np.float32)
    head = yolo.head(5)
    yolo.fit(head, maps, wanted, epochs=40, batch=8)
    found = [yolo.detect(one, SIZE) for one in yolo.answers(head, maps)]
    overlap = [boxes.iou(one[0][:1], scene.boxes)[0, 0] for one, scene in zip(found, shown, strict=True)]
    assert np.mean(overlap) > 0.6


def test_kinds_are_exclusive_and_sum_to_one():
    scenes = [Scene([[0, 0, 40, 40], [60, 0, 100, 40], [60, 60, 100, 100]], [0, 1, 2]), Scene([[0, 0, 40, 40]], [0])]
    found = [
        (
            np.array([[0, 0, 40, 42], [60, 0, 100, 44], [75, 75, 115, 115], [120, 0, 150, 30]], float),
            np.array([0.9, 0.8, 0.7, 0.6]),
            np.array([0, 0, 2, 1]),
        ),
        (np.zeros((0, 4)), np.zeros(0), np.zeros(0, int)),
    ]
    shares = kinds(scenes, found)
    expected = {"correct": 0.2, "confused": 0.2, "loose": 0.2, "missed": 0.2, "background": 0.2}
    assert shares == pytest.approx(expected) and sum(shares.values()) == pytest.approx(1)
    assert kinds(scenes[1:], found[1:])["missed"] == 1
    with pytest.raises(ValueError, match="give one for each scene"):
        kinds(scenes, found[:1])

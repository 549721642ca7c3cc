"""The loss of lesson 07b, run from the lesson's own cells, on scenes that break careless losses."""

import numpy as np
import pytest

from helpers.detection import grid
from tools import lessons

ODD = {
    "empty": ([], []),
    "on the border": ([[150, 120, 160, 128], [0, 0, 160, 128], [0, 60, 4, 70]], [0, 1, 2]),
    "two in one cell": ([[20, 20, 26, 26], [0, 0, 48, 48]], [2, 3]),
}


@pytest.fixture(scope="module")
def names():
    return lessons.run_cells("07b_yolo_trained", ("setup", "experiment"))


@pytest.mark.parametrize("reach", [0.0, 0.3])
@pytest.mark.parametrize("scene", ODD)
def test_losses_and_their_slopes_are_finite(names, scene, reach):
    tf, ops = names["tf"], names["ops"]
    target = grid.encode(*ODD[scene], names["SHAPE"], names["SIZE"], 5, reach)[None].astype(np.float32)
    for loss in (names["overlap_loss"], names["squared_loss"]):
        for scale in (0.0, 1.0, 30.0):  # 30: sigmoid and softmax are saturated
            raw = tf.Variable(np.random.default_rng(0).normal(0, scale, target.shape).astype(np.float32))
            with tf.GradientTape() as tape:
                value = loss(target, raw)
            slope = tape.gradient(value, raw)
            assert np.isfinite(float(value)) and bool(ops.all(ops.isfinite(slope)))


def test_a_cell_that_is_surely_wrong_still_learns(names):
    target = grid.encode([[20, 20, 60, 52]], [0], names["SHAPE"], names["SIZE"], 5)[None].astype(np.float32)
    raw = names["tf"].Variable(np.full_like(target, -40))
    with names["tf"].GradientTape() as tape:
        value = names["overlap_loss"](target, raw)
    slope = tape.gradient(value, raw).numpy()
    assert slope[target[..., 0] > 0][:, 0] == pytest.approx(-1)


def test_overlaps_are_those_of_the_helper(names):
    from helpers.detection import boxes

    first = grid.encode([[20, 20, 60, 52]], [0], names["SHAPE"], names["SIZE"], 5)
    row, column = np.argwhere(first[..., 0])[0]
    second = first.copy()
    second[row, column, 1:5] += 0.1
    shared, generalised = (float(part[row, column]) for part in names["overlaps"](*np.float32([first, second])))
    x, y, w, h = second[row, column, 1:5] * [16, 16, 160, 128] + [16 * column, 16 * row, 0, 0]
    expected = boxes.iou([[20, 20, 60, 52]], boxes.from_centre([[x, y, w, h]]))[0, 0]
    assert shared == pytest.approx(expected, abs=1e-5) and -1 <= generalised <= shared

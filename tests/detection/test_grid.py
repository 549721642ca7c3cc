"""helpers.detection.grid: encoding of boxes on a grid and back, and the losses of lesson 07 on awkward scenes."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from helpers.detection import grid

SHAPE, SIZE = (8, 10), (128, 160)


@st.composite
def scenes(draw):
    """Boxes inside the image whose centres lie in different cells, and labels."""
    places = draw(st.lists(st.integers(0, 79), max_size=6, unique=True))
    inside, side = st.floats(0.01, 0.99), st.floats(0.05, 1)
    rows = []
    for place in places:
        x, y = (place % 10 + draw(inside)) * 16, (place // 10 + draw(inside)) * 16
        half_w, half_h = min(x, 160 - x) * draw(side), min(y, 128 - y) * draw(side)
        rows.append([x - half_w, y - half_h, x + half_w, y + half_h])
    return np.array(rows).reshape(-1, 4), np.array([draw(st.integers(0, 4)) for _ in rows], int), places


@given(scenes())
def test_what_is_encoded_is_decoded(scene):
    boxes, labels, places = scene
    target = grid.encode(boxes, labels, SHAPE, SIZE, 5)
    assert sorted(np.flatnonzero(target[..., 0])) == sorted(places)
    assert ((target[..., 1:5] >= 0) & (target[..., 1:5] <= 1)).all()
    found, scores, classes = grid.decode(target, SIZE, 0.5)
    order = np.argsort(places)
    np.testing.assert_allclose(found, boxes[order], atol=1e-9)
    assert classes.tolist() == labels[order].tolist() and (scores == 1).all()


@settings(max_examples=40)
@given(scenes(), st.floats(0.05, 0.5))
def test_with_more_cells_every_cell_says_the_same_box(scene, reach):
    boxes, labels, places = scene
    target = grid.encode(boxes, labels, SHAPE, SIZE, 5, reach)
    assert set(places) <= set(np.flatnonzero(target[..., 0]))
    found, _, classes = grid.decode(target, SIZE, 0.5)
    for box, label in zip(found, classes, strict=True):
        near = np.isclose(boxes, box, atol=1e-9).all(axis=1) & (labels == label)
        assert near.any()
    assert all(np.isclose(found, box, atol=1e-9).all(axis=1).any() for box in boxes)
    assert abs(target[..., 1:3] - 0.5)[target[..., 0] > 0].max(initial=0) <= 1.5


def test_known_cells():
    boxes = [[0, 0, 8, 8], [16, 16, 48, 48], [152, 120, 160, 128], [158, 126, 162, 130]]
    assert grid.cells(boxes, SHAPE, SIZE).tolist() == [[0, 0], [2, 2], [7, 9], [7, 9]]
    target = grid.encode([[10, 20, 58, 52]], [2], SHAPE, SIZE, 5)
    np.testing.assert_allclose(target[2, 2], [1, 2.125 - 2, 2.25 - 2, 0.3, 0.25, 0, 0, 1, 0, 0])
    assert target.sum() == pytest.approx(target[2, 2].sum())


def test_of_two_boxes_in_one_cell_the_smaller_one_is_kept():
    boxes = [[20, 20, 26, 26], [0, 0, 48, 48]]
    for order in ([0, 1], [1, 0]):
        found, _, labels = grid.decode(grid.encode(np.array(boxes)[order], order, SHAPE, SIZE, 5), SIZE, 0.5)
        np.testing.assert_allclose(found, boxes[:1])
        assert labels.tolist() == [0]


def test_a_scene_may_be_empty():
    target = grid.encode([], [], SHAPE, SIZE, 5)
    assert target.shape == (8, 10, 10) and not target.any()
    boxes, scores, labels = grid.decode(target, SIZE)
    assert boxes.shape == (0, 4) and scores.shape == labels.shape == (0,)


def test_a_score_is_confidence_times_class_and_boxes_are_cut_at_the_border():
    output = np.zeros((2, 2, 7))
    output[0, 0] = 0.8, 0, 0, 1, 0.5, 0.75, 0.25
    boxes, scores, labels = grid.decode(output, (10, 20), 0.1)
    np.testing.assert_allclose(boxes, [[0, 0, 10, 2.5]] * 2)
    np.testing.assert_allclose(scores, [0.6, 0.2])
    assert labels.tolist() == [0, 1]
    assert len(grid.decode(output, (10, 20), 0.3)[0]) == 1


@pytest.mark.parametrize(
    ("boxes", "labels", "reason"),
    [
        ([[0, 0, 4, 4], [150, 0, 180, 9]], [0, 0], "box 1 has its centre outside"),
        ([[0, 0, 4, 4]], [5], r"labels \[5\]"),
        ([[0, 0, 4, 4]], [], "1 boxes"),
        ([[4, 0, 4, 4]], [0], "box 0"),
    ],
)
def test_bad_scenes_are_named(boxes, labels, reason):
    with pytest.raises(ValueError, match=reason):
        grid.encode(boxes, labels, SHAPE, SIZE, 5)


def test_a_bad_output_is_named():
    for bad in (np.zeros((2, 2)), np.zeros((2, 2, 5)), np.full((2, 2, 7), np.nan)):
        with pytest.raises(ValueError, match="rows, columns, 5"):
            grid.decode(bad, SIZE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: grid.cells([[0, 0, 4, 4]], (0, 10), (128, 160)), r"shape\[0\] is 0"),
        (lambda: grid.cells([[0, 0, 4, 4]], 8, (128, 160)), "shape is 8: give two"),
        (lambda: grid.encode([[0, 0, 4, 4]], [0.9], (8, 10), (128, 160), 5), "whole numbers"),
        (lambda: grid.encode([[0, 0, 4, 4]], ["bag"], (8, 10), (128, 160), 5), "labels: give numbers"),
        (lambda: grid.encode([[0, 0, 4, 4]], [0], (8, 10), (128, 160), 5, reach=-1), "reach is -1"),
        (lambda: grid.decode(np.zeros((8, 10, 10)), (128, -160)), r"size\[1\] is -160"),
        (lambda: grid.decode(np.zeros((8, 10, 10)), (128, 160), np.nan), "threshold is nan"),
    ],
)
def test_what_is_no_grid_size_or_label_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()

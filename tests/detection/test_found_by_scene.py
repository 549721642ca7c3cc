"""helpers.detection.errors.found_by_scene: which share of a scene's objects is found, by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from helpers.detection import errors


def scene(number, boxes, labels):
    return SimpleNamespace(id=number, boxes=np.array(boxes, float).reshape(-1, 4), labels=np.array(labels, int))


TWO = scene(7, [[0, 0, 10, 10], [20, 0, 30, 10]], [1, 2])


def found(boxes, labels):
    return np.array(boxes, float).reshape(-1, 4), np.linspace(1, 0.5, len(labels)), np.array(labels, int)


@pytest.mark.parametrize(
    ("boxes", "labels", "share"),
    [
        ([[0, 0, 10, 10], [20, 0, 30, 10]], [1, 2], 1.0),
        ([[0, 0, 10, 10], [20, 0, 30, 10]], [1, 1], 0.5),  # the second has another class
        ([[0, 0, 10, 10], [26, 0, 36, 10]], [1, 2], 0.5),  # the second overlaps by a quarter
        ([[40, 0, 50, 10], [0, 0, 10, 10], [20, 0, 30, 10]], [1, 1, 2], 0.5),  # only as many as there are objects
        ([], [], 0.0),
    ],
)
def test_a_share_by_hand(boxes, labels, share):
    assert errors.found_by_scene([TWO], [found(boxes, labels)]) == {7: share}


def test_a_scene_without_objects_is_left_out():
    assert errors.found_by_scene([scene(1, [], [])], [found([[0, 0, 5, 5]], [0])]) == {}

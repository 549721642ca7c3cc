"""Landmarks of drawn faces: they lie on what they name, and move with the units, the head and the size."""

import numpy as np
import pytest

from helpers.datasets import emotion

NAMES = list(emotion.landmark_names())


def at(name, units=None, person=4, **view):
    return emotion.landmarks(units, person, 192, **view)[NAMES.index(name)]


def test_there_are_22_points_and_a_face_at_rest_is_symmetric():
    points = emotion.landmarks(person=4)
    assert points.shape == (22, 2) and len(set(NAMES)) == 22
    axis = 96
    for name in NAMES:
        if name.startswith("left "):
            twin = at("right " + name.removeprefix("left "))
            assert at(name) == pytest.approx([2 * axis - twin[0], twin[1]], abs=0.01)


def test_units_move_the_points_that_they_name():
    assert at("mouth, left corner", {12: 1})[1] < at("mouth, left corner")[1] - 5  # up
    assert at("mouth, left corner", {15: 1})[1] > at("mouth, left corner")[1] + 5
    assert at("left brow, inner end", {1: 1})[1] < at("left brow, inner end")[1] - 5
    assert at("chin", {26: 1})[1] > at("chin")[1] + 5
    shut, jaw = (at("mouth, inner bottom", u)[1] - at("mouth, inner top", u)[1] for u in ({}, {26: 1}))
    assert abs(shut) < 1 and jaw > 15


@pytest.mark.parametrize("pose", [(0, 0, 0), (0.2, 0.1, 0.2), (-0.2, 0, -0.3)])
def test_an_open_mouth_is_dark_between_its_points(pose):
    units = {26: 1}
    image = emotion.portrait(units, 4, pose=pose, light=(0, 0))
    top, bottom = at("mouth, inner top", units, pose=pose), at("mouth, inner bottom", units, pose=pose)
    x, y = np.rint((top + bottom) / 2).astype(int)
    assert image[y, x] < 60


@pytest.mark.parametrize("size", [48, 96, 192, 384])
def test_points_scale_with_the_picture(size):
    small = (emotion.landmarks({12: 1}, 4, size) + 0.5) / size
    assert small == pytest.approx((emotion.landmarks({12: 1}, 4, 192) + 0.5) / 192, abs=0.004)


def test_a_tilt_turns_all_points_about_one_centre():
    upright, tilted = emotion.landmarks(person=4), emotion.landmarks(person=4, pose=(0, 0, 0.3))
    lengths = [np.linalg.norm(points[:, None] - points, axis=2) for points in (upright, tilted)]
    assert lengths[0] == pytest.approx(lengths[1], abs=0.5)


def test_units_vary_with_a_generator_and_bad_ones_are_named():
    rng = np.random.default_rng(0)
    some = [emotion.units("happy", 0.8, rng) for _ in range(20)]
    assert len({tuple(sorted(one.items())) for one in some}) == 20
    assert all(0 <= value <= 1 for one in some for value in one.values())
    assert emotion.units("happy", 0.5) == {6: 0.5, 12: 0.5, 25: 0.4}
    with pytest.raises(ValueError, match="strength"):
        emotion.units("happy", 2, rng)
    with pytest.raises(ValueError, match="person"):
        emotion.landmarks(person=-1)

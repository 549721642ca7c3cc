"""helpers.datasets.walks: films of lesson 07c, against their own geometry."""

import numpy as np
import pytest

from helpers.datasets import walks


@pytest.fixture(scope="module")
def frames():
    return walks.film(0)


def test_the_same_seed_gives_the_same_film(frames):
    again = walks.film(0)
    assert all(np.array_equal(one.image, other.image) for one, other in zip(frames, again, strict=True))
    assert not np.array_equal(frames[0].image, walks.film(1, frames=2)[0].image)
    assert not np.array_equal(frames[0].image, walks.film(0, frames=2, split="val")[0].image)


def test_a_frame_has_the_truth_of_what_is_seen(frames):
    for one in frames:
        assert one.image.shape == (128, 160, 3) and one.image.dtype == np.uint8
        assert one.places.shape == (3, 2) and len(one.boxes) == len(one.ids) <= 3
        assert (one.boxes[:, 2:] > one.boxes[:, :2]).all() and one.boxes.min() >= 0
        assert (one.boxes.max(axis=0) <= [160, 128, 160, 128]).all()


def test_animals_start_apart_and_move_a_little_each_frame(frames):
    places = np.array([one.places for one in frames])
    steps = np.linalg.norm(np.diff(places, axis=0), axis=-1)
    assert steps.max() < 0.2 and steps.min() > 0.05
    gaps = np.linalg.norm(places[0][:, None] - places[0], axis=-1) + 9 * np.eye(3)
    assert gaps.min() > 1.4
    assert places[..., 1].min() > 4.5 and places[..., 1].max() < 9.6


def test_the_lower_edge_of_a_whole_box_stands_on_the_place():
    for seed in range(3):
        (frame, *_) = walks.film(seed, frames=2, count=1)
        if frame.boxes[0, 0] > 2 and frame.boxes[0, 2] < 158:
            foot = walks.project(frame.places)[0]
            middle = frame.boxes[0, [0, 2]].mean()
            assert abs(frame.boxes[0, 3] - foot[1]) < 2 and abs(middle - foot[0]) < 2


def test_project_is_a_pinhole():
    near, far = walks.project([(0, 5), (1, 10)])
    assert near.tolist() == [80, walks.HORIZON + walks.FOCAL * walks.EYE / 5]
    assert far[0] == 80 + walks.FOCAL / 10


@pytest.mark.parametrize(
    ("how", "message"),
    [({"split": "train"}, "none of"), ({"frames": 1}, "2 frames or more"), ({"count": 99}, "99 animals")],
)
def test_errors_say_what_to_give(how, message):
    with pytest.raises(ValueError, match=message):
        walks.film(0, **how)

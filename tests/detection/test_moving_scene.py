"""helpers.detection.moving_scene: the film of lesson 07."""

import numpy as np
import pytest

from helpers.detection import boxes, moving_scene


@pytest.fixture(scope="module")
def frames():
    return moving_scene.film(30)


def test_the_same_seed_gives_the_same_film(frames):
    again = moving_scene.film(30)
    assert all(np.array_equal(one.image, other.image) for one, other in zip(frames, again, strict=True))
    assert not np.array_equal(frames[0].image, moving_scene.film(2, seed=1)[0].image)


def test_garments_move_a_little_each_frame_and_one_passes_behind_another(frames):
    assert all(len(one.boxes) == len(one.labels) == len(one.ids) for one in frames)
    assert all(one.image.shape == (128, 160, 3) and one.image.dtype == np.uint8 for one in frames)
    for k in range(3):
        path = [one.boxes[one.ids == k] for one in frames if k in one.ids]
        centres = np.array([boxes.to_centre(box)[0, :2] for box in path])
        assert len(path) > 20 and np.linalg.norm(centres[-1] - centres[0]) > 30
    overlaps = [np.triu(boxes.iou(one.boxes, one.boxes), 1).max(initial=0) for one in frames]
    assert overlaps[0] < 0.05 and max(overlaps) > 0.2


def test_a_film_has_two_frames():
    with pytest.raises(ValueError, match="count is 1"):
        moving_scene.film(1)

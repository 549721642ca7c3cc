"""helpers.ultrasound: the crop, the small image with its mask, and the split by patient."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from helpers import ultrasound
from helpers.datasets import thyroid


def frame():
    """Return a black frame (100, 200, 3) with tissue in rows 20..79, columns 50..149, and text beside it."""
    image = np.zeros((100, 200, 3), np.uint8)
    image[20:80, 50:150] = 120
    image[5:10, 3:40] = 255
    return image


def view(polygon):
    return thyroid.View("1_1.jpg", frame(), [np.array(polygon)])


def test_crop_keeps_the_tissue_and_drops_the_text():
    rows, columns = ultrasound.crop(frame())
    assert (rows, columns) == (slice(20, 80), slice(50, 150))
    assert ultrasound.crop(frame()[..., 0]) == (rows, columns)


def test_a_black_frame_has_no_tissue():
    with pytest.raises(ValueError, match="no tissue"):
        ultrasound.crop(np.zeros((10, 10), np.uint8))


def test_image_and_mask_are_cropped_and_resized_together():
    left_half = [[50, 20], [99, 20], [99, 79], [50, 79]]
    image, mask = ultrasound.prepare(view(left_half), size=(30, 40))
    assert (image.shape, image.dtype, mask.shape, mask.dtype) == ((30, 40), np.float32, (30, 40), bool)
    assert image == pytest.approx(120 / 255)
    assert mask[:, :20].all() and not mask[:, 20:].any()


def test_arrays_have_one_row_an_image():
    cases = [thyroid.Case(number, *[None] * 9, [view([[60, 30], [90, 30], [90, 60]])] * number) for number in (1, 2)]
    x, y, patients = ultrasound.arrays(cases, size=(30, 40))
    assert x.shape == y.shape == (3, 30, 40, 1)
    assert patients.tolist() == [1, 2, 2] and set(np.unique(y)) == {0, 1}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=80), st.integers(0, 5))
def test_no_group_is_on_two_sides_and_no_row_is_lost(groups, seed):
    groups = np.array(groups)
    try:
        parts = ultrasound.split(groups, seed)
    except ValueError as error:
        assert "too few" in str(error) and len(np.unique(groups)) < 10
        return
    assert (np.sum(parts, axis=0) == 1).all()
    sides = [set(groups[part]) for part in parts]
    assert all(sides) and sum(map(len, sides)) == len(np.unique(groups))
    assert all((a == b).all() for a, b in zip(parts, ultrasound.split(groups, seed), strict=True))


def test_the_test_part_holds_a_fifth_of_the_groups():
    parts = ultrasound.split(np.arange(100))
    assert [int(part.sum()) for part in parts] == [65, 15, 20]

"""helpers.coins on the photograph with 24 coins, on drawn discs, and against OpenCV."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from helpers import coins, samples

PHOTOGRAPH = samples.load("coins")
LABELS = coins.find_coins(PHOTOGRAPH)


def test_finds_the_24_coins():
    assert LABELS.max() == 24
    assert LABELS.shape == PHOTOGRAPH.shape


@settings(max_examples=8, deadline=None)
@given(gain=st.floats(0.15, 1))
def test_count_does_not_depend_on_the_brightness(gain):
    assert coins.find_coins((PHOTOGRAPH * gain).astype(np.uint8)).max() == 24


def test_table_agrees_with_the_mask_and_with_opencv():
    table = coins.describe(LABELS)
    assert table["area"].sum() == (LABELS > 0).sum()
    _, _, stats, centres = cv2.connectedComponentsWithStats((LABELS > 0).astype(np.uint8))
    assert sorted(table["area"]) == sorted(stats[1:, cv2.CC_STAT_AREA])
    assert np.allclose(np.sort(table[["x", "y"]], axis=0), np.sort(centres[1:], axis=0))


def test_a_drawn_disc_has_its_own_diameter():
    image = np.full((120, 120), 40, np.uint8)
    image[:, :60] = 60  # two greys below the disc, so that a tenth of the pixels is surely background
    cv2.circle(image, (60, 60), 30, 200, -1)
    table = coins.describe(coins.find_coins(image))
    assert len(table) == 1
    assert table["diameter"][0] == pytest.approx(61, abs=2)
    assert table["eccentricity"][0] < 0.1


def test_disk_is_symmetric_and_has_the_size_asked_for():
    for radius in range(8):
        element = coins.disk(radius)
        assert element.shape == (2 * radius + 1,) * 2
        assert np.array_equal(element, element[::-1]) and np.array_equal(element, element[:, ::-1])


@pytest.mark.parametrize("image", [np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4))])
def test_another_kind_of_image_is_named(image):
    with pytest.raises(ValueError, match="grey"):
        coins.find_coins(image)

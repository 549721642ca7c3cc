"""helpers.coins on the photograph with 24 coins, on drawn discs, and against OpenCV."""

import warnings

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from helpers import coins, samples
from tools import lessons

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


def test_every_coin_has_one_outline_around_what_the_program_finds():
    hand = coins.hand_labels()
    assert sorted(np.unique(hand)) == list(range(25))
    assert hand.shape == PHOTOGRAPH.shape
    for number, polygon in coins.outlines().items():
        assert 14 <= len(polygon) <= 20
        piece = np.bincount(LABELS[hand == number]).argmax()
        found = np.equal(LABELS, piece)
        assert (found & (hand == number)).sum() > 0.9 * (found | (hand == number)).sum()


def test_the_area_inside_an_outline_is_that_of_its_polygon():
    hand = coins.hand_labels()
    for number, polygon in coins.outlines().items():
        area = cv2.contourArea(polygon.astype(np.float32))
        assert (hand == number).sum() == pytest.approx(area, rel=0.03)


def test_three_coins_are_drawn_twice_and_differently():
    first, second = coins.hand_labels(), coins.hand_labels(drawing=2)
    assert sorted(np.unique(second)) == [0, 2, 13, 17]
    for number in (2, 13, 17):
        shared = ((first == number) & (second == number)).sum() / ((first == number) | (second == number)).sum()
        assert 0.9 < shared < 1


def test_a_missing_drawing_or_file_is_named(tmp_path):
    with pytest.raises(ValueError, match="no drawing 3"):
        coins.outlines(drawing=3)
    with pytest.raises(FileNotFoundError, match="other.csv"):
        coins.outlines(path=tmp_path / "other.csv")
    (tmp_path / "bad.csv").write_text("x,y\n1,2\n")
    with pytest.raises(ValueError, match="columns x, y, not coin"):
        coins.outlines(path=tmp_path / "bad.csv")


def test_flood_is_find_coins_after_the_blur():
    assert np.array_equal(coins.flood(cv2.GaussianBlur(PHOTOGRAPH, (0, 0), 1)), LABELS)


def test_f1_counts_what_is_found_and_what_is_not():
    hand = coins.hand_labels()
    assert coins.f1(hand) == 1
    assert coins.f1(np.zeros_like(hand)) == 0
    assert coins.f1(np.where(hand == 5, 0, hand)) == pytest.approx(2 * 23 / (24 + 24))  # coin 24 keeps its number
    alarm = hand.copy()
    alarm[:9, :9] = 25
    assert coins.f1(alarm) == pytest.approx(2 * 24 / (24 + 25))


def test_f1_is_the_one_that_lesson_01e_builds():
    names = lessons.run_cells("01e_detection_and_limits", ("setup",))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lessons.run_cells("01e_detection_and_limits", ("experiment",), names)
    for pieces in (LABELS, coins.flood(cv2.GaussianBlur(PHOTOGRAPH, (0, 0), 4)), coins.find_coins(PHOTOGRAPH // 7 * 7)):
        assert coins.f1(pieces) == names["f1"](pieces)

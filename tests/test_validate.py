"""helpers.validate: what is returned, and that a message names the value and says what to give."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from helpers import validate


@given(st.integers(1, 10**9))
def test_whole_numbers_pass_as_int(value):
    assert validate.whole(value, "size") == value and type(validate.whole(np.int64(value), "size")) is int


@pytest.mark.parametrize("value", [0, -3, 2.0, 2.5, "2", None, True, np.True_, float("nan"), [2]])
def test_other_sizes_are_refused_by_name(value):
    with pytest.raises(ValueError, match="size is .*whole number, 1 or more"):
        validate.whole(value, "size")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "1", None, True, 1 + 0j, -0.1, 1.1])
def test_numbers_are_finite_and_within_their_limits(value):
    with pytest.raises(ValueError, match="share is .*finite number, 0 or more, 1 or less"):
        validate.number(value, "share", 0, 1)
    assert validate.number(np.float32(0.5), "share", 0, 1) == 0.5


@pytest.mark.parametrize("value", [3, (1, 2, 3), (1, 2.5), "ab", None, (0, 1)])
def test_a_pair_is_two_whole_numbers(value):
    with pytest.raises(ValueError, match="shape"):
        validate.pair(value, "shape")
    assert validate.pair(np.array([8, 10]), "shape") == (8, 10)


@pytest.mark.parametrize("values", [["a", "b"], [[1, 2], [3]], [None, "x"], object()])
def test_what_is_no_array_of_numbers_is_refused(values):
    with pytest.raises(ValueError, match="scores: give numbers"):
        validate.numbers(values, "scores")


@pytest.mark.parametrize(
    "image",
    [None, np.zeros((4, 4)), np.zeros((4, 4, 3)), np.zeros((0, 4, 3), np.uint8), np.zeros((4, 4, 4), np.uint8), "cat"],
)
def test_a_photograph_is_rgb_bytes(image):
    with pytest.raises(ValueError, match=r"give uint8 \(H, W, 3\)"):
        validate.photograph(image)


def test_floats_are_told_how_to_become_bytes():
    with pytest.raises(ValueError, match=r"float64 \(2, 2, 3\).*astype\(np\.uint8\)"):
        validate.photograph(np.zeros((2, 2, 3)))
    grey = np.zeros((2, 2), np.uint8)
    assert validate.photograph(grey, grey=True) is grey

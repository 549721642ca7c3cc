"""helpers.check and helpers.compare: what a student reads for a right answer, a wrong one and an unusable one."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from helpers import check, compare

AREA = check.Exercise(
    "area",
    cases=[check.case(3, 4, expected=12)],
    mistakes=[check.mistake("you added the sides", lambda a, b: a + b)],
)
IMAGES = hnp.arrays(np.float64, (2, 3), elements=st.floats(-100, 100))


def test_right_answer_passes():
    assert AREA(lambda a, b: a * b).passed


def test_wrong_answer_shows_given_got_expected_and_cause():
    text = str(AREA(lambda a, b: a + b))
    for part in ("a = 3, b = 4", "got       7", "expected  12", "you added the sides"):
        assert part in text


@pytest.mark.parametrize("answer", [lambda a, b: None, lambda a, b: ..., lambda a, b: 1 / 0, lambda: 1, None, "text"])
def test_unusable_answer_fails_without_raising(answer):
    report = AREA(answer)
    assert not report.passed
    assert "area: 0 of 1" in str(report) and "area: 0 of 1" in report._repr_html_()


def test_strict_mode_raises():
    AREA(lambda a, b: a * b, strict=True)
    with pytest.raises(AssertionError, match="you added the sides"):
        AREA(lambda a, b: a + b, strict=True)


def test_html_is_escaped():
    assert "<script>" not in AREA(lambda a, b: "<script>")._repr_html_()


def test_the_cases_survive_a_function_that_changes_its_input():
    image = np.arange(4)
    exercise = check.Exercise("halve", cases=[check.case(image, expected=image / 2)])
    exercise(lambda array: array.fill(0))
    assert image.tolist() == [0, 1, 2, 3]


def test_expected_property():
    exercise = check.Exercise("small", cases=[check.case(1, expected=check.that("at most 10", lambda got: got <= 10))])
    assert exercise(lambda x: 10).passed
    assert "at most 10" in str(exercise(lambda x: 11))
    assert not exercise(lambda x: "a").passed


@pytest.mark.parametrize(
    ("got", "expected", "cause"),
    [
        (np.array([0, 255.0]), np.array([0, 1.0]), "0 to 255 instead of 0 to 1"),
        (np.zeros((3, 2)), np.zeros((2, 3)), "axes swapped"),
        (-2.0, 2.0, "sign"),
        (2.0, 2.5, "fraction"),
        (4, 3, "one too many"),
        (np.nan, 1.0, "division by zero"),
    ],
)
def test_general_causes(got, expected, cause):
    assert cause in compare.general_cause(got, expected)


@given(IMAGES)
def test_an_array_equals_itself_and_not_its_neighbour(image):
    assert compare.difference(image, image.copy()) == ""
    other = image.copy()
    other[1, 2] += 1
    assert "1 of 6" in compare.difference(other, image)


def test_a_mask_is_bool():
    assert "bool" in compare.difference(np.array([0, 255]), np.array([False, True]))

"""helpers.check and helpers.compare: what a student reads for a right answer, a wrong one and an unusable one."""

import copy
import datetime
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from helpers import attempt, check, compare, exercises

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


def test_a_dictionary_has_the_expected_keys_and_no_more():
    assert compare.difference({"a": 1}, {"a": 1}) == ""
    assert "'b'" in compare.difference({"a": 1}, {"a": 1, "b": 2})
    assert "'b'" in compare.difference({"a": 1, "b": 2}, {"a": 1})


def test_none_is_a_missing_return_only_where_no_case_expects_it():
    cases = [check.case(1, expected=2), check.case(-1, expected=None)]
    assert "return" in check.Exercise("next", cases[:1])(lambda n: None).outcomes[0].likely
    assert "return" not in check.Exercise("next", cases)(lambda n: None).outcomes[0].likely


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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (1.0, "1.0"),
        (-2.0, "-2.0"),
        (0.1 + 0.2, "0.3"),
        (1e300, "1e+300"),
        (np.float32(4), "4.0"),
        (True, "True"),
    ],
)
def test_numbers_are_described_by_kind_and_value(value, text):
    assert compare.describe(value) == text


@given(IMAGES)
def test_an_array_equals_itself_and_not_its_neighbour(image):
    assert compare.difference(image, image.copy()) == ""
    other = image.copy()
    other[1, 2] += 1
    assert "1 of 6" in compare.difference(other, image)


def test_a_mask_is_bool():
    assert "bool" in compare.difference(np.array([0, 255]), np.array([False, True]))


class Strange:
    """Whatever is asked of it raises."""

    def __repr__(self):
        raise RuntimeError("no picture")

    def __eq__(self, other):
        raise RuntimeError("no comparison")

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array")

    __hash__ = None


class StrangeError(Exception):
    def __str__(self):
        raise RuntimeError("no message")


def stopped(error):
    def answer(*given):
        raise error

    return answer


def _filled(size, value):
    array = np.empty(size, object)
    for place in range(size):
        array[place] = value
    return array


STRANGE = {
    "texts": np.array(["a", "bc"] * 50),
    "objects": np.array([Strange] * 50, object),
    "objects that raise": _filled(50, Strange()),
    "dates": np.full(100, datetime.date(2026, 1, 1)),
    "dates of NumPy": np.arange("2026-01", "2026-04", dtype="datetime64[D]"),
    "records": np.zeros(30, [("x", int), ("name", "U5")]),
    "what raises": Strange(),
    "a generator": (number for number in range(3)),
    "no end": iter(int, 1),
    "many": list(range(200_000)),
    "a long text": "x" * 1_000_000,
    "a deep list": [[[[[[1]]]]]] * 5000,
    "ragged": [[1, 2], [3]],
    "not a number": np.full(30, np.nan),
    "nothing": np.zeros((0, 3)),
    "a class": dict,
    "itself": sys,
}
EXPECTED = [
    12,
    np.arange(30),
    [1, "two"],
    {"a": 1},
    "text",
    None,
    (1, 2),
    check.that("short", lambda got: len(got) < 9),
]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("got", STRANGE.values(), ids=STRANGE)
def test_no_answer_makes_a_check_raise(got, expected):
    exercise = check.Exercise("any", cases=[check.case(1, expected=expected)], mistakes=[check.mistake("m", abs)])
    report = exercise(lambda one: got)
    assert len(str(report)) < 2000 and len(report._repr_html_()) < 3000
    assert not report.passed or isinstance(expected, check.That)


@pytest.mark.parametrize(
    "error", [SystemExit(1), RecursionError(), MemoryError(), StrangeError(), AssertionError("no")]
)
def test_an_answer_that_stops_is_a_wrong_answer(error):
    report = AREA(stopped(error))
    assert not report.passed and type(error).__name__ in str(report)


def test_an_interrupt_passes():
    with pytest.raises(KeyboardInterrupt):
        AREA(stopped(KeyboardInterrupt()))


def double_in_place(image):
    image *= 2
    return image


@pytest.mark.parametrize("value", [np.arange(4), [1, 2], [1, [2, 3]], {"a": np.arange(3)}, {1, 2}])
def test_a_changed_argument_is_noticed_and_explained(value):
    def answer(given):
        inner = given["a"] if isinstance(given, dict) else given
        if isinstance(inner, set):
            inner.add(3)
        else:
            inner[-1] = 9
        return 1

    cases = [check.case(value, expected=1)]
    report = check.Exercise("one", cases)(answer)
    assert not report.passed
    assert "the function changes its argument given" in str(report) and "work on a copy" in str(report)
    assert check.Exercise("one", cases, changes=True)(answer).passed
    assert check.Exercise("one", cases)(lambda given: 1).passed


@pytest.mark.parametrize("value", [np.array([np.nan, -0.0]), [np.float64("nan"), None], "text", np.float32("nan")])
def test_an_untouched_argument_is_not_taken_for_changed(value):
    assert not compare.changed(value, copy.deepcopy(value))


def test_a_changed_argument_is_the_likely_cause_of_a_wrong_value():
    exercise = check.Exercise("same", [check.case(np.arange(3), expected=np.arange(3))])
    assert "changes its argument image: work on a copy" in str(exercise(double_in_place))


@pytest.mark.parametrize(
    ("expected", "same", "others"),
    [
        (np.zeros(3, np.uint8), [np.zeros(3, np.uint8)], [np.zeros(3), [0, 0, 0], np.zeros(3, np.int64)]),
        (3, [3, np.int64(3), np.uint8(3)], [3.0, np.float32(3)]),
        (0.5, [0.5, np.float32(0.5)], [np.array(0.5)]),
        ((1, 2), [(1, 2)], [[1, 2], (1.0, 2), np.array([1, 2])]),
        ({"a": 1}, [{"a": 1}], [{"a": 1.0}]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_exact_type_counts_where_it_is_asked(expected, same, others):
    loose = check.Exercise("value", [check.case(expected=expected)])
    exact = check.Exercise("value", [check.case(expected=expected)], exact_type=True)
    one_case = check.Exercise("value", [check.case(expected=expected, exact_type=True)])
    for value in same:
        assert exact(lambda value=value: value).passed and one_case(lambda value=value: value).passed
    for value in others:
        assert loose(lambda value=value: value).passed
        assert "is asked" in str(exact(lambda value=value: value)) and not one_case(lambda value=value: value).passed


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: np.exp(x) * 0 + 1, "grows beyond"),
        (lambda x: np.where(x > 0, 1, 1 / (x * 0)), "division by zero"),
        (lambda x: np.nan_to_num(x * 0 / 0) + 1, "undefined"),
    ],
)
def test_a_warning_counts_where_the_exercise_forbids_it(function, words):
    cases = [check.case(np.array([1000.0]), expected=np.array([1.0]))]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = function if words != "grows beyond" else lambda x: np.minimum(np.exp(x), 1)
        assert check.Exercise("one", cases)(answer).passed
        report = check.Exercise("one", cases, warns=False)(answer)
    assert not report.passed and "a warning:" in str(report) and words in str(report)
    assert check.Exercise("one", cases, warns=False)(np.ones_like).passed


def test_the_hint_of_a_property_is_read():
    small = check.that("at most 10", lambda got: got <= 10, hint="halve it first")
    assert "halve it first" in str(check.Exercise("small", [check.case(1, expected=small)])(lambda x: 11))


def test_each_hint_is_read_once_before_any_twice():
    cases = [check.case(n, expected=2 * n) for n in (1, 2, 3, 4)] + [check.case(-5, expected=-10)]
    mistakes = [check.mistake("always one", lambda n: 1), check.mistake("the sign", lambda n: -2 * n)]
    report = check.Exercise("double", cases, mistakes)(lambda n: 1 if n > 0 else 10)
    assert str(report).count("always one") == 2 and "the sign" in str(report)


def _stub(image, size=3):
    """Return something."""
    ...


def _sets_it(image):
    value = image  # noqa: F841  # the point: nothing is returned


@pytest.mark.parametrize("answer", [_stub, ...], ids=["stub", "dots"])
def test_what_nobody_touched(answer):
    assert attempt.untouched(answer)
    notice = exercises.exercise(_built)(answer)
    assert str(notice).startswith("area: not tried yet") and not notice.passed
    assert "#767676" in notice._repr_html_() and "✘" not in notice._repr_html_()


def _built():
    return AREA


@pytest.mark.parametrize("answer", [abs, lambda x: x, _sets_it, lambda: 0, 3, np.zeros(3), Strange()])
def test_what_somebody_tried(answer):
    assert not attempt.untouched(answer)

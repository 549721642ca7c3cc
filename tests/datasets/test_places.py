"""helpers.datasets.places and numbers: where people unpack a set, and numbers that stay within bounds."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from helpers.datasets import numbers, places


def touch(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")


def test_files_in_any_case_without_what_file_managers_leave(tmp_path):
    touch(tmp_path, "a/1.JPG", "a/b/2.jpg", "a/._1.jpg", "__MACOSX/a/1.jpg", ".git/3.jpg", "a/4.txt")
    found = places.files(tmp_path, (".jpg",))
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a/1.JPG", "a/b/2.jpg"]


@pytest.mark.parametrize("deep", ["", "COVIDx/", "archive/COVIDx/", "a/b/c/"])
def test_the_root_is_found_at_most_three_folders_down(tmp_path, deep):
    touch(tmp_path, f"{deep}Train.txt", "__MACOSX/train.txt")
    assert places.root(tmp_path, {"train.txt"}.issubset, "train.txt") == tmp_path / deep.rstrip("/")


def test_two_roots_an_archive_and_nothing_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no train\.txt here. Unpack the set"):
        places.root(tmp_path, {"train.txt"}.issubset, "train.txt")
    touch(tmp_path, "deep/set.ZIP")
    with pytest.raises(FileNotFoundError, match=r"set\.ZIP is not unpacked"):
        places.root(tmp_path, {"train.txt"}.issubset, "train.txt")
    touch(tmp_path, "a/train.txt", "b/train.txt")
    with pytest.raises(ValueError, match=r"several folders \(a, b\)"):
        places.root(tmp_path, {"train.txt"}.issubset, "train.txt")


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:\\a", "\\\\host\\a", "", "a\0b", 5, None])
def test_a_name_that_leads_out_of_the_set_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"line 3: .* is no path inside the set"):
        places.inside(tmp_path, name, "list.txt, line 3")


def test_a_name_inside_may_have_folders_blanks_and_signs(tmp_path):
    assert places.inside(tmp_path, "a\\b c/1%2 (3).png", "x") == tmp_path / "a" / "b c" / "1%2 (3).png"


def test_an_image_is_found_by_name_case_and_stem_and_near_first(tmp_path):
    touch(tmp_path, "train/a.PNG", "test/a.png", "test/b.jpeg", "lung_masks/c.png")
    index = places.Index(tmp_path, ("lung_masks",))
    assert index.find("a.png", "train", "x") == tmp_path / "train" / "a.PNG"
    assert index.find("A.png", "test", "x") == tmp_path / "test" / "a.png"
    assert index.find("b.png", "train", "x") == tmp_path / "test" / "b.jpeg"
    assert index.find("c.png", "train", "x") is None


@given(st.text())
def test_a_whole_number_is_digits_or_nothing(text):
    found = numbers.whole(text)
    assert found is None or (str(found) == text.strip().lstrip("0") or found == 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [("47", 47), (" 7 ", 7), ("131", None), ("-1", None), ("4.5", None), ("", None), ("²", None), ("9" * 5000, None)],
)
def test_ages(text, value):
    assert numbers.whole(text, 0, 130) == value


@pytest.mark.parametrize(
    "values", [[np.nan, 1], [np.inf], ["5"], [None], [True], [10**400], "12", None, [[1, 2]], {"a": 1}]
)
def test_what_is_no_list_of_finite_numbers(values):
    assert numbers.real(values) is None


@pytest.mark.parametrize(
    ("shape", "fits"),
    [
        ((6, 10), True),
        ((0, 5), False),
        ((5, -1), False),
        ((30_001, 1), False),
        ((30_000, 30_000), False),
        ((5, 5.0), False),
    ],
)
def test_sizes_that_an_image_can_have(shape, fits):
    assert numbers.size(*shape) is fits


def test_points_may_leave_their_image_by_its_side_at_most():
    assert numbers.near([(-10, 0), (20, 12)], 6, 10)
    assert not numbers.near([(21, 0)], 6, 10) and not numbers.near([(np.nan, 0)], 6, 10)

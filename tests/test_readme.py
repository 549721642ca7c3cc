"""The tables of lessons, in the README and in lesson 00, agree with each other and with the lessons."""

import re

import pytest

from tools import lessons

TABLES = {
    "README.md": (lessons.ROOT / "README.md", "notebooks/"),
    "lesson 00": (lessons.TEXTS / "00_start_here.md", ""),
}
ROW = r"^\| *(\d\d[a-z]?) *\| *\[([^\]]+)\]\(%s(\w+)\.ipynb\) *\| *(\d+) *\|"


def rows(table):
    """Return {name of the lesson: (number, title, minutes)} of a table; a lesson in preparation has no link."""
    path, folder = TABLES[table]
    found = re.findall(ROW % folder, path.read_text(encoding="utf-8"), re.MULTILINE)
    return {stem: (number, title, int(minutes)) for number, title, stem, minutes in found}


@pytest.mark.parametrize("table", TABLES)
def test_every_lesson_has_its_row_in_order(table):
    assert list(rows(table)) == lessons.stems()


def test_both_tables_say_the_same():
    assert rows("README.md") == rows("lesson 00")


@pytest.mark.parametrize("table", TABLES)
def test_number_title_and_minutes_are_those_of_the_lesson(stem, table):
    text = (lessons.TEXTS / f"{stem}.md").read_text(encoding="utf-8")
    number, title, minutes = rows(table)[stem]
    assert number == stem.partition("_")[0]
    heading = re.search(rf"^# Lesson {number}: (.+)$", text, re.MULTILINE)
    assert heading and title.rpartition(": ")[2].lower() in heading[1].lower()
    assert re.search(r"\*\*Time\*\*: (\d+) minutes", text)[1] == str(minutes)


def test_no_two_lessons_have_one_number():
    numbers = [stem.partition("_")[0] for stem in lessons.stems()]
    assert sorted({number for number in numbers if numbers.count(number) > 1}) == []

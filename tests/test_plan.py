"""The plan of the course in lesson 00, the README's table and the title cells agree on what is core."""

import re

from tools import lessons

README = (lessons.ROOT / "README.md").read_text(encoding="utf-8")
START = (lessons.TEXTS / "00_start_here.md").read_text(encoding="utf-8")
MINUTES = 120  # two teaching hours
KIND = {
    number: (int(minutes), kind)
    for number, minutes, kind in re.findall(
        r"^\| (\d\d[a-z]?) \| \[.+?\| (\d+) \| (core|more) \|$", README, re.MULTILINE
    )
}
WEEKS = [
    re.findall(r"\d\d[a-z]?", numbers)
    for numbers in re.findall(r"^\| \d+ \| ((?:\d\d[a-z]?(?:, )?)+) \| .+ \|$", START, re.MULTILINE)
]


def numbers():
    """Return the numbers of all lessons, in order."""
    return [stem.partition("_")[0] for stem in lessons.stems()]


def test_the_readme_says_of_every_lesson_whether_it_is_core():
    assert list(KIND) == numbers()


def test_thirteen_weeks_hold_the_core_lessons_in_order():
    assert len(WEEKS) == 13
    assert sum(WEEKS, []) == [number for number, (_, kind) in KIND.items() if kind == "core"]


def test_no_week_is_longer_than_two_teaching_hours():
    long = {week: sum(KIND[number][0] for number in held) for week, held in enumerate(WEEKS, 1)}
    assert {week: minutes for week, minutes in long.items() if minutes > MINUTES} == {}


def test_a_title_cell_says_what_the_readme_says(stem):
    number = stem.partition("_")[0]
    title = (lessons.TEXTS / f"{stem}.md").read_text(encoding="utf-8").partition("```{code-cell}")[0]
    minutes, kind = re.search(r"\*\*Time\*\*: (\d+) minutes\. (Core|More)\b", title).groups()
    assert (int(minutes), kind.lower()) == KIND[number]

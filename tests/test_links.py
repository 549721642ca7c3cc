"""tools.links: the bar at the head and foot of a lesson, mentions as links; and that every lesson has both right."""

import copy
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import lessons, links

STEMS = ("00_start_here", "01a_pixels", "01b_edges", "02a_networks", "02b_deep")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of five lessons; return a function that links Markdown cells of one and gives their texts."""
    monkeypatch.setattr(lessons, "TEXTS", tmp_path)
    for stem in STEMS:
        number, _, title = stem.partition("_")
        (tmp_path / f"{stem}.md").write_text(f"\n# Lesson {number}: all about {title}\n", encoding="utf-8")

    def linked(*texts, stem="01b_edges"):
        notebook = new_notebook(cells=[new_markdown_cell(text) for text in texts])
        return [cell.source for cell in links.link(notebook, stem).cells]

    return linked


def bar(text):
    """Return what the bar of a cell says, and what stands before it."""
    before, _, rest = text.partition("\n\n" + links.BEGIN)
    assert rest.endswith(links.END) or not rest
    return before, rest.removesuffix(links.END).strip()


def test_the_bar_stands_at_head_and_foot_and_nowhere_else(course):
    head, middle, foot, last = course("# Lesson 01b", "text", "## Further reading\n\n- A book", "## Solutions")
    expected = (
        "← [01a: all about pixels](01a_pixels.ipynb) · [contents](00_start_here.ipynb) · "
        "[02a: all about networks](02a_networks.ipynb) →"
    )
    assert bar(head) == ("# Lesson 01b", expected)
    assert bar(foot) == ("## Further reading\n\n- A book", expected)
    assert (middle, last) == ("text", "## Solutions")


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("00_start_here", "[01a: all about pixels](01a_pixels.ipynb) →"),
        ("01a_pixels", "[contents](00_start_here.ipynb) · [01b: all about edges](01b_edges.ipynb) →"),
        ("02b_deep", "← [02a: all about networks](02a_networks.ipynb) · [contents](00_start_here.ipynb)"),
    ],
)
def test_the_first_and_the_last_lesson_have_one_neighbour(course, stem, expected):
    assert bar(course("# A lesson", stem=stem)[0])[1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As lesson 01a says.", "As [lesson 01a](01a_pixels.ipynb) says."),
        ("Lesson 02a's net", "[Lesson 02a](02a_networks.ipynb)'s net"),
        ("lesson 02 goes on", "[lesson 02](02a_networks.ipynb) goes on"),
        (
            "lessons 01a, 02a and 02b",
            "lessons [01a](01a_pixels.ipynb), [02a](02a_networks.ipynb) and [02b](02b_deep.ipynb)",
        ),
        ("lessons 02a to 02b", "lessons [02a](02a_networks.ipynb) to [02b](02b_deep.ipynb)"),
        ("in lesson\n01a", "in [lesson\n01a](01a_pixels.ipynb)"),
    ],
)
def test_a_mention_becomes_a_link(course, text, expected):
    assert course("# Head", text)[1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "this lesson 01b, and lesson 01 as a whole",
        "lesson 07a is to come",
        "[lesson 01a](01a_pixels.ipynb) and [see lesson 01a](https://example.org)",
        "`lesson 01a`, $lesson 01a$",
        "```\nlesson 01a\n```",
        "## Lesson 01a again",
        '<span title="lesson 01a">',
        "lesson 1a, lesson 001, lessons learned",
    ],
)
def test_what_is_no_mention_in_prose_stays(course, text):
    assert course("# Head", text)[1] == text


def test_linking_twice_is_linking_once_and_a_bar_is_renewed(course):
    once = course("# Head\n\nlesson 02a", "## Further reading\n\nA book")
    assert course(*once) == once
    assert course(*once, stem="02b_deep") == course(
        "# Head\n\n[lesson 02a](02a_networks.ipynb)", once[1], stem="02b_deep"
    )


def test_code_cells_are_left_alone(course):
    notebook = new_notebook(cells=[new_markdown_cell("# Head"), new_code_cell("# lesson 01a\n")])
    assert links.link(notebook, "01b_edges").cells[1].source == "# lesson 01a\n"


def test_links_of_a_lesson_are_right(stem):
    """The bars name the neighbours in the course's present order, and no mention is left as plain text."""
    notebook = lessons.read_text(stem)
    again = links.link(copy.deepcopy(notebook), stem)
    changed = [
        new.source[:60] for old, new in zip(notebook.cells, again.cells, strict=True) if old.source != new.source
    ]
    assert changed == [], f"make refresh NB={stem[:3]}"
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert text.count(links.BEGIN) == 2, 'no heading "## Further reading" for the links at the foot'
    for target in re.findall(r"\]\((\w+)\.ipynb\)", text):
        assert target in lessons.stems()

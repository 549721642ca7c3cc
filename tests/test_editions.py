"""The two things made of the notebooks: the edition without solutions and the slides."""

import base64
import re
from html.parser import HTMLParser

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.slides import html_of
from tools.student import student_edition

PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
).decode()


def slide(kind):
    return {"slideshow": {"slide_type": kind}}


def lesson():
    return new_notebook(
        cells=[
            new_markdown_cell("# Rotation\n\nA turn by $\\theta$.", metadata=slide("slide")),
            new_code_cell("answer = None", metadata={"tags": ["exercise"]}),
            new_code_cell(
                "check(answer)", metadata={"tags": ["check"]}, outputs=[new_output("stream", text="not yet")]
            ),
            new_markdown_cell("## Solutions\n\nLook here last."),
            new_code_cell("answer = 42", metadata={"tags": ["solution"]}),
            new_markdown_cell("Because 42."),
        ]
    )


def test_student_edition_keeps_what_stands_before_the_solutions():
    whole = lesson()
    assert student_edition(whole).cells == whole.cells[:3]
    assert "42" not in nbformat.writes(student_edition(whole))


def test_student_edition_leaves_the_notebook_as_it_was():
    whole = lesson()
    before = nbformat.writes(whole)
    student_edition(whole).cells[0].source = "changed"
    assert nbformat.writes(whole) == before


def test_a_heading_in_code_is_not_the_heading():
    whole = lesson()
    whole.cells[1].source = "## Solutions"
    assert len(student_edition(whole).cells) == 3


def test_a_lesson_without_the_heading_is_refused():
    whole = lesson()
    del whole.cells[3]
    with pytest.raises(ValueError, match="Rotation.*no heading"):
        student_edition(whole)


def test_a_solution_before_the_heading_is_refused():
    whole = lesson()
    whole.cells[1].metadata.tags = ["exercise", "solution"]
    with pytest.raises(ValueError, match="Rotation.*tagged solution"):
        student_edition(whole)


class Loaded(HTMLParser):
    """Collects what a page loads: src and href of its scripts, links, images and frames."""

    def __init__(self, page):
        super().__init__()
        self.addresses = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "link", "img", "iframe"):
            self.addresses += [value for name, value in attrs if name in ("src", "href")]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    notebook = lesson()
    notebook.cells[2].outputs = [new_output("display_data", {"image/png": PIXEL})]
    notebook.cells[3:] = [
        new_markdown_cell("left out", metadata=slide("skip")),
        new_markdown_cell("for the speaker", metadata=slide("notes")),
    ]
    path = tmp_path_factory.mktemp("slides") / "lesson.ipynb"
    nbformat.write(notebook, path)
    return html_of(path)


def test_slides_load_nothing_from_the_network(page):
    addresses = Loaded(page).addresses
    assert any(address.startswith("assets/") for address in addresses)
    assert not [address for address in addresses if re.match(r"(https?:)?//", address)]
    assert not re.findall(r"(?:@import|\bimport\b|url\()[^;\n]*?https?://", page)


def test_slides_leave_out_what_is_skipped_and_keep_the_notes(page):
    assert "left out" not in page
    assert re.search(r'<aside class="notes">.*?for the speaker.*?</aside>', page, re.DOTALL)

"""What is made of the notebooks: the edition without solutions, the instructor's notes and the slides."""

import base64
import html
import json
import os
import re
from html.parser import HTMLParser

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import quiz
from tools import handout, lessons, student
from tools.slides import html_of
from tools.student import student_edition

pytestmark = pytest.mark.once

PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
).decode()


TAGS = {"exercise", "check", "solution", "quiz"}
LONG_LINE = 24  # characters: a shorter line, such as "return found", tells nothing


def tagged(cell, tag):
    return tag in cell.metadata.get("tags", [])


def slide(kind):
    return {"slideshow": {"slide_type": kind}}


def lesson():
    return new_notebook(
        cells=[
            new_markdown_cell("# Rotation\n\nA turn by $\\theta$.", metadata=slide("slide")),
            new_code_cell("turn = None", metadata={"tags": ["exercise"]}),
            new_code_cell("check(turn)", metadata={"tags": ["check"]}, outputs=[new_output("stream", text="not yet")]),
            new_markdown_cell("## Solutions\n\nLook here last."),
            new_code_cell('turn = "clockwise"', metadata={"tags": ["solution"]}),
            new_markdown_cell("Because of the clockwise sign."),
        ]
    )


def test_student_edition_keeps_what_stands_before_the_solutions():
    whole = lesson()
    assert student_edition(whole).cells == whole.cells[:3]
    assert "clockwise" not in nbformat.writes(student_edition(whole))


def test_student_edition_has_no_notes():
    whole = lesson()
    whole.cells.insert(1, new_markdown_cell("Ask the room.", metadata=slide("notes")))
    assert [cell.source for cell in student_edition(whole).cells] == [cell.source for cell in lesson().cells[:3]]


def test_student_edition_does_not_promise_solutions():
    whole = lesson()
    whole.cells[0].source += "\n\n| part | for |\n|---|---|\n| Quiz | asking |\n| Solutions | looking up |"
    assert student_edition(whole).cells[0].source.endswith("| Quiz | asking |")


def test_student_edition_keeps_the_questions_of_a_quiz_only():
    shown = quiz.page("00", quiz.read("00"))
    output = new_output("display_data", {"text/html": shown, "text/plain": "Quiz"})
    whole = lesson()
    whole.cells.insert(1, new_code_cell("quiz.show()", metadata={"tags": ["quiz"]}, outputs=[output]))
    kept = student_edition(whole).cells[1].outputs[0].data["text/html"]
    for question in quiz.read("00"):
        assert html.escape(question.text, quote=False).split("`")[0] in kept
        assert all(html.escape(answer.reason, quote=False).split("`")[0] not in kept for answer in question.answers)
    assert output.data["text/html"] == shown, "the notebook itself lost its answers"


def edition(stem):
    """Return the student edition of a lesson, and its whole text, sources and outputs."""
    cells = student_edition(nbformat.read(lessons.notebook_path(stem), as_version=4)).cells
    outputs = [json.dumps(cell.get("outputs", []), ensure_ascii=False) for cell in cells]
    return cells, "\n".join([*(cell.source for cell in cells), *outputs])


def test_no_line_of_a_solution_stands_in_the_student_edition(stem):
    """Code that a lesson teaches with does not count: whether it gives an answer away is tested with the answers."""
    cells, text = edition(stem)
    taught = [cell for cell in cells if cell.cell_type == "code" and not TAGS & set(cell.metadata.get("tags", []))]
    stubs = [cell for cell in cells if tagged(cell, "exercise")]
    known = {line.strip() for cell in [*taught, *stubs] for line in cell.source.splitlines()}
    rest = "\n".join(cell.source for cell in cells if not any(cell is one for one in taught))
    assert "_solution" not in text and ".solution(" not in text
    for cell in nbformat.read(lessons.notebook_path(stem), as_version=4).cells:
        if tagged(cell, "solution"):
            lines = {line.strip() for line in cell.source.splitlines() if len(line.strip()) > LONG_LINE} - known
            assert not [line for line in lines if line in rest]


def test_no_note_stands_in_the_student_edition(stem):
    _, text = edition(stem)
    for cell in nbformat.read(lessons.notebook_path(stem), as_version=4).cells:
        if cell.metadata.get("slideshow", {}).get("slide_type") == "notes":
            assert not [line for line in cell.source.splitlines() if line.strip() and line in text]
    assert "For the instructor" not in text


def test_check_cells_of_the_student_edition_are_short(stem):
    cells, _ = edition(stem)
    assert max(len(cell.source.splitlines()) for cell in cells if tagged(cell, "check")) <= 5


def test_the_student_edition_brings_what_its_checks_and_quizzes_need(stem, written_edition):
    number = stem.partition("_")[0]
    assert (written_edition / "helpers" / "exercises" / f"lesson_{number}.py").exists()
    assert (written_edition / "helpers" / "quizzes" / f"{number}.toml").exists()


def test_the_student_edition_runs_and_checks_by_itself(written_edition):
    """Run its lesson 00, apart from the project; solve the exercise in a last cell."""
    path = written_edition / "notebooks" / "00_start_here.ipynb"
    notebook = nbformat.read(path, as_version=4)
    solved = "def overexposed(image):\n    return (image > 254).mean()\n\n\nprint(check_overexposed(overexposed))"
    where = "import helpers\n\nprint(helpers.__file__)"
    notebook.cells += [new_code_cell(solved), new_code_cell(where)]
    environment = {**os.environ, "PYTHONPATH": str(written_edition), "COURSE_PROGRESS": "off"}
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute(env=environment, cwd=str(path.parent))
    printed = [cell.outputs[0].text for cell in notebook.cells[-2:]]
    assert printed[0].startswith("overexposed: all of 5 cases right")
    assert printed[1].startswith(str(written_edition))


@pytest.fixture(scope="module")
def written_edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition") / "student"
    student.write(folder)
    return folder


def test_the_handout_holds_every_note_under_its_headings():
    whole = lesson()
    whole.cells[1:1] = [
        new_markdown_cell("*For the instructor.* Ask for the axis.", metadata=slide("notes")),
        new_markdown_cell("## 1. A section without notes"),
        new_markdown_cell("## 2. A section\n\nText.\n\n### A part"),
        new_markdown_cell("Ask for the sign.", metadata=slide("notes")),
        new_markdown_cell("Wait a minute.", metadata=slide("notes")),
    ]
    parts = ["# Rotation", "Ask for the axis.", "## 2. A section", "### A part", "Ask for the sign.", "Wait a minute."]
    assert handout.handout(whole).split("\n\n") == parts


def test_the_handout_of_a_lesson_shows_its_notes_as_a_page(stem):
    page = handout.page(stem)
    words = re.sub(r"\W+", "", re.sub(r"<[^>]+>", "", html.unescape(page)))
    for cell in lessons.read_text(stem).cells:
        if cell.metadata.get("slideshow", {}).get("slide_type") == "notes":
            for sentence in re.findall(r"[A-Z][\w ,]{20,}[.?:]", cell.source):
                assert re.sub(r"\W+", "", sentence) in words
    assert not re.findall(r"(?:src|href)=.https?:", page.partition("<body>")[0])


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

"""Every notebook: in step with its text, executed, clean, complete, small."""

import re
import statistics

import nbformat
import pytest

from tools import lessons

MEGABYTE = 1_000_000


@pytest.fixture
def notebook(stem):
    return nbformat.read(lessons.notebook_path(stem), as_version=4)


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def _tags(notebook):
    return [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]


def test_text_and_notebook_agree(stem, notebook):
    text = lessons.read_text(stem)
    assert [(c.id, c.source, c.metadata) for c in notebook.cells] == [(c.id, c.source, c.metadata) for c in text.cells]
    assert (lessons.TEXTS / f"{stem}.md").read_text(encoding="utf-8") == lessons.text_of(notebook)


def test_executed_in_order_without_errors(notebook):
    assert [cell.execution_count for cell in _code(notebook)] == list(range(1, len(_code(notebook)) + 1))
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]


def test_outputs_are_clean_and_small(stem, notebook):
    path = lessons.notebook_path(stem)
    assert path.stat().st_size < 2 * MEGABYTE
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"/home/|/root/|/Users/|C:\\\\|site-packages|DeprecationWarning|FutureWarning", text)
    assert not re.findall(r"widget-view|application/javascript|data-shufflequestions", text)


def test_cells_are_short(notebook):
    lengths = [len(cell.source.splitlines()) for cell in _code(notebook)]
    assert max(lengths) <= 25
    assert statistics.median(lengths) <= 7


def test_anatomy(notebook):
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for part in ("# ", "**Time**", "After this lesson you can", "## Quiz", "## Summary", "## Solutions"):
        assert part in text, f"no {part!r}"
    assert {"setup", "widget", "quiz", "exercise", "check", "solution"} <= set(_tags(notebook))


def test_links_between_lessons_resolve(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\(([^)#:]+\.(?:ipynb|md|csv))\)", cell.source):
                assert (lessons.NOTEBOOKS / target).exists(), target


def test_slides_show_neither_widgets_nor_solutions(notebook):
    for cell in notebook.cells:
        if {"setup", "widget", "quiz", "exercise", "check", "solution"} & set(cell.metadata.get("tags", [])):
            assert cell.metadata.get("slideshow", {}).get("slide_type") == "skip", cell.source[:60]


def test_quiz_has_five_questions(notebook):
    printed = [
        output.data["text/plain"]
        for cell in _code(notebook)
        if "quiz" in cell.metadata.get("tags", [])
        for output in cell.outputs
    ]
    assert printed == ["Quiz: 5 questions. Run this cell to answer them."]

"""tools.book: pages without what needs a kernel or a speaker, the glossary, and the website in a browser."""

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import lessons
from tools.book import glossary, pages

pytestmark = pytest.mark.once

PICTURE = new_output("display_data", {"image/png": "iVBO", "text/plain": "<Figure>"})
WIDGET = new_output("display_data", {"text/plain": "interactive(...)"})
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def code(source, *tags, outputs=()):
    return new_code_cell(
        source, metadata={"tags": list(tags), "slideshow": {"slide_type": "skip"}}, outputs=list(outputs)
    )


@pytest.fixture
def lesson():
    note = new_markdown_cell("*For the instructor.* Ask.", metadata={"slideshow": {"slide_type": "notes"}})
    bar = '# Lesson 04a: one\n\n<div class="lesson-links">\n\n[next](04b_x.ipynb)\n\n</div>'
    return new_notebook(
        cells=[
            new_markdown_cell(bar),
            code("import numpy as np", "setup"),
            note,
            new_markdown_cell("### Exercise 1: halve"),
            code("def halve(x):\n    ...", "exercise"),
            code("from helpers.exercises.lesson_04a import check_halve\n\ncheck_halve(halve)", "check"),
            code("explore(draw)", "widget", outputs=[WIDGET, PICTURE]),
            code("print(1)", outputs=[new_output("stream", text="1\n")]),
            code('quiz.show("04a")', "quiz"),
            new_markdown_cell("## Solutions"),
            code(
                "def halve_solution(x):\n    return x / 2\n\ncheck_halve.solution(halve_solution)",
                "solution",
                outputs=[WIDGET],
            ),
        ]
    )


@pytest.fixture
def shown(lesson):
    return pages.page(lesson, "04a_convolution").cells


def position(cells, text):
    (found,) = [number for number, cell in enumerate(cells) if text in cell.source]
    return found


@pytest.mark.parametrize(
    "gone", ["import numpy", "For the instructor", "check_halve(halve)", "lesson-links", "## Solutions"]
)
def test_what_needs_a_kernel_or_a_speaker_is_not_on_the_page(shown, gone):
    assert not any(gone in cell.source for cell in shown)


def test_a_solution_is_folded_below_its_exercise(shown):
    number = position(shown, "def halve(x)")
    solution = shown[number + 1]
    assert solution.source.startswith("def halve_solution") and solution.metadata.tags == ["hide-input"]
    assert solution.metadata.mystnb.code_prompt_show == "Show the solution" and not solution.outputs


def test_an_explorer_keeps_its_picture_and_says_what_moves_it(shown):
    number = position(shown, "explore(draw)")
    assert shown[number].outputs == [PICTURE] and shown[number + 1].source == pages.MOVE


def test_the_page_offers_the_notebook(shown):
    assert "<../downloads/04a_convolution.ipynb>" in shown[1].source


def test_the_quiz_is_html_with_answers_folded_and_no_word_of_cells(shown):
    (quiz,) = [cell for cell in shown if cell.cell_type == "raw"]
    assert quiz.source.count("<details>") == 5 and "Run this cell" not in quiz.source and "<style>" not in quiz.source


def test_the_notebook_itself_is_not_changed(lesson):
    before = json.dumps(lesson)
    pages.page(lesson, "04a_convolution")
    assert json.dumps(lesson) == before


@pytest.mark.parametrize("stem", lessons.stems())
def test_every_check_of_a_lesson_finds_its_solution(stem):
    notebook = nbformat.read(lessons.notebook_path(stem), 4)
    checks = {name for c in notebook.cells if "check" in pages.tags(c) for name in pages.CHECKS.findall(c.source)}
    solved = {name for c in notebook.cells if "solution" in pages.tags(c) for name in pages.SOLVES.findall(c.source)}
    assert checks == solved


# the glossary


def test_terms_are_collected_once_and_link_to_where_they_come_first(tmp_path):
    (tmp_path / "01a_x.md").write_text("A *pixel (εικονοστοιχείο)* and a *kernel\n(πυρήνας)*.", encoding="utf-8")
    (tmp_path / "02a_y.md").write_text("The *pixel (εικονοστοιχείο)*, *Otsu (1979)*, *not a term*.", encoding="utf-8")
    found = glossary.terms(tmp_path)
    assert found == [("pixel", "εικονοστοιχείο", "01a_x"), ("kernel", "πυρήνας", "01a_x")]
    text = glossary.page(found)
    assert text.index("| kernel | πυρήνας | [01a](notebooks/01a_x.ipynb) |") < text.index("| pixel |")
    assert text.index("| εικονοστοιχείο | pixel |") < text.index("| πυρήνας | kernel |")


def test_a_term_with_two_translations_is_found():
    terms = [glossary.Term("Loss", "κόστος", "a"), glossary.Term("loss", "απώλεια", "b"), glossary.Term("x", "χ", "c")]
    assert glossary.twice(terms) == {"loss": ["απώλεια", "κόστος"]}


def test_no_term_of_the_course_has_two_translations():
    assert glossary.twice(glossary.terms()) == {}


def test_greek_is_sorted_without_its_accents():
    assert sorted(["ωμέγα", "άλφα", "βήτα"], key=glossary.plain) == ["άλφα", "βήτα", "ωμέγα"]


# the website

WANTED = ("node", "npm", "make")


@pytest.mark.skipif(sys.platform == "win32", reason="make and setup.sh are for Linux and macOS")
@pytest.mark.skipif(not os.path.exists(CHROMIUM), reason=f"no Chromium at {CHROMIUM}: install it, or set CHROMIUM")
@pytest.mark.skipif(not all(map(shutil.which, WANTED)), reason=f"needs {', '.join(WANTED)}")
def test_the_website_works_without_network_from_the_disk_and_from_a_folder_of_a_server():
    made = subprocess.run(["make", "book"], cwd=lessons.ROOT, capture_output=True, text=True, timeout=900)
    assert made.returncode == 0, made.stdout + made.stderr
    book = lessons.ROOT / "build" / "book"
    ten = ["index.html", "glossary.html", *(f"notebooks/{stem}.html" for stem in lessons.stems()[::6][:8])]
    command = ["node", "tools/book/check.mjs", str(book), *ten]
    checked = subprocess.run(command, cwd=lessons.ROOT, capture_output=True, text=True, timeout=600)
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout[checked.stdout.index("[") :]) == []
    for stem in lessons.stems():
        page = (book / "notebooks" / f"{stem}.html").read_text(encoding="utf-8")
        assert "<merror" not in page and f"downloads/{stem}.ipynb" not in page.replace("_downloads", "")
        assert f"{stem}.ipynb" in page  # to download

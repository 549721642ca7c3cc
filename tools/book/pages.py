"""An executed notebook as the source of a page: what a reader needs, without what needs a kernel or a speaker.

Left out: notes for the speaker, set-up and checks. An exercise keeps its stub, with the solution folded below it; an
explorer keeps its still picture; a quiz becomes HTML that tools/book/static/quiz.js makes answerable.
"""

import re

import nbformat
from nbformat.v4 import new_markdown_cell, new_raw_cell

from helpers import quiz
from tools import links, student
from tools.student import tags

MOVE = "*Run the lesson to move it.*"
WITHOUT = ("setup", "check", "solution")
FOLDED = {"widget": "the code of the explorer", "solution": "the solution"}
SOLVES = re.compile(r"\b(check_\w+)\.solution\(")
CHECKS = re.compile(r"^(check_\w+)\(", re.MULTILINE)
QUIZ_LINE = re.compile(r"<p>Quiz: .*?</p>")


def page(notebook, stem):
    """Return a copy of an executed lesson as the notebook that the website shows."""
    cells = [cell for cell in notebook.cells if not student.is_note(cell)]
    solutions = {}
    for cell in cells:
        if "solution" in tags(cell):
            for name in SOLVES.findall(cell.source):
                solutions[name] = cell
    shown = []
    for cell in cells:
        shown += _shown(cell, stem, solutions)
    shown = [cell for cell in shown if cell.source.strip() != student.SOLUTIONS]
    shown.insert(1, new_markdown_cell(f"{{download}}`Download this lesson as a notebook <../downloads/{stem}.ipynb>`"))
    for cell in shown:
        cell.pop("attachments", None)
        cell.metadata.pop("slideshow", None)
    return nbformat.from_dict({**notebook, "cells": shown})


def _shown(cell, stem, solutions):
    """Return the list of cells that stand on the page for one cell of the lesson."""
    if cell.cell_type == "markdown":
        return [new_markdown_cell(links.BAR.sub("", cell.source))]
    kinds = tags(cell)
    if "quiz" in kinds:
        return [html(answerable(stem[:3].rstrip("_")))]
    if "check" in kinds:
        found = [solutions[name] for name in CHECKS.findall(cell.source) if name in solutions]
        return [folded(one, FOLDED["solution"], outputs=False) for one in found]
    if set(WITHOUT) & set(kinds):
        return []
    if "widget" in kinds:
        return [folded(cell, FOLDED["widget"]), new_markdown_cell(MOVE)]
    return [nbformat.from_dict(cell)]


def folded(cell, what, outputs=True):
    """Return a copy of a code cell whose source is folded under a line that names it."""
    copy = nbformat.from_dict(cell)
    copy.metadata["tags"] = ["hide-input"]
    copy.metadata["mystnb"] = {"code_prompt_show": f"Show {what}", "code_prompt_hide": f"Hide {what}"}
    copy.metadata.pop("jupyter", None)
    if outputs:
        copy.outputs = [o for o in copy.outputs if any(kind.startswith("image/") for kind in o.get("data", {}))]
    else:
        copy.outputs = []
    return copy


def answerable(lesson):
    """Return the quiz of a lesson as HTML: questions, and their answers folded; the script needs no more."""
    text = quiz.page(lesson, quiz.read(lesson))
    text = QUIZ_LINE.sub("", text.replace(quiz.DEAD.replace("PLACE", f"quiz-page-{lesson}"), ""))
    return text.replace(f'<div class="quiz-page-{lesson}">', '<div class="quiz">', 1)


def html(text):
    """Return a raw cell of HTML, which the page takes as it is."""
    return new_raw_cell(text, metadata={"raw_mimetype": "text/html"})

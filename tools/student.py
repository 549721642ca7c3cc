"""Write build/student: the course without solutions, notes and quiz answers, to hand out. python -m tools.student."""

import copy
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat

from helpers import quiz
from tools import lessons

TARGET = lessons.ROOT / "build" / "student"
SOLUTIONS = "## Solutions"
PROMISE = "| Solutions |"  # the row of a table that tells of them
AS_THEY_ARE = (
    "helpers",
    "phantoms",
    "data",
    "requirements.txt",
    "constraints.txt",
    "environment.yml",
    "LICENSE",
    "tools/setup.sh",
)
UP_TO = {"README.md": "## For instructors", "pyproject.toml": "[tool.jupytext]", "Makefile": "# For contributors"}
NEEDS_TESTS = "make test"


def student_edition(notebook):
    """Return a copy of the notebook that ends before the Markdown cell with the heading "## Solutions".

    Notes for the instructor are left out, quizzes keep their questions only, and a row of a table that promises
    solutions goes. Raises ValueError, naming the lesson, where there is no such heading or a cell tagged `solution`
    stands before it.
    """
    headings = (number for number, cell in enumerate(notebook.cells) if _begins_solutions(cell))
    end = next(headings, None)
    if end is None:
        raise ValueError(f'the lesson "{_title(notebook)}" has no heading "{SOLUTIONS}"')
    kept = copy.deepcopy(notebook.cells[:end])
    if any("solution" in tags(cell) for cell in kept):
        raise ValueError(f'the lesson "{_title(notebook)}" has a cell tagged solution before "{SOLUTIONS}"')
    kept = [_without_answers(cell) for cell in kept if not is_note(cell)]
    return nbformat.from_dict({**notebook, "cells": kept})


def is_note(cell):
    """Return True for a cell that holds notes for the speaker."""
    return cell.metadata.get("slideshow", {}).get("slide_type") == "notes"


def _without_answers(cell):
    """Take the quiz's answers and the promise of solutions out of a cell, in place, and return it."""
    if cell.cell_type == "markdown":
        cell.source = "\n".join(line for line in cell.source.split("\n") if not line.startswith(PROMISE))
    elif "quiz" in tags(cell):
        for output in cell.outputs:
            if "text/html" in output.get("data", {}):
                output.data["text/html"] = quiz.without_answers(output.data["text/html"])
    return cell


def tags(cell):
    """Return the tags of a cell, a list."""
    return cell.metadata.get("tags", [])


def _begins_solutions(cell):
    return cell.cell_type == "markdown" and SOLUTIONS in map(str.strip, cell.source.splitlines())


def _title(notebook):
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines())
    return next((line[2:].strip() for line in lines if line.startswith("# ")), "untitled")


def write(folder):
    """Write the whole student edition into the new folder `folder`."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "tools").mkdir()
    for path in lessons.notebooks():
        try:
            notebook = student_edition(nbformat.read(path, as_version=4))
        except ValueError as error:
            sys.exit(f"{path.name}: {error}.")
        nbformat.write(notebook, folder / "notebooks" / path.name)
    for name in AS_THEY_ARE:
        source = lessons.ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "cache", ".*"))
        else:
            shutil.copy(source, folder / name)
    for name, mark in UP_TO.items():
        text = (lessons.ROOT / name).read_text(encoding="utf-8").partition(f"\n{mark}")[0]
        lines = [line for line in text.rstrip().splitlines() if not line.startswith(NEEDS_TESTS)]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    """Replace build/student; where anything fails, the old one stays."""
    TARGET.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET.parent, prefix=".student_") as box:
        write(Path(box) / "new")
        if TARGET.exists():
            TARGET.rename(Path(box) / "old")
        (Path(box) / "new").rename(TARGET)
    print(f"{TARGET.relative_to(lessons.ROOT)}: {len(list(TARGET.glob('notebooks/*.ipynb')))} notebooks")


if __name__ == "__main__":
    main()

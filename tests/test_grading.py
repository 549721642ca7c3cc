"""tools.grading: a lesson as an assignment of nbgrader, whose own checks of the metadata it meets."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import grading, lessons

pytestmark = pytest.mark.once


def code(source, *tags):
    return new_code_cell(source, metadata={"tags": list(tags)}, outputs=[new_output("stream", text="1")])


@pytest.fixture
def assignment():
    return grading.assignment(
        new_notebook(
            cells=[
                new_markdown_cell("# Lesson 04a: one"),
                code("import numpy as np", "setup"),
                code("def halve(x):\n    ...", "exercise"),
                code("from helpers.exercises.lesson_04a import check_halve\n\ncheck_halve(halve)", "check"),
                new_markdown_cell("## Solutions"),
                code("def halve_solution(x):\n    return x / 2\n\ncheck_halve.solution(halve_solution)", "solution"),
            ]
        )
    )


def test_the_stub_is_handed_in_and_its_check_gives_a_point(assignment):
    notebook, points = assignment
    stub, check = (cell.metadata.nbgrader for cell in notebook.cells[2:])
    assert points == 1 and stub.solution and not stub.grade and not stub.locked
    assert check.grade and check.locked and check.points == 1 and check.grade_id == "check_halve"


def test_no_solution_and_no_output_goes_out(assignment):
    cells = assignment[0].cells
    assert not any("_solution" in cell.source for cell in cells)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize(("answer", "raises"), [(True, False), (False, True)])
def test_the_graded_cell_fails_where_the_check_does(assignment, answer, raises):
    class Report:
        passed = answer

    line = assignment[0].cells[3].source.splitlines()[1:]
    names = {"check_halve": lambda _: Report(), "halve": None}
    if raises:
        with pytest.raises(AssertionError):
            exec("\n".join(line), names)
    else:
        exec("\n".join(line), names)


@pytest.mark.parametrize("stem", lessons.stems())
def test_every_exercise_of_every_lesson_gives_a_point(stem):
    notebook, points = grading.assignment(nbformat.read(lessons.notebook_path(stem), 4))
    stubs = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    names = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert points == len(stubs) and len(set(names)) == len(names) == 2 * points

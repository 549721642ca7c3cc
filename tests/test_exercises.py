"""Every exercise: the stub fails its check, the solution passes it, each diagnostic fires for the mistake it names."""

import matplotlib
import nbformat
import pytest

from helpers import check
from tools import lessons

matplotlib.use("Agg")
ALONE = {"setup", "exercise", "check", "solution"}


def _cells(stem):
    notebook = nbformat.read(lessons.notebook_path(stem), as_version=4)
    for cell in notebook.cells:
        tags = ALONE & set(cell.metadata.get("tags", []))
        if cell.cell_type == "code" and tags:
            yield tags.pop(), cell.source


def _run(source, names):
    """Execute a cell's source; return the value of its last line where that is a call of a check, else None."""
    body, _, last = source.rpartition("\n")
    if not last.startswith("check_"):
        exec(source, names)
        return None
    exec(body, names)
    return eval(last, names)


@pytest.fixture
def exercises(stem):
    """Per exercise: (Exercise, report of the stub, report of the solution), from cells that need no other cell."""
    names, found = {}, {}
    for tag, source in _cells(stem):
        report = _run(source, names)
        if report is not None:
            found.setdefault(report.name, {})[tag] = report
    objects = {value.name: value for value in names.values() if isinstance(value, check.Exercise)}
    return [(objects[name], reports["check"], reports["solution"]) for name, reports in found.items()]


def test_stub_fails_and_solution_passes(stem, exercises):
    assert len(exercises) >= (1 if stem.startswith("00") else 3)
    for exercise, stub, solution in exercises:
        assert not stub.passed, f"{exercise.name}: the stub passes"
        assert solution.passed, str(solution)


def test_each_diagnostic_fires_for_its_mistake(exercises):
    for exercise, _, _ in exercises:
        for mistake in exercise.mistakes:
            report = exercise(mistake.function)
            assert not report.passed, f"{exercise.name}: {mistake.cause!r} passes"
            assert mistake.cause in str(report), f"{exercise.name}: {mistake.cause!r} is not what the student reads"

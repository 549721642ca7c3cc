"""Every exercise: the stub is not right, the solution is, each hint comes for the mistake that it names."""

import ast

import matplotlib
import pytest

from helpers import exercises
from tests import answers, shapes
from tools import lessons

matplotlib.use("Agg")
ALONE = ("setup", "exercise", "check", "solution")


def _cells(stem):
    """Return (tag, source) of the code cells that need no other cell."""
    for cell in lessons.read_text(stem).cells:
        for tag in set(ALONE) & set(cell.metadata.get("tags", [])):
            yield tag, cell.source


def _defined(source):
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def _last_value(source, names):
    """Execute a cell; return the value of its last line, an expression."""
    body, last = ast.parse(source).body[:-1], ast.parse(source).body[-1]
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


@pytest.fixture
def checks(stem):
    """The checks of the lesson, {name: exercises.Check}."""
    return exercises.of(stem.partition("_")[0])


def test_run_whole_no_solution_touches_a_stub(stem, checks):
    names, first, solved, calls = {}, {}, {}, []
    for tag, source in _cells(stem):
        if tag in ("setup", "exercise"):
            exec(source, names)
        elif tag == "check":
            report = first[report.name] = report = _last_value(source, names)
            calls.append(source)
        else:
            report = _last_value(source, names)
            solved[report.name] = report
    assert [one.exercise.name for one in checks.values()] == list(first)
    assert list(solved) == list(first)
    assert len(first) >= (1 if stem.startswith("00") else 3)
    for name in first:
        assert "not tried yet" in str(first[name]), f"{name}: {first[name]}"
        assert solved[name].passed, str(solved[name])
    assert ["not tried yet" in str(_last_value(source, names)) for source in calls] == [True] * len(calls)


def test_a_check_cell_is_an_import_and_a_call(stem):
    for tag, source in _cells(stem):
        if tag == "check":
            kinds = [type(node) for node in ast.parse(source).body]
            assert kinds == [ast.ImportFrom, ast.Expr], source


def test_each_hint_comes_for_its_mistake(checks):
    for one in checks.values():
        for mistake in one.exercise.mistakes:
            report = one.exercise(mistake.function)
            assert not report.passed, f"{one.name}: {mistake.cause!r} passes"
            assert mistake.cause in str(report), f"{one.name}: {mistake.cause!r} is not what the student reads"


@pytest.mark.parametrize("stem", lessons.stems())
def test_a_lesson_has_answers_to_each_exercise(stem, checks):
    assert answers.path(stem).exists(), f"{answers.path(stem).name}: write answers, right and wrong"
    found = answers.read(stem)
    assert list(found) == list(checks)
    for name, (right, wrong, announced) in found.items():
        assert len(right) >= 2, f"{name}: at least two right answers"
        assert len(wrong) + len(announced) >= 3 and announced, f"{name}: at least three wrong ones, one announced"


def test_every_file_of_answers_belongs_to_a_lesson():
    assert answers.stray() == []


@pytest.mark.parametrize("stem", lessons.stems())
def test_right_answers_pass_and_wrong_ones_fail(stem, checks):
    for name, (right, wrong, announced) in answers.read(stem).items():
        judge = checks[name].exercise
        for what, answer in right.items():
            assert judge(answer).passed, f"{name}, {what}: {judge(answer)}"
        for what, answer in wrong.items():
            assert not judge(answer).passed, f"{name}: {what!r} passes"
        for hint, answer in announced.items():
            report = judge(answer)
            assert not report.passed and hint in str(report), f"{name} does not say {hint!r}: {report}"


@pytest.mark.parametrize("stem", lessons.stems())
def test_no_cell_above_an_exercise_shows_its_solution(stem):
    cells = [cell for cell in lessons.read_text(stem).cells if cell.cell_type == "code"]
    solutions = {name: source for source in _tagged(cells, "solution") for name in _defined(source)}
    for place, cell in enumerate(cells):
        if "exercise" in cell.metadata.get("tags", []):
            above = [one.source for one in cells[:place] if not set(ALONE) & set(one.metadata.get("tags", []))]
            for name in _defined(cell.source):
                shown = shapes.shown(solutions[f"{name}_solution"], above)
                assert not shown, f"{name}: its solution stands in a cell above it:\n{shown}"


def _tagged(cells, tag):
    return [cell.source for cell in cells if tag in cell.metadata.get("tags", [])]


@pytest.mark.parametrize(
    ("solution", "above", "seen"),
    [
        ("return image.max()", "print('brightest:', photo.max())", True),
        ("return image.max()", "print('darkest:', photo.min())", False),
        ("return (kernel * kernel * channels + 1) * filters", "weights = 8 * (1 + 3 * 3 * 1)", True),
        ("return (kernel * kernel * channels + 1) * filters", "weights = 8 * 3 * 3 * 1 + 8", False),
        ("half = a // 2\n    return half + 1", "def other(n):\n    m = n // 3\n    return m + 7", True),
        ("half = a // 2\n    return half + 1", "m = n // 3\nprint(m)", False),
        ("return 1 - 9 * layers", "share = 9 * layers - 1", False),
    ],
)
def test_a_solution_is_recognised_by_its_shape(solution, above, seen):
    assert bool(shapes.shown(f'def f(x):\n    """Explained."""\n    {solution}', [above])) == seen

"""The exercises of the lessons: helpers.exercises.lesson_NN holds the checks of lesson NN."""

import ast
import importlib
from functools import cached_property
from pathlib import Path

from helpers import attempt, record
from helpers.report import Notice

FOLDER = Path(__file__).parent
NOT_RUN = "the last version of your cell did not run ({}). Mend it, run it, then check again."
NOT_TRIED = "not tried yet. Replace the three dots in the cell above, run it, and then run this one again."


class Check:
    """The check of one exercise of a lesson: call it with the student's function. Its cases are built when needed.

    name: e.g. "check_area"; lesson: e.g. "02d"; exercise: the check.Exercise that judges.
    """

    def __init__(self, build):
        self._build, self.__doc__ = build, build.__doc__
        self.name, self.lesson = build.__name__, build.__module__.rpartition("_")[2]

    def __call__(self, answer):
        """Return the report on the student's `answer`, and record where it is right."""
        name = self.exercise.name
        if problem := attempt.not_run(name, answer):
            return Notice(name, NOT_RUN.format(problem))
        if attempt.untouched(answer):
            return Notice(name, NOT_TRIED)
        found = self.exercise(answer)
        if found.passed:
            record.exercise(self.lesson, self.name)
        return found

    def solution(self, answer):
        """Return the report on the course's own `answer`; nothing is recorded."""
        return self.exercise(answer)

    @cached_property
    def exercise(self):
        """The check.Exercise with its cases and mistakes."""
        return self._build()


def exercise(build):
    """Decorate a function without arguments that returns a check.Exercise: it becomes a Check, built when used."""
    return Check(build)


def of(lesson):
    """Return the checks of `lesson`, e.g. "02d", in order: a dict from name to Check. Raises ModuleNotFoundError."""
    module = importlib.import_module(f"helpers.exercises.lesson_{lesson}")
    return {name: value for name, value in vars(module).items() if isinstance(value, Check)}


def names():
    """Return the names of all checks, {lesson: [name, …]} in order, without importing what the lessons need."""
    return {path.stem.rpartition("_")[2]: list(_decorated(path)) for path in sorted(FOLDER.glob("lesson_*.py"))}


def _decorated(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and [ast.unparse(one) for one in node.decorator_list] == ["exercise"]:
            yield node.name

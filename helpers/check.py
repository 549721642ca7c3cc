"""Feedback on exercises: an Exercise runs the student's function on a few cases and explains what it finds.

>>> from helpers import check
>>> area = check.Exercise(
...     "area",
...     cases=[check.case(3, 4, expected=12)],
...     mistakes=[check.mistake("you added the sides", lambda a, b: a + b)],
... )
>>> print(area(lambda a, b: a + b))
area: 0 of 1 cases right
✘ case 1
    given     a = 3, b = 4
    got       7
    expected  12
    likely    you added the sides
"""

import contextlib
import copy
import inspect
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers import compare
from helpers.report import Outcome, Report

WARNED = {
    "overflow": "a number grows beyond what its type can hold: compute in another order, or in a wider type",
    "divide by zero": "a division by zero, or the logarithm of zero: treat that case before you divide",
    "invalid value": "an undefined result such as 0 / 0: treat that case before you compute",
}


@dataclass(frozen=True)
class That:
    """An expected property: `holds(got)` is true for a right answer, `description` says it in words.

    hint: the likely cause where it does not hold, or "".
    """

    description: str
    holds: Callable[[Any], bool]
    hint: str = ""


@dataclass(frozen=True)
class Case:
    """Arguments of one call, what should come out, a name to print, and whether the type must be exactly that."""

    given: tuple
    expected: Any
    name: str
    exact_type: bool | None = None


@dataclass(frozen=True)
class Mistake:
    """A likely mistake: the sentence for the student, and a wrong solution that makes exactly this mistake."""

    cause: str
    function: Callable


@dataclass(frozen=True)
class _Run:
    """What one call gave: the answer or the error, the arguments afterwards, and the warnings, as texts."""

    got: Any
    error: BaseException | None
    after: tuple
    warned: list


def case(*given, expected, name="", exact_type=None):
    """Return a Case: the function is called with `given` and should return `expected` (a value, or check.that).

    exact_type: True where an array must have the dtype of `expected`, and any other value its type; None, as the
    exercise says.
    """
    return Case(given, expected, name, exact_type)


def mistake(cause, function):
    """Return a Mistake: where the student's answer equals that of this wrong `function`, `cause` is the hint."""
    return Mistake(cause, function)


def that(description, holds, hint=""):
    """Return an expected property, for answers that may differ, e.g. that("at most 10", lambda got: got <= 10).

    hint: what the student reads as the likely cause where `holds(got)` is false.
    """
    return That(description, holds, hint)


class Exercise:
    """A named exercise. Call it with the student's function (or value) to get a Report.

    cases: list of Case. mistakes: list of Mistake, tried in order on a case that fails.
    rtol, atol: tolerance for floats, as in numpy.allclose.
    exact_type: values must have the expected type, too (see `case`). warns: False where a warning of NumPy (overflow,
    division by zero) is a mistake. changes: True where the function may change its arguments.
    """

    def __init__(self, name, cases, mistakes=(), rtol=1e-5, atol=1e-8, exact_type=False, warns=True, changes=False):
        self.name, self.cases, self.mistakes = name, list(cases), list(mistakes)
        self.tolerance = {"rtol": rtol, "atol": atol}
        self.exact_type, self.warns, self.changes = exact_type, warns, changes

    def __call__(self, answer, strict=False):
        """Return the Report for `answer`: a function of the cases' arguments, or the value itself.

        Nothing the answer does raises here, unless strict=True: then a wrong answer raises AssertionError.
        KeyboardInterrupt passes.
        """
        report = Report(self.name, [self._try(answer, case, number) for number, case in enumerate(self.cases, 1)])
        if strict and not report.passed:
            raise AssertionError(str(report))
        return report

    def _try(self, answer, case, number):
        run, expected = _run(answer, case.given), case.expected
        names = _argument_names(answer, len(case.given))
        outcome = {
            "case": case.name or f"case {number}",
            "given": _listed(names, case.given),
            "expected": expected.description if isinstance(expected, That) else compare.describe(expected),
        }
        if run.error is not None:
            return Outcome(**outcome, got=_describe_error(run.error), problem="raised", raised=True)
        triples = [] if self.changes else zip(names, case.given, run.after, strict=True)
        changed = [name for name, before, after in triples if compare.changed(before, after)]
        problem, likely = self._judge(run, case, changed)
        return Outcome(**outcome, got=compare.describe(run.got), problem=problem, likely=likely)

    def _judge(self, run, case, changed):
        """Return (problem, likely cause), both "" where the answer is right."""
        altered = f"the function changes its argument {' and '.join(changed)}"
        if problem := self._problem(run.got, case.expected):
            return problem, self._likely(run.got, case) or (f"{altered}: work on a copy" if changed else "")
        if changed:
            return altered, "work on a copy, for example array.copy() or list(values)"
        exact = self.exact_type if case.exact_type is None else case.exact_type
        if exact and not isinstance(case.expected, That):
            problem = compare.type_difference(run.got, case.expected)
            if problem:
                return problem, "the value is right, its type is not what was asked"
        if run.warned and not self.warns:
            causes = [cause for word, cause in WARNED.items() if word in run.warned[0]]
            return f"a warning: {run.warned[0]}", causes[0] if causes else ""
        return "", ""

    def _problem(self, got, expected):
        if not isinstance(expected, That):
            return compare.difference(got, expected, **self.tolerance)
        try:
            return "" if got is not None and bool(expected.holds(got)) else "not what was asked"
        except Exception as error:
            return f"cannot be checked ({_text(error)})"

    def _likely(self, got, case):
        if got is None and all(one.expected is not None for one in self.cases):  # None may be right elsewhere
            return "the function returns nothing: end it with a return"
        if got is Ellipsis:
            return "the three dots are still there: put your answer in their place"
        for known in self.mistakes:
            run = _run(known.function, case.given)
            if run.error is None and not compare.difference(got, run.got, **self.tolerance):
                return known.cause
        return case.expected.hint if isinstance(case.expected, That) else compare.general_cause(got, case.expected)


def _run(answer, given):
    """Return the _Run of `answer` on copies of the arguments; sys.exit() counts as an error."""
    after = copy.deepcopy(given)
    got = error = None
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            got = answer(*after) if callable(answer) else answer
        except (Exception, SystemExit) as raised:
            error = raised
    return _Run(got, error, after, [str(one.message) for one in caught if issubclass(one.category, RuntimeWarning)])


def _argument_names(answer, count):
    names = []
    with contextlib.suppress(TypeError, ValueError):
        names = list(inspect.signature(answer).parameters)[:count]
    return names + [f"argument {number}" for number in range(len(names) + 1, count + 1)]


def _listed(names, given):
    return ", ".join(f"{name} = {compare.describe(value)}" for name, value in zip(names, given, strict=True))


def _describe_error(error):
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)[1:] if frame.lineno]
    return _text(error) + (f" (line {lines[0]} of your cell)" if lines else "")


def _text(error):
    """Return the type and the message of an error; the type alone where even its message raises."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__

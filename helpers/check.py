"""Feedback on exercises: a check runs the student's function on a few cases and explains what it finds.

>>> from helpers import check
>>> check_area = check.Exercise(
...     "area",
...     cases=[check.case(3, 4, expected=12)],
...     mistakes=[check.mistake("you added the sides", lambda a, b: a + b)],
... )
>>> print(check_area(lambda a, b: a + b))
area: 0 of 1 cases right
✘ case 1
    given     a = 3, b = 4
    got       7
    expected  12
    likely    you added the sides
"""

import copy
import html
import inspect
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers import compare


@dataclass(frozen=True)
class That:
    """An expected property: `holds(got)` is true for a right answer, `description` says it in words."""

    description: str
    holds: Callable[[Any], bool]


@dataclass(frozen=True)
class Case:
    """Arguments of one call, what should come out, and a name to print."""

    given: tuple
    expected: Any
    name: str


@dataclass(frozen=True)
class Mistake:
    """A likely mistake: the sentence for the student, and a wrong solution that makes exactly this mistake."""

    cause: str
    function: Callable


@dataclass(frozen=True)
class Outcome:
    """What one case gave. `problem` is empty where the answer is right."""

    case: Case
    given: str
    got: str
    problem: str
    likely: str


def case(*given, expected, name=""):
    """Return a Case: the function is called with `given` and should return `expected` (a value, or check.that)."""
    return Case(given, expected, name)


def mistake(cause, function):
    """Return a Mistake: where the student's answer equals that of this wrong `function`, `cause` is the hint."""
    return Mistake(cause, function)


def that(description, holds):
    """Return an expected property, for answers that may differ, e.g. that("at most 10", lambda got: got <= 10)."""
    return That(description, holds)


class Exercise:
    """A named exercise. Call it with the student's function (or value) to get a Report.

    cases: list of Case. mistakes: list of Mistake, tried in order on a case that fails.
    rtol, atol: tolerance for floats, as in numpy.allclose.
    """

    def __init__(self, name, cases, mistakes=(), rtol=1e-5, atol=1e-8):
        self.name, self.cases, self.mistakes = name, list(cases), list(mistakes)
        self.tolerance = {"rtol": rtol, "atol": atol}

    def __call__(self, answer, strict=False):
        """Return the Report for `answer`: a function of the cases' arguments, or the value itself.

        Nothing the answer does raises here, unless strict=True: then a wrong answer raises AssertionError.
        """
        report = Report(self.name, [self._try(answer, case, number) for number, case in enumerate(self.cases, 1)])
        if strict and not report.passed:
            raise AssertionError(str(report))
        return report

    def _try(self, answer, case, number):
        named = Case(case.given, case.expected, case.name or f"case {number}")
        given = _describe_arguments(answer, case.given)
        try:
            got = answer(*copy.deepcopy(case.given)) if callable(answer) else answer
        except Exception as error:
            return Outcome(named, given, _describe_error(error), "raised", "")
        problem = self._problem(got, case.expected)
        likely = self._likely(got, case, problem) if problem else ""
        return Outcome(named, given, compare.describe(got), problem, likely)

    def _problem(self, got, expected):
        if not isinstance(expected, That):
            return compare.difference(got, expected, **self.tolerance)
        try:
            return "" if got is not None and bool(expected.holds(got)) else "not what was asked"
        except Exception as error:
            return f"cannot be checked ({type(error).__name__}: {error})"

    def _likely(self, got, case, problem):
        if got is None:
            return "the function returns nothing: end it with a return"
        if got is Ellipsis:
            return "the three dots are still there: put your answer in their place"
        for known in self.mistakes:
            try:
                wrong = known.function(*copy.deepcopy(case.given))
            except Exception:
                continue
            if not compare.difference(got, wrong, **self.tolerance):
                return known.cause
        return "" if isinstance(case.expected, That) else compare.general_cause(got, case.expected)


class Report:
    """What a check found. Shows itself in a notebook (HTML) and in a terminal (text)."""

    def __init__(self, name, outcomes):
        self.name, self.outcomes = name, outcomes

    @property
    def passed(self):
        """True where every case is right."""
        return all(not outcome.problem for outcome in self.outcomes)

    @property
    def headline(self):
        """One line: how many cases are right."""
        right = sum(not outcome.problem for outcome in self.outcomes)
        return f"{self.name}: {'all' if self.passed else right} of {len(self.outcomes)} cases right"

    def _explained(self):
        """Return the failed outcomes to explain: up to three, one where nothing was returned at all."""
        failed = [outcome for outcome in self.outcomes if outcome.problem]
        return failed[:1] if all(outcome.got in ("None", "Ellipsis") for outcome in failed) else failed[:3]

    def lines(self, outcome):
        """Return (label, text) pairs that explain one failed case."""
        expected = outcome.case.expected
        rows = [("given", outcome.given), ("got", outcome.got)]
        rows.append(("expected", expected.description if isinstance(expected, That) else compare.describe(expected)))
        if outcome.problem not in ("raised", "not what was asked", "another value"):
            rows.append(("differs", outcome.problem))
        rows.append(("likely", outcome.likely))
        return [(label, text) for label, text in rows if text]

    def __repr__(self):
        text = [self.headline]
        for outcome in self.outcomes:
            text.append(f"{'✘' if outcome.problem else '✔'} {outcome.case.name}")
            if any(outcome is explained for explained in self._explained()):
                text += [f"    {label:<9} {line}" for label, line in self.lines(outcome)]
        return "\n".join(text)

    def _repr_html_(self):
        colour = "#1b7837" if self.passed else "#b2182b"
        parts = [f'<div style="border-left:6px solid {colour};padding:4px 12px"><b>{html.escape(self.headline)}</b>']
        for outcome in self.outcomes:
            parts.append(f"<div>{'✘' if outcome.problem else '✔'} {html.escape(outcome.case.name)}</div>")
            if any(outcome is explained for explained in self._explained()):
                rows = "".join(
                    f'<tr><td style="text-align:left">{label}</td>'
                    f'<td style="text-align:left"><code>{html.escape(line)}</code></td></tr>'
                    for label, line in self.lines(outcome)
                )
                parts.append(f'<table style="margin:2px 0 6px 1.2em">{rows}</table>')
        return "".join(parts) + "</div>"


def _describe_arguments(answer, given):
    try:
        names = list(inspect.signature(answer).parameters)
    except (TypeError, ValueError):
        names = []
    names += [f"argument {number}" for number in range(len(names) + 1, len(given) + 1)]
    return ", ".join(f"{name} = {compare.describe(value)}" for name, value in zip(names, given, strict=False))


def _describe_error(error):
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)[1:] if frame.lineno]
    where = f" (line {lines[0]} of your cell)" if lines else ""
    return f"{type(error).__name__}: {error}{where}"

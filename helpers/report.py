"""What a check tells a student: a page of HTML in a notebook, text in a terminal."""

import html
from dataclasses import dataclass, field

GREEN, RED, GREY = "#1b7837", "#b2182b", "#767676"
EXPLAINED = 3  # failed cases that are explained, each hint once before any twice; the others are named only


@dataclass(frozen=True)
class Outcome:
    """What one case gave: its name, what it was given, what came out and what should have, in words.

    problem is "" where the answer is right; raised is true where there is no answer, but an error; likely is the
    likely cause, or "".
    """

    case: str
    given: str
    got: str
    expected: str
    problem: str = ""
    likely: str = ""
    raised: bool = False

    @property
    def right(self):
        """True where the answer is right."""
        return not self.problem

    def lines(self):
        """Return the (label, text) pairs that explain a wrong answer."""
        differs = "" if self.raised or self.problem in ("another value", "not what was asked") else self.problem
        pairs = [("given", self.given), ("got", self.got), ("expected", self.expected), ("differs", differs)]
        return [(label, text) for label, text in [*pairs, ("likely", self.likely)] if text]


@dataclass(frozen=True, repr=False)
class Report:
    """What a check found: the name of the exercise and one Outcome a case."""

    name: str
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def passed(self):
        """True where every case is right."""
        return all(outcome.right for outcome in self.outcomes)

    @property
    def headline(self):
        """One line: how many cases are right."""
        right = sum(outcome.right for outcome in self.outcomes)
        return f"{self.name}: {'all' if self.passed else right} of {len(self.outcomes)} cases right"

    def _parts(self):
        """Return (line, explanation) for each case; the explanation is [] where there is none."""
        failed = [outcome for outcome in self.outcomes if not outcome.right]
        hints = [outcome.likely for outcome in failed]
        fresh = [outcome for place, outcome in enumerate(failed) if outcome.likely not in hints[:place]]
        again = [outcome for place, outcome in enumerate(failed) if outcome.likely in hints[:place]]
        nothing = all(outcome.got in ("None", "Ellipsis") for outcome in failed)
        explained = [*fresh, *again][: 1 if nothing else EXPLAINED]
        for outcome in self.outcomes:
            lines = outcome.lines() if any(outcome is one for one in explained) else []
            yield f"{'✔' if outcome.right else '✘'} {outcome.case}", lines

    def __repr__(self):
        text = [self.headline]
        for line, explanation in self._parts():
            text += [line, *(f"    {label:<9} {words}" for label, words in explanation)]
        return "\n".join(text)

    def _repr_html_(self):
        parts = [f"<b>{html.escape(self.headline)}</b>"]
        for line, explanation in self._parts():
            parts.append(f"<div>{html.escape(line)}</div>")
            if explanation:
                rows = "".join(_row(label, words) for label, words in explanation)
                parts.append(f'<table style="margin:2px 0 6px 1.2em">{rows}</table>')
        return _box("".join(parts), GREEN if self.passed else RED)


@dataclass(frozen=True, repr=False)
class Notice:
    """A line in place of a report, where there is no answer to judge yet."""

    name: str
    text: str
    passed: bool = False

    @property
    def headline(self):
        """The line."""
        return f"{self.name}: {self.text}"

    def __repr__(self):
        return self.headline

    def _repr_html_(self):
        return _box(html.escape(self.headline), GREY)


def _row(label, words):
    style = 'style="text-align:left"'
    return f"<tr><td {style}>{label}</td><td {style}><code>{html.escape(words)}</code></td></tr>"


def _box(content, colour):
    return f'<div style="border-left:6px solid {colour};padding:4px 12px">{content}</div>'

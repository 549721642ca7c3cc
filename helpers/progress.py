"""Your progress, as a table: which exercises are right, which quiz questions are answered, and what to do next.

It is kept in one file on this computer (see helpers.record) and goes nowhere else.
"""

import html
from typing import NamedTuple

from helpers import exercises, quiz, record

HEADS = ("lesson", "exercises", "quiz", "next")


class Row(NamedTuple):
    """One lesson: exercises right and in all, quiz questions answered rightly and in all, and in words what is left."""

    lesson: str
    right: int
    exercises: int
    answered: int
    questions: int
    left: str

    @property
    def begun(self):
        """True where anything is recorded."""
        return bool(self.right or self.answered)


class Table(list):
    """The Rows of all lessons in order. Shows those that are begun, and the lesson to go on with."""

    @property
    def next(self):
        """What to do next, in words."""
        begun = [row for row in self if row.begun and row.left]
        fresh = [row for row in self if not row.begun]
        if begun:
            return f"Next: lesson {begun[0].lesson}, {begun[0].left}."
        return f"Next: begin lesson {fresh[0].lesson}." if fresh else "All exercises and all quizzes are done."

    def _lines(self):
        for row in self:
            if row.begun:
                done = (f"{row.right} of {row.exercises}", f"{row.answered} of {row.questions}", row.left or "done")
                yield (row.lesson, *done)

    def __repr__(self):
        rows = list(self._lines())
        if not rows:
            return f"Nothing is recorded yet. {self.next}"
        widths = [max(len(row[column]) for row in [HEADS, *rows]) for column in range(len(HEADS))]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in [HEADS, *rows]]
        return "\n".join([*lines, self.next])

    def _repr_html_(self):
        rows = list(self._lines())
        if not rows:
            return f"<p>{html.escape(repr(self))}</p>"
        cells = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in rows)
        heads = "".join(f"<th>{head}</th>" for head in HEADS)
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table><p>{html.escape(self.next)}</p>"


def table():
    """Return the Table of what is recorded."""
    kept = record.read()
    return Table(_row(lesson, names, kept) for lesson, names in exercises.names().items())


def _row(lesson, names, kept):
    done = kept["exercises"].get(lesson, [])
    places = [place for place, name in enumerate(names, start=1) if name not in done]
    answers = kept["quizzes"].get(lesson, {})
    numbers = range(1, 1 + len(quiz.read(lesson)))
    open_questions = [number for number in numbers if answers.get(str(number)) is not True]
    left = [_named("exercise", places), _named("quiz question", open_questions)]
    answered = len(numbers) - len(open_questions)
    return Row(lesson, len(names) - len(places), len(names), answered, len(numbers), "; ".join(filter(None, left)))


def _named(word, numbers):
    return f"{word}{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}" if numbers else ""


def forget():
    """Delete the file of your progress; tell in a line what was deleted."""
    file = record.forget()
    print(f"{file} is deleted." if file else "Nothing was recorded.")

"""The quiz of a lesson: its questions stand in helpers/quizzes/NN.toml, with an explanation for every answer.

A quiz is live where a kernel runs; elsewhere (a web page, a print) the questions stay, their answers folded below.
"""

import hashlib
import html
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import ipywidgets
from IPython.display import display

from helpers import record

FOLDER = Path(__file__).parent / "quizzes"
VIEW = "application/vnd.jupyter.widget-view+json"
# JupyterLab keeps the place of a widget whose kernel has ended, with an error message in it.
DEAD = "<style>.jp-OutputArea-child:has(.PLACE) + * > .jupyter-widgets:not(:has(*)) { display: none; }</style>"
LIVE = """<style>
.jp-OutputArea-child:has(.PLACE) { display: none; }
.course-quiz .jupyter-button {
  display: block; width: fit-content; max-width: 100%; height: auto; margin: 3px 5px; padding: 5px 12px;
  line-height: 1.4; white-space: normal; text-align: left; font-size: var(--jp-content-font-size1, 14px); }
.course-quiz .jupyter-button:focus-visible { outline: 3px solid #0072B2; outline-offset: 2px; }
.course-quiz .jupyter-button.mod-success { background: #00664B; color: white; }
.course-quiz .jupyter-button.mod-warning { background: #A63C00; color: white; }
.course-quiz .widget-html-content { line-height: 1.4; white-space: normal; }
</style>"""
CHOSEN = {True: ("success", "check"), False: ("warning", "times")}


@dataclass(frozen=True)
class Answer:
    """One answer that a question offers: its text, whether it is right, and the explanation."""

    text: str
    right: bool
    reason: str


@dataclass(frozen=True)
class Question:
    """A question with one right answer; the answers stand in a fixed order that does not give the right one away."""

    text: str
    answers: tuple[Answer, ...]

    @property
    def right(self):
        """The right Answer."""
        return next(answer for answer in self.answers if answer.right)

    @property
    def wrong(self):
        """The wrong answers, a list of Answer."""
        return [answer for answer in self.answers if not answer.right]


def read(lesson, folder=FOLDER):
    """Return the questions of the quiz of `lesson`, e.g. "04a": a list of Question.

    The file holds one table [[question]] a question: text, right = [answer, explanation], and wrong, a list of such
    pairs. Raises FileNotFoundError where the lesson has no quiz, and ValueError, naming the file and the question,
    where a question lacks a part, has an answer twice or leaves one without its explanation.
    """
    path = Path(folder) / f"{lesson}.toml"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: a quiz needs its questions there")
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("question", [])
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path} is not valid TOML: {error}") from None
    if not tables:
        raise ValueError(f"{path} holds no [[question]]")
    return [_question(table, f"{path.name}, question {number}") for number, table in enumerate(tables, start=1)]


def _question(table, where):
    if table.keys() != {"text", "right", "wrong"}:
        raise ValueError(f"{where} needs exactly text, right and wrong; it has {', '.join(table) or 'nothing'}")
    if not table["wrong"]:
        raise ValueError(f"{where} ({table['text']!r}) needs at least one wrong answer")
    pairs = [table["right"], *table["wrong"]]
    for pair in pairs:
        if len(pair) != 2 or not all(isinstance(text, str) and text.strip() for text in pair):
            raise ValueError(f"{where} ({table['text']!r}): {pair!r} must be a pair of texts, answer and explanation")
    answers = [Answer(text, number == 0, reason) for number, (text, reason) in enumerate(pairs)]
    names = [answer.text.strip().lower() for answer in answers]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"{where} ({table['text']!r}): the answer {twice[0]!r} stands twice")
    return Question(table["text"], tuple(sorted(answers, key=_mixed)))


def _mixed(answer):
    return hashlib.sha256(answer.text.encode()).digest()


def show(lesson, answered=record.answer):
    """Show the quiz of `lesson`, e.g. "04a".

    answered(lesson, number, right) is called at each choice: number counts the questions from 1, right is a bool. It
    keeps the answer for the table of progress.
    Two outputs: the page of the quiz, and the live quiz, which hides the page as long as it lives.
    """
    questions = read(lesson)
    parts = [
        _live(number, question, lambda right, number=number: answered(lesson, number, right))
        for number, question in enumerate(questions, start=1)
    ]
    box = ipywidgets.VBox([ipywidgets.HTML(LIVE.replace("PLACE", _place(lesson))), *parts])
    box.add_class("course-quiz")
    line = f"Quiz: {len(questions)} questions. Run this cell to answer them."
    display({"text/plain": line, "text/html": page(lesson, questions)}, raw=True)
    display({VIEW: box._repr_mimebundle_()[VIEW]}, raw=True)


def _live(number, question, answered):
    """Return the widget of one question: a button an answer, and the explanation of the one that was pressed last."""
    head, reason = ipywidgets.HTML(f"<b>{number}. {_marked(question.text)}</b>"), ipywidgets.HTML()
    buttons = [ipywidgets.Button(description=answer.text.replace("`", "")) for answer in question.answers]
    for button, answer in zip(buttons, question.answers, strict=True):
        button.on_click(lambda button, answer=answer: choose(button, answer))

    def choose(button, answer):
        button.button_style, button.icon = CHOSEN[answer.right]
        reason.value = _verdict(answer)
        answered(answer.right)

    return ipywidgets.VBox([head, *buttons, reason], layout={"margin": "0 0 14px 0", "max_width": "900px"})


def page(lesson, questions):
    """Return the questions as HTML, the answers of each folded in a <details>; it needs neither script nor style."""
    parts = [
        DEAD.replace("PLACE", _place(lesson)),
        f'<div class="{_place(lesson)}">',
        f"<p>Quiz: {len(questions)} questions. Run this cell to answer them here.</p>",
    ]
    for number, question in enumerate(questions, start=1):
        offered = "".join(f"<li>{_marked(answer.text)}</li>" for answer in question.answers)
        explained = "".join(f"<li>{_marked(answer.text)}. {_verdict(answer)}</li>" for answer in question.answers)
        parts.append(
            f"<p><b>{number}. {_marked(question.text)}</b></p>\n<ul>{offered}</ul>\n"
            f"<details><summary>Answers to question {number}</summary>\n<ul>{explained}</ul>\n</details>"
        )
    return "\n".join([*parts, "</div>"])


def _place(lesson):
    return f"quiz-page-{lesson}"


def without_answers(text):
    """Return the HTML of `page` with its questions only."""
    return re.sub(r"\n?<details>.*?</details>", "", text, flags=re.DOTALL)


def _verdict(answer):
    return f"<b>{'Right' if answer.right else 'Wrong'}.</b> {_marked(answer.reason)}"


def _marked(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))

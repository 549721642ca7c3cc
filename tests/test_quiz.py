"""helpers.quiz: questions that jupyterquiz can show; and every quiz of every lesson."""

import importlib.resources
import json
from types import SimpleNamespace

import pytest

from helpers import quiz
from tools import lessons

RIGHT, WRONG = {"4": "Two pairs."}, {"5": "One too many.", "3": "One too few."}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ({}, WRONG),
        ({**RIGHT, "four": "The same in words."}, WRONG),
        (RIGHT, {}),
        ({"4": " "}, WRONG),
        (RIGHT, {"5": "One too many.", "3": ""}),
        (RIGHT, {"4": "Right and wrong at once."}),
    ],
    ids=["no right", "two right", "no wrong", "right unexplained", "wrong unexplained", "same answer"],
)
def test_a_bad_question_is_refused_by_name(right, wrong):
    with pytest.raises(ValueError, match="2 plus 2"):
        quiz.ask("What is 2 plus 2?", right, wrong)


def test_jupyterquiz_gets_the_questions_and_knows_their_fields(monkeypatch):
    from jupyterquiz.dynamic import display as shown_by

    shown = []
    monkeypatch.setattr(quiz, "display", lambda data, raw: shown.append(data))
    monkeypatch.setattr(shown_by, "display", shown.append)
    question = quiz.ask("What is 2 plus 2?", RIGHT, WRONG)
    quiz.show([question])
    line, page, script = shown
    assert line == {"text/plain": "Quiz: 1 questions. Run this cell to answer them."}
    assert 'data-shuffleanswers="True"' in page.data
    assert json.JSONDecoder().raw_decode(script.data, script.data.index("=") + 1)[0] == [question]
    folder = importlib.resources.files("jupyterquiz") / "js"
    source = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".js"))
    assert f"Question.register('{question['type']}'" in source
    for field in (*question, *question["answers"][0]):
        assert f".{field}" in source, f"jupyterquiz does not read {field}"


def questions(stem):
    """Return the questions that a lesson shows; its quiz cells need nothing but `quiz`."""
    shown = []
    lessons.run_cells(stem, ("quiz",), {"quiz": SimpleNamespace(ask=quiz.ask, show=shown.extend)})
    return shown


def test_every_quiz_has_five_sound_questions(stem):
    asked = questions(stem)
    assert len({question["question"] for question in asked}) == len(asked) == 5
    for question in asked:
        answers = question["answers"]
        assert [answer["correct"] for answer in answers].count(True) == 1, question["question"]
        assert len({answer["answer"].strip().lower() for answer in answers}) == len(answers), question["question"]
        assert len({answer["feedback"].strip() for answer in answers}) == len(answers), question["question"]
        assert all(answer["feedback"].strip() for answer in answers), question["question"]


def test_the_longest_answer_is_not_always_the_right_one():
    longest = [
        max(question["answers"], key=lambda answer: len(answer["answer"]))["correct"]
        for stem in lessons.stems()
        for question in questions(stem)
    ]
    assert sum(longest) <= 0.8 * len(longest)

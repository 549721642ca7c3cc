"""helpers.quiz: the questions as data, live and as a page; and the quiz of every lesson."""

import re
from html.parser import HTMLParser

import nbformat
import pytest
from hypothesis import given, strategies as st

from helpers import quiz
from tools import lessons

VIEW = "application/vnd.jupyter.widget-view+json"
TAGS = {"style", "div", "p", "b", "ul", "li", "details", "summary", "code"}
TWO = """[[question]]
text = "What is 2 plus 2?"
right = ["4", "Two pairs, `2 + 2`."]
wrong = [["5", "One too many."], ["3 < 4", "One too few."]]

[[question]]
text = "Which is even?"
right = ["8", "It has no rest."]
wrong = [["7", "It leaves 1."]]
"""
RIGHT, WRONG = '["4", "Two pairs."]', '[["5", "One too many."], ["3", "One too few."]]'


def numbers():
    """Return the lessons' numbers, e.g. "04a"."""
    return [stem.partition("_")[0] for stem in lessons.stems()]


@pytest.fixture
def two(tmp_path):
    (tmp_path / "77.toml").write_text(TWO, encoding="utf-8")
    return quiz.read("77", tmp_path)


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """Show the two questions; return what the notebook gets, (buttons by text, explanation) of each, and the calls."""
    (tmp_path / "77.toml").write_text(TWO, encoding="utf-8")
    bundles, calls, boxes = [], [], []
    monkeypatch.setattr(quiz, "display", lambda data, raw: bundles.append(data))
    monkeypatch.setattr(quiz, "read", lambda lesson, read=quiz.read: read(lesson, tmp_path))
    monkeypatch.setattr(quiz.ipywidgets, "VBox", _kept(quiz.ipywidgets.VBox, boxes))
    quiz.show("77", answered=lambda *call: calls.append(call))
    parts = [
        ({button.description: button for button in box.children[1:-1]}, box.children[-1])
        for box in boxes
        if isinstance(box.children[1], quiz.ipywidgets.Button)
    ]
    return bundles, parts, calls


def _kept(make, made):
    def keep(*args, **options):
        made.append(make(*args, **options))
        return made[-1]

    return keep


def test_questions_are_read_with_their_answers_and_reasons(two):
    assert [question.text for question in two] == ["What is 2 plus 2?", "Which is even?"]
    assert (two[0].right.text, two[0].right.reason) == ("4", "Two pairs, `2 + 2`.")
    assert {answer.text: answer.reason for answer in two[0].wrong} == {"5": "One too many.", "3 < 4": "One too few."}


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('["4"]', WRONG, "pair"),
        ('["4", " "]', WRONG, "pair"),
        ('[4, "Two pairs."]', WRONG, "pair"),
        (RIGHT, "[]", "wrong answer"),
        (RIGHT, '[["5", "One too many."], ["3", ""]]', "pair"),
        (RIGHT, '[["4 ", "Right and wrong at once."]]', "twice"),
    ],
    ids=["right unexplained", "right explained by nothing", "a number", "no wrong", "wrong unexplained", "same answer"],
)
def test_a_bad_question_is_refused_by_file_and_text(tmp_path, right, wrong, named):
    text = f'[[question]]\ntext = "What is 2 plus 2?"\nright = {right}\nwrong = {wrong}\n'
    (tmp_path / "77.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"77.toml, question 1.*2 plus 2.*{named}"):
        quiz.read("77", tmp_path)


@pytest.mark.parametrize(
    ("text", "named"), [("", "no .*question"), ("[[question]", "valid TOML"), ("[[question]]\ntext = 'x'", "right")]
)
def test_a_file_without_questions_is_refused_by_name(tmp_path, text, named):
    (tmp_path / "77.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"77.toml.*{named}"):
        quiz.read("77", tmp_path)


def test_a_lesson_without_a_quiz_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="78.toml"):
        quiz.read("78", tmp_path)


def test_the_right_answer_has_no_favourite_place():
    asked = [question for number in numbers() for question in quiz.read(number)]
    first = sum(question.answers[0].right for question in asked) / len(asked)
    last = sum(question.answers[-1].right for question in asked) / len(asked)
    assert 0.2 < first < 0.5 and 0.2 < last < 0.5


def test_each_choice_explains_itself_and_is_told(shown):
    _, ((buttons, reason), (others, silent)), calls = shown
    assert reason.value == "" and {button.icon for button in buttons.values()} == {""}
    buttons["5"].click()
    assert "Wrong" in reason.value and "One too many." in reason.value
    buttons["4"].click()
    assert "Right" in reason.value and "<code>2 + 2</code>" in reason.value and "many" not in reason.value
    assert {text: button.icon for text, button in buttons.items()} == {"5": "times", "4": "check", "3 < 4": ""}
    others["8"].click()
    assert calls == [("77", 1, False), ("77", 1, True), ("77", 2, True)]
    assert "no rest" in silent.value


def test_keyboard_focus_is_visible():
    assert re.search(r"button:focus-visible \{[^}]*outline: \dpx solid", quiz.LIVE)


class Folded(HTMLParser):
    """The text of a page, apart: what shows at once, what each <summary> says, and what is folded."""

    def __init__(self, page):
        super().__init__()
        self.path, self.open, self.folded, self.tags = [], "", "", set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.path.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.path.pop() == tag

    def handle_data(self, data):
        if "details" in self.path and "summary" not in self.path:
            self.folded += data
        else:
            self.open += data


def test_the_page_shows_questions_and_folds_answers(two):
    page = Folded(quiz.page("77", two))
    assert "What is 2 plus 2?" in page.open and "3 < 4" in page.open and "Which is even?" in page.open
    assert "Two pairs" in page.folded and "It leaves 1." in page.folded
    assert not re.search("Right|Wrong|pairs|leaves", page.open)
    assert page.path == [] and page.tags <= TAGS


def test_without_answers_nothing_of_them_is_left(two):
    page = quiz.without_answers(quiz.page("77", two))
    assert Folded(page).folded == "" and "What is 2 plus 2?" in page
    assert not re.search("Right|Wrong|pairs|leaves|Answers", page)


@given(st.text(alphabet="<>&`ab\n", max_size=20))
def test_no_text_can_break_the_page(text):
    question = quiz.Question(text, (quiz.Answer(text, True, text), quiz.Answer(text + "x", False, text)))
    assert Folded(quiz.page("77", [question])).tags <= TAGS


def test_the_live_quiz_hides_the_page_and_is_not_stored(shown):
    (page, live), _, _ = shown
    assert page["text/plain"] == "Quiz: 2 questions. Run this cell to answer them."
    assert '<div class="quiz-page-77">' in page["text/html"] and VIEW not in page
    assert ".jp-OutputArea-child:has(.quiz-page-77) { display: none; }" in quiz.LIVE.replace("PLACE", "quiz-page-77")
    outputs = [nbformat.v4.new_output("display_data", data) for data in (page, live)]
    cell = nbformat.v4.new_code_cell(outputs=outputs)
    (stored,) = lessons.clean(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs
    assert stored.data == page


# The quizzes of the lessons


def test_every_lesson_has_its_quiz_and_every_quiz_its_lesson():
    assert sorted(path.stem for path in quiz.FOLDER.iterdir()) == sorted(numbers())


def test_the_quiz_cell_runs_alone_and_shows_no_answer(stem):
    (cell,) = [cell for cell in lessons.read_text(stem).cells if "quiz" in cell.metadata.get("tags", [])]
    assert cell.source == f'from helpers import quiz\n\nquiz.show("{stem.partition("_")[0]}")'


def test_the_notebook_holds_the_page_of_its_quiz(stem):
    notebook = nbformat.read(lessons.notebook_path(stem), as_version=4)
    (cell,) = [cell for cell in notebook.cells if "quiz" in cell.metadata.get("tags", [])]
    (output,) = cell.outputs
    number = stem.partition("_")[0]
    assert output.data["text/html"] == quiz.page(number, quiz.read(number)), f"make refresh NB={number}"


def test_every_quiz_has_five_sound_questions(stem):
    asked = quiz.read(stem.partition("_")[0])
    assert len({question.text for question in asked}) == len(asked) == 5
    for question in asked:
        assert len(question.answers) >= 3, question.text
        assert len({answer.reason.strip() for answer in question.answers}) == len(question.answers), question.text


def _longest(question):
    return len(question.right.text) > max(len(answer.text) for answer in question.wrong)


def _too_short(question):
    return [answer.text for answer in question.wrong if 3 * len(answer.text) < len(question.right.text)]


def faults(quizzes):
    """Return what the lengths of the answers give away in {lesson: list of Question}, a list of sentences."""
    longest = {lesson: [_longest(question) for question in asked] for lesson, asked in quizzes.items()}
    found = [
        f"{lesson}: right is longest {sum(row)} times" for lesson, row in longest.items() if sum(row) > 0.4 * len(row)
    ]
    every = sum(longest.values(), [])
    if sum(every) > 0.35 * len(every):
        found.append(f"all: right is longest in {sum(every)} of {len(every)}")
    found += [f"{lesson}: short: {text}" for lesson, asked in quizzes.items() for q in asked for text in _too_short(q)]
    return found


def test_lengths_give_no_answer_away():
    assert faults({number: quiz.read(number) for number in numbers()}) == []


@pytest.mark.parametrize(
    ("right", "wrong", "count"),
    [("five", "fives", 0), ("five", "four", 0), ("fives", "four", 2), ("sevens", "two", 2), ("sixteen", "2", 7)],
)
def test_a_quiz_that_gives_itself_away_is_found(right, wrong, count):
    question = quiz.Question("How many?", (quiz.Answer(right, True, "so"), quiz.Answer(wrong, False, "not so")))
    assert len(faults({"77": [question] * 5})) == count

"""helpers.record and helpers.progress: what is kept, where, and what a student reads about it."""

import json
import multiprocessing
import os
import subprocess
import sys

import platformdirs
import pytest

from helpers import check, exercises, progress, quiz, record
from helpers.exercises import lesson_00, lesson_02d
from tools import lessons

pytestmark = pytest.mark.once


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The file of the progress, in a folder that does not exist yet."""
    monkeypatch.setenv(record.SETTING, str(tmp_path / "new" / "progress.json"))
    return tmp_path / "new" / "progress.json"


def all_right(lesson):
    """Record everything of a lesson as done."""
    for name in exercises.names()[lesson]:
        record.exercise(lesson, name)
    for number in range(1, 1 + len(quiz.read(lesson))):
        record.answer(lesson, number, True)


def test_a_check_that_passes_is_recorded_and_no_other(file):
    lesson_00.check_overexposed(lambda image: 0.5)
    lesson_00.check_overexposed(...)
    lesson_00.check_overexposed.solution(lambda image: (image == 255).mean())
    assert not file.exists()
    lesson_00.check_overexposed(lambda image: (image == 255).mean())
    assert json.loads(file.read_text()) == {"exercises": {"00": ["check_overexposed"]}, "quizzes": {}}
    lesson_00.check_overexposed(lambda image: 0.5)
    assert record.read()["exercises"] == {"00": ["check_overexposed"]}, "once right, it stays right"


def test_a_choice_in_a_quiz_is_recorded(file, monkeypatch):
    boxes = []
    monkeypatch.setattr(quiz, "display", lambda *args, **kwargs: None)
    monkeypatch.setattr(quiz.ipywidgets, "VBox", _kept(quiz.ipywidgets.VBox, boxes))
    quiz.show("00")
    questions = quiz.read("00")
    buttons = [{button.description: button for button in box.children[1:-1]} for box in boxes[: len(questions)]]
    for place, answer in ((0, questions[0].right), (1, questions[1].wrong[0])):
        buttons[place][answer.text.replace("`", "")].click()
    assert record.read()["quizzes"] == {"00": {"1": True, "2": False}}
    buttons[0][questions[0].wrong[0].text.replace("`", "")].click()
    assert record.read()["quizzes"]["00"]["1"] is True, "once right, it stays right"


def _kept(widget, boxes):
    def build(*args, **kwargs):
        boxes.append(widget(*args, **kwargs))
        return boxes[-1]

    return build


def test_the_table_says_what_is_done_and_what_is_next(file):
    assert str(progress.table()) == "Nothing is recorded yet. Next: begin lesson 00."
    all_right("00")
    record.exercise("02d", "check_channels")
    for number in (1, 2, 4):
        record.answer("02d", number, number != 2)
    text = str(progress.table())
    assert text.splitlines() == [
        "lesson  exercises  quiz    next",
        "00      1 of 1     5 of 5  done",
        "02d     1 of 3     2 of 5  exercises 2, 3; quiz questions 2, 3, 5",
        "Next: lesson 02d, exercises 2, 3; quiz questions 2, 3, 5.",
    ]
    html = progress.table()._repr_html_()
    assert "<td>02d</td>" in html and "<td>1 of 3</td>" in html and "01a" not in html


def test_at_the_end_all_is_done(file):
    for lesson in exercises.names():
        all_right(lesson)
    table = progress.table()
    assert table.next == "All exercises and all quizzes are done."
    assert [row.lesson for row in table] == [stem.partition("_")[0] for stem in lessons.stems()]
    assert all(row.right == row.exercises and row.answered == row.questions == 5 for row in table)


def test_names_are_those_of_the_checks():
    for lesson in ("00", "02d", "04a"):
        assert exercises.names()[lesson] == list(exercises.of(lesson))
    assert isinstance(lesson_02d.check_channels.exercise, check.Exercise)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"exercises": [], "quizzes": {}}',
        '{"exercises": {"00": 3}, "quizzes": {}}',
        "\x00",
    ],
)
def test_a_broken_file_is_set_aside_with_a_message(file, text, capsys):
    file.parent.mkdir()
    file.write_text(text)
    assert str(progress.table()).startswith("Nothing is recorded yet")
    aside = file.with_name("progress.broken.json")
    assert str(aside) in capsys.readouterr().out
    assert aside.read_text() == text and not file.exists()
    record.exercise("00", "check_overexposed")
    assert progress.table()[0].right == 1
    assert capsys.readouterr().out == ""


def test_bytes_that_are_no_text_are_set_aside(file, capsys):
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\xff")
    assert record.read() == {"exercises": {}, "quizzes": {}}
    assert "begins anew" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["in the way", "a folder"])
def test_a_place_that_cannot_be_written_is_told_and_nothing_raises(tmp_path, monkeypatch, capsys, place):
    path = tmp_path / "progress.json"
    if place == "a folder":
        path.mkdir()
    else:
        (tmp_path / "file").write_text("")
        path = tmp_path / "file" / "progress.json"
    monkeypatch.setenv(record.SETTING, str(path))
    record.exercise("00", "check_overexposed")
    assert "Your progress cannot be" in capsys.readouterr().out


def test_a_write_that_fails_leaves_the_old_file(file, monkeypatch):
    record.exercise("00", "check_overexposed")
    before = file.read_bytes()

    def full(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr(record.os, "replace", full)
    record.exercise("02d", "check_model")
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file], "a part of a file stays behind"


def test_many_at_once_leave_a_whole_file(file):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.starmap(record.answer, [("00", number % 5, True) for number in range(40)])
    assert set(record.read()["quizzes"]["00"]) <= set("01234")
    assert list(file.parent.iterdir()) == [file]


def test_forget_deletes_the_file(file, capsys):
    progress.forget()
    record.exercise("00", "check_overexposed")
    progress.forget()
    assert capsys.readouterr().out.splitlines() == ["Nothing was recorded.", f"{file} is deleted."]
    assert not file.exists() and progress.table()[0].right == 0


def test_nothing_is_kept_where_it_is_switched_off_or_in_ci(monkeypatch, tmp_path):
    assert os.environ[record.SETTING] == "off", "the tests of the course would write into a user's file"
    monkeypatch.setattr(platformdirs, "user_data_path", lambda app: tmp_path / app)
    for settings in ({record.SETTING: "off"}, {"CI": "true"}):
        for name in (record.SETTING, "CI"):
            monkeypatch.delenv(name, raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        assert record.path() is None
        record.exercise("00", "check_overexposed")
        assert record.read()["exercises"] == {} and record.forget() is None
    assert list(tmp_path.iterdir()) == []


def test_the_file_lies_in_the_users_data_folder_outside_the_project(monkeypatch, tmp_path):
    monkeypatch.delenv(record.SETTING)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_path", lambda app: tmp_path / app)
    assert record.path() == tmp_path / "from-pixels-to-perception" / "progress.json"


def test_a_user_without_a_home_has_no_file(monkeypatch):
    def homeless(app):
        raise RuntimeError("no home")

    monkeypatch.delenv(record.SETTING)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_path", homeless)
    assert record.path() is None
    record.exercise("00", "check_overexposed")


def test_a_refreshed_notebook_keeps_nothing(tmp_path):
    """tools/execute.py runs a passing check with the user's folders in `tmp_path`."""
    source = (
        "from helpers.exercises.lesson_00 import check_overexposed\n"
        "from helpers import progress\n"
        "assert check_overexposed(lambda image: (image == 255).mean()).passed\n"
        "print(progress.table())"
    )
    notebook = lessons.nbformat.v4.new_notebook(cells=[lessons.nbformat.v4.new_code_cell(source)])
    lessons.nbformat.write(notebook, tmp_path / "one.ipynb")
    folders = {"HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "data")}
    environment = {name: value for name, value in os.environ.items() if name not in (record.SETTING, "CI")}
    command = [sys.executable, str(lessons.ROOT / "tools" / "execute.py"), str(tmp_path / "one.ipynb")]
    done = subprocess.run(command, env={**environment, **folders, "PYTHONPATH": str(lessons.ROOT)}, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    cell = lessons.nbformat.read(tmp_path / "one.ipynb", as_version=4).cells[0]
    assert cell.outputs[0].text == "Nothing is recorded yet. Next: begin lesson 00.\n"
    assert not list(tmp_path.rglob("progress.json"))

"""helpers.cache: the folder for generated data, and where it goes when the project cannot be written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import cache
from tools.lessons import ROOT


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A project cache and a user cache below tmp_path, and a file: nothing can be made below a file, even by root."""
    project, user, file = tmp_path / "project" / "data" / "cache", tmp_path / "user", tmp_path / "file"
    file.write_text("")
    monkeypatch.setattr(cache, "PROJECT", project)
    monkeypatch.setattr(cache.platformdirs, "user_cache_path", lambda app: user / app)
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    return project, user, file


def test_project_folder_is_made_and_comes_first(places):
    project, user, _ = places
    assert cache.folder() == project
    assert project.is_dir() and not user.exists()


def test_asking_leaves_nothing_and_keeps_what_is_there(places):
    kept = cache.folder() / "kept.txt"
    kept.write_text("still here")
    assert list(cache.folder().iterdir()) == [kept]
    assert kept.read_text() == "still here"


def test_falls_back_to_the_users_cache(places, monkeypatch):
    _, user, file = places
    monkeypatch.setattr(cache, "PROJECT", file / "data" / "cache")
    assert cache.folder() == user / "from-pixels-to-perception"
    assert (user / "from-pixels-to-perception").is_dir()


def test_folder_that_exists_but_refuses_files_is_passed_over(places, monkeypatch):
    project, user, _ = places

    def refuse(dir):
        if dir == project:
            raise PermissionError("read-only")
        return (dir / "probe").open("w")

    monkeypatch.setattr(cache.tempfile, "TemporaryFile", refuse)
    assert cache.folder() == user / "from-pixels-to-perception"


def test_neither_writable_names_both_in_one_sentence(places, monkeypatch):
    *_, file = places
    monkeypatch.setattr(cache, "PROJECT", file / "data" / "cache")
    monkeypatch.setattr(cache.platformdirs, "user_cache_path", lambda app: file / app)
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: str(file))
    with pytest.raises(OSError) as caught:
        cache.folder()
    message = str(caught.value)
    assert str(file / "data" / "cache") in message and str(file / "from-pixels-to-perception") in message
    assert message.endswith(".") and "\n" not in message


@pytest.mark.parametrize("answer", [RuntimeError("no home"), Path("~/.cache/course")])
def test_a_user_without_a_home_gets_a_folder_of_his_own(places, tmp_path, monkeypatch, answer):
    def user_cache_path(app):
        if isinstance(answer, Exception):
            raise answer
        return answer

    _, _, file = places
    monkeypatch.setattr(cache.platformdirs, "user_cache_path", user_cache_path)
    assert cache.folder() == cache.PROJECT
    monkeypatch.setattr(cache, "PROJECT", file / "data" / "cache")
    assert cache.folder().parent == tmp_path / "tmp" and cache.folder().name.startswith(cache.APP)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users with numbers")
def test_no_home_and_no_entry_among_the_users():
    code = "from helpers import cache; print(cache.folder())"
    environment = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")}
    entry = "import os, pwd\nos.getuid = lambda: 54321\n"
    done = subprocess.run(
        [sys.executable, "-c", entry + code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(cache.PROJECT)


def test_the_project_folder_is_data_cache_next_to_helpers():
    assert cache.PROJECT.parts[-2:] == ("data", "cache")
    assert (cache.PROJECT.parents[1] / "helpers" / "cache.py").is_file()

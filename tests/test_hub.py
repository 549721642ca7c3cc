"""tools/hub: a class on one server. The whole is tried by benchmarks/classroom.py, with a real JupyterHub."""

import getpass
import importlib
import inspect
import os
import pwd
import shutil
import subprocess
import types
from pathlib import Path

import pytest
from traitlets.config import Config

from helpers import datasets
from tools import lessons
from tools.hub import prepare

HUB = lessons.ROOT / "tools" / "hub"
pytestmark = [pytest.mark.once, pytest.mark.skipif(os.name == "nt", reason="the server is a Linux computer")]


@pytest.fixture
def config():
    """What the configuration defines, as JupyterHub runs it."""
    settings, path = Config(), HUB / "jupyterhub_config.py"
    names = {"__file__": str(path), "get_config": lambda: settings}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    return names


@pytest.fixture
def student(tmp_path, monkeypatch):
    """A spawner of a student whose home is a folder of the test."""
    user = pwd.getpwnam(getpass.getuser())
    entry = types.SimpleNamespace(pw_name=user.pw_name, pw_uid=user.pw_uid, pw_gid=user.pw_gid, pw_dir=str(tmp_path))
    monkeypatch.setattr(pwd, "getpwnam", lambda name: entry)
    return types.SimpleNamespace(user=types.SimpleNamespace(name="student"))


def test_a_student_gets_every_notebook(config, student, tmp_path):
    config["copy_notebooks"](student)
    got = {path.name: path.read_bytes() for path in (tmp_path / "pixels").iterdir()}
    assert got == {path.name: path.read_bytes() for path in (lessons.ROOT / "notebooks").glob("*.ipynb")}


def test_what_a_student_wrote_stays_and_a_new_lesson_comes(config, student, tmp_path):
    config["copy_notebooks"](student)
    first, second, *_ = sorted((tmp_path / "pixels").iterdir())
    first.write_text("mine", encoding="utf-8")
    second.unlink()
    config["copy_notebooks"](student)
    assert first.read_text(encoding="utf-8") == "mine"
    assert second.read_bytes() == (lessons.ROOT / "notebooks" / second.name).read_bytes()


def test_a_home_that_cannot_be_written_is_said(config, student, tmp_path):
    (tmp_path / "pixels").write_text("a file", encoding="utf-8")
    with pytest.raises(RuntimeError, match="could not be copied"):
        config["copy_notebooks"](student)


def test_a_server_has_a_limit_of_memory(config, tmp_path):
    script = tmp_path / "tools" / "hub" / "singleuser.sh"
    server = tmp_path / ".venv" / "bin" / "jupyterhub-singleuser"
    for path in (script, server):
        path.parent.mkdir(parents=True)
    shutil.copy(HUB / "singleuser.sh", script)
    server.write_text('#!/bin/sh\necho $(ulimit -d) "$@"\n', encoding="utf-8")
    server.chmod(0o755)
    told = os.environ | config["c"].Spawner.environment
    done = subprocess.run([script, "--port=1"], capture_output=True, text=True, env=told, check=True)
    assert done.stdout.split() == [str(4 * 1024**2), "--port=1"]  # kilobytes


def test_the_server_that_is_started_is_there(config):
    (command,) = config["c"].Spawner.cmd
    assert os.access(command, os.X_OK)


def test_the_administrator_prepares_every_simulated_set():
    prepared = {getattr(one, "func", one).__module__ for one in prepare.SETS}
    for path in Path(datasets.__file__).parent.glob("*.py"):
        module = importlib.import_module(f"helpers.datasets.{path.stem}")
        if "store.folder(" in inspect.getsource(module):
            assert module.__name__ in prepared

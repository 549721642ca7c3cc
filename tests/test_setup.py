"""tools/setup.sh with stand-ins for Python: what it does, and the one sentence it ends with where it cannot."""

import os
import shutil
import subprocess
import sys

import pytest

from tools.lessons import ROOT

PROJECT = ("requirements.txt", "pyproject.toml", "tools/setup.sh")
COMMANDS = ("sh", "cat", "cksum", "rm", "mkdir", "cp", "chmod")
# A Python of version 3.MINOR: it answers the version questions, makes .venv out of itself, and notes what pip is told.
STAND_IN = """#!/bin/sh
case "$*" in
    --version) echo "Python 3.{minor}.1" ;;
    "-c "*) exec {real} -ISc "import sys; sys.version_info = (3, {minor}, 1); $2" ;;
    "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python && [ {venv} = yes ] ;;
    "-m pip "*) echo "$*" >> pip.log; [ {pip} = yes ] || {{ echo "ERROR: no matching distribution" >&2; exit 1; }} ;;
    *) echo "unexpected: $*" >&2; exit 99 ;;
esac
"""


class Course:
    """A copy of what setup.sh needs, in a folder of its own, and a PATH with no Python but the stand-ins."""

    def __init__(self, folder):
        self.folder, self.bin = folder / "a course", folder / "bin"
        self.bin.mkdir()
        for name in PROJECT:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name)
        for name in COMMANDS:
            (self.bin / name).symlink_to(shutil.which(name))

    def python(self, name, minor, venv="yes", pip="yes"):
        path = self.bin / name
        path.write_text(STAND_IN.format(real=sys.executable, minor=minor, venv=venv, pip=pip))
        path.chmod(0o755)

    def setup(self, wanted=""):
        command = [str(self.bin / "sh"), "tools/setup.sh", wanted]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "PATH": str(self.bin)},
            capture_output=True,
            text=True,
            timeout=10,
        )
        assert "unexpected" not in done.stderr and "not found" not in done.stderr
        return done

    @property
    def installs(self):
        log = self.folder / "pip.log"
        return len(log.read_text().splitlines()) if log.exists() else 0

    @property
    def version(self):
        python = self.folder / ".venv/bin/python"
        return subprocess.run([python, "--version"], capture_output=True, text=True).stdout.strip()


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path)


def failed_with_advice(done, *words):
    """The exit code is not 0 and the last line is one sentence that holds all the words."""
    *_, last = done.stderr.splitlines()
    return done.returncode != 0 and last.endswith(".") and all(word in last for word in words)


@pytest.mark.parametrize(
    ("minor", "wanted", "found"),
    [
        (10, "", "Python 3.10.1"),
        (14, "", "Python 3.14.1"),
        (10, "python3", "Python 3.10.1"),
        (12, "python3.9", "missing"),
    ],
)
def test_without_a_supported_python_it_says_which_to_install(course, minor, wanted, found):
    course.python("python3", minor)
    done = course.setup(wanted)
    assert failed_with_advice(done, "3.11, 3.12 or 3.13", found, "install", "make lab PYTHON=")
    assert len(done.stderr.splitlines()) == 1
    assert not (course.folder / ".venv").exists() and course.installs == 0


def test_no_python_at_all(course):
    assert failed_with_advice(course.setup(), "python3 is", "missing", "install")


@pytest.mark.parametrize(
    ("names", "version"),
    [({"python3": 12}, "Python 3.12.1"), ({"python3": 14, "python3.11": 11, "python3.13": 13}, "Python 3.13.1")],
)
def test_a_supported_python_is_found(course, names, version):
    for name, minor in names.items():
        course.python(name, minor)
    done = course.setup()
    assert (done.returncode, done.stderr) == (0, "")
    assert course.version == version
    told = (course.folder / "pip.log").read_text()
    assert "install" in told and "-r requirements.txt -e ." in told


def test_a_missing_venv_module_is_named_and_leaves_nothing(course):
    course.python("python3", 12, venv="no")
    assert failed_with_advice(course.setup(), "python3 cannot make", "venv", "apt install")
    assert not (course.folder / ".venv").exists()


def test_a_failed_install_says_so_and_is_tried_again(course):
    course.python("python3", 12, pip="no")
    done = course.setup()
    assert failed_with_advice(done, "could not be installed", "network", "disk", "again")
    assert "no matching distribution" in done.stderr
    assert course.setup().returncode != 0
    assert course.installs == 2


def test_an_unchanged_recipe_does_nothing(course):
    course.python("python3", 12)
    course.setup()
    done = course.setup()
    assert (done.returncode, done.stdout, done.stderr, course.installs) == (0, "", "", 1)


@pytest.mark.parametrize("name", PROJECT)
def test_a_stale_recipe_installs_again_into_the_same_environment(course, name):
    course.python("python3", 12)
    course.setup()
    kept = course.folder / ".venv" / "kept"
    kept.touch()
    with (course.folder / name).open("a") as file:
        file.write("\n# changed\n")
    assert course.setup().returncode == 0
    assert course.installs == 2 and kept.exists()


def test_a_moved_folder_installs_again(course):
    course.python("python3", 12)
    course.setup()
    course.folder = course.folder.rename(course.folder.with_name("moved"))
    course.setup()
    assert course.installs == 2


def test_naming_a_python_once_is_enough(course):
    course.python("python3", 14)
    course.python("python3.12", 12)
    course.setup("python3.12")
    assert course.setup().returncode == 0
    assert course.setup("python3.12").returncode == 0
    assert course.installs == 1


def test_another_python_makes_another_environment(course):
    course.python("python3", 12)
    course.python("python3.11", 11)
    course.setup()
    assert course.setup("python3.11").returncode == 0
    assert course.version == "Python 3.11.1"


def test_a_named_python_that_does_not_fit_leaves_the_environment(course):
    course.python("python3", 12)
    course.setup()
    assert failed_with_advice(course.setup("python3.9"), "python3.9 is", "missing")
    assert course.version == "Python 3.12.1"

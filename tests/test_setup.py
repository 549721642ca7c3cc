"""tools/setup.sh with stand-ins for Python: what it does, and the one sentence it ends with where it cannot."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tools.lessons import ROOT

pytestmark = pytest.mark.once

PROJECT = ("requirements.txt", "constraints.txt", "pyproject.toml", "tools/setup.sh")
COMMANDS = ("sh", "cat", "cksum", "rm", "mkdir", "cp", "chmod", "sleep")
# A Python of version 3.MINOR: it answers questions of the version, makes an environment out of itself, runs the lock,
# and notes what pip and uv are told. Installing takes as long as the file `slow` says.
STAND_IN = """#!/bin/sh
case "$*" in
    --version) echo "Python 3.{minor}.1" ;;
    *fcntl*) exec "{real}" -ISc "$2" ;;
    "-c "*) exec "{real}" -ISc "import sys; sys.version_info = (3, {minor}, 1); $2" ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && [ {venv} = yes ] ;;
    "-m pip --version") [ {venv} = yes ] ;;
    "-m pip config "*) exit 1 ;;
    "-m pip install "*" uv") [ {uv} = yes ] ;;
    "-m uv pip "* | "-m pip "*)
        echo "$*" >> pip.log
        if [ -f slow ]; then sleep "$(cat slow)"; fi
        [ {pip} = yes ] || {{ echo "ERROR: no matching distribution" >&2; exit 1; }} ;;
    *) echo "unexpected: $*" >&2; exit 99 ;;
esac
"""


class Course:
    """A copy of what setup.sh needs, in a folder of its own, and a PATH with no Python but the stand-ins."""

    def __init__(self, folder):
        self.folder, self.bin = folder / "a κύμα", folder / "a bin"
        self.bin.mkdir()
        for name in PROJECT:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name)
        for name in COMMANDS:
            (self.bin / name).symlink_to(shutil.which(name))

    def python(self, name, minor, venv="yes", pip="yes", uv="yes"):
        path = self.bin / name
        path.write_text(STAND_IN.format(real=sys.executable, minor=minor, venv=venv, pip=pip, uv=uv))
        path.chmod(0o755)
        return path

    def start(self, wanted="", *versions):
        """Start the set-up and return the process; it and what it starts are a group of their own."""
        return subprocess.Popen(
            [str(self.bin / "sh"), "tools/setup.sh", str(wanted), *versions],
            cwd=self.folder,
            env={**os.environ, "PATH": str(self.bin), "PIP_INDEX_URL": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def setup(self, wanted="", *versions):
        process = self.start(wanted, *versions)
        stdout, stderr = process.communicate(timeout=10)
        assert "unexpected" not in stderr and "not found" not in stderr
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    @property
    def told(self):
        log = self.folder / "pip.log"
        return log.read_text().splitlines() if log.exists() else []

    @property
    def installs(self):
        return len(self.told)

    @property
    def version(self):
        python = self.folder / ".venv/bin/python"
        return subprocess.run([python, "--version"], capture_output=True, text=True).stdout.strip()


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path)


def wait_until(holds):
    for _ in range(100):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen within five seconds")


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
    (told,) = course.told
    assert told.startswith("-m uv pip install") and told.endswith("-c constraints.txt -r requirements.txt -e .")


def test_a_missing_venv_module_is_named_and_leaves_nothing(course):
    course.python("python3", 12, venv="no")
    assert failed_with_advice(course.setup(), "python3 cannot make", "venv", "apt install")
    assert not (course.folder / ".venv").exists()


def test_a_failed_install_says_so_and_is_tried_again(course):
    course.python("python3", 12, pip="no")
    done = course.setup()
    assert failed_with_advice(done, "could not be installed", "network", "disk", "again")
    assert "no matching distribution" in done.stderr
    tries = course.installs
    assert course.setup().returncode != 0
    assert course.installs == 2 * tries


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


@pytest.mark.parametrize("told", ["uv cannot be had", "uv fails"])
def test_where_uv_does_not_work_pip_does(course, told):
    path = course.python("python3", 12, uv="no" if told == "uv cannot be had" else "yes")
    path.write_text(path.read_text().replace('"-m uv pip "* | ', '"-m uv pip "*) exit 2 ;;\n    '))
    done = course.setup()
    assert (done.returncode, done.stderr) == (0, "")
    assert "pip does it" in done.stdout
    (told,) = course.told
    assert told.startswith("-m pip install") and told.endswith("-c constraints.txt -r requirements.txt -e .")


@pytest.mark.parametrize(
    ("versions", "folder", "choice"),
    [("latest", ".venv-latest", "--upgrade"), ("lowest", ".venv-lowest", "--resolution lowest-direct")],
)
def test_other_versions_have_an_environment_of_their_own(course, versions, folder, choice):
    course.python("python3", 12)
    course.setup()
    assert course.setup("", versions).returncode == 0
    assert (course.folder / folder / "recipe").exists() and (course.folder / ".venv" / "recipe").exists()
    assert choice in course.told[1] and "constraints" not in course.told[1]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_set_up_that_was_ended_begins_anew(course, how):
    course.python("python3", 12)
    (course.folder / "slow").write_text("20")
    process = course.start()
    wait_until(lambda: course.installs == 1)
    (course.folder / ".venv" / "half").touch()
    os.killpg(process.pid, how)
    process.communicate(timeout=10)
    (course.folder / "slow").unlink()
    assert course.setup().returncode == 0
    assert course.installs == 2 and not (course.folder / ".venv" / "half").exists()


def test_an_environment_without_pip_is_made_anew(course):
    course.python("python3", 12)
    course.setup()
    (course.folder / ".venv" / "half").touch()
    python = course.folder / ".venv/bin/python"
    python.write_text(python.read_text().replace('"-m pip --version")', '"-m pip --version") exit 1;'))
    assert course.setup().returncode == 0
    assert course.installs == 2 and not (course.folder / ".venv" / "half").exists()


def test_of_two_at_once_one_installs_and_the_other_waits(course):
    course.python("python3", 12)
    (course.folder / "slow").write_text("1")
    first = course.start()
    wait_until(lambda: course.installs == 1)
    second = course.setup()
    assert "Another set-up runs in this folder" in second.stdout and second.returncode == 0
    first.communicate(timeout=10)
    assert first.returncode == 0 and course.installs == 1


def test_a_folder_that_cannot_be_written_is_named(course):
    course.python("python3", 12)
    (course.folder / ".setup.lock").mkdir()  # stands for a read-only folder: root may write everywhere
    assert failed_with_advice(course.setup(), "a κύμα cannot be written", "copy the course")


def test_a_named_python_may_have_blanks_in_its_path(course):
    path = course.python("my python", 12)
    done = course.setup(path)
    assert (done.returncode, done.stderr, course.version) == (0, "", "Python 3.12.1")


def test_an_update_that_fails_leaves_the_environment_in_use(course):
    path = course.python("python3", 12)
    course.setup()
    whole = (course.folder / ".venv" / "recipe").read_text()
    (course.folder / "constraints.txt").write_text("numpy==99\n")
    python = course.folder / ".venv/bin/python"
    python.write_text(
        path.read_text().replace("[ yes = yes ] || {", "false || {")
    )  # uv and pip fail, as without network
    assert failed_with_advice(course.setup(), "could not be installed")
    assert (course.folder / ".venv" / "recipe").read_text() == whole
    python.write_text(path.read_text())
    assert course.setup().returncode == 0 and (course.folder / ".venv" / "recipe").read_text() != whole


def test_the_reason_of_uv_is_shown_where_pip_cannot_take_over(course):
    course.python("python3", 12, pip="no")
    done = course.setup("", "lowest")
    assert "no matching distribution" in done.stderr and failed_with_advice(done, "could not be installed")

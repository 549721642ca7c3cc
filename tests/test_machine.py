"""helpers.machine: each row says what was found and, where that is not enough, how to mend it."""

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from helpers import cache, machine

ROOT = Path(machine.__file__).resolve().parents[1]


def not_installed(name):
    raise metadata.PackageNotFoundError(name)


def unwritable():
    raise OSError("Neither /root/secret nor /home/ada/.cache can be written.")


@pytest.mark.parametrize(
    ("version", "status"),
    [((3, 10, 14), "mend"), ((3, 11, 0), "ok"), ((3, 13, 9), "ok"), ((3, 14, 0), "mend"), ((4, 0, 0), "mend")],
)
def test_python(version, status):
    row = machine.python_row(version)
    assert row.status == status
    assert row.found == ".".join(map(str, version))
    assert ("install Python 3.13" in row.mend) == (status == "mend")


@pytest.mark.parametrize(("count", "status"), [(1, "mend"), (2, "ok"), (64, "ok")])
def test_cores(count, status):
    assert machine.cores_row(count).status == status


@pytest.mark.parametrize(("free", "status", "found"), [(3.9e9, "mend", "3.9 GB"), (4e9, "ok", "at least 4 GB")])
def test_memory(free, status, found):
    row = machine.memory_row(free)
    assert (row.status, row.found) == (status, found)


def test_no_free_memory_at_all_is_reported():
    assert machine.memory_row(0).status == "mend"


def test_missing_package_comes_with_its_pip_line():
    row = machine.package_row("keras>=3.10,<4", not_installed)
    assert (row.what, row.found, row.status) == ("keras", "not installed", "mend")
    assert '%pip install "keras>=3.10,<4"' in row.mend


@pytest.mark.parametrize(
    ("version", "status"),
    [("3.9.2", "mend"), ("3.10", "ok"), ("3.10.0rc1", "ok"), ("3.15.1", "ok"), ("4.0.0", "mend"), ("4", "mend")],
)
def test_package_version(version, status):
    row = machine.package_row("keras>=3.10,<4", lambda name: version)
    assert (row.status, row.found) == (status, version)
    assert ("%pip" in row.mend) == (status == "mend")


def test_cache_row_names_no_path(tmp_path):
    assert machine.cache_row(lambda: cache.PROJECT).found == "data/cache can be written"
    assert machine.cache_row(lambda: tmp_path).found == "the user's cache folder can be written"
    refused = machine.cache_row(unwritable)
    assert refused.status == "mend" and refused.mend
    assert "/root" not in str(refused) and "/home" not in str(refused)


def test_report_shows_good_and_bad_rows():
    bad = machine.package_row("keras>=3.10,<4", not_installed)
    report = machine.Report([machine.cores_row(4), bad])
    assert not report.ready
    assert "1 of 2" in report.headline
    assert bad.mend in repr(report)
    shown = report._repr_html_()
    assert "%pip install &quot;keras&gt;=3.10,&lt;4&quot;" in shown
    assert shown.count("<tr") == 3


def test_report_without_problems_says_ready():
    report = machine.Report([machine.cores_row(4), machine.memory_row(8e9)])
    assert report.ready
    assert repr(report).splitlines()[0] == "This machine is ready."


def test_check_has_every_row_and_no_home_folder():
    report = machine.check()
    names = [row.what for row in report.rows]
    assert names[:3] == ["Python", "CPU cores", "free memory"] and names[-1] == "cache"
    assert len(names) == len(machine.PACKAGES) + 4
    assert str(Path.home()) not in repr(report) + report._repr_html_()
    assert str(ROOT) not in repr(report) + report._repr_html_()
    assert all((row.status == "ok") == (row.mend == "") for row in report.rows)


def test_check_imports_no_tensorflow():
    code = "import sys; from helpers import machine; machine.check(); print({'tensorflow', 'keras'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_bounds_are_those_of_the_project():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert set(machine.PACKAGES) <= {line.split("#")[0].strip() for line in lines}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert asked == f">=3.{machine.OLDEST[1]},<3.{machine.NEWEST[1] + 1}"


def test_a_package_whose_metadata_are_lost_is_damaged():
    row = machine.package_row("numpy>=2.1,<3", lambda name: None)
    assert (row.found, row.status) == ("damaged", "mend") and "%pip install" in row.mend

"""Which module may import which: helpers without TensorFlow, phantoms without helpers."""

import ast
import pkgutil
import subprocess
import sys
import tomllib

import pytest

import helpers
from tools.lessons import ROOT

MODULES = [module.name for module in pkgutil.walk_packages(helpers.__path__, "helpers.")]
PHANTOMS = sorted((ROOT / "phantoms").rglob("*.py"))
REPORT = """
import importlib, sys
for name in ["helpers", *sys.argv[1:]]:
    importlib.import_module(name)
    for heavy in {"tensorflow", "keras"} & set(sys.modules):
        print(name, "imports", heavy)
        sys.exit()
"""


def imported(path):
    """Return the dotted names that the file imports anywhere, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            yield node.module


def test_helpers_are_found():
    assert {"helpers.plots", "helpers.networks", "helpers.detection.boxes"} <= set(MODULES)


def test_helpers_import_no_tensorflow():
    names = [name for name in MODULES if not name.startswith("helpers.networks.")]
    done = subprocess.run([sys.executable, "-c", REPORT, *names], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "helpers").rglob("*.py")), ids=lambda path: path.stem)
def test_helpers_import_no_tools_tests_or_notebooks(path):
    assert {name.partition(".")[0] for name in imported(path)} & {"tools", "tests", "notebooks", "lessons"} == set()


@pytest.mark.parametrize("path", PHANTOMS, ids=lambda path: path.stem)
def test_phantoms_import_numpy_scipy_opencv_and_the_standard_library(path):
    allowed = {"numpy", "scipy", "cv2", "phantoms"} | sys.stdlib_module_names
    assert {name.partition(".")[0] for name in imported(path)} - allowed == set()


def test_every_package_is_installed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    listed = settings["targets"]["wheel"]["packages"]
    assert sorted(listed) == sorted(file.parent.name for file in ROOT.glob("*/__init__.py"))

"""tools.compare_runs: which printed numbers count as moved; and conftest.py lists them at the end of a run."""

import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tools import compare_runs, lessons

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("Dice 0.81", "Dice 0.82", 0),  # one unit of the last place: rounding
        ("Dice 0.810", "Dice 0.820", 1),
        ("loss −0.5", "loss 0.5", 1),  # the sign of a table's minus
        ("17 boxes", "18 boxes", 1),  # a count has no rounding
        ("1,234 pixels", "1234 pixels", 0),
        ("1.00e-05", "1.01e-05", 0),
        ("1.00e-05", "1.00e-06", 1),
        ("conv1 (3, 4)", "conv1 (3, 4)", 0),
        ("a 1\nb 2", "a 1\nb 2\nc 3", 1),
        ("a 1 2", "a 1", 1),
        ("lesson words", "other words", 0),
        ("79 ms to the table", "35 ms to the table", 0),
        ("epoch 8 of 8 · loss 0.355", "training starts", 0),
    ],
)
def test_what_counts_as_moved(before, after, lines):
    assert len(compare_runs.moved(before, after)) == lines


@given(st.floats(-1e6, 1e6), st.integers(1, 6))
def test_rounding_never_counts_and_two_units_do(value, places):
    shown, unit = round(value, places), 10.0**-places
    text = f"{shown:.{places}f}"
    assert not compare_runs.moved(text, f"{shown + unit:.{places}f}")
    assert compare_runs.moved(text, f"{shown + 3 * unit:.{places}f}")


def test_pictures_and_markup_print_nothing():
    outputs = [
        new_output("stream", text="a 1\n"),
        new_output("display_data", {"image/png": "123", "text/plain": "<Figure size 640x480>"}),
        new_output("execute_result", {"text/plain": "2.5", "text/html": "<b>9</b>"}),
    ]
    assert compare_runs.printed(outputs) == "a 1\n\n<Figure size 640x480>\n2.5"


@pytest.fixture
def folder():
    """An empty folder inside the project, where pytest finds conftest.py."""
    with tempfile.TemporaryDirectory(dir=lessons.NOTEBOOKS, prefix=".refresh_") as path:
        yield Path(path)


def test_a_moved_number_is_listed_with_its_cell(folder):
    cells = [new_code_cell("print('mean', 0.25)"), new_code_cell("print('count', 3)")]
    for number, (cell, text) in enumerate(zip(cells, ("mean 0.75\n", "count 3\n"), strict=True), 1):
        cell.outputs, cell.execution_count = [new_output("stream", text=text)], number
    nbformat.write(new_notebook(cells=cells), folder / "small.ipynb")
    command = [sys.executable, "-m", "pytest", *compare_runs.NBVAL, "--list-moved", str(folder / "small.ipynb")]
    done = subprocess.run(command, cwd=lessons.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "small.ipynb::Cell 0\n    - mean 0.75\n    + mean 0.25\n" in done.stdout
    assert "count" not in done.stdout and "notebook cells validated: 2" in done.stdout

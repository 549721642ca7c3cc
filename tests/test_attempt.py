"""helpers.attempt in a kernel: a cell that did not run is noticed, and nothing else is taken for one."""

import os

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from helpers import attempt
from tools import lessons

CHECK = "from helpers.exercises.lesson_00 import check_overexposed\n\nprint(check_overexposed(overexposed))"
STUB = 'def overexposed(image):\n    """Explained."""\n    ...'
RIGHT = "def overexposed(image):\n    return (image == 255).mean()"
BROKEN = "def overexposed(image):\n    return (image == 255.mean()"
INDENTED = "share = 0\n  def overexposed(image):\n    return (image == 255).mean()"
RAISES = "import no_such_module\n\n\n" + RIGHT
LATER = RIGHT + "\n\n\noverexposed(3)"
NOT_RUN, NOT_TRIED, PASSED = "the last version of your cell did not run", "not tried yet", "all of 5 cases right"
STORIES = {
    "untouched": ([STUB], NOT_TRIED),
    "right": ([STUB, RIGHT], PASSED),
    "a syntax error": ([STUB, RIGHT, BROKEN], NOT_RUN),
    "a syntax error at first": ([STUB, BROKEN], NOT_RUN),
    "an indented definition": ([RIGHT, INDENTED], NOT_RUN),
    "an error before the definition": ([RIGHT, RAISES], NOT_RUN),
    "an error after the definition": ([STUB, LATER], PASSED),
    "mended": ([STUB, BROKEN, RIGHT], PASSED),
    "the same again": ([RIGHT, BROKEN, RIGHT], PASSED),
    "broken elsewhere": ([RIGHT, "image = )"], PASSED),
    "a method of that name": ([RIGHT, "class Camera:\n    def overexposed(self):\n        return 1"], PASSED),
    "another function given": ([RIGHT, "mine = overexposed", STUB, "overexposed = mine"], PASSED),
    "no cell": (["from numpy import mean as overexposed"], "0 of 5 cases right"),
}


@pytest.fixture(scope="module")
def told():
    """What the check prints at the end of each story, all told in one kernel."""
    cells, places = [], {}
    for name, (story, _) in STORIES.items():
        cells += [new_code_cell(source) for source in [*story, CHECK]]
        places[name] = len(cells) - 1
    notebook = new_notebook(cells=cells)
    environment = {**os.environ, "COURSE_PROGRESS": "off", "PYTHONPATH": str(lessons.ROOT)}
    NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute(env=environment)
    return {name: notebook.cells[place].outputs[0].text for name, place in places.items()}


@pytest.mark.parametrize("name", STORIES)
def test_a_cell_that_did_not_run_is_noticed(told, name):
    assert STORIES[name][1] in told[name]


def test_the_line_of_a_syntax_error_is_told(told):
    assert "line 2" in told["a syntax error"]


def test_without_ipython_there_is_no_message():
    names = {}
    exec(RIGHT, names)
    assert attempt.not_run("overexposed", names["overexposed"]) == ""

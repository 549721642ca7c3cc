"""tools.lessons and tools.refresh: the same text gives the same notebook; a stalled kernel is killed and reported."""

import base64
import copy
import io
import subprocess
import time

import nbformat
import numpy as np
import psutil
import pytest
from hypothesis import given, settings, strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from tools import lessons, refresh

pytestmark = pytest.mark.once

HEAD = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
    format_version: 0.13
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

# A lesson

```{code-cell}
"""
WIDGET = {"text/plain": "VBox()", "application/vnd.jupyter.widget-view+json": {"model_id": "5f3a"}}
QUIZ = {**WIDGET, "text/plain": "Quiz", "text/html": "<details>4</details>"}
SCRIPT = {"text/plain": "<IPython.core.display.Javascript object>", "application/javascript": "var questions"}


def png(side, seed=0):
    """Return a picture of noise, which PNG cannot compress, in base64."""
    buffer = io.BytesIO()
    noise = np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)
    Image.fromarray(noise).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def with_outputs(*bundles):
    """Return a notebook with one code cell that shows the given mimebundles."""
    cell = new_code_cell("show()", metadata={"tags": ["widget"], "execution": {"iopub.execute_input": "10:00"}})
    cell.outputs = [new_output("display_data", copy.deepcopy(data)) for data in bundles]
    metadata = {"widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.12.1"}}
    return new_notebook(cells=[cell], metadata=metadata)


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        (WIDGET, [{"text/plain": "VBox()"}]),
        ({**WIDGET, "image/png": "iVBO"}, [{"text/plain": "VBox()", "image/png": "iVBO"}]),
        (QUIZ, [{"text/plain": "Quiz", "text/html": "<details>4</details>"}]),
        (SCRIPT, []),
        ({"text/html": "<b>4</b>"}, [{"text/html": "<b>4</b>"}]),
    ],
    ids=["widget", "explorer", "quiz", "script", "table"],
)
def test_live_parts_are_dropped_and_nothing_else(shown, kept):
    assert [output.data for output in lessons.clean(with_outputs(shown)).cells[0].outputs] == kept


def test_what_depends_on_the_machine_is_dropped():
    done = lessons.clean(with_outputs())
    assert done.cells[0].metadata == {"tags": ["widget"]}
    assert done.metadata == {"kernelspec": lessons.KERNEL, "language_info": {"name": "python"}}


def test_cleaning_twice_is_cleaning_once():
    once = lessons.clean(with_outputs(WIDGET, QUIZ, SCRIPT, {"image/png": png(120)}, {"image/png": png(20)}))
    before = nbformat.writes(once)
    assert nbformat.writes(lessons.clean(once)) == before


def test_printed_text_survives_cleaning():
    notebook = with_outputs()
    notebook.cells[0].outputs = [new_output("stream", text="brightest value: 127\n")]
    assert lessons.clean(notebook).cells[0].outputs[0].text == "brightest value: 127\n"


@pytest.mark.parametrize(("side", "kind"), [(20, "PNG"), (120, "JPEG")])
def test_a_large_picture_becomes_a_jpeg_of_the_same_size(side, kind):
    picture = png(side)
    assert (len(picture) > lessons.PNG_BYTES) == (kind == "JPEG")
    ((mime, data),) = lessons.clean(with_outputs({"image/png": picture})).cells[0].outputs[0].data.items()
    assert mime == f"image/{kind.lower()}"
    assert len(data) <= len(picture) and (data == picture) == (kind == "PNG")
    stored = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (stored.format, stored.size) == (kind, (side, side))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([new_code_cell, new_markdown_cell]), st.sampled_from(["", "x", "y"]))))
def test_ids_are_unique_and_come_from_the_content(cells):
    def ids(pairs):
        return [
            cell.id for cell in lessons.with_stable_ids(new_notebook(cells=[make(text) for make, text in pairs])).cells
        ]

    made = ids(cells)
    assert len(set(made)) == len(made)
    assert ids(cells) == made
    assert ids([*cells, (new_code_cell, "a further cell")])[:-1] == made
    assert ids([(new_code_cell, "a further cell"), *cells])[1:] == made


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a function that writes the lesson 77_tiny with one code cell; gives the paths of its text and notebook."""
    monkeypatch.setattr(lessons, "TEXTS", tmp_path / "lessons")
    monkeypatch.setattr(lessons, "NOTEBOOKS", tmp_path / "notebooks")
    for folder in (lessons.TEXTS, lessons.NOTEBOOKS):
        folder.mkdir()

    def write(code):
        path = lessons.TEXTS / "77_tiny.md"
        path.write_text(f"{HEAD}{code}\n```\n", encoding="utf-8")
        return path, lessons.notebook_path("77_tiny")

    return write


def test_two_runs_give_the_same_bytes(project):
    code = "import ipywidgets\nprint('ran')\nipywidgets.IntSlider()"
    text, notebook = project(code)
    runs = []
    for _ in range(2):
        refresh.main("77")
        runs.append((text.read_bytes(), notebook.read_bytes()))
    assert runs[0] == runs[1]
    cell = nbformat.reads(runs[0][1].decode(), as_version=4).cells[1]
    assert (cell.execution_count, cell.outputs[0].text) == (1, "ran\n")
    assert 'print("ran")' in runs[0][0].decode(), "the code is not in the project's style"
    assert list(notebook.parent.iterdir()) == [notebook]


def test_a_text_that_is_edited_during_the_run_keeps_the_edit(project, capsys):
    text, _ = project("open('../lessons/77_tiny.md', 'a').write('A further line.')")
    refresh.main("77")
    assert text.read_text(encoding="utf-8").endswith("```\nA further line.")
    assert "77_tiny: the text was edited during the run" in capsys.readouterr().out


def test_a_cell_that_raises_is_reported_and_the_old_notebook_stays(project):
    text, notebook = project("1 / 0")
    notebook.write_text("the old one")
    before = text.read_bytes()
    with pytest.raises(SystemExit, match="(?s)^77_tiny: .*ZeroDivisionError"):
        refresh.main("77")
    assert (notebook.read_text(), text.read_bytes()) == ("the old one", before)
    assert list(notebook.parent.iterdir()) == [notebook]


def test_a_stalled_kernel_is_killed_retried_and_reported(project, monkeypatch, capsys):
    # A search without end that lets no other thread run: the kernel cannot notice that its parent has gone.
    stall = (
        "import os, re, signal\n"
        "signal.alarm(40)  # ends the kernel where refresh does not\n"
        "print(os.getpid(), file=open('pids', 'a'), flush=True)\n"
        "re.match('(a+)+$', 'a' * 60 + 'b')"
    )
    _, notebook = project(stall)
    stalled, start = notebook.parent / "pids", subprocess.Popen
    pids, times = [], []

    def start_and_wait_for_the_cell(*args, **options):
        process = start(*args, **options)
        if "ruff" in args[0]:
            return process
        until = time.monotonic() + 60
        while (not stalled.exists() or not stalled.read_text().endswith("\n")) and time.monotonic() < until:
            time.sleep(0.1)
        pids.append(int(stalled.read_text()))
        stalled.unlink()
        times.append(time.monotonic())
        return process

    monkeypatch.setattr(refresh.subprocess, "Popen", start_and_wait_for_the_cell)
    monkeypatch.setattr(refresh, "LESSON_SECONDS", 0.5)
    monkeypatch.setattr(refresh, "TRIES", 2)
    with pytest.raises(SystemExit, match="77_tiny: stalled 2 times"):
        refresh.main("77")
    assert time.monotonic() - times[-1] < 20, "refresh waited for the stalled kernel"
    printed = capsys.readouterr().out.splitlines()
    assert [line[:8] + line[-12:] for line in printed] == ["77_tiny:(try 1 of 2)", "77_tiny:(try 2 of 2)"]
    until = time.monotonic() + 5
    while any(map(_runs, pids)) and time.monotonic() < until:
        time.sleep(0.1)
    assert len(pids) == 2 and not any(map(_runs, pids))
    assert not notebook.exists()


def _runs(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_an_unknown_lesson_names_the_known_ones(project):
    project("1")
    with pytest.raises(SystemExit, match="'88'.*77_tiny"):
        refresh.main("88")

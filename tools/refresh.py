"""Make notebooks/*.ipynb from lessons/*.md: link, format, execute, clean. python -m tools.refresh [START OF NAME]."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil

from tools import lessons, links

LESSON_SECONDS = 600  # a lesson may run three minutes; past this its kernel has stalled
TRIES = 3


def refresh(stem):
    """Execute the lesson's text in a fresh kernel and replace its notebook; a failed run leaves the old notebook."""
    text = lessons.TEXTS / f"{stem}.md"
    before = text.read_bytes()
    notebook = _formatted(lessons.read_text(stem), stem)
    target = lessons.notebook_path(stem)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".refresh_", suffix=".ipynb", delete=False) as file:
        draft = Path(file.name)
    try:
        for number in range(1, TRIES + 1):
            nbformat.write(notebook, draft)
            if _run(draft, stem):
                break
            print(f"{stem}: no answer in {LESSON_SECONDS} s, kernel killed (try {number} of {TRIES})", flush=True)
        else:
            sys.exit(f"{stem}: stalled {TRIES} times. Run it in JupyterLab to see where it stops.")
        done = lessons.clean(nbformat.read(draft, as_version=4))
        nbformat.write(done, draft)
        shutil.copymode(text, draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    if text.read_bytes() == before:
        text.write_text(lessons.text_of(done), encoding="utf-8")
    else:
        print(f"{stem}: the text was edited during the run and stays as it is: refresh once more", flush=True)


def _formatted(notebook, stem):
    """Return the notebook with its links and its code in the project's style; exit where ruff cannot read a cell."""
    notebook = links.link(notebook, stem)
    folder = lessons.notebook_path(stem).parent
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".refresh_", suffix=".ipynb") as file:
        nbformat.write(notebook, file)
        file.flush()
        command = [sys.executable, "-m", "ruff", "format", "--quiet", file.name]
        if subprocess.run(command).returncode:
            sys.exit(f"{stem}: the lines above say which cell cannot be read as Python.")
        return lessons.with_stable_ids(nbformat.read(file.name, as_version=4))


def _run(draft, stem):
    """Return True when the notebook ran to its end, False when it stalled; exit where a cell raised."""
    command = [sys.executable, str(Path(__file__).with_name("execute.py")), str(draft)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        _, errors = process.communicate(timeout=LESSON_SECONDS)
    except subprocess.TimeoutExpired:
        _kill(process)
        return False
    if process.returncode:
        sys.exit(f"{stem}: {errors.strip() or f'the run ended with code {process.returncode}'}")
    return True


def _kill(process):
    """End the process and its kernel: the kernel has a session of its own and, stalled, does not see that we left."""
    started = psutil.Process(process.pid)
    for one in [*started.children(recursive=True), started]:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    process.communicate()


def main(start=""):
    """Refresh every lesson whose name begins with `start`."""
    names = lessons.stems(start)
    if not names:
        sys.exit(f"no lesson begins with {start!r}. There are: {', '.join(lessons.stems())}")
    for stem in names:
        began = time.perf_counter()
        refresh(stem)
        print(f"{stem}: {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])

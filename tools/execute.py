"""Execute one notebook file in place, in a fresh kernel: python tools/execute.py NOTEBOOK."""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

CELL_SECONDS = 180


def execute(path):
    """Run all cells of the notebook at `path` in its own folder and write it back. A cell that raises, raises here.

    Nobody's progress is read or written: the output is the same on every computer.
    """
    os.environ["COURSE_PROGRESS"] = "off"  # the kernel inherits it
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    nbformat.write(notebook, path)


if __name__ == "__main__":
    execute(Path(sys.argv[1]).resolve())

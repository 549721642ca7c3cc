"""A lesson as text (lessons/NN_name.md) and as a notebook (notebooks/NN_name.ipynb): reading, writing, cleaning."""

import base64
import hashlib
import io
from collections import Counter
from pathlib import Path

import jupytext
import nbformat
from jupytext.config import load_jupytext_configuration_file
from PIL import Image

from tools import pictures

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "lessons"
NOTEBOOKS = ROOT / "notebooks"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LIVE_ONLY = ("application/vnd.jupyter.widget-view+json", "application/javascript")
PNG_BYTES = 30_000  # a larger picture is a photograph: stored as JPEG, it takes a fifth of the space


def stems(start=""):
    """Return the names of the lessons in order, e.g. "01a_pictures", those that begin with `start`."""
    return sorted(path.stem for path in TEXTS.glob("[0-9]*.md") if path.stem.startswith(start))


def notebook_path(stem):
    """Return the path of a lesson's notebook."""
    return NOTEBOOKS / f"{stem}.ipynb"


def notebooks(start=""):
    """Return the paths of the executed notebooks in order, those whose name begins with `start`."""
    return sorted(path for path in NOTEBOOKS.glob("[0-9]*.ipynb") if path.stem.startswith(start))


def read_text(stem):
    """Return the notebook that a lesson's text describes: no outputs, cell ids derived from the cells' text."""
    notebook = jupytext.read(TEXTS / f"{stem}.md")
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL})
    return with_stable_ids(notebook)


def run_cells(stem, tags, names=None):
    """Run the code cells of a lesson that have one of the `tags`, in order; return the names they define, a dict.

    names: what the cells may use, a dict, which is added to.
    """
    names = {} if names is None else names
    for cell in read_text(stem).cells:
        if cell.cell_type == "code" and set(tags) & set(cell.metadata.get("tags", [])):
            exec(cell.source, names)
    return names


def text_of(notebook):
    """Return the MyST text of a notebook, written with the project's jupytext settings."""
    settings = load_jupytext_configuration_file(str(ROOT / "pyproject.toml"))
    bare = nbformat.from_dict({**notebook, "metadata": {"kernelspec": KERNEL}})
    return jupytext.writes(bare, fmt="md:myst", config=settings)


def with_stable_ids(notebook):
    """Give every cell an id made of its type and source, so that an unchanged cell keeps its id. Returns `notebook`."""
    seen = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def clean(notebook):
    """Drop what changes from run to run or needs a kernel: widget views, scripts, timestamps.

    Photographs are stored as JPEG, which keeps a notebook small; a picture without alternative text gets the first
    sentence of the "What to notice" below it, or the heading above it. Returns `notebook`.
    """
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in map(_without_live_parts, cell.outputs) if output is not None]
    pictures.describe(notebook.cells)
    return notebook


def _without_live_parts(output):
    data = output.get("data")
    if data is None:
        return output
    for kind in LIVE_ONLY:
        data.pop(kind, None)
    if set(data) == {"text/plain"} and data["text/plain"].startswith("<IPython.core.display"):
        return None
    if len(data.get("image/png", "")) > PNG_BYTES:
        data["image/jpeg"] = _as_jpeg(data.pop("image/png"))
        if "image/png" in output.metadata:
            output.metadata["image/jpeg"] = output.metadata.pop("image/png")
    return output if data else None


def _as_jpeg(png):
    buffer = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB").save(buffer, "JPEG", quality=72, optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()

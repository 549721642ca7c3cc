"""Every notebook: in step with its text, executed, clean, complete, small."""

import re
import statistics

import nbformat
import pytest

from tools import lessons

MEGABYTE = 1_000_000
OUTDATED = {
    "NumPy": r"\bnp\.(float_|complex_|unicode_|bool8|int0|product|cumproduct|alltrue|sometrue|in1d|trapz|row_stack)\b",
    "TensorFlow": r"\btf\.compat\.v1\b|\btf\.(Session|placeholder|contrib)\b",
    "scikit-image": r"\b(multichannel|selem|compare_ssim|compare_psnr|compare_mse|montage2d|greycomatrix)\b",
    "SciPy": r"\bscipy\.(ndimage\.filters|ndimage\.interpolation|misc)\b|\bsignal\.(ricker|cwt|daub)\b",
}


@pytest.fixture
def notebook(stem):
    return nbformat.read(lessons.notebook_path(stem), as_version=4)


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def _tags(notebook):
    return [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]


def _slide_type(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type")


def test_text_and_notebook_agree(stem, notebook):
    text = lessons.read_text(stem)
    assert [(c.id, c.source, c.metadata) for c in notebook.cells] == [(c.id, c.source, c.metadata) for c in text.cells]
    assert (lessons.TEXTS / f"{stem}.md").read_text(encoding="utf-8") == lessons.text_of(notebook)


def test_executed_in_order_without_errors(notebook):
    assert [cell.execution_count for cell in _code(notebook)] == list(range(1, len(_code(notebook)) + 1))
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]


def test_outputs_are_clean_and_small(stem, notebook):
    path = lessons.notebook_path(stem)
    assert path.stat().st_size < 2 * MEGABYTE
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"/home/|/root/|/Users/|C:\\\\|site-packages|DeprecationWarning|FutureWarning", text)
    assert not re.findall(r"widget-view|application/javascript|data-shufflequestions", text)


def test_cells_are_short(notebook):
    lengths = [len(cell.source.splitlines()) for cell in _code(notebook)]
    assert max(lengths) <= 25
    assert statistics.median(lengths) <= 7


def test_a_lesson_has_at_most_60_cells(notebook):
    assert len(notebook.cells) <= 60


def test_code_on_a_slide_has_at_most_12_lines(notebook):
    shown = [cell for cell in _code(notebook) if _slide_type(cell) not in ("skip", "notes")]
    assert [cell.source for cell in shown if len(cell.source.splitlines()) > 12] == []


def test_time_and_objectives(notebook):
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert len(re.findall(r"\*\*Time\*\*: \d+ minutes\b", text)) == 1
    after = text.partition("**After this lesson you can**")[2].lstrip("\n:").partition("\n\n")[0]
    assert 3 <= len(re.findall(r"^- \w", after, re.MULTILINE)) <= 5


@pytest.mark.parametrize("library", OUTDATED)
def test_no_name_that_its_library_gave_up(notebook, library):
    source = "\n".join(cell.source for cell in _code(notebook))
    assert [match[0] for match in re.finditer(OUTDATED[library], source)] == []


def test_image_data_generator_is_in_lesson_02_only(stem, notebook):
    assert stem.startswith("02") or not [cell for cell in _code(notebook) if "ImageDataGenerator" in cell.source]


def test_anatomy(notebook):
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for part in ("# ", "**Time**", "After this lesson you can", "## Quiz", "## Summary", "## Solutions"):
        assert part in text, f"no {part!r}"
    assert {"setup", "widget", "quiz", "exercise", "check", "solution"} <= set(_tags(notebook))


def test_links_between_lessons_resolve(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\(([^)#:]+\.(?:ipynb|md|csv))\)", cell.source):
                assert (lessons.NOTEBOOKS / target).exists(), target


def test_slides_show_neither_widgets_nor_solutions(notebook):
    for cell in notebook.cells:
        if {"setup", "widget", "quiz", "exercise", "check", "solution"} & set(cell.metadata.get("tags", [])):
            assert _slide_type(cell) == "skip", cell.source[:60]


def test_quiz_has_five_questions(notebook):
    printed = [
        output.data["text/plain"]
        for cell in _code(notebook)
        if "quiz" in cell.metadata.get("tags", [])
        for output in cell.outputs
    ]
    assert printed == ["Quiz: 5 questions. Run this cell to answer them."]

"""tools.slides: links lead to slides, the code of a figure is hidden where it is long, the look is that of rise.css."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import slides

pytestmark = pytest.mark.once

FIGURE = new_output("display_data", {"image/png": "iVBO", "text/plain": "<Figure>"})
DESCRIBED = {"image/png": {"alt": "Two curves cross."}}
TEXT = new_output("stream", text="7")


def prepared(*cells):
    return slides.for_slides(new_notebook(cells=list(cells))).cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [lesson 04a](04a_convolution.ipynb)", "see [lesson 04a](04a_convolution.slides.html)"),
        ("[two](01a_x.ipynb#noise), [one](01b_y.ipynb)", "[two](01a_x.slides.html#noise), [one](01b_y.slides.html)"),
        ("save `01a_x.ipynb`, or [the file](https://e.org/01a_x.ipynb)", None),
        ('# Title\n\n<div class="lesson-links">\n\n[next](01b_y.ipynb) →\n\n</div>', "# Title"),
    ],
    ids=["link", "two links", "no lesson's link", "bar"],
)
def test_links_between_lessons_lead_to_slides(text, expected):
    (cell,) = prepared(new_markdown_cell(text))
    assert cell.source == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("lines", "output", "hidden"),
    [(6, FIGURE, False), (7, FIGURE, True), (7, TEXT, False)],
    ids=["short", "long", "no figure"],
)
def test_long_code_of_a_figure_is_tagged_and_its_tags_stay(lines, output, hidden):
    source = "\n".join("pass" for _ in range(lines))
    (cell,) = prepared(new_code_cell(source, metadata={"tags": ["claim-K01"]}, outputs=[output]))
    assert cell.metadata.tags == ["claim-K01", "figure-alone"][: 1 + hidden]


def test_the_page_has_the_look_of_the_live_slides_and_hides_the_tagged_code(tmp_path):
    path = tmp_path / "lesson.ipynb"
    notebook = new_notebook(cells=[new_code_cell("\n".join(["pass"] * 7), outputs=[FIGURE])])
    nbformat.write(notebook, path)
    page, style = slides.html_of(path), slides.STYLE.read_text(encoding="utf-8")
    assert style in page
    (cell,) = re.findall(r'class="(jp-Cell [^"]*)"', page)
    assert "celltag_figure-alone" in cell.split() and ".celltag_figure-alone" in style


def test_a_picture_on_a_slide_keeps_its_alternative_text(tmp_path):
    path = tmp_path / "lesson.ipynb"
    figure = new_output("display_data", FIGURE.data, metadata=DESCRIBED)
    nbformat.write(new_notebook(cells=[new_code_cell("draw()", outputs=[figure])]), path)
    assert re.findall(r'<img[^>]* alt="([^"]*)"', slides.html_of(path)) == ["Two curves cross."]


def test_live_slides_hide_code_from_the_same_length_on():
    (number,) = re.findall(r"\.cm-line:nth-child\((\d+)\)", slides.STYLE.read_text(encoding="utf-8"))
    assert int(number) == slides.CODE_LINES + 1

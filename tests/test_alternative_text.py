"""Alternative text: of a figure in the kernel, of a picture in a notebook, on the pages made of it, in every lesson."""

import json
import re
import shutil
import subprocess
import tomllib

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from nbconvert.exporters import HTMLExporter, SlidesExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from test_refresh import png

from helpers import alternative_text, plots
from tools import lessons, pictures

NOTICED = "**What to notice.** The *edges* of [lesson 01d](01d.ipynb) are `dark`. More follows."


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_a_line_plot_says_title_axes_and_lines():
    figure, axis = plt.subplots()
    axis.plot([0, 1], label="training")
    axis.plot([1, 0], label="validation")
    axis.set(title="The loss falls", xlabel="epoch", ylabel="loss $L_1$")
    axis.legend()
    text = alternative_text.describe(figure)
    assert text == "Line plot, The loss falls, across: epoch, up: loss L_1, training, validation."


def test_a_grid_names_its_pictures_and_the_figure():
    axes = plots.grid([np.eye(4), np.ones((4, 4))], ["an edge", "flat"], title="Two images")
    text = alternative_text.describe(axes[0].figure)
    assert text == "Two images. Two pictures: an edge, float64, 0 to 1; flat, float64, 1 to 1."


def test_equal_panels_are_counted_and_colour_bars_are_none():
    figure, axes = plt.subplots(2, 6)
    for axis in axes.flat:
        figure.colorbar(axis.imshow(np.eye(3)), ax=axis)
    assert alternative_text.describe(figure) == "12 pictures."


def test_a_picture_beside_equal_plots():
    figure, axes = plt.subplots(1, 3)
    axes[0].imshow(np.eye(3))
    for axis in axes[1:]:
        axis.plot([0, 1])
        axis.set_xlabel("epoch")
    assert alternative_text.describe(figure) == "Three panels: Picture; Line plot, across: epoch (2 times)."


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        (lambda axis: axis.bar(["a", "b"], [1, 2]), "Bar chart"),
        (lambda axis: axis.scatter([1], [2]), "Scatter plot"),
        (lambda axis: axis.imshow(np.eye(2)), "Picture"),
        (lambda axis: (axis.axis("off"), axis.text(0, 0, "conv\n3 × 3"), axis.plot([0, 1])), "Diagram, conv 3 × 3"),
    ],
    ids=["bars", "points", "picture", "diagram"],
)
def test_the_kind_of_a_panel(draw, kind):
    figure, axis = plt.subplots()
    draw(axis)
    assert alternative_text.describe(figure) == f"{kind}."


@pytest.mark.parametrize("count", [1, 12, 60])
def test_long_descriptions_end_at_a_whole_part_and_say_what_is_left_out(count):
    figure, axes = plt.subplots(1, count, squeeze=False)
    for number, axis in enumerate(axes.flat):
        axis.set_title(f"{number} and a long title, " + "which goes on " * (3 if count > 1 else 60))
    text = alternative_text.describe(figure)
    assert len(text) <= alternative_text.LONGEST
    assert text.endswith(" …") if count == 1 else re.search(r"; and \d+ more\.$", text)


def test_in_a_kernel_figures_carry_their_text(monkeypatch):
    shell = InteractiveShell()
    shell.display_formatter.active_types = shell.display_formatter.format_types
    printers = shell.display_formatter.formatters["image/png"]
    monkeypatch.setattr(alternative_text, "get_ipython", lambda: shell)
    monkeypatch.setattr(alternative_text.plt, "switch_backend", lambda name: None)
    monkeypatch.setitem(printers.type_printers, plt.Figure, lambda figure: "iVBO" if figure.axes else None)
    for _ in range(2):
        alternative_text.switch_on()
    figure, axis = plt.subplots()
    axis.set_title("An edge")
    data, metadata = shell.display_formatter.format(figure)
    assert data["image/png"] == "iVBO"
    assert metadata["image/png"] == {"alt": alternative_text.describe(figure)}
    assert "image/png" not in shell.display_formatter.format(plt.figure())[0]


SCRIPT = """
const window = globalThis;
class RenderedImage { constructor() { this.node = { querySelector: () => this.image }; this.mimeType = "image/png"; }
  async render() { this.image = {}; } }
const made = {};
const registry = { addFactory: (factory) => { made.factory = factory; } };
(async () => {
  eval(require("fs").readFileSync(process.argv[1], "utf8"));
  const container = window._JUPYTERLAB[process.argv[2]];
  const token = {};
  await container.init({ "@jupyterlab/rendermime": { "4.4.0": {
    get: async () => () => ({ IRenderMimeRegistry: token, RenderedImage }) } } });
  const [plugin] = (await container.get("./extension"))().default;
  if (plugin.requires[0] !== token) throw new Error("requires no registry");
  plugin.activate({}, registry);
  const said = [];
  for (const metadata of [{ "image/png": { alt: "an edge" } }, { "image/png": {} }, {}]) {
    const renderer = made.factory.createRenderer({});
    await renderer.render({ metadata });
    said.push(renderer.image.alt ?? null);
  }
  console.log(JSON.stringify([made.factory.mimeTypes, said]));
})();
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_jupyterlab_extension_gives_the_picture_its_text():
    folder = lessons.ROOT / "helpers" / "jupyterlab"
    package = json.loads((folder / "package.json").read_text())
    entry = folder / package["jupyterlab"]["_build"]["load"]
    done = subprocess.run(["node", "-e", SCRIPT, str(entry), package["name"]], capture_output=True, text=True)
    assert json.loads(done.stdout) == [["image/png", "image/jpeg", "image/gif"], ["an edge", None, None]], done.stderr


def test_installing_the_course_puts_the_extension_where_jupyterlab_looks():
    folder = lessons.ROOT / "helpers" / "jupyterlab"
    settings = tomllib.loads((lessons.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    name = json.loads((folder / "package.json").read_text())["name"]
    placed = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    files = [str(path.relative_to(folder)) for path in folder.rglob("*.js*")]
    target = f"share/jupyter/labextensions/{name}"
    assert placed == {f"helpers/jupyterlab/{file}": f"{target}/{file}" for file in files}


def shown(side=20, alt=None):
    metadata = {} if alt is None else {"image/png": {"alt": alt}}
    return new_code_cell("show()", outputs=[new_output("display_data", {"image/png": png(side)}, metadata=metadata)])


def texts(*cells):
    notebook = lessons.clean(new_notebook(cells=list(cells)))
    return [pictures.alternative_text(*found) for cell in notebook.cells for found in pictures.of(cell)]


def test_a_picture_keeps_its_text_also_as_a_jpeg():
    assert texts(shown(20, "an edge"), shown(120, "a photograph")) == ["an edge", "a photograph"]


def test_a_picture_without_text_gets_what_there_is_to_notice():
    between = new_code_cell("x = 1")
    cells = [new_markdown_cell("## 2. Edges"), shown(), between, new_markdown_cell(NOTICED)]
    assert texts(*cells) == ["The edges of lesson 01d are dark."]


@pytest.mark.parametrize(
    "between", [shown(20, "another"), new_markdown_cell("## 3. Corners")], ids=["picture", "heading"]
)
def test_a_notice_of_something_else_is_not_taken(between):
    cells = [new_markdown_cell("## 2. *Edges*"), shown(), between, new_markdown_cell(NOTICED)]
    assert texts(*cells)[0] == "Figure of the section: 2. Edges."


@pytest.mark.parametrize("exporter", [HTMLExporter, SlidesExporter])
def test_a_page_made_by_nbconvert_has_the_text(exporter):
    notebook = lessons.clean(new_notebook(cells=[shown(20, 'an "edge"'), shown(120, "a photograph")]))
    template = "{% extends 'index.html.j2' %}" + pictures.TEMPLATE
    page = BeautifulSoup(exporter(raw_template=template).from_notebook_node(notebook)[0], "html.parser")
    assert [picture["alt"] for picture in page.find_all("img")] == ['an "edge"', "a photograph"]


def test_every_picture_of_a_lesson_has_its_text(stem):
    notebook = nbformat.read(lessons.notebook_path(stem), as_version=4)
    said = [pictures.alternative_text(*found) for cell in notebook.cells for found in pictures.of(cell)]
    assert [text for text in said if not 15 <= len(text) <= 450] == [], f"{stem}: make refresh"

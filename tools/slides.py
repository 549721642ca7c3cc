"""Write build/slides: the lessons as slides that need no network. python -m tools.slides [START OF NAME]."""

import re
import shutil
import subprocess
import sys

import nbformat
from nbconvert.exporters import SlidesExporter

from tools import lessons, links, pictures

SLIDES = lessons.ROOT / "build" / "slides"
ASSETS = SLIDES / "assets"
DOWNLOADS = lessons.ROOT / "build" / "slides_assets"
STYLE = lessons.NOTEBOOKS / "rise.css"  # the look that live slides have too
LESSON_LINK = re.compile(r"\]\((\d\d\w*)\.ipynb")
CODE_LINES = 6  # longer code of a figure is not shown: the figure is the point

# What the slides load, out of four npm packages.
PACKAGES = ("reveal.js@4.6.0", "mathjax@2.7.9", "jquery@3.7.1", "requirejs@2.3.7")
REVEAL = ("dist/reveal.js", "dist/reveal.css", "dist/theme/white.css", "dist/theme/fonts", "plugin/notes/notes.js")
MATHJAX = ("MathJax.js", "config", "extensions", "jax/element", "jax/input/TeX", "jax/output/CommonHTML")
FILES = {
    "reveal.js": (*REVEAL, "LICENSE"),
    "mathjax": (*MATHJAX, "fonts/HTML-CSS/TeX/woff", "LICENSE"),
    "jquery": ("dist/jquery.min.js", "LICENSE.txt"),
    "requirejs": ("require.js",),
}

# The template loads mermaid, for diagrams, from the network: no lesson has such diagrams.
TEMPLATE = """{%- extends 'index.html.j2' -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block html_head_css -%}
<style>
{{ resources.style }}
.reveal .slide-number { left: 8px; right: auto; }
</style>
{%- endblock -%}
"""
TEMPLATE += pictures.TEMPLATE


def html_of(path):
    """Return the page of slides made of the notebook at `path`; all it loads stands in the folder assets beside it."""
    exporter = SlidesExporter(
        raw_template=TEMPLATE,
        embed_images=True,
        reveal_url_prefix="assets/reveal.js",
        reveal_theme="white",
        reveal_transition="none",
        reveal_scroll=True,
        reveal_number="c/t",
        reveal_width="1280",
        reveal_height="800",
        jquery_url="assets/jquery/dist/jquery.min.js",
        require_js_url="assets/requirejs/require.js",
        mathjax_url="assets/mathjax/MathJax.js?config=TeX-AMS_CHTML-full,Safe",
    )
    notebook = for_slides(nbformat.read(path, as_version=4))
    about = {"metadata": {"name": path.stem, "path": str(path.parent)}, "style": STYLE.read_text(encoding="utf-8")}
    return exporter.from_notebook_node(notebook, resources=about)[0]


def for_slides(notebook):
    """Return `notebook` with links to lessons led to their slides, and long code of a figure tagged `figure-alone`.

    notebooks/rise.css hides the code of cells with this tag; in the live slides it counts the lines itself.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LESSON_LINK.sub(r"](\1.slides.html", links.BAR.sub("", cell.source))
        elif cell.source.count("\n") >= CODE_LINES and pictures.of(cell):
            cell.metadata.tags = [*cell.metadata.get("tags", []), "figure-alone"]
    return notebook


def fetch_assets():
    """Fill build/slides/assets through npm, unless it holds these versions already."""
    done, versions = ASSETS / "versions.txt", "\n".join(PACKAGES)
    if done.exists() and done.read_text() == versions:
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("The slides need npm, once, to fetch reveal.js and MathJax: install Node.js and run this again.")
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run([npm, "install", *options, "--prefix", str(DOWNLOADS), *PACKAGES]).returncode:
        sys.exit(
            "npm could not fetch reveal.js and MathJax: the lines above say why; check the network, run this again."
        )
    shutil.rmtree(ASSETS, ignore_errors=True)
    for package, names in FILES.items():
        for name in names:
            _copy(DOWNLOADS / "node_modules" / package / name, ASSETS / package / name)
    done.write_text(versions)


def _copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def main(start=""):
    """Export every lesson whose notebook's name begins with `start`."""
    paths = lessons.notebooks(start)
    if not paths:
        sys.exit(f"no notebook begins with {start!r}.")
    fetch_assets()
    for path in paths:
        target = SLIDES / f"{path.stem}.slides.html"
        target.write_text(html_of(path), encoding="utf-8")
        print(target.relative_to(lessons.ROOT), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])

"""Write build/slides: the lessons as slides that need no network. python -m tools.slides [START OF NAME]."""

import shutil
import subprocess
import sys

from nbconvert.exporters import SlidesExporter

from tools import lessons

SLIDES = lessons.ROOT / "build" / "slides"
ASSETS = SLIDES / "assets"
DOWNLOADS = lessons.ROOT / "build" / "slides_assets"

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
.reveal { --jp-content-font-size1: 23px; --jp-code-font-size: 18px; --r-heading-text-transform: none; }
.reveal .jp-InputArea pre { white-space: pre-wrap; }
.reveal .jp-OutputArea img { max-height: 415px; width: auto; object-fit: contain; }
.reveal table { font-size: 19px; }
.reveal .slide-number { left: 8px; right: auto; }
</style>
{%- endblock -%}
"""


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
    return exporter.from_filename(str(path))[0]


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

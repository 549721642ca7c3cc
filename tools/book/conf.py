"""Sphinx's settings for the website: nothing is run, nothing is fetched from another host."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "From Pixels to Perception"
author = ""
copyright = ""
html_title = project
html_show_copyright = html_show_sphinx = False
language = "en"
extensions = ["myst_nb", "sphinx_copybutton", "mathml"]
exclude_patterns = ["downloads", "_build"]
html_math_renderer = "mathml"
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
nb_execution_mode = "off"
nb_merge_streams = True
nb_ipywidgets_js = {}
copybutton_selector = "div.cell_input div.highlight pre, div.highlight-default pre, div.highlight-python pre"
html_context = {"default_mode": "auto"}  # dark where the reader's system is dark
html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_js_files = ["quiz.js"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "show_navbar_depth": 1,
    "navigation_with_keys": False,
    "navbar_persistent": [],
    "article_footer_items": [],
}
suppress_warnings = ["mystnb.unknown_mime_type"]

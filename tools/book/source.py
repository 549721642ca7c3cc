"""Write build/book_source, what Sphinx makes the website from. python -m tools.book.source"""

import re
import shutil
from pathlib import Path

import nbformat

from tools import lessons
from tools.book import glossary, pages

HERE = Path(__file__).parent
SOURCE = lessons.ROOT / "build" / "book_source"
CHAPTERS = {
    "00": "Start",
    "01": "Image processing",
    "02": "Learning from images",
    "03": "Thyroid ultrasound",
    "04": "Convolutional networks",
    "05": "Transfer learning",
    "06": "Detection by regions",
    "07": "YOLO",
    "08": "COVID imaging",
    "09": "Facial emotion",
    "10": "Seeing and language",
}


def main(target=SOURCE):
    """Write the folder anew: a notebook a page, the start page, the glossary, Sphinx's settings."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(HERE / "static", target / "_static")
    shutil.copy(HERE / "conf.py", target)
    shutil.copy(HERE / "mathml.py", target)
    for name in ("notebooks", "downloads"):
        (target / name).mkdir()
    stems = lessons.stems()
    for stem in stems:
        path = lessons.notebook_path(stem)
        nbformat.write(pages.page(nbformat.read(path, 4), stem), target / "notebooks" / path.name)
        shutil.copy(path, target / "downloads")
    readme = (lessons.ROOT / "README.md").read_text(encoding="utf-8")
    (target / "index.md").write_text(start(readme, stems), encoding="utf-8")
    terms = glossary.terms()
    (target / "glossary.md").write_text(glossary.page(terms), encoding="utf-8")
    print(f"{len(stems)} pages, {len(terms)} terms")


def start(readme, stems):
    """Return the Markdown of the start page: the README's introduction and table of lessons, and the contents."""
    introduction = re.search(r"^(# .+?)(?=^## )", readme, re.MULTILINE | re.DOTALL)[1]
    table = re.search(r"^## Lessons\n.+?(?=^## )", readme, re.MULTILINE | re.DOTALL)[0]
    parts = [introduction, table]
    for number, name in CHAPTERS.items():
        chapter = [stem for stem in stems if stem.startswith(number)]
        if chapter:
            listed = "\n".join(f"notebooks/{stem}" for stem in chapter)
            parts.append(f"```{{toctree}}\n:hidden:\n:caption: {name}\n\n{listed}\n```\n")
    parts.append("```{toctree}\n:hidden:\n:caption: More\n\nglossary\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    main()

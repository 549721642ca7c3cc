"""Write build/handout: the notes for the instructor, a page a lesson. python -m tools.handout [START OF NAME]."""

import html
import re
import sys

from nbconvert.filters import markdown2html

from tools import lessons

HANDOUT = lessons.ROOT / "build" / "handout"
HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
LEAD = "*For the instructor.*"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 sans-serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }}
h2, h3 {{ break-after: avoid; }}
.anchor-link {{ display: none; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def handout(notebook):
    """Return the notes of a lesson as Markdown: its title, and each note under the headings it stands under.

    A heading of which no note is told is left out. Where the lesson has no note, only the title remains.
    """
    above, printed, parts = {}, {}, []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        if cell.metadata.get("slideshow", {}).get("slide_type") == "notes":
            parts += [f"{'#' * level} {text}" for level, text in sorted(above.items()) if printed.get(level) != text]
            printed = dict(above)
            parts.append(cell.source.strip().removeprefix(LEAD).strip())
            continue
        for marks, text in HEADING.findall(cell.source):
            above = {level: kept for level, kept in above.items() if level < len(marks)} | {len(marks): text}
    title = next(text for cell in notebook.cells for _, text in HEADING.findall(cell.source))
    return "\n\n".join(parts or [f"# {title}", "This lesson has no notes."])


def page(stem):
    """Return the handout of a lesson as a page of HTML that needs nothing else."""
    text = handout(lessons.read_text(stem))
    return PAGE.format(title=html.escape(f"{stem}: notes"), body=markdown2html(text))


def main(start=""):
    """Write the pages of the lessons whose name begins with `start`."""
    stems = lessons.stems(start)
    if not stems:
        sys.exit(f"no lesson begins with {start!r}. There are: {', '.join(lessons.stems())}")
    HANDOUT.mkdir(parents=True, exist_ok=True)
    for stem in stems:
        (HANDOUT / f"{stem}.html").write_text(page(stem), encoding="utf-8")
    print(f"{HANDOUT.relative_to(lessons.ROOT)}: {len(stems)} pages")


if __name__ == "__main__":
    main(*sys.argv[1:2])

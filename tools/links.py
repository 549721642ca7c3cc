"""Links between the lessons: previous, contents and next at the head and foot of each, and mentions in the prose.

They are written when a lesson is refreshed: a text may mention "lesson 04a" and is linked by the next run.
"""

import re

from tools import lessons

CONTENTS = "00_start_here"
BEGIN, END = '<div class="lesson-links">', "</div>"
BAR = re.compile(rf"\n*{re.escape(BEGIN)}.*?{END}", re.DOTALL)
FOOT = "## Further reading"
# Where no mention is looked for: code, formulas, links, HTML tags, headings.
APART = r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|!?\[[^\]]*\]\([^)]*\)|<[^<>\n]*>|^#+ [^\n]*"
NUMBER = r"\b\d\d[a-z]?\b"
MENTION = rf"\b(?P<word>[Ll]essons?\s)(?P<numbers>{NUMBER}(?:(?:,\s(?:and\s)?|\s(?:and|to|or)\s){NUMBER})*)"


def link(notebook, stem):
    """Write the links of the lesson `stem` into the Markdown cells of `notebook`, in place, and return it.

    The bar stands at the end of the first Markdown cell and of the one with the heading "Further reading". Doing this
    twice changes nothing more.
    """
    stems = lessons.stems()
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell in texts:
        cell.source = _with_mentions(BAR.sub("", cell.source), stem, stems)
    foot = [cell for cell in texts[1:] if FOOT in cell.source.splitlines()]
    for cell in texts[:1] + foot[-1:]:
        cell.source += f"\n\n{_bar(stem, stems)}"
    return notebook


def _bar(stem, stems):
    place = stems.index(stem)
    parts = [] if stem == CONTENTS else [f"[contents]({CONTENTS}.ipynb)"]
    if place > 0 and stems[place - 1] != CONTENTS:
        parts.insert(0, f"← [{_title(stems[place - 1])}]({stems[place - 1]}.ipynb)")
    if place + 1 < len(stems):
        parts.append(f"[{_title(stems[place + 1])}]({stems[place + 1]}.ipynb) →")
    return f"{BEGIN}\n\n{' · '.join(parts)}\n\n{END}"


def _title(stem):
    """Return the number and the title of a lesson, e.g. "04a: CNN arithmetic, convolution by hand"."""
    text = (lessons.TEXTS / f"{stem}.md").read_text(encoding="utf-8")
    heading = re.search(r"^# Lesson (.+)$", text, re.MULTILINE)
    return heading[1] if heading else _number(stem)


def _with_mentions(text, stem, stems):
    """Return the Markdown with its mentions of other lessons as links; a mention of a lesson to come stays text."""
    targets = {_number(name)[:2]: name for name in reversed(stems)}  # "lesson 06" is its first part, 06a
    targets |= {_number(name): name for name in stems}
    for own in {_number(stem), stem[:2]}:
        targets.pop(own, None)

    def linked(found):
        word, numbers = found["word"], found["numbers"]
        if word is None:
            return found[0]
        if numbers in targets:
            return f"[{word}{numbers}]({targets[numbers]}.ipynb)"
        one_by_one = (f"[{part}]({targets[part]}.ipynb)" if part in targets else part for part in _split(numbers))
        return word + "".join(one_by_one)

    return re.sub(f"{APART}|{MENTION}", linked, text, flags=re.DOTALL | re.MULTILINE)


def _split(numbers):
    return re.split(f"({NUMBER})", numbers)


def _number(stem):
    return stem.partition("_")[0]

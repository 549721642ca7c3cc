"""The pictures that a notebook shows, and their alternative text."""

import re

PICTURES = ("image/png", "image/jpeg", "image/gif")
NOTICE = "**What to notice.**"

# Blocks of an nbconvert template: the pages of its templates lab and reveal take the alternative text over.
TEMPLATE = "".join(
    f"{{% block data_{name} %}}{{{{ super() | replace('<img ', '<img alt=\"' ~ "
    f"(output | get_metadata('alt', '{kind}') or '') | escape_html ~ '\" ', 1) }}}}{{% endblock %}}\n"
    for name, kind in (("png", "image/png"), ("jpg", "image/jpeg"))
)


def of(cell):
    """Return (output, MIME type) of each picture that a cell shows, a list."""
    outputs = [output for output in cell.get("outputs", []) if "data" in output]
    return [(output, kind) for output in outputs for kind in PICTURES if kind in output.data]


def alternative_text(output, kind):
    """Return the alternative text of a picture, "" where it has none."""
    return output.metadata.get(kind, {}).get("alt", "")


def describe(cells):
    """Give each picture without alternative text one, in place, as nbconvert and IPython store it.

    It is the first sentence of the "What to notice" below, where no other picture or heading comes before it;
    otherwise it names the heading above.
    """
    heading = ""
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            heading = next(iter(re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE)), heading)
        for output, kind in of(cell):
            if not alternative_text(output, kind):
                text = _noticed(cells[number + 1 :]) or f"Figure of the section: {_plain(heading)}."
                output.metadata[kind] = {**output.metadata.get(kind, {}), "alt": text}


def _noticed(cells):
    for cell in cells:
        is_text = cell.cell_type == "markdown"
        if is_text and NOTICE in cell.source:
            text = _plain(cell.source.partition(NOTICE)[2].strip().partition("\n\n")[0])
            return re.split(r"(?<=[.!?]) (?=[A-Z])", text)[0]
        if of(cell) or is_text and re.search(r"^#+ ", cell.source, re.MULTILINE):
            return ""
    return ""


def _plain(text):
    """Return Markdown as one line of plain text: no emphasis, code, formula or link marks."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*`$]", "", text).split())

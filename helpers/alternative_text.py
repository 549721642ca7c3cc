"""Alternative text: what a figure shows, in words, for readers who cannot see it. helpers.plots switches it on."""

import re
from collections import Counter

from IPython import get_ipython
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

LONGEST = 400  # characters
NUMBERS = ("no", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def describe(figure):
    """Return the alternative text of a Matplotlib figure, a str of at most 400 characters.

    It says the figure's title and, for each panel, its kind (picture, line plot, bar chart, scatter plot, diagram),
    its title, axes and legend. Panels of one kind are listed together.
    """
    axes = [one for one in figure.axes if one.get_visible() and one.get_label() != "<colorbar>"]
    kinds = [_kind(one) for one in axes]
    said = [_said(one, kind) for one, kind in zip(axes, kinds, strict=True)]
    title = _plain(figure.get_suptitle())
    parts = [f"{title.rstrip('.')}. "] if title else []
    if len(axes) > 1 and len(set(kinds)) == 1:
        parts.append(f"{_count(len(axes))} {kinds[0].lower()}s")
        named = [text for text in dict.fromkeys(said) if text]
        parts += [(": " if number == 0 else "; ") + text for number, text in enumerate(named)]
    else:
        parts += [f"{_count(len(axes))} panels: "] if len(axes) > 1 else []
        panels = Counter(f"{kind}, {text}" if text else kind for kind, text in zip(kinds, said, strict=True))
        listed = [text if times == 1 else f"{text} ({times} times)" for text, times in panels.items()]
        parts += [("; " if number else "") + text for number, text in enumerate(listed)]
    return _cut(parts)


def _said(axes, kind):
    """Return title, axes and legend of one panel, "" where it has none of them."""
    across, up = _plain(axes.get_xlabel()), _plain(axes.get_ylabel())
    beside = ("", "") if kind == "Picture" else ("across: ", "up: ")  # what stands beside a picture is no axis
    names = axes.get_legend().get_texts() if axes.get_legend() else [] if axes.axison else axes.texts
    parts = [
        _plain(axes.get_title()).rstrip(".,;"),
        f"{beside[0]}{across}" if across else "",
        f"{beside[1]}{up}" if up else "",
        ", ".join(dict.fromkeys(_plain(name.get_text()) for name in names)),
    ]
    return ", ".join(filter(None, parts))


def _kind(axes):
    if axes.name == "3d":
        return "3D plot"
    if axes.images:
        return "Picture"
    if axes.containers and any(hasattr(container, "patches") for container in axes.containers):
        return "Bar chart"
    if not axes.axison:
        return "Diagram"
    if axes.lines:
        return "Line plot"
    return "Scatter plot" if axes.collections else "Diagram"


def _count(number):
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _plain(text):
    """Return a label as plain text: one line, formulas without their marks."""
    text = re.sub(r"\\(?:mathrm|mathbf|text|hat|bar)\b", "", text)
    return " ".join(re.sub(r"[${}\\]", "", text).split())


def _cut(parts):
    """Join whole parts up to the limit; say how many are left out."""
    text = ""
    for number, part in enumerate(parts):
        if len(text + part) > LONGEST - 20:
            return (
                f"{text}; and {len(parts) - number} more." if number else f"{part[: LONGEST - 2].rpartition(' ')[0]} …"
            )
        text += part
    return f"{text}."


def switch_on():
    """Give every Matplotlib figure that this kernel shows its alternative text, as output metadata "alt".

    nbconvert and the pages made with it put it into the picture's `alt`. Outside a kernel nothing happens.
    """
    shell = get_ipython()
    if shell is None:
        return
    plt.switch_backend(plt.get_backend())  # loads the notebook's backend, which registers how figures become PNG
    formatter = shell.display_formatter.formatters["image/png"]
    draw = formatter.type_printers.get(Figure)
    if draw is None or getattr(draw, "has_alternative_text", False):
        return

    def described(figure):
        png = draw(figure)
        return None if png is None else (png, {"alt": describe(figure)})

    described.has_alternative_text = True
    formatter.for_type(Figure, described)

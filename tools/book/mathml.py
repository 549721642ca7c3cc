"""Formulas as MathML, which every browser draws by itself: no script, no font from elsewhere."""

import re

from latex2mathml.converter import convert


def mathml(text, display):
    """Return the MathML of a formula in LaTeX; ValueError, naming the formula, where it cannot be read."""
    try:
        return convert(text, display="block" if display else "inline")
    except Exception as error:  # the library raises what its parser stumbles over
        raise ValueError(f"the formula {text!r} cannot be turned into MathML: {error!r}") from error


def inline(translator, node):
    """Write an inline formula into the page."""
    from docutils.nodes import SkipNode

    translator.body.append(f'<span class="math">{mathml(node.astext(), display=False)}</span>')
    raise SkipNode


def block(translator, node):
    """Write a formula on a line of its own into the page; its lines, parted by blank ones, one below the other."""
    from docutils.nodes import SkipNode

    for part in re.split(r"\n\s*\n", node.astext().strip()):
        translator.body.append(f'<div class="math">{mathml(part, display=True)}</div>')
    raise SkipNode


def setup(app):
    """Register the renderer with Sphinx."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}

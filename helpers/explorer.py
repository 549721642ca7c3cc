"""Explorers: a figure with sliders and menus, and a still picture of it where no kernel runs."""

import base64
import html
import io

import ipywidgets
import matplotlib.pyplot as plt
from IPython.display import display


def explore(draw, **controls):
    """Show the figure that `draw(**values)` makes, with one control an argument, and redraw when one moves.

    draw: a function that draws on a new Matplotlib figure. controls: what ipywidgets.interact accepts for each
    argument: a widget, (low, high, step), a list of choices, True or False.
    The output also holds a still picture for the starting values: that is what a page without a kernel shows.
    A mistake in `draw` appears as a sentence below the picture; the controls keep working.
    """
    widgets = {name: _control(name, control) for name, control in controls.items()}
    picture, message = ipywidgets.Image(format="png"), ipywidgets.HTML()

    def redraw(_=None):
        try:
            picture.value = _png(draw, {name: widget.value for name, widget in widgets.items()})
            message.value = ""
        except Exception as error:
            message.value = f"<b>{type(error).__name__}</b>: {html.escape(str(error), quote=False)}"

    redraw()
    for widget in widgets.values():
        widget.observe(redraw, names="value")
    box = ipywidgets.VBox([*widgets.values(), picture, message])
    bundle = {**box._repr_mimebundle_(), "text/plain": "Run this cell to move the controls."}
    if picture.value:
        bundle["image/png"] = base64.b64encode(picture.value).decode()
    display(bundle, raw=True)


def _control(name, control):
    widget = ipywidgets.interactive.widget_from_abbrev(control)
    if not widget.description:
        widget.description = name.replace("_", " ")
    widget.style.description_width = "initial"
    if hasattr(widget, "continuous_update"):
        widget.continuous_update = False
    return widget


def _png(draw, values):
    buffer = io.BytesIO()
    with plt.ioff():
        try:
            draw(**values)
            plt.gcf().savefig(buffer, format="png")
        finally:
            plt.close("all")
    return buffer.getvalue()

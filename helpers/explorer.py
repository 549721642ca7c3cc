"""Explorers: a figure with sliders and menus, and a still picture of it where no kernel runs."""

import base64
import html
import io

import ipywidgets
import matplotlib.pyplot as plt
from IPython.display import display

# A live explorer hides the still picture that stands below it; reopened without its kernel it holds no such rule.
HIDE_STILL = (
    "<style>.jp-OutputArea:has(.still-hidden) > .jp-OutputArea-child:has(> .jp-RenderedImage) {display: none}</style>"
)
# Natural size, which is sharp, or as much of it as fits with the controls on one screen.
PICTURE = {"max_width": "100%", "max_height": "62vh", "align_self": "flex-start", "object_fit": "contain"}


def explore(draw, **controls):
    """Show the figure that `draw(**values)` makes, with one control an argument, and redraw when one moves.

    draw: a function that draws on a new Matplotlib figure. controls: what ipywidgets.interact accepts for each
    argument: a widget, (low, high, step), a list of choices, True or False.
    A second output is a still picture for the starting values: a page without the kernel shows that.
    A mistake in `draw` appears as a sentence in place of the picture; the controls keep working.
    """
    widgets = {name: _control(name, control) for name, control in controls.items()}
    picture, message = ipywidgets.Image(format="png", layout=PICTURE), ipywidgets.HTML()

    def redraw(_=None):
        try:
            picture.value = _png(draw, {name: widget.value for name, widget in widgets.items()})
            message.value = ""
        except Exception as error:
            message.value = f"<b>{type(error).__name__}</b>: {html.escape(str(error), quote=False)}"
        picture.layout.display = "none" if message.value else None

    redraw()
    for widget in widgets.values():
        widget.observe(redraw, names="value")
    rows = ipywidgets.HBox([*widgets.values()], layout={"flex_flow": "row wrap"})
    box = ipywidgets.VBox([rows, message, picture, ipywidgets.HTML(HIDE_STILL, layout={"display": "none"})])
    box.add_class("still-hidden")
    display({**box._repr_mimebundle_(), "text/plain": "Run this cell to move the controls."}, raw=True)
    if picture.value:
        display({"image/png": base64.b64encode(picture.value).decode(), "text/plain": "The figure."}, raw=True)


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

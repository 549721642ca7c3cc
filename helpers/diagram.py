"""Drawings of networks: a column of boxes with arrows between them, on a Matplotlib axis."""

from matplotlib.patches import FancyBboxPatch

FILLS = {"plain": "#E8E8E8", "conv": "#B3D4EA", "pool": "#F7D7B5", "join": "#BFE3D3"}
STEP, HEIGHT = 1.0, 0.62  # distance between box centres, height of a box, in axis units


def column(axis, x, boxes, top=0.0, width=2.2):
    """Draw boxes downwards from (x, top), an arrow from each to the next; return their centres [(x, y), ...].

    boxes: list of texts, or of (text, kind) with kind "plain", "conv", "pool" or "join" for the fill.
    Call frame(axis) after the last column.
    """
    centres = []
    for number, box in enumerate(boxes):
        text, kind = box if isinstance(box, tuple) else (box, "plain")
        y = top - number * STEP
        corner = (x - width / 2, y - HEIGHT / 2)
        style = "round,pad=0,rounding_size=0.08"
        axis.add_patch(FancyBboxPatch(corner, width, HEIGHT, boxstyle=style, facecolor=FILLS[kind], edgecolor="black"))
        axis.text(x, y, text, ha="center", va="center", fontsize=10.5)
        if centres:
            arrow(axis, centres[-1], (x, y))
        centres.append((x, y))
    return centres


def arrow(axis, start, end, label=""):
    """Draw an arrow from the foot of the box centred at `start` to the head of the one at `end`."""
    begin, finish = (start[0], start[1] - HEIGHT / 2), (end[0], end[1] + HEIGHT / 2)
    axis.annotate("", finish, begin, arrowprops={"arrowstyle": "-|>", "color": "black", "lw": 1.3})
    if label:
        axis.text(*[(a + b) / 2 for a, b in zip(begin, finish, strict=True)], label, fontsize=10.5, ha="left")


def skip(axis, start, end, reach, label=""):
    """Draw a line round the boxes between, from the foot of `start` to the side of `end`, `reach` to the side."""
    y, side = start[1] - STEP / 2, end[0] + reach
    axis.plot([start[0], side, side], [y, y, end[1]], color="black", lw=1.3, ls="-")
    edge = end[0] + 1.1 * (1 if reach > 0 else -1)
    axis.annotate("", (edge, end[1]), (side, end[1]), arrowprops={"arrowstyle": "-|>", "color": "black", "lw": 1.3})
    axis.text(side + 0.08, (y + end[1]) / 2, label, fontsize=10.5, ha="left", va="center")


def frame(axis, title=""):
    """Hide the axis, keep boxes undistorted and all in view, and set the title."""
    axis.set_axis_off()
    axis.autoscale_view()
    axis.margins(0.03)
    axis.set_title(title)

"""Moving pictures: an animation that also plays in a saved notebook, and a live loop that keeps nothing.

The animation is a GIF inside the output, so it needs neither a kernel nor JavaScript. The live loop shows each frame
in a widget: a saved notebook holds no frame of it, and at its end the widget is emptied and closed.
"""

import io

import cv2
import ipywidgets
import numpy as np
from IPython.display import Image, display
from PIL import Image as Pictures

from helpers import plots, validate

LINE = 22  # pixels of a line of text
INKS = [tuple(round(255 * part) for part in plots.plt.matplotlib.colors.to_rgb(one)) for one in plots.COLOURS]


def annotate(picture, boxes=(), texts=()):
    """Return a copy of a picture with boxes, and below it a line of text each, in the colours of plots.COLOURS.

    picture: uint8 (H, W, 3), RGB. boxes: (x1, y1, x2, y2) in pixels, or None for no box. texts: ASCII, one a line; box
    and text of one place have one colour. Returns uint8 (H + LINE × number of texts, W, 3).
    """
    picture, strip = picture.copy(), np.full((LINE * len(texts), picture.shape[1], 3), 255, np.uint8)
    for box, ink in zip(boxes, INKS, strict=False):
        if box is not None:
            x1, y1, x2, y2 = (int(value) for value in box)
            cv2.rectangle(picture, (x1, y1), (x2, y2), ink, 3)
    for row, (text, ink) in enumerate(zip(texts, INKS, strict=False)):
        place = (6, LINE * row + 16)
        cv2.putText(strip, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.55, ink, 1, cv2.LINE_AA)
    return np.vstack([picture, strip])


def animation(pictures, milliseconds=100, colours=32):
    """Return the pictures as an animation that repeats, to be shown as the value of a cell.

    pictures: list of uint8 (H, W) or (H, W, 3), RGB, all of one shape. milliseconds: of each, 20 or more, which is what
    browsers play. colours: 9 to 256, seven of them those of plots.COLOURS; few make a small file. Raises ValueError for
    no pictures, shapes that differ, another dtype, and other numbers.
    """
    milliseconds = validate.whole(milliseconds, "milliseconds", 20)
    colours = validate.whole(colours, "colours", len(INKS) + 2)
    pictures = [np.asarray(picture) for picture in pictures]
    if not pictures or len({picture.shape for picture in pictures}) > 1 or pictures[0].dtype != np.uint8:
        found = sorted({f"{picture.dtype} {picture.shape}" for picture in pictures})
        raise ValueError(f"an animation needs uint8 pictures of one shape, not {', '.join(found) or 'none'}")
    shots = [_few(Pictures.fromarray(picture).convert("RGB"), colours) for picture in pictures]
    buffer = io.BytesIO()
    shots[0].save(buffer, "gif", save_all=True, append_images=shots[1:], duration=milliseconds, loop=0)
    return Image(buffer.getvalue(), format="gif")


def live(frames, step):
    """Show step(frame) for each frame as it comes, and return how many frames there were. Nothing is stored.

    frames: an iterable of pictures, such as helpers.faces.webcam(); step: a function from a frame to the picture to
    show, uint8 (H, W, 3), RGB. Each frame is dropped before the next is read. The pictures are shown in a widget, whose
    state stays out of a saved notebook; at the end, or when the cell is interrupted, it is emptied and closed.
    """
    screen, count = ipywidgets.Image(format="jpeg"), 0
    display({**screen._repr_mimebundle_(), "text/plain": "Live pictures; nothing of them is kept."}, raw=True)
    try:
        for frame in frames:
            picture = cv2.cvtColor(step(frame), cv2.COLOR_RGB2BGR)
            del frame
            screen.value = cv2.imencode(".jpg", picture)[1].tobytes()
            count += 1
    finally:
        screen.value = b""
        screen.close()
    return count


def _few(picture, colours):
    """Return a PIL picture in so many colours, among them those of annotate, which a grey picture would lose."""
    own = picture.quantize(colours - len(INKS), dither=Pictures.Dither.NONE).getpalette()[: 3 * (colours - len(INKS))]
    palette = Pictures.new("P", (1, 1))
    palette.putpalette(own + [part for ink in INKS for part in ink])
    return picture.quantize(palette=palette, dither=Pictures.Dither.NONE)

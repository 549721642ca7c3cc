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

from helpers import validate


def animation(pictures, milliseconds=100, colours=32):
    """Return the pictures as an animation that repeats, to be shown as the value of a cell.

    pictures: list of uint8 (H, W) or (H, W, 3), RGB, all of one shape. milliseconds: of each, 20 or more, which is what
    browsers play. colours: 2 to 256; few make a small file. Raises ValueError for no pictures, shapes that differ,
    another dtype, and other numbers.
    """
    milliseconds = validate.whole(milliseconds, "milliseconds", 20)
    colours = validate.whole(colours, "colours", 2)
    pictures = [np.asarray(picture) for picture in pictures]
    if not pictures or len({picture.shape for picture in pictures}) > 1 or pictures[0].dtype != np.uint8:
        found = sorted({f"{picture.dtype} {picture.shape}" for picture in pictures})
        raise ValueError(f"an animation needs uint8 pictures of one shape, not {', '.join(found) or 'none'}")
    shots = [Pictures.fromarray(picture).quantize(colours, dither=Pictures.Dither.NONE) for picture in pictures]
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

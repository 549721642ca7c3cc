"""Put a cut-out on a picture: layers of colour and alpha, one over the other.

>>> from helpers import placing
>>> from helpers.datasets import cutouts
>>> goose = next(item for item in cutouts.load("train") if item.class_en == "goose")
>>> picture = placing.over(placing.layer(goose, 180), 0.5)
>>> picture.shape
(224, 224, 3)
"""

import cv2
import numpy as np

from helpers import validate

MARGIN = 8  # pixels that a random place leaves free at each border


def layer(item, side, size=(224, 224), at=None):
    """Return a cut-out (helpers.datasets.cutouts) on nothing: (H, W, 4) float32 in 0..1, colour × alpha and alpha.

    side: its longer side in pixels. size: height and width of the layer. at: (left, top) of the object's corner, a
    numpy Generator for a random place, or None for the middle. Raises ValueError where the object does not fit in.
    """
    side = validate.whole(side, "side")
    ratio = side / max(item.alpha.shape)
    width, height = (max(1, round(ratio * length)) for length in item.alpha.shape[::-1])
    margin = MARGIN if isinstance(at, np.random.Generator) else 0
    if isinstance(at, np.random.Generator) and height < size[0] - 2 * margin and width < size[1] - 2 * margin:
        top, left = (
            int(at.integers(margin, s - length - margin)) for s, length in zip(size, (height, width), strict=True)
        )
    else:
        left, top = ((size[1] - width) // 2, (size[0] - height) // 2) if margin or at is None else at
    if not (0 <= top <= size[0] - height - margin and 0 <= left <= size[1] - width - margin):
        raise ValueError(f"an object of {height} x {width} pixels does not fit into {size} at {(left, top)}")
    rgba = np.dstack([item.on((0, 0, 0)), item.alpha]) / np.float32(255)
    rgba = cv2.resize(rgba, (width, height), interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR)
    return np.pad(rgba, ((top, size[0] - height - top), (left, size[1] - width - left), (0, 0)))


def over(front, background):
    """Return a picture (H, W, 3) in 0..1: a layer over a background (H, W, 3) in 0..1, or a grey value."""
    return np.clip(front[..., :3] + (1 - front[..., 3:]) * background, 0, 1)


def on_photograph(item, photographs, rng, side, size=224, at=None):
    """Return a cut-out on a random piece of a random photograph: (size, size, 3) float32 in 0..1.

    photographs: of helpers.datasets.backgrounds. side, at: of the object, as for `layer`.
    """
    image, top, left = photographs[rng.integers(len(photographs))].image, rng.integers(32), rng.integers(192)
    piece = cv2.resize(image[top : top + 448, left : left + 448], (size, size), interpolation=cv2.INTER_AREA)
    return np.float32(over(layer(item, side, (size, size), at), piece / np.float32(255)))

"""The exercises of lesson 02f."""

import numpy as np
from scipy import ndimage

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_rotation():
    """Exercise 1: from degrees to the layer."""
    return check.Exercise(
        "rotation_factor",
        cases=[
            check.case(90, expected=(-0.25, 0.25), name="90 degrees"),
            check.case(20, expected=(-1 / 18, 1 / 18), name="20 degrees"),
            check.case(0, expected=(0.0, 0.0), name="no rotation"),
        ],
        mistakes=[
            check.mistake("the range is symmetric: ±", lambda d: (0.0, d / 360)),
            check.mistake("the layer counts turns, not degrees", lambda d: (-d, d)),
            check.mistake("a full turn is 360 degrees", lambda d: (-d / 180, d / 180)),
            check.mistake("a full turn is 1, not 2π", lambda d: (-np.deg2rad(d), np.deg2rad(d))),
        ],
    )


@exercise
def check_shift():
    """Exercise 2: shift to the right."""
    import keras

    def layer_shift(image, pixels):
        factor = pixels / image.shape[1]
        layer = keras.layers.RandomTranslation(0, (factor, factor), fill_mode="constant", interpolation="nearest")
        return np.array(layer(image[None].astype("float32"), training=True))[0].astype(image.dtype)

    count = np.arange(1, 13, dtype=np.uint8).reshape(2, 6, 1)
    photo = samples.load("cat")[:128, 100:228]
    return check.Exercise(
        "shift_right",
        cases=[
            check.case(count, 2, expected=layer_shift(count, 2), name="two rows of six, two to the right"),
            check.case(photo, -16, expected=layer_shift(photo, -16), name="a photograph, to the left"),
            check.case(photo, 0, expected=photo, name="no shift"),
        ],
        mistakes=[
            check.mistake("np.roll wraps around: set what came in to 0", lambda i, p: np.roll(i, p, axis=1)),
            check.mistake(
                "that shifts the rows: axis 1 is the width", lambda i, p: ndimage.shift(i, (p, 0, 0), order=0)
            ),
            check.mistake("to the wrong side", lambda i, p: ndimage.shift(i, (0, -p, 0), order=0)),
        ],
    )


@exercise
def check_brighten():
    """Exercise 3: darken."""

    def _bytes(values):
        return np.clip(values, 0, 255).astype(np.uint8)

    one, half, twice = (np.full((1, 1, 3), v, np.uint8) for v in ((100, 150, 200), (50, 75, 100), (200, 255, 255)))
    return check.Exercise(
        "brighten",
        cases=[
            check.case(one, 0.5, expected=half, name="half the light"),
            check.case(one, 2.0, expected=twice, name="twice the light"),
            check.case(one, 1.0, expected=check.that("uint8", lambda got: got.dtype == np.uint8), name="the type"),
        ],
        mistakes=[
            check.mistake("bytes wrapped: clip first", lambda i, f: (i * f).astype(int).astype(np.uint8)),
            check.mistake("that adds: brightness_range multiplies", lambda i, f: _bytes(i + (f - 1) * 255)),
            check.mistake("all three channels take the factor", lambda i, f: _bytes(i * np.array([f, 1, 1]))),
        ],
    )


@exercise
def check_box():
    """Exercise 4: flip the box too."""
    return check.Exercise(
        "flip_box",
        cases=[
            check.case((10, 20, 30, 60), 100, expected=(70, 20, 90, 60), name="left goes right"),
            check.case((0, 0, 64, 48), 64, expected=(0, 0, 64, 48), name="the whole image"),
            check.case((5, 1, 6, 9), 40, expected=(34, 1, 35, 9), name="a narrow box"),
        ],
        mistakes=[
            check.mistake("x1 and x2 change places", lambda b, w: (w - b[0], b[1], w - b[2], b[3])),
            check.mistake("the box did not move with the image", lambda b, w: b),
            check.mistake(
                "pixel edges, not centres: width − x, without the 1",
                lambda b, w: (w - 1 - b[2], b[1], w - 1 - b[0], b[3]),
            ),
        ],
    )

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
def check_cutmix():
    """Exercise 3: the label of a collage."""

    def collage(first, second, labels, box, cut=True, swap=False, hard=False, transpose=False, kept=False):
        height, width = first.shape[:2]
        x1, y1, x2, y2 = box if not transpose else (box[1], box[0], box[3], box[2])
        area = (x2 - x1) * (y2 - y1) / (height * width)
        x1, y1, x2, y2 = max(x1, 0), max(y1, 0), min(x2, width), min(y2, height)
        image = first.copy()
        image[y1:y2, x1:x2] = second[y1:y2, x1:x2]
        share = (x2 - x1) * (y2 - y1) / (height * width) if cut else area
        share = 1 - share if swap else share
        label = (1 - share) * labels[0] + share * labels[1]
        return image, labels[0] if kept else np.round(label) if hard else label

    def with_changes(**changes):
        return lambda *given: collage(*given, **changes)

    rng = np.random.default_rng(0)
    black, white = np.zeros((4, 4, 1), np.uint8), np.full((4, 4, 1), 255, np.uint8)
    noise = rng.integers(0, 256, (2, 6, 10, 3), dtype=np.uint8)
    two, three = np.eye(2), np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    given = [
        ("the example", black, white, two, (2, 0, 6, 2)),
        ("a wide picture", *noise, three, (1, 2, 4, 6)),
        ("over the upper left corner", *noise, three, (-3, -2, 5, 2)),
        ("nothing pasted", *noise, two, (4, 3, 4, 5)),
        ("most of it", *noise, three, (1, 0, 9, 6)),
        ("all of it", *noise, two, (0, 0, 10, 6)),
        ("one class twice", *noise, three[[1, 1]], (2, 2, 5, 5)),
    ]
    return check.Exercise(
        "cutmix",
        cases=[check.case(*one, expected=collage(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("the picture is mixed, so the label is mixed, too", with_changes(kept=True)),
            check.mistake("cut the box off at the border before you count", with_changes(cut=False)),
            check.mistake("the share pasted belongs to the second label", with_changes(swap=True)),
            check.mistake("do not round: the label is a share for each class", with_changes(hard=True)),
            check.mistake("rows are y, columns are x", with_changes(transpose=True)),
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

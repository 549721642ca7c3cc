"""The exercises of lesson 01d."""

import numpy as np
from scipy import ndimage
from skimage import measure

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_bright_mask():
    """Exercise 1: from threshold to mask."""
    corner = samples.load("coins")[:4, :6]
    return check.Exercise(
        "bright_mask",
        cases=[
            check.case(np.uint8([[10, 107, 200]]), 107, expected=np.array([[False, False, True]]), name="tiny"),
            check.case(np.uint8([[0, 9], [5, 6]]), 5, expected=np.array([[False, True], [False, True]])),
            check.case(corner, 134, expected=corner >= 135, name="a corner of the coins"),
        ],
        mistakes=[
            check.mistake("the mask is inverted: the bright pixels must be True", lambda image, t: image <= t),
            check.mistake("that holds 0 and 255; return bool", lambda im, t: (im > t) * np.uint8(255)),
            check.mistake("equal to the threshold is not greater: > and not >=", lambda im, t: im >= t),
        ],
    )


@exercise
def check_between():
    """Exercise 2: Otsu's criterion for one threshold."""
    return check.Exercise(
        "between_class_variance",
        cases=[
            check.case(np.array([[10, 20], [30, 200]], np.uint8), 100, expected=6075.0, name="four pixels"),
            check.case(np.array([[0, 0, 0, 10]], np.uint8), 5, expected=18.75, name="three against one"),
            check.case(np.array([[0, 5, 10, 10]], np.uint8), 5, expected=14.0625, name="values equal to T"),
        ],
        mistakes=[
            check.mistake("the weights are missing", lambda im, t: (im[im <= t].mean() - im[im > t].mean()) ** 2),
            check.mistake(
                "the weights are shares of the pixels, not counts",
                lambda im, t: (im <= t).sum() * (im > t).sum() * (im[im <= t].mean() - im[im > t].mean()) ** 2,
            ),
            check.mistake(
                "a pixel equal to the threshold belongs to class 0",
                lambda im, t: (im < t).mean() * (im >= t).mean() * (im[im < t].mean() - im[im >= t].mean()) ** 2,
            ),
        ],
    )


@exercise
def check_count():
    """Exercise 3: count the objects after an opening."""
    block = np.zeros((7, 9), bool)
    block[2:5, 1:4] = block[1, 6] = True
    bridge = np.zeros((7, 12), bool)
    bridge[2:5, 2:5] = bridge[2:5, 7:10] = bridge[3] = True
    bridge[3, :2] = bridge[3, 10:] = False
    lower = ndimage.binary_fill_holes(samples.load("coins")[80:] > 107)
    return check.Exercise(
        "count_objects",
        cases=[
            check.case(block, 3, expected=1, name="block and speck"),
            check.case(bridge, 3, expected=2, name="a bridge of one pixel"),
            check.case(lower, 9, expected=18, name="the lower three rows of coins"),
        ],
        mistakes=[
            check.mistake("that is the count before the opening", lambda mask, size: measure.label(mask).max()),
            check.mistake(
                "the background was counted too",
                lambda mask, size: measure.label(ndimage.binary_opening(mask, np.ones((size, size)))).max() + 1,
            ),
            check.mistake("that is a number of pixels", lambda mask, size: mask.sum()),
        ],
    )

"""The exercises of lesson 01a."""

import cv2
import numpy as np
from PIL import Image
from scipy import ndimage
from skimage import exposure

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_levels():
    """Exercise 1: count the grey levels."""
    coins = samples.load("coins")
    return check.Exercise(
        "count_levels",
        cases=[
            check.case(np.array([[0, 0, 7]], np.uint8), expected=2, name="three pixels"),
            check.case(np.array([[5, 5], [5, 5]], np.uint8), expected=1, name="a flat image"),
            check.case(coins, expected=len(Image.fromarray(coins).getcolors()), name="the coins"),
        ],
        mistakes=[
            check.mistake("that is the number of pixels", lambda image: image.size),
            check.mistake("that is max − min + 1: it counts unused levels", lambda image: int(np.ptp(image)) + 1),
            check.mistake("that is the largest value", lambda image: int(image.max())),
        ],
    )


@exercise
def check_grey():
    """Exercise 2: from RGB to grey."""
    pure = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], np.uint8)
    portrait = samples.load("astronaut")[:200, :200]
    swapped, newer, mean = (0.114, 0.587, 0.299), (0.2126, 0.7152, 0.0722), (1 / 3, 1 / 3, 1 / 3)
    return check.Exercise(
        "to_grey",
        cases=[
            check.case(pure, expected=np.array([[76, 150], [29, 255]], np.uint8), name="red, green, blue, white"),
            check.case(portrait, expected=cv2.cvtColor(portrait, cv2.COLOR_RGB2GRAY), name="the astronaut"),
        ],
        mistakes=[
            check.mistake("plain mean: weigh the channels", lambda x: np.rint(x @ mean).astype(np.uint8)),
            check.mistake("red and blue swapped", lambda x: np.rint(x @ swapped).astype(np.uint8)),
            check.mistake("those are BT.709's weights", lambda x: np.rint(x @ newer).astype(np.uint8)),
        ],
        rtol=0,
        atol=1,
    )


@exercise
def check_equalise():
    """Exercise 3: equalise a histogram."""
    six, surface = np.array([[50, 50, 51], [51, 51, 53]], np.uint8), samples.load("moon")
    return check.Exercise(
        "equalise",
        cases=[
            check.case(six, expected=np.array([[2, 2, 5], [5, 5, 6]]) / 6, name="six pixels"),
            check.case(surface, expected=exposure.equalize_hist(surface), name="the moon"),
        ],
        mistakes=[
            check.mistake("you stretched the range: use the counts", lambda x: (x - x.min()) / np.ptp(x)),
            check.mistake("the histogram is not accumulated", lambda x: np.bincount(x.ravel())[x] / x.size),
            check.mistake(
                "the pixel's own level is left out of the sum",
                lambda x: (np.bincount(x.ravel()).cumsum() - np.bincount(x.ravel()))[x] / x.size,
            ),
            check.mistake("range 0..255, not 0..1", lambda x: 255 * np.bincount(x.ravel()).cumsum()[x] / x.size),
            check.mistake("divide by the number of pixels", lambda x: np.bincount(x.ravel()).cumsum()[x]),
        ],
    )


@exercise
def check_median():
    """Exercise 4 (hardest): a median filter."""
    dot, corner = np.zeros((5, 5), np.uint8), np.full((4, 6), 9, np.uint8)
    dot[2, 2], corner[0, 0] = 255, 200
    scene = samples.load("camera")[100:164, 150:250]
    return check.Exercise(
        "median3",
        cases=[
            check.case(dot, expected=np.zeros((5, 5), np.uint8), name="a white dot"),
            check.case(corner, expected=cv2.medianBlur(corner, 3), name="a dot in the corner"),
            check.case(scene, expected=cv2.medianBlur(scene, 3), name="part of the camera"),
        ],
        mistakes=[
            check.mistake("nothing changed", lambda x: x),
            check.mistake("that is the mean, not the median", lambda x: cv2.blur(x, (3, 3), borderType=1)),
            check.mistake(
                "pad with the border, not with zeros", lambda x: ndimage.median_filter(x, 3, mode="constant")
            ),
            check.mistake("the window is 5 × 5", lambda x: cv2.medianBlur(x, 5)),
            check.mistake("the border is missing: pad first", lambda x: cv2.medianBlur(x, 3)[1:-1, 1:-1]),
            check.mistake("that is the largest of the nine", lambda x: cv2.dilate(x, np.ones((3, 3)))),
        ],
    )

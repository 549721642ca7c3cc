"""The exercises of lesson 00."""

import numpy as np

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_overexposed():
    """Exercise 1: how much is overexposed?"""
    grey = np.array([[255, 9], [254, 255]], np.uint8)
    colour = np.array([[[255, 20, 255], [10, 255, 30]]], np.uint8)
    photo = samples.load("china")
    return check.Exercise(
        "overexposed",
        cases=[
            check.case(grey, expected=0.5, name="four grey pixels"),
            check.case(colour, expected=0.5, name="two colour pixels"),
            check.case(np.full((3, 5), 255, np.uint8), expected=1.0, name="all is lost"),
            check.case(np.array([[0, 128, 250]], np.uint8), expected=0.0, name="nothing is lost"),
            check.case(photo, expected=np.bincount(photo.ravel())[255] / photo.size, name="a photograph of China"),
        ],
        mistakes=[
            check.mistake("that is a count: divide it by the number of values", lambda x: np.sum(x == 255)),
            check.mistake("that is in percent: a share lies from 0 to 1", lambda x: 100 * np.mean(x == 255)),
            check.mistake("a colour pixel has three values", lambda x: np.sum(x == 255) / (x.shape[0] * x.shape[1])),
            check.mistake("that is the share of the others, which are not 255", lambda x: np.mean(x != 255)),
            check.mistake("254 is not lost: count 255 alone", lambda x: np.mean(x >= 250)),
            check.mistake("that is the mean brightness, not a share of values", lambda x: x.mean() / 255),
            check.mistake("that says whether any value is 255, not how many", lambda x: bool(x.max() == 255)),
        ],
    )

"""The exercises of lesson 01d."""

import cv2
import numpy as np
from scipy import ndimage
from skimage import measure, morphology, segmentation

from helpers import check, samples
from helpers.coins import disk, find_coins
from helpers.exercises import exercise


@exercise
def check_whole():
    """Exercise 1: whole objects only."""

    def whole(mask, connectivity=2):
        return int(measure.label(segmentation.clear_border(measure.label(mask, connectivity=connectivity))).max())

    def without_frame(mask):
        inside = mask.copy()
        inside[[0, -1]] = inside[:, [0, -1]] = False
        return int(measure.label(inside).max())

    blocks = np.zeros((8, 12), bool)
    blocks[2:5, 2:5] = blocks[3:6, 9:12] = True
    edge = blocks.copy()
    edge[0, 6] = True  # a lone pixel of the border
    corner = np.eye(7, 9, dtype=bool)  # a diagonal line that starts at the border
    corner[3, 7] = True
    many = ndimage.binary_fill_holes(samples.load("coins")[90:, 20:350] > 118)
    given = {
        "two blocks": blocks,
        "and a pixel": edge,
        "a diagonal": corner,
        "coins, cut": many,
        "nothing": np.zeros((5, 6), bool),
    }
    given["bottom and left"] = blocks[::-1, ::-1][:6].copy()
    return check.Exercise(
        "count_whole",
        cases=[check.case(mask, expected=whole(mask), name=name) for name, mask in given.items()],
        mistakes=[
            check.mistake("that counts all pieces, cut ones too", lambda mask: int(measure.label(mask).max())),
            check.mistake("a cut piece goes as a whole, not only its pixels at the border", without_frame),
            check.mistake("diagonal neighbours connect, too", lambda mask: whole(mask, connectivity=1)),
            check.mistake("those are the cut pieces", lambda mask: int(measure.label(mask).max()) - whole(mask)),
        ],
    )


def _disc(shape, row, column, radius):
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    return (rows - row) ** 2 + (columns - column) ** 2 <= radius**2


@exercise
def check_touching():
    """Exercise 2: choose the markers."""

    def above(limit):
        return lambda mask: int(measure.label(ndimage.distance_transform_edt(np.pad(mask, 1)) > limit).max())

    pair = _disc((60, 80), 30, 25, 20) | _disc((60, 80), 30, 50, 8)
    three = _disc((80, 120), 40, 30, 24) | _disc((80, 120), 40, 62, 12) | _disc((80, 120), 40, 80, 9)
    row = np.any([_disc((40, 140), 20, 15 + 22 * number, 12) for number in range(6)], axis=0)
    apart = _disc((60, 90), 30, 25, 17) | _disc((60, 90), 30, 70, 10)
    grown = cv2.dilate((find_coins(samples.load("coins")) > 0).astype(np.uint8), disk(7)) > 0
    given = [("20 and 8", pair, 2), ("24, 12 and 9", three, 3), ("six in a row", row, 6), ("apart", apart, 2)]
    given += [("the coins, grown by 7", grown, 24), ("one", _disc((50, 50), 25, 25, 17), 1)]
    return check.Exercise(
        "count_touching",
        cases=[check.case(mask, expected=count, name=name) for name, mask, count in given],
        mistakes=[
            check.mistake("connected pieces: discs that touch count as one", above(0)),
            check.mistake("a limit of 16 loses all discs that are smaller", above(16)),
            check.mistake("one limit for all: it merges the large or loses the small", above(7)),
            check.mistake("one limit for all: it merges the large or loses the small", above(5)),
            check.mistake(
                "every small bump of the distance is a marker: smooth it, or ask for a rise of one pixel",
                lambda mask: int(
                    measure.label(morphology.local_maxima(ndimage.distance_transform_edt(np.pad(mask, 1)))).max()
                ),
            ),
        ],
    )


@exercise
def check_eccentricity():
    """Exercise 3: eccentricity from the pixels."""

    def spread(mask):
        return np.linalg.eigvalsh(np.cov(np.nonzero(mask)))

    def value(mask, ratio=lambda small, large: np.sqrt(max(0.0, 1 - small / large))):
        return float(ratio(*spread(mask)))

    def from_box(mask):
        rows, columns = (np.ptp(places) + 1 for places in np.nonzero(mask))
        return float(np.sqrt(1 - (min(rows, columns) / max(rows, columns)) ** 2))

    bar = np.zeros((60, 60), bool)
    bar[25:35, 10:50] = True
    square = np.zeros((60, 60), bool)
    square[20:50, 20:50] = True
    rows, columns = np.mgrid[-60:61, -60:61]
    turned = ((rows + columns) / 50) ** 2 + ((rows - columns) / 25) ** 2 <= 2
    horse = ~samples.load("horse")
    largest = find_coins(samples.load("coins")) == 1
    given = {"a bar": bar, "a turned ellipse": turned, "a square": square, "the horse": horse, "a coin": largest}
    return check.Exercise(
        "eccentricity",
        cases=[
            check.case(mask, expected=check.that(f"about {value(mask):.3f}", _near(value(mask))), name=name)
            for name, mask in given.items()
        ],
        mistakes=[
            check.mistake("that is the box around it: a turned region has another box", from_box),
            check.mistake("the root is missing", lambda mask: value(mask) ** 2),
            check.mistake(
                "λ are variances, squares already: do not square them again",
                lambda mask: value(mask, lambda small, large: np.sqrt(1 - (small / large) ** 2)),
            ),
            check.mistake(
                "1 minus the ratio: a circle has 0",
                lambda mask: value(mask, lambda small, large: np.sqrt(small / large)),
            ),
        ],
        atol=1e-3,
    )


def _near(value):
    return lambda got: abs(float(got) - value) <= 0.005 + 0.02 * (value < 0.1)

"""The exercises of lesson 07a."""

import math

import numpy as np

from helpers import check
from helpers.detection import boxes as box_tools
from helpers.exercises import exercise

ROW, COLUMN, ROWS, COLUMNS = 4, 5, 8, 10  # the cell of section 5 and its grid


@exercise
def check_responsible():
    """Exercise 1: which cell is responsible?"""

    def parts(box, rows, columns, height, width):
        """Return the centre in cells: along y, along x."""
        return (box[1] + box[3]) / 2 * rows / height, (box[0] + box[2]) / 2 * columns / width

    def cell(box, rows, columns, *size, whole=math.floor, last=1, outside=None):
        """Return the cell; whole: how a part becomes a number; last: 0 puts the border beyond the last cell."""
        y, x = parts(box, rows, columns, *size)
        if not (0 <= y <= rows and 0 <= x <= columns) and outside is None:
            return None
        return min(max(whole(y), 0), rows - last), min(max(whole(x), 0), columns - last)

    def reach(whole, box, rows, columns, *size):
        """Return the cell, held back at the right and lower border only."""
        y, x = parts(box, rows, columns, *size)
        return min(whole(y), rows - 1), min(whole(x), columns - 1)

    def somewhere(wrong):
        """Return a way that goes wrong where the centre is outside, and gives nothing elsewhere."""
        return lambda *a: wrong(*a) if cell(*a) is None else None

    return check.Exercise(
        "responsible",
        cases=[
            check.case([10, 20, 58, 52], 8, 10, 128, 160, expected=(2, 2), name="the box of section 1"),
            check.case([100, 8, 150, 30], 8, 10, 128, 160, expected=(1, 7), name="far right, near the top"),
            check.case([158, 126, 162, 130], 8, 10, 128, 160, expected=(7, 9), name="centre on the corner"),
            check.case([10, 20, 58, 52], 7, 7, 128, 160, expected=(1, 1), name="another grid"),
            check.case([12, 28, 52, 68], 8, 10, 128, 160, expected=(3, 2), name="centre on two lines"),
            check.case([-30, 20, 10, 52], 8, 10, 128, 160, expected=None, name="centre left of the image"),
            check.case([10, 120, 58, 150], 8, 10, 128, 160, expected=None, name="centre below the image"),
        ],
        mistakes=[
            check.mistake("row and column are swapped: the row comes from y", lambda *a: cell(*a)[::-1]),
            check.mistake(
                "the centre decides, not the corner", lambda b, *a: cell([*b[:2], b[0] + 0.1, b[1] + 0.1], *a)
            ),
            check.mistake(
                "where the centre is outside the image, return None", somewhere(lambda *a: cell(*a, outside=True))
            ),
            check.mistake("where the centre is outside the image, return None", somewhere(lambda *a: reach(int, *a))),
            check.mistake(
                "where the centre is outside the image, return None", somewhere(lambda *a: reach(math.floor, *a))
            ),
            check.mistake("the last cell holds the border too", lambda *a: cell(*a, last=0)),
            check.mistake("round down, not to the nearest cell", lambda *a: tuple(round(part) for part in parts(*a))),
            check.mistake(
                "a centre on the line belongs to the right or lower cell: round down",
                lambda *a: cell(*a, whole=lambda part: math.ceil(part) - 1),
            ),
            check.mistake(
                "cells are 16 pixels in one grid only: use rows and columns",
                lambda b, rows, columns, *a: cell(b, 8, 10, 128, 160),
            ),
        ],
    )


@exercise
def check_decode():
    """Exercise 2: decode."""

    def boxes(output, height, width, threshold=0.5, change=lambda x, y, w, h, row, column: (column + x, row + y, w, h)):
        """Return the boxes; change gives the centre in cells and the sides as parts of the image."""
        row, column = np.nonzero(output[..., 0] > threshold)
        x, y, w, h = change(*output[row, column, 1:5].T, row, column)
        x, y = x * width / output.shape[1], y * height / output.shape[0]
        return np.stack([x - w * width / 2, y - h * height / 2, x + w * width / 2, y + h * height / 2], axis=1)

    def wrong(change):
        """Return a way to decode that goes wrong."""
        return lambda output, height, width, threshold=0.5: boxes(output, height, width, threshold, change)

    def corners(output, height, width, threshold=0.5):
        """Return boxes whose upper left corner is taken for the centre."""
        found = boxes(output, height, width, threshold)
        half = (found[:, 2:] - found[:, :2]) / 2
        return found + np.concatenate([half, half], axis=1)

    def output(shape, cells):
        """Return an output with the cells {(row, column): five numbers}; the classes say 0.5 each."""
        found = np.zeros((*shape, 7))
        for place, values in cells.items():
            found[place] = [*values, 0.5, 0.5]
        return found

    one = output((8, 10), {(2, 2): (1, 0.125, 0.25, 0.3, 0.25)})
    three = output(
        (4, 5), {(3, 1): (0.6, 0.5, 0.5, 0.2, 0.4), (0, 4): (0.9, 0.75, 0, 0.5, 0.25), (1, 1): (0.3, 0, 0, 1, 1)}
    )
    return check.Exercise(
        "decode",
        cases=[
            check.case(one, 128, 160, 0.5, expected=boxes(one, 128, 160), name="the box of section 1"),
            check.case(three, 256, 320, 0.5, expected=boxes(three, 256, 320), name="another grid, one cell unsure"),
            check.case(three, 256, 320, 0.3, expected=boxes(three, 256, 320, 0.3), name="exactly the threshold"),
            check.case(three, 256, 320, 0.2, expected=boxes(three, 256, 320, 0.2), name="a low threshold"),
            check.case(three, 256, 320, 0.7, expected=boxes(three, 256, 320, 0.7), name="a high threshold"),
            check.case(0 * one, 128, 160, 0.5, expected=np.zeros((0, 4)), name="silence"),
        ],
        mistakes=[
            check.mistake(
                "x and y count from the cell's corner: add its column and row",
                wrong(lambda x, y, w, h, row, column: (x, y, w, h)),
            ),
            check.mistake(
                "row and column are swapped: x goes with the column",
                wrong(lambda x, y, w, h, row, column: (row + x, column + y, w, h)),
            ),
            check.mistake("x, y is the centre of the box, not its corner", corners),
            check.mistake(
                "w and h are parts of the image, not cells",
                lambda o, height, width, threshold=0.5: boxes(
                    o,
                    height,
                    width,
                    threshold,
                    lambda x, y, w, h, row, column: (column + x, row + y, w / o.shape[1], h / o.shape[0]),
                ),
            ),
            check.mistake(
                "above the threshold, not at it",
                lambda o, height, width, threshold=0.5: boxes(o, height, width, threshold - 1e-9),
            ),
            check.mistake(
                "the threshold is an argument: it is not always 0.5",
                lambda o, height, width, threshold=0.5: boxes(o, height, width),
            ),
        ],
    )


@exercise
def check_broken():
    """Exercise 3: break the loss."""

    def box(values):
        """Return x1, y1, x2, y2 in parts of the image of (x, y, w, h) in the cell of section 5."""
        x, y, w, h = values
        x, y = (COLUMN + x) / COLUMNS, (ROW + y) / ROWS
        return [x - w / 2, y - h / 2, x + w / 2, y + h / 2]

    def judged(pair, truth):
        """Return ((loss, IoU) of the first, of the second)."""
        found = []
        for values in np.asarray(pair, float):
            place = ((values[:2] - truth[:2]) ** 2).sum()
            size = ((np.sqrt(values[2:]) - np.sqrt(truth[2:])) ** 2).sum()
            found.append((5 * (place + size), box_tools.iou([box(values)], [box(truth)])[0, 0]))
        return found

    def proper(pair):
        """Return whether a pair is two answers of four numbers within 0 and 1, with sides above 0."""
        try:
            values = np.asarray(pair, float)
        except (TypeError, ValueError):
            return False
        return values.shape == (2, 4) and bool(
            (values >= 0).all() and (values <= 1).all() and (values[:, 2:] > 0).all()
        )

    def part(truth, holds):
        """Return a condition on the (loss, IoU) of both answers, for proper ones."""
        return lambda pair: proper(pair) and holds(*judged(pair, np.array(truth)))

    cases = []
    for truth in ((0.5, 0.4, 0.36, 0.25), (0.1, 0.9, 0.2, 0.4), (0.8, 0.2, 0.3, 0.3)):
        conditions = (
            ("two answers (x, y, w, h) within 0 and 1, sides above 0", proper, "two tuples of four numbers each"),
            (
                "the second has the higher IoU",
                part(truth, lambda one, two: one[1] < two[1]),
                "the second must be the better box: is the order right?",
            ),
            (
                "the first has an IoU lower by 0.2 or more",
                part(truth, lambda one, two: one[1] <= two[1] - 0.2),
                "the gap is too small: shrink a side of the first more, or shift the second less",
            ),
            (
                "the first has at most half the loss",
                part(truth, lambda one, two: one[0] <= two[0] / 2),
                "a shift costs in cells, a side in parts of the image: shift the second, change a side of the first",
            ),
        )
        for description, holds, hint in conditions:
            cases.append(check.case(truth, expected=check.that(description, holds, hint), name=description))
    return check.Exercise("broken", cases=cases)

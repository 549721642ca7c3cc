"""The exercises of lesson 04h."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_as_picture():
    """Exercise 1: show a filter."""
    return check.Exercise(
        "as_picture",
        cases=[
            check.case(np.array([[-2.0, 0, 1]]), expected=np.array([[0, 0.5, 0.75]]), name="by hand"),
            check.case(
                np.array([[4.0, 2], [0, -1]]),
                expected=np.array([[1, 0.75], [0.5, 0.375]]),
                name="mostly positive",
            ),
        ],
        mistakes=[
            check.mistake(
                "zero must be 0.5, not wherever the range puts it", lambda k: (k - k.min()) / (k.max() - k.min())
            ),
            check.mistake("divide by the largest absolute weight, not the largest", lambda k: 0.5 + k / (2 * k.max())),
            check.mistake("that is -1 to 1: halve it and add 0.5", lambda k: k / np.abs(k).max()),
        ],
    )


@exercise
def check_top_place():
    """Exercise 2: where is the top response?"""

    def swapped(maps):
        photo, row, column = np.unravel_index(maps.argmax(), maps.shape)
        return int(photo), int(column), int(row)

    one_map, two_maps = np.zeros((1, 2, 3)), np.zeros((2, 3, 4))
    one_map[0, 0, 2], two_maps[1, 2, 1], two_maps[0, 0, 3] = 5, 9, 4
    return check.Exercise(
        "top_place",
        cases=[
            check.case(one_map, expected=(0, 0, 2), name="one photograph"),
            check.case(two_maps, expected=(1, 2, 1), name="two photographs"),
        ],
        mistakes=[
            check.mistake("argmax counts through the flat array: use unravel_index", lambda m: int(m.argmax())),
            check.mistake("row before column", swapped),
            check.mistake(
                "only the first photograph is searched",
                lambda m: tuple(map(int, np.argwhere(m == m[0].max())[0])),
            ),
        ],
    )


@exercise
def check_cover():
    """Exercise 3: cover a square."""

    def no_clip(image, y, x, size, value):
        out = image.copy()
        out[y - size // 2 : y - size // 2 + size, x - size // 2 : x - size // 2 + size] = value
        return out

    def covered_from(image, y, x, size, value, shift):
        out = image.copy()
        out[max(y - shift, 0) : max(y - shift + size, 0), max(x - shift, 0) : max(x - shift + size, 0)] = value
        return out

    edge = np.ones((4, 4))
    edge[:2, :2] = 0
    middle = np.ones((5, 5))
    middle[1:4, 2:5] = 7
    return check.Exercise(
        "cover",
        cases=[
            check.case(np.ones((5, 5)), 2, 3, 3, 7, expected=middle, name="inside"),
            check.case(np.ones((4, 4)), 0, 0, 3, 0, expected=edge, name="clipped at the corner"),
        ],
        mistakes=[
            check.mistake("a negative start counts from the end: clip it with max(…, 0)", no_clip),
            check.mistake("(y, x) is the centre of the square, not its corner", lambda *a: covered_from(*a, shift=0)),
            check.mistake(
                "y is the row and comes first", lambda i, y, x, s, v: covered_from(i, x, y, s, v, shift=s // 2)
            ),
        ],
    )

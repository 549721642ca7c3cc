"""Numbers out of files, bounded before anything is allocated or drawn by them."""

import numpy as np

SIDE, PIXELS = 30_000, 178_956_970  # of an image; the second is Pillow's limit
BEYOND = 1.0  # how far an outline may leave its image, in sides of the image


def whole(text, low=0, high=10**9):
    """Return the whole number that a text of plain digits holds, or None where it holds none in low..high."""
    digits = text.strip() if isinstance(text, str) else ""
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 18:
        return None
    return int(digits) if low <= int(digits) <= high else None


def real(values, count=None):
    """Return values as a float64 array (N,), or None where one is no finite number; count: N has to be this."""
    if not isinstance(values, (list, tuple)) or any(isinstance(v, (bool, str)) or v is None for v in values):
        return None
    try:
        array = np.asarray(values, np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    fits = array.ndim == 1 and np.isfinite(array).all() and count in (None, len(array))
    return array if fits else None


def size(height, width):
    """Return True where both are whole numbers of at least 1 that an image can have."""
    sides = (height, width)
    plain = all(isinstance(side, int) and not isinstance(side, bool) and 0 < side <= SIDE for side in sides)
    return plain and height * width <= PIXELS


def near(points, height, width):
    """Return True where all points, (N, 2) x, y, lie within the image or at most one image beside it."""
    points = np.asarray(points, float)
    sides = np.array([width, height], float)
    return bool(
        np.isfinite(points).all() and (points >= -BEYOND * sides).all() and (points <= sides * (1 + BEYOND)).all()
    )

"""What the helpers ask of a value that a student hands over: each function returns it, or says what to give instead."""

import math
from numbers import Integral, Real


def whole(value, what, least=1):
    """Return the value as an int. Raises ValueError where it is no whole number, or is below `least`."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        bound = f", {least} or more" if math.isfinite(least) else ""
        raise ValueError(f"{what} is {value!r}: give a whole number{bound}")
    return int(value)


def pair(value, what, least=1):
    """Return a pair of whole numbers from `least` up, such as (rows, columns). Raises ValueError for anything else."""
    try:
        first, second = value
    except (TypeError, ValueError):
        raise ValueError(f"{what} is {value!r}: give two whole numbers") from None
    return whole(first, f"{what}[0]", least), whole(second, f"{what}[1]", least)


def number(value, what, least=-math.inf, most=math.inf):
    """Return the value as a float. Raises ValueError where it is no finite number in least..most."""
    real = isinstance(value, Real) and not isinstance(value, bool)
    if not (real and math.isfinite(value) and least <= value <= most):
        above = f", {least:g} or more" if math.isfinite(least) else ""
        below = f", {most:g} or less" if math.isfinite(most) else ""
        raise ValueError(f"{what} is {value!r}: give a finite number{above}{below}")
    return float(value)


def numbers(values, what):
    """Return the values as a float64 array. Raises ValueError where they are no numbers, or rows differ in length."""
    import numpy as np

    try:
        return np.asarray(values, np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{what}: give numbers, in rows of equal length") from None


def photograph(image, what="image", grey=False):
    """Return the image as an array: RGB uint8 (H, W, 3) or, where `grey`, also uint8 (H, W).

    Raises ValueError for another dtype or shape, and for an image without pixels.
    """
    import numpy as np

    image = np.asarray(image)
    fits = image.ndim == 3 and image.shape[2] == 3 or grey and image.ndim == 2
    if image.dtype != np.uint8 or not fits or not image.size:
        shape = "(H, W, 3) or (H, W)" if grey else "(H, W, 3)"
        floats = "; floats in 0..1: (image * 255).astype(np.uint8)" if image.dtype.kind == "f" else ""
        raise ValueError(f"{what} is {image.dtype} {image.shape}: give uint8 {shape}, 0..255{floats}")
    return image

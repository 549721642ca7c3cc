"""Image files, read in one way: whole or not at all, upright, as uint8.

Cameras store a picture as the sensor lay and note how to turn it (EXIF); it is turned here. Values beyond 8 bits are
brought to 0..255 by the range of their type, not by what happens to be in the image, so that two images of a set stay
comparable: 16 bits are divided by 257 (65,535 becomes 255, as Pillow, OpenCV and TensorFlow do when they read 8
bits); floats are taken as 0..1, or as 0..255 where the largest is above 1.
"""

import struct
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from helpers.datasets import text

FORMATS = ("BMP", "GIF", "JPEG", "PNG", "WEBP")  # what Pillow, OpenCV and TensorFlow all decode, whatever the suffix
WIDE = ("I", "F")  # the first letter of Pillow's modes beyond 8 bits
BAD = (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError)


def read(path, grey=False):
    """Return an image file as uint8 (H, W, 3), RGB, or with `grey` as (H, W); transparency is dropped.

    Raises FileNotFoundError where it is missing and ValueError, naming the file, where it is no image, is cut off or
    damaged, has more than 178 million pixels, or holds values that no rule brings to 0..255.
    """
    with _Opened(path) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith(WIDE):
            image = Image.fromarray(_to_bytes(path, np.asarray(image)))
        return np.array(image.convert("L" if grey else "RGB"))


def check(path):
    """Return None where an image file can be read whole by Pillow, OpenCV and TensorFlow alike.

    Raises ValueError, naming the file, where `read` does, and for another format, an animated WebP, a BMP
    of 1 bit a pixel or with a palette, and a PNG that lost its end.
    """
    with _Opened(path) as image:
        if image.format not in FORMATS:
            reason = f"is {image.format}, which TensorFlow does not decode"
        elif image.format == "WEBP" and getattr(image, "is_animated", False):
            reason = "is an animated WebP, which TensorFlow does not decode"
        elif image.format == "PNG" and b"IEND" not in Path(path).read_bytes():
            raise ValueError(f"{path} has lost its end: copy it anew or replace it.")
        elif image.format == "BMP" and image.mode not in ("RGB", "RGBA", "L"):
            reason = "is a BMP of 1 bit a pixel or with a palette, which TensorFlow does not read right"
        else:
            return
    raise ValueError(f"{path} {reason}: save it as PNG or JPEG.")


class _Opened:
    """Open and decode an image whole; every error becomes a ValueError that names the file."""

    def __init__(self, path):
        self.path = Path(path)

    def __enter__(self):
        if not self.path.is_file():
            raise FileNotFoundError(f"{self.path} is missing: it belongs to the set.")
        try:
            self.image = Image.open(self.path)
            self.image.load()
        except Image.UnidentifiedImageError as error:
            with self.path.open("rb") as file:
                what = text.not_the_file(file.read(200))
            raise ValueError(f"{self.path} is {what or 'no image, whatever its name says: replace it'}.") from error
        except BAD as error:
            raise ValueError(f"{self.path} is not a whole image ({error}): copy it anew or replace it.") from error
        return self.image

    def __exit__(self, *_):
        self.image.close()


def _to_bytes(path, values):
    """Return values of 16 or 32 bits or floats as uint8."""
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind == "f":
        scale = 255 if high <= 1 else 1
        fits = low >= 0 and high <= 255  # False for NaN
    else:
        scale = 1 / 257
        fits = low >= 0 and high <= 65535
    if not fits:
        raise ValueError(f"{path} holds values from {low:g} to {high:g}: save it with 8 or 16 bits a channel.")
    return np.rint(values * scale).astype(np.uint8)

"""The exercises of lesson 01c."""

import numpy as np
import pywt

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_haar():
    """Exercise 1: one level of the Haar transform."""

    def bands(x, scale=1):
        low, high = pywt.dwt2(x.astype(float), "haar")
        return np.stack([low, *high]) * scale

    block, wide = np.array([[8, 6], [4, 2]], np.uint8), samples.load("camera")[100:164, 150:250]
    return check.Exercise(
        "haar",
        cases=[
            check.case(block, expected=np.array([10.0, 4, 2, 0]).reshape(4, 1, 1), name="one block"),
            check.case(wide, expected=bands(wide), name="part of the camera"),
        ],
        mistakes=[
            check.mistake("bytes wrap around: convert to float first", lambda x: np.rint(bands(x, 2)) % 256 / 2),
            check.mistake("divide by 2, not by 4", lambda x: bands(x, 0.5)),
            check.mistake("the halving is missing", lambda x: bands(x, 2)),
            check.mistake("rows and columns swapped", lambda x: bands(x)[[0, 2, 1, 3]]),
            check.mistake("a difference keeps its sign: no abs", lambda x: np.abs(bands(x))),
        ],
    )


@exercise
def check_message():
    """Exercise 2: read the message."""

    def hidden(text, start):
        data = text.encode("utf-8")
        bits = np.unpackbits(np.frombuffer(len(data).to_bytes(2, "big") + data, np.uint8))
        image = samples.load("camera")[start : start + 64, 100:260].copy()
        flat = image.ravel()
        flat[: len(bits)] = flat[: len(bits)] & 254 | bits
        return image

    def read(image, order="big", columns=False, length=True, head=2, code="utf-8"):
        data = np.packbits((image.T if columns else image).ravel() & 1, bitorder=order).tobytes()
        size = int.from_bytes(data[:2], "big") if length else len(data)
        return data[head : head + size].decode(code, errors="replace")

    texts = {
        "two letters": "Hi",
        "Greek": "Η εικόνα κρύβει ένα μήνυμα.",
        "nothing": "",
        "more than 255 bytes": "A picture is worth a thousand words; this one holds some of them. " * 6,
    }
    return check.Exercise(
        "read_message",
        cases=[
            check.case(hidden(text, 7 * n), expected=text, name=name) for n, (name, text) in enumerate(texts.items())
        ],
        mistakes=[
            check.mistake("the highest bit of each number comes first", lambda x: read(x, order="little")),
            check.mistake("read row by row, not column by column", lambda x: read(x, columns=True)),
            check.mistake("the first 16 bits are the length, not text", lambda x: read(x, head=0)),
            check.mistake(
                "the length is one number of 16 bits, not of 8",
                lambda x: read(x, length=False)[: np.packbits(x.ravel()[8:16] & 1)[0]],
            ),
            check.mistake("stop at the length: the rest is picture", lambda x: read(x, length=False)),
            check.mistake("the bytes are UTF-8: two for a Greek letter", lambda x: read(x, code="latin-1")),
        ],
    )


@exercise
def check_needed():
    """Exercise 3 (hardest): how many coefficients does a PSNR cost?"""

    def fewest(costs, decibels):
        budget = 255**2 / 10 ** (decibels / 10) * costs.size
        return next(n for n in range(costs.size + 1) if costs[: costs.size - n].sum() <= budget)

    four, even = np.array([[10.0, 4], [2, 0]]), np.full((2, 2), -10.0)
    crop = samples.load("camera")[100:164, 150:214].astype(float)
    bands64 = pywt.coeffs_to_array(pywt.wavedec2(crop, "haar", level=3))[0]
    return check.Exercise(
        "coefficients_needed",
        cases=[
            check.case(four, 48, expected=2, name="48 dB from one block"),
            check.case(four, 49, expected=3, name="49 dB from one block"),
            check.case(even, 30, expected=2, name="four of −10"),
            check.case(bands64, 30, expected=318, name="64 × 64 of the camera, 30 dB"),
        ],
        mistakes=[
            check.mistake("square the coefficients", lambda b, d: fewest(np.sort(np.abs(b), None), d)),
            check.mistake("MSE is a mean, not a sum", lambda b, d: fewest(np.sort(b**2, None) * b.size, d)),
            check.mistake("that is the number you drop", lambda b, d: b.size - fewest(np.sort(b**2, None), d)),
            check.mistake("drop by size, not by sign", lambda b, d: fewest(np.sort(b, None) ** 2, d)),
            check.mistake("one too few", lambda b, d: fewest(np.sort(b**2, None), d) - 1),
        ],
    )

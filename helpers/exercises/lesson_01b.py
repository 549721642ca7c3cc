"""The exercises of lesson 01b."""

import cv2
import numpy as np
import pywt
from skimage import metrics

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_psnr():
    """Exercise 1: PSNR by hand."""
    truth = samples.load("camera")[:128, :128]
    soft = cv2.GaussianBlur(samples.load("camera"), (9, 9), 0)[:128, :128]
    flat, above = np.full((4, 4), 100, np.uint8), np.full((4, 4), 110, np.uint8)
    return check.Exercise(
        "psnr",
        cases=[
            check.case(above, flat, expected=metrics.peak_signal_noise_ratio(above, flat), name="10 apart"),
            check.case(truth, soft, expected=metrics.peak_signal_noise_ratio(truth, soft), name="a blur"),
        ],
        mistakes=[
            check.mistake("bytes wrap around", lambda a, b: 10 * np.log10(255**2 / np.mean((a - b) ** 2))),
            check.mistake(
                "natural log: use log10", lambda a, b: 10 * np.log(255**2 / metrics.mean_squared_error(a, b))
            ),
            check.mistake("255 is not squared", lambda a, b: 10 * np.log10(255 / metrics.mean_squared_error(a, b))),
            check.mistake("20 instead of 10", lambda a, b: 20 * np.log10(255**2 / metrics.mean_squared_error(a, b))),
            check.mistake("that is the MSE, not yet the PSNR", metrics.mean_squared_error),
        ],
    )


@exercise
def check_bytes():
    """Exercise 2: a CT window in bytes."""

    def ramp(x, low, high):
        return np.interp(x, (low, high), (0, 255))

    steps = np.array([[-1000, -160, 40, 240, 1000]], np.int16)
    vertebra = samples.load("ct_spine")
    line = np.rint(ramp(vertebra, -350, 1150)).astype(np.uint8)
    return check.Exercise(
        "to_bytes",
        cases=[
            check.case(steps, 40, 400, expected=np.array([[0, 0, 128, 255, 255]], np.uint8), name="five values"),
            check.case(vertebra, 400, 1500, expected=line, name="the spine, bone window"),
        ],
        mistakes=[
            check.mistake(
                "clip first: bytes wrap around", lambda x, c, w: ((x - c + w / 2) / w * 255).astype(int) % 256
            ),
            check.mistake("the width is the whole range, not half", lambda x, c, w: ramp(x, c - w, c + w)),
            check.mistake("the level is the middle, not the lower end", lambda x, c, w: ramp(x, c, c + w)),
            check.mistake("range 0..1: multiply by 255", lambda x, c, w: ramp(x, c - w / 2, c + w / 2) / 255),
            check.mistake("that is the image's range, not the window's", lambda x, c, w: ramp(x, x.min(), x.max())),
        ],
        rtol=0,
        atol=1,
    )


@exercise
def check_haar():
    """Exercise 3 (harder): one level of the Haar transform."""

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
def check_needed():
    """Exercise 4 (hardest): how many coefficients does a PSNR cost?"""

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

"""The exercises of lesson 01a."""

import cv2
import numpy as np
from scipy import ndimage
from scipy.stats import rankdata
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
def check_equalise():
    """Exercise 2: equalise a part."""

    def shares(x, mask, counted=None, own=True):
        counts = np.bincount(x[mask if counted is None else counted], minlength=256)
        below = counts.cumsum() - (0 if own else counts)
        return below[x] / counts.sum()

    def inside(x, mask, **kind):
        return np.where(mask, shares(x, mask, **kind), 0)

    six, every = np.array([[50, 50, 51], [51, 51, 53]], np.uint8), np.ones((2, 3), bool)
    framed = np.array([[0, 0, 0, 0], [0, 9, 7, 0], [0, 9, 0, 0]], np.uint8)
    part = np.zeros((3, 4), bool)
    part[1:, 1:3] = True
    moon = samples.load("moon")[100:220, 100:260]
    rows, columns = np.ogrid[:120, :160]
    disc = (rows - 60) ** 2 + (columns - 80) ** 2 < 50**2
    given = [("six pixels", six, every), ("a frame around four", framed, part), ("a disc of the moon", moon, disc)]
    return check.Exercise(
        "equalise",
        cases=[
            check.case(
                image,
                mask,
                expected=np.where(mask, rankdata(np.where(mask, image, 999), "max").reshape(mask.shape), 0)
                / mask.sum(),
                name=name,
            )
            for name, image, mask in given
        ],
        mistakes=[
            check.mistake(
                "count the pixels inside the mask only", lambda x, m: inside(x, m, counted=np.ones(m.shape, bool))
            ),
            check.mistake("outside the mask the result is 0", shares),
            check.mistake("divide by the number of masked pixels, not of all", lambda x, m: inside(x, m) * m.mean()),
            check.mistake(
                "you stretched the range: use the counts", lambda x, m: np.where(m, (x - x[m].min()) / np.ptp(x[m]), 0)
            ),
            check.mistake("the pixel's own level is left out of the sum", lambda x, m: inside(x, m, own=False)),
            check.mistake(
                "the histogram is not accumulated",
                lambda x, m: np.where(m, np.bincount(x[m], minlength=256)[x] / m.sum(), 0),
            ),
            check.mistake("range 0..255, not 0..1", lambda x, m: 255 * inside(x, m)),
        ],
    )


@exercise
def check_median():
    """Exercise 3 (hardest): a median filter."""
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
        exact_type=True,
    )

"""Answers to the exercises of lesson 01a."""

import cv2
import numpy as np
from scipy import ndimage
from skimage import exposure, metrics

from tests.answers import Answers


def psnr_by_opencv(reference, image):
    return cv2.PSNR(reference, image)


def psnr_by_norm(reference, image):
    return 20 * np.log10(255 * np.sqrt(image.size) / np.linalg.norm(reference.astype(np.int32) - image))


def psnr_in_bytes(reference, image):
    return 10 * np.log10(255**2 / np.mean((reference - image) ** 2))


def psnr_without_log(reference, image):
    return 255**2 / metrics.mean_squared_error(reference, image)


def equalise_by_library(image, mask):
    shares = np.zeros(image.shape)
    values = image[mask].astype(int)
    shares[mask] = [np.mean(values <= value) for value in range(256)] @ (np.arange(256)[:, None] == values)
    return shares


def equalise_by_sorting(image, mask):
    result = np.zeros(image.shape)
    values = image[mask]
    result[mask] = np.searchsorted(np.sort(values), values, side="right") / len(values)
    return result


def equalise_all(image, mask):
    counts = np.bincount(image.ravel(), minlength=256)
    return np.where(mask, counts.cumsum()[image] / image.size, 0)


def equalise_everywhere(image, mask):
    return np.bincount(image[mask], minlength=256).cumsum()[image] / mask.sum()


def stretched(image, mask):
    values = image[mask].astype(float)
    return np.where(mask, (image - values.min()) / np.ptp(values), 0)


def median_by_scipy(image):
    return ndimage.median_filter(image, size=3, mode="nearest")


def median_by_shifts(image):
    wide, (height, width) = np.pad(image, 1, "edge"), image.shape
    stack = [wide[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    return np.sort(stack, axis=0)[4]


ANSWERS = {
    "check_psnr": Answers(
        right={"OpenCV": psnr_by_opencv, "a norm": psnr_by_norm},
        wrong={
            "the prompt's number": lambda reference, image: 28.13,
            "upside down": lambda reference, image: -psnr_by_norm(reference, image),
            "no logarithm": psnr_without_log,
        },
        announced={
            "bytes wrap around": psnr_in_bytes,
            "255 is not squared": lambda r, i: 10 * np.log10(255 / metrics.mean_squared_error(r, i)),
        },
    ),
    "check_equalise": Answers(
        right={"counting": equalise_by_library, "sorting": equalise_by_sorting},
        wrong={
            "the range": stretched,
            "scikit-image, no mask": lambda image, mask: np.where(mask, exposure.equalize_hist(image), 0),
            "only the mask": lambda image, mask: mask.astype(float),
        },
        announced={
            "count the pixels inside the mask only": equalise_all,
            "outside the mask the result is 0": equalise_everywhere,
        },
    ),
    "check_median": Answers(
        right={"SciPy": median_by_scipy, "shifts": median_by_shifts},
        wrong={
            "black": np.zeros_like,
            "floats": lambda image: median_by_scipy(image).astype(float),
            "a disc": lambda image: ndimage.median_filter(image, footprint=np.eye(3), mode="nearest"),
        },
        announced={
            "that is the mean": lambda image: cv2.blur(image, (3, 3), borderType=cv2.BORDER_REPLICATE),
            "pad with the border": lambda image: ndimage.median_filter(image, 3, mode="constant"),
        },
    ),
}

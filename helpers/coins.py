"""The coin counter that lesson 01c builds step by step and lesson 01d puts to the test.

>>> from helpers import coins, samples
>>> int(coins.find_coins(samples.load("coins")).max())
24
"""

import cv2
import numpy as np
import pandas as pd
from scipy import ndimage
from skimage import filters, measure, segmentation

COLUMNS = {
    "label": "label",
    "centroid-1": "x",
    "centroid-0": "y",
    "area": "area",
    "equivalent_diameter_area": "diameter",
    "perimeter": "perimeter",
    "eccentricity": "eccentricity",
}


def disk(radius):
    """Return a round structuring element, (2 radius + 1, 2 radius + 1) uint8 of 0 and 1. radius: int >= 0, pixels."""
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))


def find_coins(image):
    """Return a label image (H, W) int: 0 is background, 1, 2, … are bright objects on a darker background.

    image: grey, (H, W) uint8. The darkest 10% of the pixels are taken as background, the brightest 15% as object;
    a watershed on the gradient (Beucher and Lantuéjoul, 1979) decides about the rest. Pieces narrower than
    7 pixels are dropped. Raises ValueError for another rank or dtype.
    """
    if np.ndim(image) != 2 or image.dtype != np.uint8:
        raise ValueError(f"find_coins needs a grey (H, W) uint8 image, not {np.shape(image)} {np.asarray(image).dtype}")
    smooth = cv2.GaussianBlur(image, (0, 0), 1)
    dark, bright = np.quantile(smooth, (0.1, 0.85))
    markers = 1 * (smooth <= dark) + 2 * (smooth >= bright)
    mask = segmentation.watershed(filters.sobel(smooth), markers) == 2
    mask = ndimage.binary_fill_holes(mask).astype(np.uint8)
    return measure.label(cv2.morphologyEx(mask, cv2.MORPH_OPEN, disk(3)))


def describe(labels):
    """Return a pandas.DataFrame with one row an object of the label image (H, W) int, and the columns

    label, x and y of the centre (pixels), area (pixels), diameter of the circle with that area (pixels),
    perimeter (pixels), eccentricity (0 for a circle, towards 1 for a line).
    """
    wanted = ["label", "centroid", "area", "equivalent_diameter_area", "perimeter", "eccentricity"]
    table = pd.DataFrame(measure.regionprops_table(labels, properties=wanted))
    return table[list(COLUMNS)].rename(columns=COLUMNS)

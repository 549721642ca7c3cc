"""The coin counter that lesson 01d builds step by step, and the outlines drawn by hand that lesson 01e tests it on.

>>> from helpers import coins, samples
>>> int(coins.find_coins(samples.load("coins")).max())
24
"""

from pathlib import Path

import cv2
import numpy as np
import pandas as pd
from scipy import ndimage
from skimage import draw, filters, measure, segmentation

OUTLINES = Path(__file__).resolve().parents[1] / "data" / "coins" / "outlines.csv"
SHAPE = (303, 384)  # of the photograph

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
    return flood(cv2.GaussianBlur(image, (0, 0), 1))


def flood(smooth):
    """Return the label image (H, W) int of find_coins for an image (H, W) uint8 that is blurred already."""
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


def outlines(drawing=1, path=OUTLINES):
    """Return the outlines of the coins, drawn by hand: {coin: (N, 2) float polygon of x, y in pixels}.

    drawing: 1 has all 24 coins; 2 has three of them, drawn a second time. A pixel's centre has whole coordinates.
    path: a CSV file with the columns coin, drawing, x, y. Raises FileNotFoundError where there is none, and ValueError
    for another drawing and other columns.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path} is missing: it is part of the course, clone it anew")
    table = pd.read_csv(path)
    if list(table.columns) != ["coin", "drawing", "x", "y"]:
        raise ValueError(f"{path} has the columns {', '.join(table.columns)}, not coin, drawing, x, y")
    if drawing not in set(table.drawing):
        known = ", ".join(map(str, sorted(set(table.drawing))))
        raise ValueError(f"no drawing {drawing!r} in {path}; it has {known}")
    part = table[table.drawing == drawing]
    return {int(coin): points[["x", "y"]].to_numpy(float) for coin, points in part.groupby("coin")}


def hand_labels(drawing=1):
    """Return a label image (303, 384) int of the outlines: 0 is background, 1 … 24 the coins, row by row."""
    labels = np.zeros(SHAPE, int)
    for coin, polygon in outlines(drawing).items():
        labels[draw.polygon(polygon[:, 1], polygon[:, 0], SHAPE)] = coin
    return labels


def f1(pieces):
    """Return 2 · found / (coins + pieces), a float 0..1, of a label image (303, 384) int of the photograph.

    A coin is found where a piece and its hand-drawn outline share more than half of their union: since pieces are
    disjoint, each coin is found by one piece at most. Lesson 01e builds it.
    """
    hand, columns = hand_labels(), int(pieces.max()) + 1
    shared = np.bincount((hand * columns + pieces).ravel(), minlength=25 * columns).reshape(25, columns)
    union = shared.sum(axis=0) + shared.sum(axis=1, keepdims=True) - shared
    found = (shared / np.maximum(union, 1))[1:, 1:] > 0.5
    return float(2 * found.sum() / (24 + pieces.max()))

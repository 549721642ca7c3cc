"""Classical descriptors of lesson 01, as baselines: a picture becomes one row of numbers, without any training.

>>> from helpers import descriptors, samples
>>> cat = samples.load("cat")
>>> descriptors.colours(cat).shape, descriptors.texture(cat).shape, descriptors.edges(cat).shape
((48,), (18,), (1568,))
"""

import cv2
import numpy as np
from skimage import feature


def colours(image):
    """Return a histogram of 12 hues and 4 saturations, (48,), with the sum 1. image: RGB, uint8 or float32 in 0..1.

    Raises ValueError for a picture that is not (H, W, 3).
    """
    image = np.asarray(image)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"colours() needs an RGB picture (H, W, 3), not {image.shape}")
    image = image / np.float32(255) if image.dtype == np.uint8 else np.float32(image)
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    return cv2.calcHist([hsv], [0, 1], None, [12, 4], [0, 360, 0, 1.0001]).ravel() / hsv[..., 0].size


def texture(image, points=16, radius=2):
    """Return a histogram of uniform local binary patterns, (points + 2,), with the sum 1. image: as for `edges`.

    Ojala, Pietikäinen and Mäenpää, "Multiresolution gray-scale and rotation invariant texture classification with
    local binary patterns", IEEE TPAMI 24(7), 2002.
    """
    patterns = feature.local_binary_pattern(_grey(image), points, radius, "uniform").astype(int)
    return np.bincount(patterns.ravel(), minlength=points + 2) / patterns.size


def edges(image, side=64, cell=8):
    """Return HOG, counts of 8 directions of edges in cells, normalised over 2 × 2 cells, float (D,).

    image: (H, W) or RGB (H, W, 3), uint8 or float32 in 0..1; it is resized to side × side where it has another size.
    Dalal and Triggs, "Histograms of oriented gradients for human detection", CVPR 2005.
    """
    grey = _grey(image)
    if grey.shape != (side, side):
        grey = cv2.resize(grey, (side, side), interpolation=cv2.INTER_AREA)
    return feature.hog(grey, 8, (cell, cell), (2, 2))


def gradients(images, cell):
    """Return HOG of many pictures by OpenCV, float32 (N, D): 9 directions in cells, normalised over 2 × 2 cells.

    images: uint8 (N, H, W), all of one size; cell: its side in pixels. Built in lesson 09b; `edges` is scikit-image's,
    for one picture. Dalal and Triggs, "Histograms of oriented gradients for human detection", CVPR 2005.
    Raises ValueError where the cell does not divide both sides.
    """
    height, width = images.shape[1:]
    if height % cell or width % cell:
        raise ValueError(f"cell is {cell}, but has to divide the sides of the pictures, {height} and {width}.")
    hog = cv2.HOGDescriptor((width, height), (2 * cell, 2 * cell), (cell, cell), (cell, cell), 9)
    return np.stack([hog.compute(image).ravel() for image in images])


def rings(image, count=16):
    """Return the mean of the logarithmic spectrum in rings round the mean grey, (count,). image: as for `edges`."""
    grey = _grey(image).astype(float)
    spectrum = np.log(np.abs(np.fft.fftshift(np.fft.fft2(grey - grey.mean()))) + 1)
    rows, columns = (np.arange(length) - length // 2 for length in grey.shape)
    ring = np.minimum(np.hypot(*np.meshgrid(rows, columns, indexing="ij")).astype(int), count)  # the last is left out
    totals = np.bincount(ring.ravel(), spectrum.ravel(), count + 1)[:count]
    return totals / np.maximum(np.bincount(ring.ravel(), minlength=count + 1)[:count], 1)


def _grey(image):
    """Return a picture as uint8 (H, W). Raises ValueError for another shape, dtype or range."""
    image = np.asarray(image)
    if image.ndim not in (2, 3) or image.ndim == 3 and image.shape[2] != 3:
        raise ValueError(f"a picture is (H, W) or RGB (H, W, 3), not {image.shape}")
    if image.dtype != np.uint8 and (image.dtype.kind != "f" or image.min() < 0 or image.max() > 1):
        raise ValueError(f"a picture is uint8, or float in 0..1; this is {image.dtype} or out of range")
    image = image if image.dtype == np.uint8 else np.float32(image)
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return grey if grey.dtype == np.uint8 else np.uint8(255 * grey)

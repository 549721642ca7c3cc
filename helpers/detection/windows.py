"""The sliding windows of lesson 06b: HOG features of windows of a few sizes and shapes.

Dalal and Triggs, "Histograms of oriented gradients for human detection", CVPR 2005.
"""

import cv2
import numpy as np

SIDE, STEP = 48, 8  # of a stretched window and between two, pixels
SHAPES = [(s / r**0.5, s * r**0.5) for s in (56, 80, 113, 160) for r in (0.5, 1, 2)]  # width, height


def layouts(height, width):
    """Return (stretched width, stretched height, pixels a stretched pixel in x, in y) for each shape that fits."""
    fits = [(w, h) for w, h in SHAPES if w <= width and h <= height]
    return [(round(width * SIDE / w), round(height * SIDE / h), w / SIDE, h / SIDE) for w, h in fits]


def boxes(height, width):
    """Return the boxes (N, 4) of all windows, in pixels of the image."""
    found = [np.zeros((0, 4))]
    for wide, high, *scales in layouts(height, width):
        y, x = np.mgrid[0 : high - SIDE + 1 : STEP, 0 : wide - SIDE + 1 : STEP]
        found.append(np.stack([x, y, x + SIDE, y + SIDE], axis=-1).reshape(-1, 4) * [*scales, *scales])
    return np.concatenate(found)


def features(image):
    """Return the HOG features of all windows of an RGB uint8 image, float32 (N, 900), in the order of `boxes`."""
    hog = cv2.HOGDescriptor((SIDE, SIDE), (16, 16), (8, 8), (8, 8), 9)  # window, block, block step, cell, directions
    found = [np.zeros((0, hog.getDescriptorSize()), np.float32)]
    for wide, high, _, _ in layouts(*image.shape[:2]):
        stretched = cv2.resize(image, (wide, high), interpolation=cv2.INTER_AREA)
        found.append(hog.compute(stretched, winStride=(STEP, STEP)).reshape(-1, hog.getDescriptorSize()))
    return np.concatenate(found)

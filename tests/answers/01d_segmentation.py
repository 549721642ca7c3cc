"""Answers to the exercises of lesson 01d."""

import cv2
import numpy as np
from scipy import ndimage
from skimage import feature, measure, morphology

from tests.answers import Answers


def whole_by_frame(mask):
    labels = measure.label(mask)
    frame = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return len(set(range(1, labels.max() + 1)) - set(frame.tolist()))


def whole_by_opencv(mask):
    height, width = mask.shape
    stats = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)[2][1:]
    return sum(bool(x > 0 and y > 0 and x + w < width and y + h < height) for x, y, w, h, _ in stats)


def whole_by_flooding(mask):
    border = mask.copy()
    border[1:-1, 1:-1] = False
    cut = morphology.reconstruction(border, mask, footprint=np.ones((3, 3))) if mask.any() else border
    return ndimage.label(mask & (cut == 0), np.ones((3, 3)))[1]


def whole_without_frame(mask):
    inside = np.pad(mask[1:-1, 1:-1], 1)
    return int(measure.label(inside).max())


def touching_by_peaks(mask):
    wide = np.pad(mask, 1)
    distance = ndimage.gaussian_filter(ndimage.distance_transform_edt(wide), 1)
    return len(feature.peak_local_max(distance, min_distance=5, labels=measure.label(wide), exclude_border=False))


def touching_by_reconstruction(mask):
    distance = ndimage.distance_transform_edt(np.pad(mask, 1))
    pass_height = morphology.reconstruction(distance - 1, distance)
    return measure.label(distance - pass_height >= 1 - 1e-6).max()


def touching_by_limit(limit):
    return lambda mask: int(measure.label(ndimage.distance_transform_edt(mask) > limit).max())


def moments(mask):
    found = cv2.moments(mask.astype(np.uint8), binaryImage=True)
    a, b, c = found["mu20"], 2 * found["mu11"], found["mu02"]
    root = np.hypot(b, a - c)
    return np.sqrt(2 * root / (a + c + root))


def by_regionprops(mask):
    return measure.regionprops(mask.astype(np.uint8))[0].eccentricity


def by_svd(mask):
    places = np.argwhere(mask) - np.argwhere(mask).mean(axis=0)
    large, small = np.linalg.svd(places, compute_uv=False)
    return np.sqrt(1 - (small / large) ** 2)


def by_box(mask):
    rows, columns = (np.ptp(places) + 1 for places in np.nonzero(mask))
    return float(np.sqrt(1 - (min(rows, columns) / max(rows, columns)) ** 2))


ANSWERS = {
    "check_whole": Answers(
        right={"the frame's labels": whole_by_frame, "OpenCV": whole_by_opencv, "flooding": whole_by_flooding},
        wrong={
            "one": lambda mask: 1,
            "all but one": lambda mask: int(measure.label(mask).max()) - 1,
            "half of them": lambda mask: int(measure.label(mask).max()) // 2,
        },
        announced={
            "that counts all pieces": lambda mask: int(measure.label(mask).max()),
            "a cut piece goes as a whole": whole_without_frame,
        },
    ),
    "check_touching": Answers(
        right={"peaks": touching_by_peaks, "reconstruction": touching_by_reconstruction},
        wrong={
            "two": lambda mask: 2,
            "by area": lambda mask: round(mask.sum() / 1400),
            "a limit of 9": touching_by_limit(9),
        },
        announced={
            "discs that touch count as one": lambda mask: int(measure.label(mask).max()),
            "a limit of 16": touching_by_limit(16),
            "one limit for all": touching_by_limit(7),
        },
    ),
    "check_eccentricity": Answers(
        right={"moments": moments, "scikit-image": by_regionprops, "singular values": by_svd},
        wrong={
            "the prompt's numbers": lambda mask: 0.97 if mask.sum() == 400 else 0.0,
            "a ratio of the box": lambda mask: 1 - min(np.ptp(np.nonzero(mask), 1)) / max(np.ptp(np.nonzero(mask), 1)),
            "rows and columns only": lambda mask: abs(np.log(np.divide(*np.var(np.nonzero(mask), axis=1)))),
        },
        announced={
            "that is the box": by_box,
            "the root is missing": lambda mask: by_regionprops(mask) ** 2,
        },
    ),
}

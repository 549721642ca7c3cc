"""Thyroid ultrasound made ready for a network: crop, resize, arrays, split by patient (built in lesson 03a)."""

import cv2
import numpy as np

from helpers.datasets import thyroid

SIZE = (64, 64)  # height, width of the network's input
BLACK, SHARE = 8, 0.3  # a column or row holds tissue where more than this share of its pixels is above this grey level


def crop(image):
    """Return where the tissue of a scanner frame is, two slices (rows, columns).

    image: uint8 (H, W) or (H, W, 3). Kept is all from the first to the last column with more than SHARE above BLACK,
    then the same for the rows of these columns; text, scale marks and grey bars fill less of a column or row.
    Raises ValueError where no column or row is that bright.
    """
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    columns = _span((grey > BLACK).mean(axis=0) > SHARE)
    return _span((grey[:, columns] > BLACK).mean(axis=1) > SHARE), columns


def prepare(view, size=SIZE):
    """Return (image, mask) of a thyroid.View, cropped and resized: float32 in 0..1 and bool, both `size` = (H, W).

    A pixel of the small mask is True where at least half of its area is nodule. Raises what `crop` raises.
    """
    mask = thyroid.mask(view)[crop(view.image)].astype(np.float32)
    return small(view.image, size), np.round(cv2.resize(mask, size[::-1], interpolation=cv2.INTER_AREA), 3) >= 0.5


def small(frame, size=SIZE):
    """Return a scanner frame, uint8 (H, W, 3), cropped and resized: float32 `size` in 0..1. Raises what `crop` does."""
    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)[crop(frame)]  # a few real frames are coloured
    return cv2.resize(grey, size[::-1], interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def arrays(cases, size=SIZE):
    """Return (x, y, patients): float32 (N, H, W, 1) in 0..1, float32 (N, H, W, 1) of 0 and 1, int (N,) case numbers.

    cases: list of thyroid.Case. One row an image, in the order of the cases.
    """
    views = [(view, case.number) for case in cases for view in case.views]
    pairs = [prepare(view, size) for view, _ in views]
    x, y = (np.stack(parts)[..., None].astype(np.float32) for parts in zip(*pairs, strict=True))
    return x, y, np.array([number for _, number in views])


def split(groups, seed=0, test=0.2, validation=0.15):
    """Return (train, validation, test), three bool arrays (N,): all rows of a group fall on the same side.

    groups: (N,), for instance the patient of each image; np.arange(N) gives a split by image. `test` and `validation`
    are shares of the groups. Raises ValueError where a part would hold no group.
    """
    groups = np.asarray(groups)
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    ends = np.rint(np.cumsum([test, validation]) * len(names)).astype(int)
    parts = np.split(names, ends)
    if not all(len(part) for part in parts):
        raise ValueError(f"{len(names)} groups are too few for shares of {test} and {validation}")
    tests, validations, trains = (np.isin(groups, part) for part in parts)
    return trains, validations, tests


def _span(bright):
    """Return the slice from the first True to the last."""
    places = np.flatnonzero(bright)
    if not places.size:
        raise ValueError(f"no column or row with more than {SHARE:.0%} of its pixels above {BLACK}: no tissue to keep")
    return slice(int(places[0]), int(places[-1]) + 1)

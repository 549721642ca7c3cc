"""COCO's fields of an object, from the mask of what is visible of it. Lin et al., ECCV 2014, arXiv:1405.0312."""

import numpy as np


def box(mask):
    """Return (x1, y1, x2, y2), int, of the smallest box round a mask (H, W) with a pixel or more."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def fields(mask):
    """Return bbox, area, iscrowd and segmentation of a mask bool (H, W) with a pixel or more, a dict."""
    x1, y1, x2, y2 = box(mask)
    return {
        "bbox": [x1, y1, x2 - x1, y2 - y1],
        "area": int(mask.sum()),
        "iscrowd": 0,
        "segmentation": {"counts": run_lengths(mask), "size": list(mask.shape)},
    }


def run_lengths(mask):
    """Return COCO's uncompressed run lengths of a mask (H, W): columns one after the other, starting with zeros."""
    flat = np.concatenate([[False], mask.ravel(order="F"), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    runs = np.diff(np.concatenate([[0], edges, [mask.size]]))
    return [int(run) for run in (runs[:-1] if runs[-1] == 0 else runs)]

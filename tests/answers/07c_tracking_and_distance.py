"""Answers to the exercises of lesson 07c."""

import cv2
import numpy as np

from tests.answers import Answers


def closest_by_filling(first, second):
    def filled(track):
        known, whole = sorted(track), {}
        for a, b in zip(known, known[1:] + known[-1:], strict=True):
            for k in range(a, max(b, a + 1)):
                part = (k - a) / max(b - a, 1)
                whole[k] = [p + part * (q - p) for p, q in zip(track[a], track[b], strict=True)]
        return whole

    one, two = filled(first), filled(second)
    gaps = {k: float(np.linalg.norm(np.subtract(one[k], two[k]))) for k in sorted(set(one) & set(two))}
    return min(gaps.items(), key=lambda item: item[1]) if gaps else None


def closest_by_arrays(first, second):
    start, stop = max(min(first), min(second)), min(max(first), max(second))
    if stop < start:
        return None
    frames = np.arange(start, stop + 1)
    paths = [
        np.stack([np.interp(frames, sorted(t), [t[k][axis] for k in sorted(t)]) for axis in (0, 1)], axis=1)
        for t in (first, second)
    ]
    gaps = np.hypot(*(paths[0] - paths[1]).T)
    return int(frames[gaps.argmin()]), float(gaps.min())


def only_seen(first, second):
    both = sorted(set(first) & set(second))
    gaps = {k: float(np.hypot(*np.subtract(first[k], second[k]))) for k in both}
    return min(gaps.items(), key=lambda item: item[1]) if gaps else None


def apply_by_loop(matrix, points):
    found = []
    for x, y in points:
        a, b, c = (row[0] * x + row[1] * y + row[2] for row in matrix)
        found.append((a / c, b / c) if c else (np.nan, np.nan))
    return np.array(found).reshape(-1, 2)


def apply_by_parts(matrix, points):
    matrix = np.asarray(matrix, float)
    weight = points @ matrix[2, :2] + matrix[2, 2]
    return (points @ matrix[:2, :2].T + matrix[:2, 2]) / np.where(weight == 0, np.nan, weight)[:, None]


def apply_everywhere(matrix, points):
    mapped = np.c_[points, np.ones(len(points))] @ np.transpose(matrix)
    return mapped[:, :2] / mapped[:, 2:]


def apply_by_library(matrix, points):
    return cv2.perspectiveTransform(points[None], np.float64(matrix))[0] if len(points) else points


def pixel_by_row(z, eye, focal):
    row = focal * eye / np.asarray(z)
    return focal * eye / row**2


def pixel_by_step(z, eye, focal):
    row, step = focal * eye / np.asarray(z), 1e-4
    return (focal * eye / (row - step) - focal * eye / (row + step)) / (2 * step)


ANSWERS = {
    "check_closest": Answers(
        right={"filled gaps": closest_by_filling, "arrays": closest_by_arrays},
        wrong={
            "nothing": lambda a, b: None,
            "the prompt": lambda a, b: (1, 1.0),
            "the first frame": lambda a, b: (min(a), 0.0),
        },
        announced={"goes on along a straight line": only_seen},
    ),
    "check_apply": Answers(
        right={"a loop": apply_by_loop, "parts": apply_by_parts},
        wrong={
            "as it is": lambda m, p: np.asarray(p, float),
            "zeros": lambda m, p: np.zeros((len(p), 2)),
            "no places": lambda m, p: np.full((len(p), 2), np.nan),
            "OpenCV": apply_by_library,
            "infinite on the horizon": apply_everywhere,
            "OpenCV's affine part": lambda m, p: cv2.transform(p[None], np.float64(m)[:2])[0] if len(p) else p,
        },
        announced={
            "on the horizon a point has no place": apply_by_library,
            "divide by the third number": lambda m, p: (np.c_[p, np.ones(len(p))] @ np.transpose(m))[:, :2],
            "need its transpose": lambda m, p: (
                (np.c_[p, np.ones(len(p))] @ m)[:, :2] / (np.c_[p, np.ones(len(p))] @ m)[:, 2:]
            ),
        },
    ),
    "check_pixel": Answers(
        right={"by the row": pixel_by_row, "by a small step": pixel_by_step},
        wrong={
            "the prompt": lambda z, e, f: 0.133,
            "one pixel of the row": lambda z, e, f: e / f,
            "no camera": lambda z, e, f: z**2 / 480,
        },
        announced={
            "sideways a pixel": lambda z, e, f: z / f,
            "turn it over": lambda z, e, f: f * e / z**2,
        },
    ),
}

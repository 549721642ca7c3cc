"""Answers to the exercises of lesson 06a."""

import numpy as np

from helpers.detection import boxes
from tests.answers import Answers


def customs_by_helpers(rows, width, height):
    readings = {"corners": lambda r: r, "xywh": boxes.from_xywh, "centre": boxes.from_centre}
    found = set()
    for name, read in readings.items():
        try:
            read_as = boxes.check(read(rows))
        except ValueError:
            continue
        if np.array_equal(boxes.clip(read_as, height, width), read_as):
            found.add(name)
    return found


def customs_by_loops(rows, width, height):
    found = []
    for name in ("corners", "xywh", "centre"):
        fits = True
        for a, b, c, d in rows:
            box = {"corners": (a, b, c, d), "xywh": (a, b, a + c, b + d)}.get(
                name, (a - c / 2, b - d / 2, a + c / 2, b + d / 2)
            )
            fits &= 0 <= box[0] < box[2] <= width and 0 <= box[1] < box[3] <= height
        if fits:
            found.append(name)
    return set(found)


def first_row(rows, width, height):
    return customs_by_loops(rows[:1], width, height)


def giou_by_arrays(a, b):
    pair = np.array([a, b], float)
    hull = (pair[:, 2:].max(axis=0) - pair[:, :2].min(axis=0)).prod()
    shared = np.clip(pair[:, 2:].min(axis=0) - pair[:, :2].max(axis=0), 0, None).prod()
    union = (pair[:, 2:] - pair[:, :2]).prod(axis=1).sum() - shared
    return shared / union + union / hull - 1


def giou_by_helpers(a, b):
    first, second = [a], [b]
    union = (boxes.area(first) + boxes.area(second))[0] / (1 + boxes.iou(first, second)[0, 0])
    hull = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
    return float(boxes.iou(first, second)[0, 0] - 1 + union / hull)


def soften_recursively(overlaps, scores):
    if not scores:
        return []
    best = max(range(len(scores)), key=scores.__getitem__)
    rest = [k for k in range(len(scores)) if k != best]
    lower = [scores[k] * (1 - overlaps[best][k]) for k in rest]
    after = soften_recursively([[overlaps[i][j] for j in rest] for i in rest], lower)
    return after[:best] + [scores[best]] + after[best:]


def soften_by_arrays(overlaps, scores):
    now, done = np.array(scores, float), np.zeros(len(scores), bool)
    for _ in scores:
        best = np.where(done, -1, now).argmax()
        done[best] = True
        now = np.where(done, now, now * (1 - np.array(overlaps)[best]))
    return now.tolist()


def soften_once(overlaps, scores):
    best = scores.index(max(scores)) if scores else 0
    return [s if k == best else s * (1 - overlaps[best][k]) for k, s in enumerate(scores)]


ANSWERS = {
    "check_customs": Answers(
        right={"the helpers": customs_by_helpers, "loops": customs_by_loops},
        wrong={
            "the prompt's answer": lambda rows, width, height: {"corners"},
            "always all": lambda rows, width, height: {"corners", "xywh", "centre"},
            "a list of one": lambda *given: list(customs_by_loops(*given))[:1],
        },
        announced={
            "every row must fit": lambda rows, w, h: set().union(*(customs_by_loops([row], w, h) for row in rows)),
            "look at every row": first_row,
            "a box may touch the border": lambda rows, w, h: (
                customs_by_loops(np.asarray(rows) + 0.0, w - 1e-9, h - 1e-9)
                - ({"xywh"} if (np.asarray(rows)[:, :2] == 0).any() else set())
            ),
        },
    ),
    "check_giou": Answers(
        right={"arrays": giou_by_arrays, "the helpers": giou_by_helpers},
        wrong={
            "the prompt's number": lambda a, b: -0.25,
            "absolute": lambda a, b: abs(giou_by_arrays(a, b)),
            "as a loss": lambda a, b: 1 - giou_by_arrays(a, b),
        },
        announced={"that is IoU": lambda a, b: float(boxes.iou([a], [b])[0, 0])},
    ),
    "check_soften": Answers(
        right={"recursion": soften_recursively, "arrays": soften_by_arrays},
        wrong={
            "the prompt's numbers": lambda overlaps, scores: [0.9, 0.128, 0.63],
            "unchanged": lambda overlaps, scores: list(scores),
            "sorted": lambda overlaps, scores: sorted(soften_by_arrays(overlaps, scores), reverse=True),
        },
        announced={"repeat until no box is left": soften_once},
    ),
}

"""Answers to the exercises of lesson 01e."""

import cv2
import numpy as np
from scipy.spatial.distance import correlation

from tests.answers import Answers


def by_opencv(template, patch):
    if np.ptp(template) == 0 or np.ptp(patch) == 0:
        return 0.0
    return cv2.matchTemplate(patch, template, cv2.TM_CCOEFF_NORMED).item()


def by_corrcoef(template, patch):
    if len(np.unique(template)) == 1 or len(np.unique(patch)) == 1:
        return 0
    return np.corrcoef(template.ravel(), patch.ravel())[0, 1]


def by_distance(template, patch):
    flat = template.std() == 0 or patch.std() == 0
    return 0.0 if flat else 1 - correlation(template.ravel().astype(float), patch.ravel().astype(float))


def means_left_in(template, patch):
    t, p = template.astype(float), patch.astype(float)
    return (t * p).sum() / np.sqrt((t**2).sum() * (p**2).sum())


def not_normalised(template, patch):
    t, p = template - template.mean(), patch - patch.mean()
    return (t * p).mean()


def no_care_for_flat(template, patch):
    t, p = template - template.mean(), patch - patch.mean()
    with np.errstate(invalid="ignore"):
        return (t * p).sum() / np.sqrt((t**2).sum() * (p**2).sum())


def box_iou(one, other):
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(width, 0) * max(height, 0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return shared / (sum(areas) - shared)


def by_loops(boxes, scores, truth, *, reverse=True, least=0.5, once=True):
    free, found = set(range(len(truth))), 0
    order = sorted(range(len(boxes)), key=lambda n: scores[n], reverse=reverse)
    for place in order:
        values = {n: box_iou(boxes[place], truth[n]) for n in free}
        if values and max(values.values()) >= least:
            found += 1
            if once:
                free.discard(max(values, key=values.get))
    return found, len(boxes) - found, len(truth) - found


def by_a_matrix(boxes, scores, truth):
    if not len(boxes) or not len(truth):
        return 0, len(boxes), len(truth)
    table = np.array([[box_iou(box, one) for one in truth] for box in boxes])
    found = 0
    for place in np.argsort(scores)[::-1]:
        if table[place].max() >= 0.5:
            found += 1
            table[:, table[place].argmax()] = -1
    return found, len(boxes) - found, len(truth) - found


def swapped(boxes, scores, truth):
    found, false, missed = by_loops(boxes, scores, truth)
    return found, missed, false


def in_the_order_given(boxes, scores, truth):
    return by_loops(boxes, -np.arange(len(boxes)), truth)


def by_sorting(scores, is_object, objects, recall):
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(is_object[order])
    last = np.append(np.diff(scores[order]) != 0, True)  # equal scores come together
    enough = np.flatnonzero((right / objects >= recall) & last)
    return None if not len(enough) else (scores[order][enough[0]], right[enough[0]] / (enough[0] + 1))


def by_search(scores, is_object, objects, recall, above=False, lowest=False):
    found = None
    for threshold in sorted(set(scores), reverse=True):
        reported = scores > threshold if above else scores >= threshold
        if np.count_nonzero(is_object & reported) / objects >= recall and (found is None or lowest):
            found = float(threshold), is_object[reported].mean()
    return found


def recall_in_place_of_precision(scores, is_object, objects, recall):
    found = by_search(scores, is_object, objects, recall)
    return found and (found[0], is_object[scores >= found[0]].sum() / objects)


ANSWERS = {
    "check_ncc": Answers(
        right={"OpenCV": by_opencv, "corrcoef": by_corrcoef, "SciPy's distance": by_distance},
        wrong={
            "always 1": lambda template, patch: 1.0,
            "the sign of it": lambda template, patch: float(np.sign(by_opencv(template, patch))),
            "the prompt's pair": lambda template, patch: float(patch.max() == 120),
            "squared": lambda template, patch: by_opencv(template, patch) ** 2,
            "absolute": lambda template, patch: abs(by_opencv(template, patch)),
        },
        announced={
            "take the mean off both patches first": means_left_in,
            "divide by the root of both sums of squares": not_normalised,
            "a flat patch has no pattern: return 0.0, not 0/0": no_care_for_flat,
        },
    ),
    "check_boxes": Answers(
        right={"loops": by_loops, "a matrix": by_a_matrix},
        wrong={
            "the prompt's numbers": lambda boxes, scores, truth: (1, 2, 1),
            "all found": lambda boxes, scores, truth: (len(truth), len(boxes) - len(truth), 0),
            "lowest score first": lambda *given: by_loops(*given, reverse=False),
            "a list of shares": lambda *given: [value / 2 for value in by_loops(*given)],
        },
        announced={
            "each object is found once": lambda *given: by_loops(*given, once=False),
            "start with the highest score": in_the_order_given,
            "an IoU of exactly 0.5 counts": lambda *given: by_loops(*given, least=0.500001),
            "missed and false alarms are swapped": swapped,
        },
    ),
    "check_threshold": Answers(
        right={"sorting": by_sorting, "search": by_search},
        wrong={
            "the prompt's numbers": lambda scores, is_object, objects, recall: (0.6, 0.75),
            "the lowest score": lambda scores, is_object, *rest: (float(scores.min()), float(is_object.mean())),
            "never found": lambda *given: [None][0],
            "the threshold alone": lambda *given: (by_search(*given) or [None])[0],
        },
        announced={
            "recall divides by all objects": lambda s, right, objects, recall: by_search(s, right, right.sum(), recall),
            "a score at the threshold is reported too": lambda *given: by_search(*given, above=True),
            "not the lowest": lambda *given: by_search(*given, lowest=True),
            "that is the recall": recall_in_place_of_precision,
        },
    ),
}

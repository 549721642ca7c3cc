"""The exercises of lesson 01e."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_ncc():
    """Exercise 1: normalised cross-correlation."""

    def ncc(t, p, mean=True, norm=True, flat=0.0):
        t, p = t.astype(float), p.astype(float)
        t, p = (t - t.mean(), p - p.mean()) if mean else (t, p)
        below = np.sqrt((t**2).sum() * (p**2).sum()) if norm else t.size
        return (t * p).sum() / below if below else flat

    def in_bytes(t, p):
        t, p = t - np.uint8(t.mean()), p - np.uint8(p.mean())
        return float((t * p).sum() / np.sqrt(float((t**2).sum()) * float((p**2).sum()) or 1))

    step, tilted = np.uint8([[0, 0, 10, 10]]), np.uint8([[100, 100, 100, 120]])
    cross = np.uint8([[0, 200, 0], [200, 250, 200], [0, 200, 0]])
    return check.Exercise(
        "ncc",
        cases=[
            check.case(step, np.uint8([[100, 100, 120, 120]]), expected=1.0, name="the same pattern, brighter"),
            check.case(step, np.uint8([[120, 120, 100, 100]]), expected=-1.0, name="its negative"),
            check.case(step, tilted, expected=0.5773502692, name="a part of it: 1/√3"),
            check.case(cross, cross.T // 2 + 9, expected=1.0, name="two rows and more, half the contrast"),
            check.case(step, np.full((1, 4), 7, np.uint8), expected=0.0, name="a flat patch"),
            check.case(np.full((2, 2), 90, np.uint8), np.uint8([[1, 2], [3, 4]]), expected=0.0, name="a flat template"),
        ],
        mistakes=[
            check.mistake("take the mean off both patches first", lambda t, p: ncc(t, p, mean=False)),
            check.mistake("divide by the root of both sums of squares", lambda t, p: ncc(t, p, norm=False)),
            check.mistake("a flat patch has no pattern: return 0.0, not 0/0", lambda t, p: ncc(t, p, flat=np.nan)),
            check.mistake("a flat patch has no pattern: it agrees with nothing", lambda t, p: ncc(t, p, flat=1.0)),
            check.mistake("uint8 cannot hold negative numbers: convert to float first", in_bytes),
        ],
    )


@exercise
def check_boxes():
    """Exercise 2: boxes that overlap."""

    def score(boxes, scores, truth, once=True, sort=True, least=0.5, beyond=False):
        taken, found = set(), 0
        for place in np.argsort(-scores) if sort else range(len(boxes)):
            values = [
                0 if once and not beyond and n in taken else iou(boxes[place], one) for n, one in enumerate(truth)
            ]
            if values and max(values) >= least and not (once and int(np.argmax(values)) in taken):
                taken.add(int(np.argmax(values)))
                found += 1
        return found, len(boxes) - found, len(truth) - found

    def iou(first, second):
        low, high = np.maximum(first[:2], second[:2]), np.minimum(first[2:], second[2:])
        shared = np.prod(np.clip(high - low, 0, None))
        return shared / (np.prod(first[2:] - first[:2]) + np.prod(second[2:] - second[:2]) - shared)

    def swapped(boxes, scores, truth):
        found, false, missed = score(boxes, scores, truth)
        return found, missed, false

    two = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10]])
    near = np.array([[0.0, 0, 10, 10], [0, 3, 10, 13]])
    none = np.zeros((0, 4))
    three = np.array([[1.0, 0, 11, 10], [0, 1, 10, 11], [50, 50, 60, 60]])
    order = np.array([[0.0, -2, 10, 8], [0, 1, 10, 11]])
    half = np.array([[0.0, 0, 10, 5], [20, 0, 30, 4]])
    draws = np.random.default_rng(1)
    cases = [
        ("two on one object", three, np.array([0.9, 0.8, 0.7]), two),
        ("each object once", two + 1, np.array([0.2, 0.9]), two),
        ("exactly half, and less", half, np.array([0.5, 0.5001]), two),
        ("the best score chooses first", order, np.array([0.3, 0.9]), near),
        ("no box", none, np.zeros(0), two),
        ("no object", two, np.array([0.4, 0.6]), none),
    ]
    corners = draws.uniform(0, 20, (8, 2))
    crowd = np.hstack([corners, corners + 10])
    cases.append(("a crowd", crowd + draws.normal(0, 1.5, crowd.shape), draws.random(8), crowd[:5]))
    return check.Exercise(
        "score_boxes",
        cases=[check.case(*given, expected=score(*given), name=name) for name, *given in cases],
        mistakes=[
            check.mistake(
                "start with the highest score, not with the first row", lambda b, s, t: score(b, s, t, sort=False)
            ),
            check.mistake(
                "each object is found once: a second box on it is a false alarm",
                lambda b, s, t: score(b, s, t, once=False),
            ),
            check.mistake(
                "an IoU of exactly 0.5 counts, less does not", lambda b, s, t: score(b, s, t, least=0.5 + 1e-9)
            ),
            check.mistake(
                "a box needs an IoU of at least 0.5, not any overlap", lambda b, s, t: score(b, s, t, least=1e-9)
            ),
            check.mistake("missed and false alarms are swapped", swapped),
        ],
    )


@exercise
def check_threshold():
    """Exercise 3: choose a threshold, and pay."""

    def choose(scores, right, objects, recall, above=False, lowest=False, over=None):
        found = []
        for threshold in sorted(set(scores.tolist()), reverse=not lowest):
            reported = scores > threshold if above else scores >= threshold
            if right[reported].sum() >= recall * (right.sum() if over else objects) and reported.any():
                found.append((float(threshold), float(right[reported].mean())))
        return found[0] if found else None

    def recall_for_precision(scores, right, objects, recall):
        found = choose(scores, right, objects, recall)
        return found and (found[0], float(right[scores >= found[0]].sum() / objects))

    def lowest_score(scores, right, objects, recall):
        return choose(scores, right, objects, recall) or (float(scores.min()), float(right.mean()))

    scores, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, True, False, True])
    mixed = np.array([0.3, 0.95, 0.5, 0.7, 0.5, 0.2]), np.array([True, True, False, True, True, False])
    given = [
        ("three of four", scores, right, 4, 0.75),
        ("half of them", scores, right, 4, 0.5),
        ("all: out of reach", scores, right, 4, 1.0),
        ("not in order, two equal scores", *mixed, 5, 0.5),
        ("every one that is there", *mixed, 4, 1.0),
    ]
    return check.Exercise(
        "threshold_for",
        cases=[check.case(*one, expected=choose(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("where even the lowest score does not reach the recall, return None", lowest_score),
            check.mistake(
                "recall divides by all objects, also those that no report found", lambda *a: choose(*a, over=True)
            ),
            check.mistake("a score at the threshold is reported too: >= and not >", lambda *a: choose(*a, above=True)),
            check.mistake(
                "the highest threshold that reaches the recall, not the lowest", lambda *a: choose(*a, lowest=True)
            ),
            check.mistake("that is the recall: precision divides by the reports", recall_for_precision),
        ],
    )

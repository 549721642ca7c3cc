"""Answers to the exercises of lesson 10g."""

import numpy as np
import pandas as pd

from tests.answers import Answers


def by_sorting(scores, right, limit):
    order = sorted(zip(scores, right, strict=True), reverse=True)
    wrong, best = 0, None
    for count, (score, good) in enumerate(order, 1):
        wrong += not good
        last_of_its_score = count == len(order) or order[count][0] < score
        if last_of_its_score and wrong / count <= limit:
            best = score
    return best


def by_pandas(scores, right, limit):
    groups = pd.DataFrame({"score": scores, "wrong": [not one for one in right]}).groupby("score").wrong
    table = groups.agg(["sum", "size"]).sort_index(ascending=False).cumsum()
    good = table.index[table["sum"] <= limit * table["size"] + 1e-12]
    return float(good.min()) if len(good) else None


def until_the_break(scores, right, limit):
    best, wrong = None, 0
    for count, (score, good) in enumerate(sorted(zip(scores, right, strict=True), reverse=True), 1):
        wrong += not good
        if wrong / count > limit:
            return best
        best = score
    return best


def of_all_digits(scores, right, limit):
    pairs = list(zip(scores, right, strict=True))
    good = [one for one in scores if sum(s >= one and not r for s, r in pairs) / len(pairs) <= limit]
    return min(good, default=None)


def by_loop(likeness, kinds, kind, same, k):
    places = [place for place in range(len(kinds)) if not same[place]]
    places.sort(key=lambda place: -likeness[place])
    answers = [kinds[place] for place in places[:k]]
    return answers.count(kind) / len(answers)


def by_minus_infinity(likeness, kinds, kind, same, k):
    alike = np.where(same, -np.inf, likeness)
    first = np.argsort(-alike, kind="stable")[: min(k, int((~np.array(same)).sum()))]
    return np.mean([kinds[place] == kind for place in first])


def with_itself(likeness, kinds, kind, same, k):
    first = np.argsort(-np.array(likeness), kind="stable")[:k]
    return float(np.mean(np.array(kinds)[first] == kind))


def without_the_first(likeness, kinds, kind, same, k):
    first = np.argsort(-np.array(likeness), kind="stable")[1 : k + 1]
    return float(np.mean(np.array(kinds)[first] == kind))


def by_min(last, boxes):
    def far(box):
        return (box[0] + box[2] - last[0] - last[2]) ** 2 + (box[1] + box[3] - last[1] - last[3]) ** 2

    best = min(range(len(boxes)), key=lambda n: far(boxes[n]), default=None)
    return best if best is not None and far(boxes[best]) <= (2 * (last[2] - last[0])) ** 2 else None


def by_complex(last, boxes):
    def middle(box):
        return complex(box[0] + box[2], box[1] + box[3]) / 2

    best = None
    for number, box in enumerate(boxes):
        far = abs(middle(box) - middle(last))
        if far <= last[2] - last[0] and (best is None or far < best[0]):
            best = far, number
    return None if best is None else best[1]


def nearest_always(last, boxes):
    far = [abs(box[0] + box[2] - last[0] - last[2]) + abs(box[1] + box[3] - last[1] - last[3]) for box in boxes]
    return int(np.argmin(far)) if far else None


def by_corner(last, boxes):
    far = [np.hypot(box[0] - last[0], box[1] - last[1]) for box in boxes]
    return int(np.argmin(far)) if far and min(far) <= last[2] - last[0] else None


ANSWERS = {
    "check_threshold": Answers(
        right={"sorted, score by score": by_sorting, "pandas": by_pandas},
        wrong={
            "the prompt's number": lambda scores, right, limit: 0.6,
            "the lowest score": lambda scores, right, limit: min(scores),
            "the quantile of the limit": lambda scores, right, limit: float(np.quantile(scores, limit)),
        },
        announced={
            "not only until the first break": until_the_break,
            "not of all digits": of_all_digits,
        },
    ),
    "check_precision": Answers(
        right={"a loop": by_loop, "minus infinity": by_minus_infinity},
        wrong={
            "always right": lambda likeness, kinds, kind, same, k: 1.0,
            "how many of its kind": lambda likeness, kinds, kind, same, k: list(kinds).count(kind) / len(kinds),
            "all but one": without_the_first,
        },
        announced={
            "leave `same` out": with_itself,
        },
    ),
    "check_same_face": Answers(
        right={"min": by_min, "complex numbers": by_complex},
        wrong={
            "the first": lambda last, boxes: 0 if boxes else None,
            "never": lambda last, boxes: None,
            "the most alike in size": lambda last, boxes: min(
                range(len(boxes)), key=lambda n: abs(boxes[n][2] - boxes[n][0] - last[2] + last[0]), default=None
            ),
        },
        announced={
            "take the nearest": lambda last, boxes: max(
                range(len(boxes)), key=lambda n: boxes[n][2] - boxes[n][0], default=None
            ),
            "the face is lost": nearest_always,
            "compare centres": by_corner,
        },
    ),
}

"""The exercises of lesson 10g."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_threshold():
    """Exercise 1: when to refuse."""

    def shares(scores, right):
        return {one: np.mean(~right[scores >= one]) for one in scores}

    def threshold(scores, right, limit):
        good = [one for one, share in shares(np.array(scores), np.array(right)).items() if share <= limit]
        return float(min(good)) if good else None

    def first_break(scores, right, limit):
        best = None
        for one in sorted(scores, reverse=True):
            if shares(np.array(scores), np.array(right))[one] > limit:
                break
            best = one
        return best

    def of_all(scores, right, limit):
        scores, right = np.array(scores), np.array(right)
        good = [one for one in scores if np.mean((scores >= one) & ~right) <= limit]
        return float(min(good)) if good else None

    def highest(scores, right, limit):
        good = [one for one, share in shares(np.array(scores), np.array(right)).items() if share <= limit]
        return float(max(good)) if good else None

    given = [
        ("a share that recovers", [0.9, 0.8, 0.7, 0.6], [True, True, False, True], 0.25),
        ("a limit that is met exactly", [0.95, 0.9, 0.6, 0.5, 0.4], [True, True, True, False, False], 0.25),
        ("in no order", [0.3, 0.9, 0.5, 0.7], [False, True, False, True], 0.4),
        ("the surest is wrong", [0.9, 0.8, 0.7, 0.6], [False, True, True, False], 0.4),
        ("no score will do", [0.9, 0.8], [False, False], 0.1),
        ("no error allowed", [0.9, 0.8, 0.7], [True, True, False], 0.0),
        ("errors early and late", [0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [True, False, True, False, False, False], 0.2),
        ("equal and wrong", [0.9, 0.8, 0.7, 0.6, 0.6], [True, True, True, False, False], 0.3),
        ("equal scores go together", [0.9, 0.6, 0.6], [True, True, False], 0.2),
    ]
    strictly = "the limit itself is allowed: at most, not less than"
    return check.Exercise(
        "threshold",
        cases=[check.case(*one, expected=threshold(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("the share can fall again: look at every score, not only until the first break", first_break),
            check.mistake("of those that are read, not of all digits: divide by how many reach the score", of_all),
            check.mistake("the lowest score that holds reads most digits; this is the highest one", highest),
            check.mistake(
                strictly,
                lambda s, r, limit: min(
                    (one for one, share in shares(np.array(s), np.array(r)).items() if share < limit), default=None
                ),
            ),
        ],
    )


@exercise
def check_precision():
    """Exercise 2: score a search."""

    def precision(likeness, kinds, kind, same, k, drop=True, rising=False, share_of=None):
        likeness, kinds, same = np.array(likeness), np.array(kinds), np.array(same)
        kept = ~same if drop else np.ones(len(kinds), bool)
        order = np.argsort(likeness[kept] if rising else -likeness[kept], kind="stable")
        hits = kinds[kept][order][:k] == kind
        return float(hits.sum() / (share_of or len(hits)))

    def only_itself(likeness, kinds, kind, same, k):
        itself = int(np.argmax(np.where(same, likeness, -np.inf)))
        return precision(likeness, kinds, kind, np.arange(len(kinds)) == itself, k)

    def of_kind(likeness, kinds, kind, same, k):
        return precision(likeness, kinds, kind, same, k, share_of=int((np.array(kinds) == kind)[~np.array(same)].sum()))

    bird, food = "bird", "food"
    given = [
        ("alone", [1.0, 0.9, 0.8, 0.2], [bird, bird, bird, food], bird, [True, False, False, False], 2),
        ("a second photograph", [0.9, 1.0, 0.8, 0.4], [bird, bird, food, food], bird, [True, True, False, False], 2),
        ("equal ones", [0.5, 1.0, 0.5, 0.5], [bird, bird, food, food], bird, [False, True, False, False], 1),
        ("three of five", [1, 0.9, 0.8, 0.7, 0.6, 0.5], list("aabbab"), "a", [True] + 5 * [False], 5),
        ("below zero", [0.0, -2.0, -6.0, -9.0], [bird, food, bird, bird], bird, [True, False, False, False], 1),
        ("an unlike photograph", [1.0, 0.9, 0.3, 0.2], [bird, food, bird, bird], bird, [True, False, True, False], 1),
        ("none", [0.3, 0.2, 1.0, 0.1], [food, food, bird, food], bird, [False, False, True, False], 3),
    ]
    return check.Exercise(
        "precision_at",
        cases=[check.case(*one, expected=precision(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake(
                "the query finds itself, and that counts for nothing: leave `same` out first",
                lambda *given: precision(*given, drop=False),
            ),
            check.mistake("other photographs of the same object go out as well, all of `same`", only_itself),
            check.mistake("the most alike first: likeness falls", lambda *given: precision(*given, rising=True)),
            check.mistake("of the k answers, not of all pictures of its kind: that is recall", of_kind),
        ],
    )


@exercise
def check_same_face():
    """Exercise 3: the same face."""

    def middle(box):
        return np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])

    def nearest(last, boxes, limit=True, by=middle):
        far = [float(np.hypot(*(by(box) - by(last)))) for box in boxes]
        if not far or limit and min(far) > last[2] - last[0]:
            return None
        return int(np.argmin(far))

    def largest(last, boxes):
        return int(np.argmax([box[2] - box[0] for box in boxes])) if len(boxes) else None

    last = (100, 100, 140, 140)
    given = [
        ("a larger face elsewhere", last, [(200, 90, 300, 190), (104, 98, 146, 140)]),
        ("no box", last, []),
        ("the face is lost", last, [(200, 100, 240, 140), (100, 160, 140, 200)]),
        ("just as far as the box is wide", last, [(140, 100, 180, 140)]),
        ("near by its corner, not by its centre", last, [(102, 102, 112, 112), (108, 108, 150, 150)]),
        ("higher than wide", (100, 100, 140, 180), [(100, 160, 140, 240)]),
        ("a wide box", (100, 100, 160, 130), [(150, 100, 210, 130)]),
        ("oblique, too far", last, [(130, 130, 170, 170)]),
        ("oblique, near", last, [(124, 124, 164, 164)]),
        ("a small box near, one that overlaps more", last, [(105, 105, 115, 115), (112, 112, 152, 152)]),
        ("a smaller face", last, [(110, 110, 130, 130), (60, 100, 110, 150)]),
    ]
    return check.Exercise(
        "same_face",
        cases=[check.case(*one, expected=nearest(*one), name=name) for name, *one in given],
        mistakes=[
            check.mistake("the largest box may be another face: take the nearest", largest),
            check.mistake(
                "where even the nearest is farther than the last box is wide, the face is lost: None",
                lambda last, boxes: nearest(last, boxes, limit=False),
            ),
            check.mistake(
                "compare centres, not corners: boxes differ in size",
                lambda last, boxes: nearest(last, boxes, by=lambda box: np.array(box[:2])),
            ),
        ],
    )

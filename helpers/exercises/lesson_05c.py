"""The exercises of lesson 05c."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_leaks():
    """Exercise 1: crops that share pixels."""

    def leaks(train, test, side, same=True, limit=0, both=True, where="test"):
        apart = np.abs(test[:, None].astype(int) - train[None].astype(int))
        near = apart[..., 1:] < side + limit
        shared = (near.all(axis=2) if both else near.any(axis=2)) & ((apart[..., 0] == 0) | (not same))
        return np.flatnonzero(shared.any(axis=1 if where == "test" else 0)).tolist()

    def later(train, test, side):
        ahead = test[:, None] - train[None]
        near = (ahead[..., 1:] >= 0) & (ahead[..., 1:] < side) & (ahead[..., :1] == 0)
        return np.flatnonzero(near.all(axis=2).any(axis=1)).tolist()

    def equal(train, test, side):
        return [place for place, crop in enumerate(test.tolist()) if crop in train.tolist()]

    touch = np.array([[0, 0, 0]]), np.array([[0, 31, 0], [0, 32, 0], [0, 0, 0], [0, 0, 32]]), 32
    pictures = np.array([[0, 40, 40], [1, 0, 0]]), np.array([[1, 40, 40], [0, 20, 20], [1, 5, 5], [0, 5, 60]]), 32
    corners = np.array([[2, 50, 50]]), np.array([[2, 41, 59], [2, 59, 41], [2, 40, 50], [2, 41, 80], [3, 50, 50]]), 10
    many = np.array([[0, 0, 0], [0, 9, 9], [0, 90, 90], [1, 0, 90]]), np.array([[0, 0, 90], [0, 5, 5], [0, 90, 0]]), 16
    given = [("they touch or overlap", touch), ("two pictures", pictures), ("up, down, left and right", corners)]
    given += [("more than one training crop of a picture", many)]
    return check.Exercise(
        "leaks",
        cases=[check.case(*one, expected=leaks(*one), name=name) for name, one in given],
        mistakes=[
            check.mistake("crops of different pictures share nothing", lambda *g: leaks(*g, same=False)),
            check.mistake(
                "crops that only touch share no pixel: less than `side` apart", lambda *g: leaks(*g, limit=1)
            ),
            check.mistake("both must be near, the tops and the lefts", lambda *g: leaks(*g, both=False)),
            check.mistake("the test crop may lie above or left of the training crop, too", later),
            check.mistake("equal crops are not the only ones that share pixels", equal),
            check.mistake("these are places in `train`", lambda *g: leaks(*g, where="train")),
        ],
    )


@exercise
def check_curve():
    """Exercise 2: read a curve."""

    def _three(curve, last=3, part=0.9, whole=False):
        curve = np.asarray(curve, float)
        level = curve[-last:].mean()
        place = len(curve) - 1 if whole else int(np.argmax(curve >= part * level))
        return curve[0], (curve[place] - curve[0]) / max(place, 1), level

    def counted_wrong(curve):
        start, slope, level = _three(curve)
        place = int(np.argmax(np.asarray(curve) >= 0.9 * level))
        return start, slope * max(place, 1) / (place + 1), level

    return check.Exercise(
        "start_slope_asymptote",
        cases=[
            check.case([0.1, 0.5, 0.9, 0.9, 0.9], expected=(0.1, 0.4, 0.9), name="by hand"),
            check.case([0.75, 0.75, 0.8, 0.8, 0.8], expected=(0.75, 0, 0.8), name="there from the start"),
            check.case([0.2, 0.3, 0.5, 0.7, 0.6, 0.8], expected=(0.2, 0.5 / 3, 0.7), name="a rough curve"),
            check.case([0.2, 0.86, 0.93, 1, 0.95, 1.02], expected=(0.2, 0.365, 0.99), name="87 % is not 90 %"),
        ],
        mistakes=[
            check.mistake("the asymptote is a mean of three, not the last value alone", lambda c: _three(c, last=1)),
            check.mistake(
                "the slope ends where 90 % is reached, not at the last round", lambda c: _three(c, whole=True)
            ),
            check.mistake("divide by the rounds that passed, one less than the place counts", counted_wrong),
        ],
    )


@exercise
def check_choose():
    """Exercise 3: the cheapest that is not ruled out."""

    def choose(scores, costs, paired=True, root=True, ddof=1, factor=1.0):
        best = max(scores, key=lambda name: np.mean(scores[name]))
        able = [best]
        for name, values in scores.items():
            gaps = np.subtract(scores[best], values)
            spread = np.std(gaps, ddof=ddof) if paired else np.std(scores[best], ddof=ddof)
            able += [name] if np.mean(gaps) < factor * spread / (np.sqrt(len(gaps)) if root else 1) else []
        return min(able, key=costs.get)

    def best_mean(scores, costs):
        return max(scores, key=lambda name: np.mean(scores[name]))

    def cheapest(scores, costs):
        return min(costs, key=costs.get)

    by_hand = {"a": np.array([0.80, 0.82, 0.84]), "b": np.array([0.79, 0.83, 0.81])}, {"a": 5, "b": 1}
    lucky = np.array([0.60, 0.90, 0.70, 0.85])  # draws differ much, and alike for both
    alike = (
        {"net": lucky, "svm": lucky - [0.03, 0.02, 0.03, 0.02], "mean": lucky - 0.3},
        {"net": 90, "svm": 2, "mean": 1},
    )
    noisy = np.array([0.7, 0.7, 0.7, 0.7, 0.7])
    between = {
        "x": noisy,
        "y": noisy - [0.10, -0.04, 0.09, -0.03, 0.08],
        "z": noisy - [0.1, -0.08, 0.06, -0.05, 0.0],
        "w": noisy - 0.3,
    }
    sure = {"best": noisy, "near": noisy - 0.01, "rough": noisy - 0.0327 - [-0.06, 0.08, -0.05, 0.07, -0.04]}
    alone = {"only": noisy, "far": noisy - 0.2}, {"only": 3, "far": 1}
    given = [
        ("by hand", by_hand),
        ("draws that rise and fall together", alike),
        ("between one error and one deviation", (between, {"x": 9, "y": 1, "z": 4, "w": 0.5})),
        ("small but sure, and just over one error", (sure, {"best": 9, "near": 1, "rough": 2})),
        ("the best alone", alone),
    ]
    return check.Exercise(
        "choose",
        cases=[check.case(*one, expected=choose(*one), name=name) for name, one in given],
        mistakes=[
            check.mistake("that is the best mean: a cheaper one may not be ruled out", best_mean),
            check.mistake("that is the cheapest of all, though its difference is far more than luck", cheapest),
            check.mistake(
                "the standard error is that of the paired differences, not of the scores",
                lambda *g: choose(*g, paired=False),
            ),
            check.mistake("the standard error is the deviation over the root of N", lambda *g: choose(*g, root=False)),
        ],
    )

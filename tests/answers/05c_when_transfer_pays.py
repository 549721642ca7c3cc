"""Answers to the exercises of lesson 05c."""

import numpy as np
from scipy import stats

from tests.answers import Answers


def by_loops(train, test, side):
    found = []
    for place, (picture, top, left) in enumerate(test.tolist()):
        for other, up, west in train.tolist():
            meet = min(top, up) + side > max(top, up) and min(left, west) + side > max(left, west)
            if picture == other and meet and place not in found:
                found.append(place)
    return found


def by_painting(train, test, side):
    size = 2 * side + int(max(train[:, 1:].max(), test[:, 1:].max()))
    seen = np.zeros((1 + int(max(train[:, 0].max(), test[:, 0].max())), size, size), bool)
    for picture, top, left in train:
        seen[picture, top : top + side, left : left + side] = True
    return [k for k, (p, top, left) in enumerate(test) if seen[p, top : top + side, left : left + side].any()]


def any_picture(train, test, side):
    return np.flatnonzero((np.abs(test[:, None, 1:] - train[:, 1:]) < side).all(axis=2).any(axis=1)).tolist()


def touching(train, test, side):
    apart = np.abs(test[:, None] - train)
    return np.flatnonzero(((apart[..., 1:] <= side).all(axis=2) & (apart[..., 0] == 0)).any(axis=1)).tolist()


def one_way(train, test, side):
    ahead = test[:, None] - train
    near = (ahead[..., 1:] >= 0).all(axis=2) & (ahead[..., 1:] < side).all(axis=2) & (ahead[..., 0] == 0)
    return np.flatnonzero(near.any(axis=1)).tolist()


def same_picture(train, test, side):
    return np.flatnonzero(np.isin(test[:, 0], train[:, 0])).tolist()


def nothing(train, test, side):
    return []


def each_side_of_another(train, test, side):
    near = (np.abs(test[:, None, 1:] - train[:, 1:]) < side) & (test[:, None, :1] == train[:, :1])
    return np.flatnonzero(near.any(axis=1).all(axis=1)).tolist()


def twice(train, test, side):
    near = (np.abs(test[:, None, 1:] - train[:, 1:]) < side).all(axis=2) & (test[:, None, 0] == train[:, 0])
    return np.nonzero(near)[0].tolist()


def with_a_loop(curve):
    level = sum(curve[-3:]) / 3
    steps = 0
    while curve[steps] < 0.9 * level:
        steps += 1
    return curve[0], (curve[steps] - curve[0]) / steps if steps else 0.0, level


def with_numpy(curve):
    values = np.array(curve)
    place = np.flatnonzero(values >= 0.9 * values[-3:].mean())[0]
    return values[0], np.diff(values[: place + 1]).mean() if place else 0, values[-3:].mean()


def last_value(curve):
    place = int(np.argmax(np.array(curve) >= 0.9 * curve[-1]))
    return curve[0], (curve[place] - curve[0]) / max(place, 1), curve[-1]


def to_the_end(curve):
    return curve[0], (curve[-1] - curve[0]) / (len(curve) - 1), np.mean(curve[-3:])


def by_count(curve):
    place = int(np.argmax(np.array(curve) >= 0.9 * np.mean(curve[-3:])))
    return curve[0], (curve[place] - curve[0]) / (place + 1), np.mean(curve[-3:])


def at_85(curve):
    level = np.mean(curve[-3:])
    place = int(np.argmax(np.array(curve) >= 0.85 * level))
    return curve[0], (curve[place] - curve[0]) / max(place, 1), level


def by_median(curve):
    level = np.median(curve[-3:])
    place = int(np.argmax(np.array(curve) >= 0.9 * level))
    return curve[0], (curve[place] - curve[0]) / max(place, 1), level


def hand_values(curve):
    return 0.1, 0.4, 0.9


def by_cost(scores, costs):
    best = max(scores, key=lambda name: scores[name].mean())
    for name in sorted(costs, key=costs.get):
        gaps = scores[best] - scores[name]
        if name == best or gaps.mean() < gaps.std(ddof=1) / len(gaps) ** 0.5:
            return name


def by_scipy(scores, costs):
    names = list(scores)
    best = names[int(np.argmax([np.mean(scores[name]) for name in names]))]
    rest = [name for name in names if name != best]
    able = [name for name in rest if np.mean(scores[best] - scores[name]) < stats.sem(scores[best] - scores[name])]
    return min([best, *able], key=lambda name: costs[name])


def by_the_mean(scores, costs):
    return max(scores, key=lambda name: scores[name].mean())


def by_the_cost(scores, costs):
    return min(costs, key=costs.get)


def by_deviation(scores, costs):
    best = by_the_mean(scores, costs)
    able = [
        n for n in scores if n == best or (scores[best] - scores[n]).mean() < (scores[best] - scores[n]).std(ddof=1)
    ]
    return min(able, key=costs.get)


def not_paired(scores, costs):
    best = by_the_mean(scores, costs)
    error = stats.sem(scores[best])
    return min([n for n in scores if n == best or scores[best].mean() - scores[n].mean() < error], key=costs.get)


def one_off(scores, costs):
    best = by_the_mean(scores, costs)
    gaps = {name: scores[best] - scores[name] for name in scores}
    able = [n for n, gap in gaps.items() if n == best or gap.mean() < gap.std(ddof=1) / (len(gap) - 1) ** 0.5]
    return min(able, key=costs.get)


def within_two_points(scores, costs):
    best = by_the_mean(scores, costs)
    return min([n for n in scores if scores[best].mean() - scores[n].mean() < 0.02], key=costs.get)


def first(scores, costs):
    return next(iter(scores))


ANSWERS = {
    "check_leaks": Answers(
        right={"loops": by_loops, "painting": by_painting},
        wrong={"same picture": same_picture, "nothing": nothing, "of two crops": each_side_of_another, "twice": twice},
        announced={
            "crops of different pictures share nothing": any_picture,
            "crops that only touch share no pixel": touching,
            "above or left of the training crop": one_way,
        },
    ),
    "check_curve": Answers(
        right={"a loop": with_a_loop, "differences": with_numpy},
        wrong={"the values of the example": hand_values, "85 %": at_85, "median": by_median},
        announced={
            "a mean of three, not the last value alone": last_value,
            "the slope ends where 90 % is reached": to_the_end,
            "divide by the rounds that passed": by_count,
        },
    ),
    "check_choose": Answers(
        right={"in order of cost": by_cost, "scipy": by_scipy},
        wrong={"the first": first, "root of N - 1": one_off, "two points": within_two_points},
        announced={
            "that is the best mean": by_the_mean,
            "that is the cheapest of all": by_the_cost,
            "the deviation over the root of N": by_deviation,
            "paired differences, not of the scores": not_paired,
        },
    ),
}

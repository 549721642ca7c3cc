"""The exercises of lesson 08d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_posterior():
    """Exercise 1: two results, one probability."""

    def after(prevalence, tests, swap=False, odds_only=False, first=None):
        ill, healthy = prevalence, 1 - prevalence
        for sensitivity, specificity, positive in tests[:first]:
            if swap:
                positive = not positive
            ill *= sensitivity if positive else 1 - sensitivity
            healthy *= 1 - specificity if positive else specificity
        if odds_only:
            return ill / healthy if healthy else np.inf
        return ill / (ill + healthy)

    two = [(0.9, 0.9, True), (0.9, 0.9, True)]
    mixed = [(0.75, 0.995, False), (0.67, 0.83, True), (0.6, 0.7, True)]
    return check.Exercise(
        "posterior",
        cases=[
            check.case(0.1, two, expected=0.9, name="by hand"),
            check.case(0.3, mixed, expected=after(0.3, mixed), name="mixed results"),
            check.case(0.05, [(0.7, 1.0, True)], expected=1.0, name="specificity 1, positive"),
            check.case(0.2, [], expected=0.2, name="no test"),
        ],
        mistakes=[
            check.mistake("those are odds: p = odds / (1 + odds)", lambda p, t: after(p, t, odds_only=True)),
            check.mistake("a negative result has the ratio (1 - sens) / spec", lambda p, t: after(p, t, swap=True)),
            check.mistake("every result counts, not the first alone", lambda p, t: after(p, t, first=1)),
            check.mistake("start from the prevalence, not from odds of 1", lambda p, t: after(0.5, t) if t else 0.5),
        ],
    )


@exercise
def check_investigate():
    """Exercise 2: find out what it answers to."""

    def asked(score_of, numbers, heights, worst=0.6):
        return np.array([[[score_of(n, h, s) for s in (0, worst)] for h in heights] for n in numbers])

    def right(*given):
        table = asked(*given)
        return np.ptp(table[..., 0].mean(axis=0)), np.mean(table[..., 1] - table[..., 0])

    def bent(number, height, severity):
        return 2.0 * (height - 0.4) ** 2 + 0.1 * number + severity * (1 + height) - 1

    def blind(number, height, severity):
        return 4.0 - 5 * height + 0.3 * (number % 2) * height

    def ill_curve(*given):
        table = asked(*given)
        return np.ptp(table[..., 1].mean(axis=0)), np.mean(table[..., 1] - table[..., 0])

    def each(*given):
        table = asked(*given)
        return np.ptp(table[..., 0], axis=1).mean() + 1e-3, np.mean(table[..., 1] - table[..., 0])

    def ends(*given):
        table = asked(*given)
        line = table[..., 0].mean(axis=0)
        return line[-1] - line[0], np.mean(table[..., 1] - table[..., 0])

    simple = (lambda number, height, severity: 3.0 * height + severity, range(2), (0.0, 0.5, 1.0))
    curved, numb = (bent, range(3), (0.1, 0.4, 0.9)), (blind, range(4), (0.2, 0.8))
    return check.Exercise(
        "investigate",
        cases=[
            check.case(*simple, expected=(3.0, 0.6), name="the example"),
            check.case(*curved, expected=right(*curved), name="a curve"),
            check.case(*numb, expected=right(*numb), name="blind to the disease"),
        ],
        mistakes=[
            check.mistake("the heights are compared on healthy chests: severity 0", ill_curve),
            check.mistake("the range is largest minus smallest, not last minus first", ends),
            check.mistake("first the height, then the disease", lambda *given: right(*given)[::-1]),
            check.mistake(
                "ask for severity 0.6, not 1", lambda *g: (right(*g)[0], np.mean(np.diff(asked(*g, worst=1.0))))
            ),
        ],
    )


@exercise
def check_top_slices():
    """Exercise 3: the top slices."""

    def chosen(abnormal, patient, k, sign=-1):
        out = np.zeros(len(abnormal), bool)
        for name in np.unique(patient):
            rows = np.flatnonzero(patient == name)
            out[rows[np.argsort(sign * abnormal[rows], kind="stable")[:k]]] = True
        return out

    def overall(abnormal, patient, k):
        out = np.zeros(len(abnormal), bool)
        out[np.argsort(-abnormal, kind="stable")[:k]] = True
        return out

    def by_value(abnormal, patient, k):
        limits = {name: np.sort(abnormal[patient == name])[::-1][:k].min() for name in np.unique(patient)}
        return np.array([a >= limits[p] for a, p in zip(abnormal, patient, strict=True)])

    hand = np.array([3.0, 1.0, 2.0, 5.0]), np.array(list("aaab")), 2
    mixed = np.array([0.1, 0.9, -0.3, 0.2, 0.8, 0.4, -2.0, 0.6]), np.array(list("babcabac")), 2
    ties = np.array([1.0, 2.0, 1.0, 1.0, 0.0]), np.array(list("xxxyy")), 2
    return check.Exercise(
        "top_slices",
        cases=[
            check.case(*hand, expected=chosen(*hand), name="by hand"),
            check.case(*mixed, expected=chosen(*mixed), name="patients mixed"),
            check.case(*ties, expected=chosen(*ties), name="equal scores"),
        ],
        mistakes=[
            check.mistake("that takes the least abnormal ones", lambda *given: chosen(*given, sign=1)),
            check.mistake("k of each patient, not k of all", overall),
            check.mistake("between equal scores the earlier slice goes first, and k are enough", by_value),
        ],
    )


@exercise
def check_choose_threshold():
    """Exercise 4: a threshold, and what it costs."""

    def lowest(score, ill, specificity, who=None, strict=False):
        group = score[~ill] if who is None else score[who(ill)]
        part = np.mean(group[:, None] < score, axis=0) if strict else np.mean(group[:, None] <= score, axis=0)
        good = score[part >= specificity]
        return float(good.min()) if len(good) else np.inf

    hand = np.array([1.0, 2.0, 3.0, 4.0, 9.0, 5.0, 6.0]), np.array([0, 0, 0, 0, 0, 1, 1], bool), 0.8
    rng = np.random.default_rng(0)
    many = np.round(rng.normal(0, 2, 25), 1), rng.random(25) < 0.4, 0.75
    whole = np.array([2.0, -1.0, 7.0, 3.0]), np.array([0, 0, 1, 0], bool), 1.0
    return check.Exercise(
        "choose_threshold",
        cases=[
            check.case(*hand, expected=lowest(*hand), name="by hand"),
            check.case(*many, expected=lowest(*many), name="25 patients"),
            check.case(*whole, expected=lowest(*whole), name="specificity 1"),
        ],
        mistakes=[
            check.mistake("specificity counts those without the disease", lambda s, i, p: lowest(s, i, p, lambda x: x)),
            check.mistake("not all patients: those without the disease", lambda s, i, p: lowest(s, i, p, np.ones_like)),
            check.mistake("a score at the threshold is not above it", lambda s, i, p: lowest(s, i, p, strict=True)),
            check.mistake("the lowest, not the highest", lambda s, i, p: float(s.max())),
            check.mistake("one of the given scores, not between two", lambda s, i, p: float(np.quantile(s[~i], p))),
        ],
    )

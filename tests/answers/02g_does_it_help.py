"""Answers to the exercises of lesson 02g."""

import numpy as np
from scipy import stats

from helpers import evidence
from tests.answers import Answers


def by_comparing(train, test):
    found = set()
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            moved = np.roll(train, (dy, dx), axis=(1, 2))
            same = (test[:, None] == moved[None]).all(axis=(2, 3))
            found |= set(np.flatnonzero(same.any(axis=1)))
    return sorted(found)


def by_moving_the_test(train, test):
    known = {one.tobytes() for one in train}
    moves = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return [i for i in range(len(test)) if any(np.roll(test[i], by, (0, 1)).tobytes() in known for by in moves)]


def as_an_array(train, test):
    return np.array(by_comparing(train, test), dtype=int)


def near(train, test):
    """Small mean differences in place of equal pixels."""
    gaps = np.abs(test[:, None].astype(float) - train[None]).mean(axis=(2, 3))
    return np.flatnonzero(gaps.min(axis=1) < 40).tolist()


def only_rows(train, test):
    known = {np.roll(one, by, 0).tobytes() for one in train for by in (-1, 0, 1)}
    return [i for i, one in enumerate(test) if one.tobytes() in known]


def by_flattened_rolls(train, test):
    known = {np.roll(one, by).tobytes() for one in train for by in range(-29, 30)}
    return [i for i, one in enumerate(test) if one.tobytes() in known]


def by_fractions(arms, sets, draws):
    return arms * sets / 2 ** (draws - 1)


def by_binomial(arms, sets, draws):
    return sum(stats.binom.pmf(0, draws, 0.5) + stats.binom.pmf(draws, draws, 0.5) for _ in range(arms * sets))


def one_draw_once(arms, sets, draws):
    """All below 0 forgotten only where there is more than one draw."""
    return arms * sets * (0.5**draws if draws > 1 else 1)


def by_test(with_it, without):
    found = stats.ttest_rel(with_it, without)
    if found.pvalue >= 0.05:
        return "not shown"
    return "helps" if found.statistic > 0 else "costs"


def by_scipy_interval(with_it, without):
    d = np.asarray(with_it) - np.asarray(without)
    low, high = stats.t.interval(0.95, len(d) - 1, loc=d.mean(), scale=stats.sem(d))
    return {(True, False): "helps", (False, True): "costs"}.get((low > 0, high < 0), "not shown")


def one_sided(with_it, without):
    p = stats.ttest_rel(with_it, without, alternative="greater").pvalue
    return "helps" if p < 0.05 else "costs" if p > 0.95 else "not shown"


def by_wilcoxon(with_it, without):
    d = np.asarray(with_it) - without
    return "not shown" if stats.wilcoxon(d).pvalue >= 0.05 else "helps" if d.mean() > 0 else "costs"


def by_bootstrap(with_it, without):
    d = np.asarray(with_it) - without
    means = np.random.default_rng(0).choice(d, (2000, len(d))).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return "helps" if low > 0 else "costs" if high < 0 else "not shown"


def never_costs(with_it, without):
    return "helps" if evidence.difference(with_it, without).low > 0 else "not shown"


ANSWERS = {
    "check_sisters": Answers(
        right={"whole arrays": by_comparing, "the test moved": by_moving_the_test, "an array": as_an_array},
        wrong={
            "near, not equal": near,
            "moved up and down only": only_rows,
            "rolled without axes": by_flattened_rolls,
            "all places": lambda train, test: list(range(len(test))),
            "none": lambda train, test: [],
            "the prompt's": lambda train, test: [0, 2],
            "a mask": lambda train, test: np.isin(np.arange(len(test)), by_comparing(train, test)),
        },
        announced={
            "nine moves": lambda train, test: [
                i
                for i, one in enumerate(test)
                if any(
                    (np.roll(other, by, axis) == one).all() for other in train for axis in (0, 1) for by in (-1, 0, 1)
                )
            ],
            "exact copies only": lambda train, test: np.flatnonzero(
                (test[:, None] == train[None]).all(axis=(2, 3)).any(axis=1)
            ).tolist(),
        },
    ),
    "check_signs": Answers(
        right={"one coin less": by_fractions, "binomial": by_binomial},
        wrong={
            "the prompt's": lambda arms, sets, draws: 2.25,
            "scaled from the prompt's": lambda arms, sets, draws: arms * sets / 4,
            "of one draw only": one_draw_once,
            "a twentieth": lambda arms, sets, draws: 0.05 * arms * sets,
            "rounded": lambda arms, sets, draws: round(by_fractions(arms, sets, draws)),
        },
        announced={
            "count both sides": lambda arms, sets, draws: arms * sets * 0.5**draws,
            "for one comparison": lambda arms, sets, draws: 0.5 ** (draws - 1),
        },
    ),
    "check_verdict": Answers(
        right={"a test": by_test, "SciPy's interval": by_scipy_interval},
        wrong={
            "one-sided": one_sided,
            "ranks": by_wilcoxon,
            "bootstrap": by_bootstrap,
            "never costs": never_costs,
            "never sure": lambda with_it, without: "not shown",
            "the interval": lambda with_it, without: evidence.difference(with_it, without),
            "True or False": lambda with_it, without: evidence.difference(with_it, without).low > 0,
        },
        announced={
            "equal signs": lambda a, b: "helps" if (a > b).all() else "costs" if (a < b).all() else "not shown",
            "may be luck": lambda a, b: "helps" if a.mean() > b.mean() else "costs",
            "Student's t": lambda a, b: (
                "not shown"
                if abs(np.mean(a - b)) < 1.96 * stats.sem(a - b)
                else ("helps" if np.mean(a - b) > 0 else "costs")
            ),
            "draw by draw": lambda a, b: (
                "not shown" if stats.ttest_ind(a, b).pvalue > 0.05 else ("helps" if a.mean() > b.mean() else "costs")
            ),
        },
    ),
}

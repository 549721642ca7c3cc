"""Answers to the exercises of lesson 08d."""

import numpy as np

from tests.answers import Answers


def by_odds(prevalence, tests):
    odds = prevalence / (1 - prevalence)
    for sensitivity, specificity, positive in tests:
        if positive and specificity == 1:
            return 1.0
        odds *= sensitivity / (1 - specificity) if positive else (1 - sensitivity) / specificity
    return odds / (1 + odds)


def by_bayes(prevalence, tests):
    for sensitivity, specificity, positive in tests:
        with_it = sensitivity if positive else 1 - sensitivity
        without = 1 - specificity if positive else specificity
        prevalence = prevalence * with_it / (prevalence * with_it + (1 - prevalence) * without)
    return prevalence


def odds_left(prevalence, tests):
    p = by_bayes(prevalence, tests)
    return p / (1 - p) if p < 1 else np.inf


def loops(score_of, numbers, heights):
    means, changes = [], []
    for height in heights:
        healthy = [score_of(number, height, 0) for number in numbers]
        ill = [score_of(number, height, 0.6) for number in numbers]
        means.append(sum(healthy) / len(healthy))
        changes += [b - a for a, b in zip(healthy, ill, strict=True)]
    return max(means) - min(means), sum(changes) / len(changes)


def arrays(score_of, numbers, heights):
    table = {s: np.array([[score_of(n, h, s) for n in numbers] for h in heights]) for s in (0, 0.6)}
    line = table[0].mean(1)
    return [line.max() - line.min(), table[0.6].mean() - table[0].mean()]


def last_minus_first(score_of, numbers, heights):
    line = [np.mean([score_of(n, h, 0) for n in numbers]) for h in heights]
    return line[-1] - line[0], loops(score_of, numbers, heights)[1]


def on_the_ill(score_of, numbers, heights):
    line = [np.mean([score_of(n, h, 0.6) for n in numbers]) for h in heights]
    return max(line) - min(line), loops(score_of, numbers, heights)[1]


def by_ranks(abnormal, patient, k):
    order = np.lexsort((np.arange(len(abnormal)), -abnormal, patient))
    chosen, seen = np.zeros(len(abnormal), bool), {}
    for row in order:
        seen[patient[row]] = seen.get(patient[row], 0) + 1
        chosen[row] = seen[patient[row]] <= k
    return chosen


def by_counting(abnormal, patient, k):
    def before(i):
        return sum(
            patient[j] == patient[i] and (abnormal[j] > abnormal[i] or (abnormal[j] == abnormal[i] and j < i))
            for j in range(len(patient))
        )

    return np.array([before(i) < k for i in range(len(patient))])


def all_equal_kept(abnormal, patient, k):
    return np.array([np.sum((patient == p) & (abnormal > a)) < k for a, p in zip(abnormal, patient, strict=True)])


def by_sorting(score, ill, specificity):
    healthy = np.sort(score[~ill])
    least = healthy[int(np.ceil(specificity * len(healthy) - 1e-12)) - 1]
    return float(np.min(score[score >= least]))


def by_quantile(score, ill, specificity):
    return float(np.quantile(score[~ill], specificity, method="inverted_cdf"))


ANSWERS = {
    "check_posterior": Answers(
        right={"odds": by_odds, "Bayes again and again": by_bayes},
        wrong={
            "the example": lambda p, t: 0.9,
            "prevalence": lambda p, t: p,
            "sensitivities": lambda p, t: p * np.prod([a for a, b, c in t]),
        },
        announced={
            "those are odds: p = odds / (1 + odds)": odds_left,
            "a negative result has the ratio (1 - sens) / spec": (
                lambda p, t: by_bayes(p, [(a, b, not c) for a, b, c in t])
            ),
        },
    ),
    "check_investigate": Answers(
        right={"loops": loops, "arrays": arrays},
        wrong={
            "the example": lambda *given: (3.0, 0.6),
            "one patient": lambda f, n, h: loops(f, [n[0]], h),
            "one height": lambda f, n, h: loops(f, n, h[:1]),
            "sorted": lambda *given: tuple(sorted(loops(*given))),
        },
        announced={
            "the range is largest minus smallest, not last minus first": last_minus_first,
            "the heights are compared on healthy chests: severity 0": on_the_ill,
        },
    ),
    "check_top_slices": Answers(
        right={"lexsort": by_ranks, "counting": by_counting},
        wrong={
            "all": lambda a, p, k: np.ones(len(a), bool),
            "positive ones": lambda a, p, k: a > 0,
            "places": lambda a, p, k: np.flatnonzero(by_ranks(a, p, k)),
        },
        announced={
            "that takes the least abnormal ones": lambda a, p, k: by_ranks(-a, p, k),
            "between equal scores the earlier slice goes first, and k are enough": all_equal_kept,
        },
    ),
    "check_choose_threshold": Answers(
        right={"sorting": by_sorting, "quantile": by_quantile},
        wrong={
            "zero": lambda s, i, p: 0.0,
            "median": lambda s, i, p: float(np.median(s)),
            "of all": lambda s, i, p: by_quantile(s, np.zeros_like(i), p) + 0.01,
        },
        announced={
            "specificity counts those without the disease": lambda s, i, p: by_sorting(s, ~i, p),
            "the lowest, not the highest": lambda s, i, p: float(s.max()),
            "one of the given scores, not between two": lambda s, i, p: float(np.quantile(s[~i], p)),
        },
    ),
}

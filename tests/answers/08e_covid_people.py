"""Answers to the exercises of lesson 08e."""

from collections import Counter

import pandas as pd

from helpers.exercises.lesson_08e import SHEET
from tests.answers import Answers


def by_counts(prevalence, recall, wrong):
    right = 1e6 * prevalence * recall
    allowed = right * wrong / (1 - wrong)
    return max(0.0, 1 - allowed / (1e6 * (1 - prevalence)))


def by_search(prevalence, recall, wrong):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        alarms = (1 - middle) * (1 - prevalence)
        if alarms > wrong * (alarms + prevalence * recall):
            low = middle
        else:
            high = middle
    return high if high > 1e-9 else 0.0


def by_pandas(ages, sexes, k):
    table = pd.DataFrame({"age": ages, "sex": sexes})
    if table.groupby("sex").size().min() < k:
        return None
    for width in range(1, 200):
        if table.groupby([table.age // width, "sex"]).size().min() >= k:
            return width
    return None


def by_counter(ages, sexes, k):
    for width in range(1, max(ages) + 2):
        groups = Counter()
        for age, sex in zip(ages, sexes, strict=True):
            groups[age // width, sex] += 1
        if all(size >= k for size in groups.values()):
            return width


def by_age_alone(ages, sexes, k):
    return by_counter(ages, ["x"] * len(ages), k)


def one_more(ages, sexes, k):
    return by_counter(ages, sexes, k + 1)


def first():
    return {line: accepted.split()[0] for line, (accepted, _) in SHEET.items()}


def last():
    return {line: accepted.split()[-1].capitalize() for line, (accepted, _) in SHEET.items()}


def consented():
    return first() | {"patients agreed to the training of networks": "yes"}


def all_units():
    return first() | {"keeps the units of the measurement": "yes"}


ANSWERS = {
    "check_specificity_needed": Answers(
        right={"counts": by_counts, "search": by_search},
        wrong={
            "the example": lambda p, r, w: 0.9943,
            "nearly one": lambda p, r, w: 0.999,
            "the precision": lambda p, r, w: p * r / (p * r + (1 - p) * w),
        },
        announced={
            "`wrong` is a part of the flagged, not of the innocent": lambda p, r, w: 1 - w,
            "never below 0": lambda p, r, w: 1 - p * r * w / (1 - w) / (1 - p),
        },
    ),
    "check_band_needed": Answers(
        right={"pandas": by_pandas, "Counter": by_counter},
        wrong={
            "ten years": lambda a, s, k: 10,
            "k": lambda a, s, k: k,
            "all": lambda a, s, k: max(a) + 1,
        },
        announced={
            "others know the sex, too: group by band and sex": by_age_alone,
            "at least k, not more than k": one_more,
        },
    ),
    "check_covid_ct_sheet": Answers(
        right={"the first answers": first, "the other answers, in capitals": last},
        wrong={
            "all yes": lambda: dict.fromkeys(SHEET, "yes"),
            "all unclear": lambda: dict.fromkeys(SHEET, "unclear"),
            "every word": lambda: dict.fromkeys(SHEET, "yes no unclear"),
        },
        announced={
            "a consent to a paper is no consent to this": consented,
            "PNG with one window burnt in: no HU, no millimetres": all_units,
        },
    ),
}

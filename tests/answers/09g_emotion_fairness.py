"""Answers to the exercises of lesson 09g."""

import statistics

import numpy as np
import pandas as pd

from tests.answers import Answers


def with_pandas(right, person):
    shares = pd.Series(right).groupby(np.asarray(person)).mean()
    return 2 * shares.sem()


def with_counts(right, person):
    _, places, counts = np.unique(person, return_inverse=True, return_counts=True)
    shares = np.bincount(places, weights=right) / counts
    return 2 * statistics.stdev(shares.tolist()) / len(shares) ** 0.5


def by_face(right, person):
    return 2 * np.sqrt(right.mean() * (1 - right.mean()) / len(right))


def in_a_loop(person, member, count):
    seen, rows = [], []
    for row, (one, inside) in enumerate(zip(person.tolist(), member.tolist(), strict=True)):
        if inside and one not in seen and len(seen) < count:
            seen.append(one)
        if inside and one in seen:
            rows.append(row)
    return np.array(rows, int)


def with_unique(person, member, count):
    rows = np.flatnonzero(member)
    names, first = np.unique(person[rows], return_index=True)
    names = names[np.argsort(first)][:count]
    return rows[np.isin(person[rows], names)]


def gap_by_table(right, group, person, least=1):
    table = pd.DataFrame({"right": right, "group": group, "person": person}).groupby("group")
    kept = table["person"].nunique() >= least
    shares = table["right"].mean()[kept]
    return shares.max() - shares.min()


def gap_by_loop(right, group, person, least=1):
    shares = []
    for name in set(group.tolist()):
        inside = group == name
        if len(set(person[inside].tolist())) >= least:
            shares.append(right[inside].sum() / inside.sum())
    return max(shares) - min(shares)


ANSWERS = {
    "check_margin": Answers(
        right={"pandas": with_pandas, "bincount": with_counts},
        wrong={
            "the example": lambda right, person: 0.4,
            "nothing": lambda right, person: 0.0,
            "variance": lambda right, person: with_counts(right, person) ** 2,
        },
        announced={
            "that counts faces": by_face,
            "twice the standard error": lambda right, person: with_counts(right, person) / 2,
        },
    ),
    "check_rows": Answers(
        right={"a loop": in_a_loop, "np.unique": with_unique},
        wrong={
            "the persons": lambda person, member, count: person[member][:count],
            "all of the group": lambda person, member, count: np.flatnonzero(member),
            "the example": lambda person, member, count: np.array([0, 1, 2, 4]),
        },
        announced={
            "that counts faces, not persons": lambda person, member, count: np.flatnonzero(member)[:count],
            "not sorted": lambda person, member, count: np.flatnonzero(
                np.isin(person, np.unique(person[member])[:count]) & member
            ),
        },
    ),
    "check_gap": Answers(
        right={"pandas": gap_by_table, "a loop": gap_by_loop},
        wrong={
            "zero": lambda right, group, person, least=1: 0.0,
            "the mean": lambda right, group, person, least=1: right.mean(),
            "the worst": lambda right, group, person, least=1: min(right[group == g].mean() for g in set(group)),
        },
        announced={
            "`least` counts persons, not faces": lambda right, group, person, least=1: gap_by_loop(
                right, group, np.arange(len(right)), least
            ),
            "small groups should be left out": lambda right, group, person, least=1: gap_by_loop(right, group, person),
        },
    ),
}

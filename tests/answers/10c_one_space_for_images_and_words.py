"""Answers to the exercises of lesson 10c."""

import unicodedata

import numpy as np

from tests.answers import Answers


def by_least_squares(vector, first, second):
    direction = np.subtract(first, second, dtype=float)[:, None]
    part, *_ = np.linalg.lstsq(direction, np.asarray(vector, float), rcond=None)
    return vector - direction @ part


def by_a_matrix(vector, first, second):
    direction = (first - second) / np.linalg.norm(first - second)
    return (np.eye(len(direction)) - np.outer(direction, direction)) @ vector


def not_of_length_1(vector, first, second):
    direction = first - second
    return vector - np.dot(vector, direction) * direction


def the_part_alone(vector, first, second):
    direction = (first - second) / np.linalg.norm(first - second)
    return vector.dot(direction) * direction


def along_first(vector, first, second):
    direction = first / np.linalg.norm(first)
    return vector - vector @ direction * direction


def a_number_off(vector, first, second):
    direction = (first - second) / np.linalg.norm(first - second)
    return vector - np.sum(vector * direction)


def by_loops(scores, right, k):
    hits = 0
    for row, place in zip(scores, right, strict=True):
        before = sum(value >= row[place] for n, value in enumerate(row) if n != place)
        hits += before < k
    return hits / len(scores)


def by_the_kth_highest(scores, right, k):
    padded = np.sort(np.hstack([scores, np.full((len(scores), 1), -np.inf)]), axis=1)[:, ::-1]
    own = scores[range(len(right)), right]
    return (own > padded[:, k]).mean()


def by_order(scores, right, k):
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.mean([place in row for place, row in zip(right, order, strict=True)])


def strictly_higher(scores, right, k):
    own = scores[np.arange(len(right)), right]
    return float(np.mean((scores > own[:, None]).sum(1) < k))


def by_decomposition(query, table):
    def bare(text):
        return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))

    for greek, noun in table.items():
        if bare(greek) == bare(query):
            return noun
    return ""


def by_a_translation(query, table):
    change = str.maketrans("άέήίόύώϊϋΐΰς", "αεηιουωιυιυσ")
    return {key.lower().translate(change): noun for key, noun in table.items()}.get(query.lower().translate(change), "")


def with_accents(query, table):
    return {key.casefold(): noun for key, noun in table.items()}.get(query.casefold(), "")


def with_lower(query, table):
    def bare(text):
        return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")

    return {bare(key): noun for key, noun in table.items()}.get(bare(query), "")


def the_same_start(query, table):
    found = by_decomposition(query, table)
    return found or next((noun for key, noun in table.items() if key[:2] == query[:2].lower()), "")


ANSWERS = {
    "check_neutral": Answers(
        right={"least squares": by_least_squares, "a matrix": by_a_matrix},
        wrong={
            "unchanged": lambda vector, first, second: vector,
            "the prompt's numbers": lambda vector, first, second: np.array([0.0, 4]),
            "all zeros": lambda vector, first, second: np.zeros(len(vector)),
            "the largest entry out": lambda v, a, b: np.where(np.abs(a - b) == np.abs(a - b).max(), 0, v),
        },
        announced={
            "the direction needs length 1": not_of_length_1,
            "that is the part along the direction": the_part_alone,
            "not first alone": along_first,
            "not the number": a_number_off,
        },
    ),
    "check_recall": Answers(
        right={"loops": by_loops, "the k-th highest": by_the_kth_highest},
        wrong={
            "by order, ties by place": by_order,
            "always 0": lambda scores, right, k: 0.0,
            "chance": lambda scores, right, k: k / scores.shape[1],
            "the prompt's numbers": lambda scores, right, k: float(k > 1),
        },
        announced={
            "ties count against you": strictly_higher,
            "not their number": lambda scores, right, k: by_loops(scores, right, k) * len(scores),
            "the highest scores are the best ones": lambda scores, right, k: by_loops(-scores, right, k),
        },
    ),
    "check_english": Answers(
        right={"decomposition": by_decomposition, "a translation": by_a_translation},
        wrong={
            "as written": lambda query, table: table.get(query, ""),
            "always duck": lambda query, table: "duck",
            "never": lambda query, table: "",
            "by the first letter": lambda query, table: next((n for g, n in table.items() if g[0] == query[0]), ""),
        },
        announced={
            "take the accents off": with_accents,
            "casefold() makes": with_lower,
            "no guess": the_same_start,
        },
    ),
}

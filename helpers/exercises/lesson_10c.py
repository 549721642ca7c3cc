"""The exercises of lesson 10c."""

import unicodedata

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_neutral():
    """Exercise 1: take a direction out."""

    def neutral(v, a, b, unit=True, along=False, other=None):
        d = np.asarray(a, float) - (b if other is None else other)
        d = d / np.linalg.norm(d) if unit else d
        part = (v @ d) * d
        return part if along else v - part

    rng = np.random.default_rng(0)
    large = rng.normal(size=(3, 100))
    two = np.array([3.0, 4]), np.array([2.0, 0]), np.zeros(2)
    tilted = np.array([1.0, 0, 2]), np.array([4.0, 4, 1]), np.array([1.0, 0, 1])
    return check.Exercise(
        "neutral",
        cases=[
            check.case(*two, expected=neutral(*two), name="along an axis"),
            check.case(*tilted, expected=neutral(*tilted), name="a tilted direction"),
            check.case(np.array([0.0, 5]), np.array([1.0, 1]), np.array([0.0, 1]), expected=np.array([0.0, 5])),
            check.case(np.array([1, 2]), np.array([3, 0]), np.array([0, 0]), expected=np.array([0.0, 2])),
            check.case(*large, expected=neutral(*large), name="100 numbers, as a word has"),
        ],
        mistakes=[
            check.mistake("the direction needs length 1 before you project on it", lambda *g: neutral(*g, unit=False)),
            check.mistake(
                "that is the part along the direction: take it off the vector", lambda *g: neutral(*g, along=True)
            ),
            check.mistake("the direction is first − second, not first alone", lambda *g: neutral(*g, other=0.0)),
            check.mistake("subtract a vector along the direction, not the number v · d", _number_off),
            check.mistake("taking first − second off whole changes the word by too much", lambda v, a, b: v - (a - b)),
        ],
    )


def _number_off(v, a, b):
    d = (np.asarray(a, float) - b) / np.linalg.norm(np.asarray(a, float) - b)
    return v - v @ d


@exercise
def check_recall():
    """Exercise 2: recall at k, ties counted honestly."""

    def recall(s, right, k, strict=False, count=False, lowest=False):
        s = -s if lowest else s
        own = s[np.arange(len(right)), right][:, None]
        place = (s > own).sum(axis=1) + 1 if strict else (s >= own).sum(axis=1)
        return (place <= k).sum() if count else float((place <= k).mean())

    def last_of_column(s, right, k):
        order = np.argsort(-s, axis=0)[:k]
        return float(np.mean([r in order[:, r] for r in right]))

    rng = np.random.default_rng(2)
    ties = np.array([[1.0, 1, 0], [0, 2, 1], [5, 4, 3]])
    many, rounded = rng.random((40, 9)), rng.integers(0, 4, (40, 9)).astype(float)
    place, at = rng.integers(0, 9, 40), np.array([0, 1, 2])
    cases = [
        ("a tie, k = 1", ties, at, 1),
        ("a tie, k = 2", ties, at, 2),
        ("every score the same", np.zeros((4, 5)), np.array([0, 1, 2, 3]), 1),
        ("40 rows, 9 names, k = 3", many, place, 3),
        ("scores below 0", many - 2, place, 1),
        ("scores with many ties", rounded, place, 3),
        ("all names allowed", rounded, place, 9),
    ]
    return check.Exercise(
        "recall_at",
        cases=[check.case(*given, expected=recall(*given), name=name) for name, *given in cases],
        mistakes=[
            check.mistake(
                "ties count against you: a name that scores as high stands before the right one",
                lambda *g: recall(*g, strict=True),
            ),
            check.mistake("give the share of the rows, not their number", lambda *g: recall(*g, count=True)),
            check.mistake("the highest scores are the best ones", lambda *g: recall(*g, lowest=True)),
            check.mistake("k names are allowed, not k − 1", lambda s, r, k: recall(s, r, k - 1)),
            check.mistake("sort the names of each row, along axis 1", last_of_column),
        ],
    )


@exercise
def check_english():
    """Exercise 3: ask in Greek."""

    def plain(text, accents=True, fold=True):
        text = text.strip()
        text = text.casefold() if fold else text.lower()
        parted = unicodedata.normalize("NFD", text)
        kept = [letter for letter in parted if not accents or unicodedata.category(letter) != "Mn"]
        return unicodedata.normalize("NFC", "".join(kept))

    def look(query, table, **how):
        return {plain(greek, **how): noun for greek, noun in table.items()}.get(plain(query, **how), "")

    def guess(query, table):
        found = look(query, table)
        return found or next((noun for greek, noun in table.items() if plain(greek)[:3] == plain(query)[:3]), "")

    table = {"πάπια": "duck", "ερωδιός": "heron", "κότα": "hen", "παπαγάλος": "parrot", "μαϊμού": "monkey"}
    table |= {"γερανός με λοφίο": "crowned crane"}
    cases = [
        ("as written", "κότα", "hen"),
        ("without its accent", "παπια", "duck"),
        ("in capitals", "ΠΑΠΙΑ", "duck"),
        ("a final s, in capitals", "ΕΡΩΔΙΟΣ", "heron"),
        ("a final s written σ", "ερωδιόσ", "heron"),
        ("accents and dots", "ΜΑΪΜΟΥ", "monkey"),
        ("three words", "Γερανος με Λοφιο", "crowned crane"),
        ("not in the table", "παπάς", ""),
        ("another word of the same start", "ερωδίτης", ""),
    ]
    return check.Exercise(
        "english",
        cases=[check.case(query, table, expected=noun, name=name) for name, query, noun in cases],
        mistakes=[
            check.mistake(
                "take the accents off, of the query and of the table", lambda q, t: look(q, t, accents=False)
            ),
            check.mistake(
                "casefold() makes ς, σ and Σ one letter; lower() does not", lambda q, t: look(q, t, fold=False)
            ),
            check.mistake("no guess: return an empty text for a word that the table lacks", guess),
            check.mistake("the table has accents too: take them off on both sides", lambda q, t: t.get(plain(q), "")),
        ],
    )

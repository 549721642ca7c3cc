"""The exercises of lesson 09g."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_margin():
    """Exercise 1: the margin by persons."""

    def shares(right, person):
        return np.array([right[person == one].mean() for one in np.unique(person)])

    def margin(right, person, factor=2.0, ddof=1, root=True):
        values = shares(right, person)
        return float(factor * values.std(ddof=ddof) / (np.sqrt(len(values)) if root else 1))

    def by_face(right, person):
        a = right.mean()
        return float(2 * np.sqrt(a * (1 - a) / len(right)))

    hand = np.array([1] * 9 + [0] + [1] * 5 + [0] * 5, bool), np.repeat([4, 7], 10)
    mixed = np.array([1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1], bool), np.array([2, 2, 9, 2, 5, 9, 5, 5, 5, 5, 2])
    return check.Exercise(
        "margin_by_person",
        cases=[
            check.case(*hand, expected=0.4, name="by hand"),
            check.case(*mixed, expected=margin(*mixed), name="three persons, other numbers of faces"),
            check.case(np.ones(6, bool), np.array([1, 1, 2, 2, 3, 3]), expected=0.0, name="all right"),
        ],
        mistakes=[
            check.mistake("that counts faces: take each person's share first", by_face),
            check.mistake("n − 1: give ddof=1", lambda r, p: margin(r, p, ddof=0)),
            check.mistake("twice the standard error, not once", lambda r, p: margin(r, p, 1.0)),
            check.mistake("divide by the square root of the number of persons", lambda r, p: margin(r, p, root=False)),
        ],
    )


@exercise
def check_rows():
    """Exercise 2: draw persons, not faces."""

    def rows(person, member, count, ordered=False):
        chosen = list(dict.fromkeys(person[member].tolist()))
        chosen = sorted(chosen)[:count] if ordered else chosen[:count]
        return np.flatnonzero(np.isin(person, chosen) & member)

    five = np.array([7, 3, 7, 5, 3])
    eight = np.array([4, 9, 9, 2, 4, 2, 6, 9])
    part = np.array([0, 1, 1, 1, 0, 1, 1, 1], bool)
    return check.Exercise(
        "rows_of_persons",
        cases=[
            check.case(five, np.ones(5, bool), 2, expected=np.array([0, 1, 2, 4]), name="by hand"),
            check.case(eight, part, 2, expected=np.array([1, 2, 3, 5, 7]), name="a group of three persons"),
            check.case(eight, part, 9, expected=np.array([1, 2, 3, 5, 6, 7]), name="more asked for than there are"),
        ],
        mistakes=[
            check.mistake("that counts faces, not persons", lambda p, m, n: np.flatnonzero(m)[:n]),
            check.mistake(
                "the persons come in the order in which they first appear, not sorted",
                lambda p, m, n: rows(p, m, n, True),
            ),
            check.mistake("take persons of the group only", lambda p, m, n: rows(p, np.ones(len(p), bool), n)),
            check.mistake(
                "take all faces of a person, not the first one",
                lambda p, m, n: np.sort([np.flatnonzero((p == k) & m)[0] for k in list(dict.fromkeys(p[m]))[:n]]),
            ),
        ],
    )


@exercise
def check_gap():
    """Exercise 3: the gap between groups."""
    right = np.array([1, 1, 0, 1, 0, 0, 1, 1, 1, 1], bool)
    group = np.array(["a", "a", "a", "a", "b", "b", "b", "b", "b", "c"])
    person = np.array([1, 1, 2, 2, 3, 3, 3, 3, 3, 4])
    more = np.array([1, 1, 2, 2, 3, 3, 5, 5, 5, 4])

    def _gap(right, group, person, least=1, pick=lambda shares: max(shares) - min(shares)):
        names = [name for name in np.unique(group) if len(np.unique(person[group == name])) >= least]
        return float(pick([right[group == name].mean() for name in names]))

    def by_face(right, group, person, least=1):
        return _gap(right, group, np.arange(len(right)), least)

    return check.Exercise(
        "gap",
        cases=[
            check.case(right, group, person, expected=0.4, name="three groups"),
            check.case(right, group, person, 2, expected=0.0, name="only one group has two persons"),
            check.case(right, group, more, 2, expected=0.15, name="the group of one person is left out"),
        ],
        mistakes=[
            check.mistake("`least` counts persons, not faces", by_face),
            check.mistake("small groups should be left out", lambda r, g, p, least=1: _gap(r, g, p)),
            check.mistake("that is the best group's share", lambda r, g, p, least=1: _gap(r, g, p, least, max)),
            check.mistake(
                "that is the spread (standard deviation), not the gap",
                lambda r, g, p, least=1: _gap(r, g, p, least, np.std),
            ),
        ],
    )

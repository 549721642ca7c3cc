"""The exercises of lesson 03a."""

import json

import numpy as np

from helpers import check
from helpers.exercises import exercise

WIDE = np.array([[10, 20], [70, 20], [70, 60], [10, 60]])
TALL = np.array([[30, 90], [12, 40], [35, 10], [52, 44]])


@exercise
def check_category():
    """Exercise 1: count what is suspicious."""

    def count(composition, echogenicity, margins, calcifications, outline, **without):
        width, height = np.ptp(outline, axis=0)
        found = {
            "solid": composition in ("solid", "dense"),
            "hypo": echogenicity in ("hypoechogenicity", "marked hypoechogenicity"),
            "edge": margins in ("microlobulated", "spiculated", "ill defined"),
            "micro": calcifications == "microcalcifications",
            "tall": height > width,
        } | {name: rule(composition, echogenicity, margins, calcifications, outline) for name, rule in without.items()}
        return sum(found.values())

    def named(*given, fluid=True, names=("3", "4a", "4b", "4c", "4c", "5"), **without):
        return "2" if fluid and given[0] in ("cystic", "spongiform") else names[count(*given, **without)]

    hypo, smooth, none = "hypoechogenicity", "well defined smooth", "none"
    cases = [
        ("of the prompt", "solid", hypo, "well defined", none, WIDE),
        ("nothing suspicious", "predominantly solid", "isoechogenicity", smooth, none, WIDE),
        ("a bar of calcium", "mixed", "isoechogenicity", smooth, "macrocalcifications", TALL),
        ("hyperechoic", "mixed", "hyperechogenicity", "well defined", none, WIDE),
        ("all five", "dense", hypo, "spiculated", "microcalcifications", TALL),
        ("four of five", "solid", hypo, "microlobulated", none, TALL),
        ("three of five", "solid", hypo, "well defined", none, TALL),
        ("three, without the shape", "solid", "marked hypoechogenicity", "ill defined", none, WIDE),
        ("lobes", "solid", "isoechogenicity", "macrolobulated", none, TALL),
        ("only the shape", "predominantly cystic", "isoechogenicity", smooth, none, TALL),
        ("a cyst", "cystic", hypo, smooth, none, TALL),
        ("a sponge", "spongiform", "isoechogenicity", "ill defined", "microcalcifications", WIDE),
    ]
    return check.Exercise(
        "category",
        cases=[check.case(*given, expected=named(*given), name=name) for name, *given in cases],
        mistakes=[
            check.mistake("hyperechogenicity is not suspicious", lambda *g: named(*g, hypo=lambda *a: "hyp" in a[1])),
            check.mistake("marked hypoechogenicity counts, too", lambda *g: named(*g, hypo=lambda *a: a[1] == hypo)),
            check.mistake("dense counts as solid", lambda *g: named(*g, solid=lambda *a: a[0] == "solid")),
            check.mistake("predominantly solid is not solid", lambda *g: named(*g, solid=lambda *a: "solid" in a[0])),
            check.mistake("a cyst or a sponge is a 2, whatever else", lambda *g: named(*g, fluid=False)),
            check.mistake("the outline is missing: taller than wide", lambda *g: named(*g, tall=lambda *a: False)),
            check.mistake(
                "width and height are exchanged: x comes first",
                lambda *g: named(*g, tall=lambda *a: np.ptp(a[4][:, 0]) > np.ptp(a[4][:, 1])),
            ),
            check.mistake(
                "macrocalcifications do not count", lambda *g: named(*g, micro=lambda *a: "calcifications" in a[3])
            ),
            check.mistake(
                "macrolobulated does not count",
                lambda *g: named(*g, edge=lambda *a: "well defined" not in a[2]),
            ),
            check.mistake(
                "four features are a 4c, like three", lambda *g: named(*g, names=("3", "4a", "4b", "4c", "5", "5"))
            ),
        ],
    )


@exercise
def check_parse_mark():
    """Exercise 2: read one mark, and report."""

    def read(svg, order=("x", "y"), least=3):
        if not svg.strip():
            return [], "empty"
        try:
            regions = json.loads(svg)
        except json.JSONDecodeError:
            return [], "cut off"
        found = [np.array([[p[k] for k in order] for p in region["points"]], int) for region in regions]
        kept = [one for one in found if len(one) >= least]
        return kept, ("too few points" if len(kept) < len(found) else None)

    one = '[{"points": [{"x": 2, "y": 1}, {"x": 7, "y": 1}, {"x": 7, "y": 5}], "regionType": "freehand"}]'
    other = '{"points": [{"x": 9, "y": 8}, {"y": 3, "x": 4}, {"x": 0, "y": 6}, {"x": 5, "y": 9}]}'
    thin = '{"points": [{"x": 9, "y": 8}, {"x": 4, "y": 3}]}'
    given = {
        "the record above": one,
        "two regions": one[:-1] + ", " + other + "]",
        "nothing": "",
        "only blanks": " \n ",
        "cut off in the middle": one[:30],
        "cut off before the last bracket": one[:-1],
        "a line of two points": f"[{thin}]",
        "a line, then an outline": f"[{thin}, {other}]",
        "a region without a point": '[{"points": []}]',
    }
    return check.Exercise(
        "parse_mark",
        cases=[check.case(svg, expected=read(svg), name=name) for name, svg in given.items()],
        mistakes=[
            check.mistake("return a pair: the outlines, and what is wrong or None", lambda svg: read(svg)[0]),
            check.mistake("nothing may vanish in silence: say what is wrong", lambda svg: (read(svg)[0], None)),
            check.mistake("fewer than three points are no outline: leave it out", lambda svg: read(svg, least=0)),
            check.mistake("x and y are swapped: x comes first", lambda svg: read(svg, ("y", "x"))),
            check.mistake("only the first region is returned", lambda svg: (read(svg)[0][:1], read(svg)[1])),
        ],
    )


@exercise
def check_mend():
    """Exercise 3: mend a leaking split."""

    def stay(patients, train, test):
        return np.sort(train)[~np.isin(patients[np.sort(train)], patients[test])]

    draws = np.random.default_rng(4)
    order = draws.permutation(30)
    cases = {
        "of the prompt": (np.array([7, 7, 3, 9, 3]), np.array([0, 2, 3]), np.array([1, 4])),
        "nothing leaks": (np.array([5, 5, 8, 8]), np.array([2, 3]), np.array([0, 1])),
        "everything leaks": (np.array([1, 1, 1]), np.array([2, 0]), np.array([1])),
        "rows out of order, some in validation": (draws.integers(0, 14, 30), order[:16], order[16:22]),
    }
    return check.Exercise(
        "mend",
        cases=[check.case(*given, expected=stay(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake(
                "the test must stay as it is: take images out of training",
                lambda p, a, b: np.sort(b)[~np.isin(p[np.sort(b)], p[a])],
            ),
            check.mistake("those are the patients, not the rows", lambda p, a, b: p[stay(p, a, b)]),
            check.mistake("that leaves the leak: compare patients, not rows", lambda p, a, b: np.setdiff1d(a, b)),
            check.mistake("those are the rows that must go", lambda p, a, b: np.setdiff1d(a, stay(p, a, b))),
            check.mistake("rows of validation are no training rows", lambda p, a, b: np.flatnonzero(~np.isin(p, p[b]))),
            check.mistake(
                "in ascending order", lambda p, a, b: np.array([row for row in a if p[row] not in p[b]], int)
            ),
        ],
    )

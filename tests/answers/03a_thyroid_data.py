"""Answers to the exercises of lesson 03a."""

import json
import re

import numpy as np

from tests.answers import Answers


def by_table(composition, echogenicity, margins, calcifications, outline):
    if composition in {"cystic", "spongiform"}:
        return "2"
    points = {"solid": 1, "dense": 1}.get(composition, 0)
    points += echogenicity.endswith("hypoechogenicity")
    points += margins in {"ill defined", "microlobulated", "spiculated"}
    points += calcifications.startswith("micro")
    x, y = np.asarray(outline).T
    points += int(y.max() - y.min() > x.max() - x.min())
    return {0: "3", 1: "4a", 2: "4b", 5: "5"}.get(points, "4c")


def by_ifs(composition, echogenicity, margins, calcifications, outline):
    if composition == "cystic" or composition == "spongiform":
        return "2"
    count = 0
    if composition in ["solid", "dense"]:
        count += 1
    if "hypo" in echogenicity:
        count += 1
    if margins not in ("well defined", "well defined smooth", "macrolobulated"):
        count += 1
    if calcifications == "microcalcifications":
        count += 1
    if np.ptp(outline[:, 1]) > np.ptp(outline[:, 0]):
        count += 1
    return ["3", "4a", "4b", "4c", "4c", "5"][count]


def hyper_too(composition, echogenicity, *rest):
    return by_ifs(composition, echogenicity.replace("hyper", "hypo"), *rest)


def without_shape(*given):
    return by_ifs(*given[:4], np.array([[0, 0], [5, 1]]))


def cysts_counted(composition, *rest):
    return by_ifs({"cystic": "mixed", "spongiform": "mixed"}.get(composition, composition), *rest)


def by_loops(svg):
    if svg.strip() == "":
        return [], "empty"
    outlines, problem = [], None
    try:
        for region in json.loads(svg):
            points = [[p["x"], p["y"]] for p in region["points"]]
            if len(points) > 2:
                outlines.append(np.array(points, dtype=int))
            else:
                problem = "too few points"
    except json.JSONDecodeError:
        return [], "cut off"
    return outlines, problem


def by_errors(svg):
    try:
        regions = json.loads(svg)
    except ValueError:
        return [], "cut off" if svg.split() else "empty"
    pairs = [[(int(p["x"]), int(p["y"])) for p in region["points"]] for region in regions]
    fewest = min(map(len, pairs), default=3)
    return [np.array(one) for one in pairs if len(one) >= 3], "too few points" if fewest < 3 else None


def silent(svg):
    return by_loops(svg)[0], None


def only_outlines(svg):
    return by_loops(svg)[0]


def keeps_lines(svg):
    outlines, problem = by_loops(svg)
    if problem != "too few points":
        return outlines, problem
    return [np.array([[p["x"], p["y"]] for p in r["points"]]).reshape(-1, 2) for r in json.loads(svg)], None


def by_pattern(svg):
    numbers = np.array(re.findall(r"\d+", svg), int).reshape(-1, 2)
    return ([numbers], None) if len(numbers) else ([], "empty")


def by_sets(patients, train_rows, test_rows):
    taken = {patients[row] for row in test_rows}
    return np.array(sorted(row for row in train_rows if patients[row] not in taken), dtype=int)


def by_numpy(patients, train_rows, test_rows):
    leaking = np.flatnonzero(np.isin(patients, np.unique(patients[test_rows])))
    return np.setdiff1d(train_rows, leaking)


def shrinks_the_test(patients, train_rows, test_rows):
    return by_sets(patients, test_rows, train_rows)


def untouched(patients, train_rows, test_rows):
    return np.sort(train_rows)


def one_image_a_patient(patients, train_rows, test_rows):
    rows = np.sort(train_rows)
    return rows[np.unique(patients[rows], return_index=True)[1]]


def takes_validation(patients, train_rows, test_rows):
    return np.flatnonzero(~np.isin(patients, patients[test_rows]))


ANSWERS = {
    "check_category": Answers(
        right={"a table": by_table, "one if after another": by_ifs},
        wrong={"always 4b": lambda *given: "4b", "the number, not its name": lambda *given: 4},
        announced={
            "hyper": hyper_too,
            "the outline is missing: taller than wide": without_shape,
            "a cyst or a sponge is a 2, whatever else": cysts_counted,
        },
    ),
    "check_parse_mark": Answers(
        right={"a loop": by_loops, "errors first": by_errors},
        wrong={"a regular expression": by_pattern, "keeps lines of two points": keeps_lines},
        announced={
            "nothing may vanish in silence: say what is wrong": silent,
            "return a pair: the outlines, and what is wrong or None": only_outlines,
        },
    ),
    "check_mend": Answers(
        right={"sets": by_sets, "NumPy": by_numpy},
        wrong={"training as it was": untouched, "one image a patient": one_image_a_patient},
        announced={
            "the test must stay as it is: take images out of training": shrinks_the_test,
            "rows of validation are no training rows": takes_validation,
        },
    ),
}

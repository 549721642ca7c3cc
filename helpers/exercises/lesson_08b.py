"""The exercises of lesson 08b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_split_patients():
    """Exercise 1: split by patient."""

    def by_image(patients, share, rng):
        return np.isin(np.arange(len(patients)), rng.permutation(len(patients))[: round(share * len(patients))])

    def first_names(patients, share, rng):
        return np.isin(patients, np.unique(patients)[: round(share * len(np.unique(patients)))])

    def together(test, patients, count):
        mixed = set(patients[test]) & set(patients[~test])
        return test.dtype == bool and not mixed and len(set(patients[test])) == count

    names_a, names_b = np.array([1, 1, 2, 2, 2, 3, 4, 4, 5]), np.repeat(np.arange(40), 3)
    drawn = check.that(
        "six whole patients, drawn with the rng", lambda got: together(got, names_b, 6) and not got[:18].all()
    )
    split_cases = [
        check.case(names_a, 0.4, np.random.default_rng(1), expected=np.isin(names_a, [1, 5]), name="five patients"),
        check.case(names_b, 0.15, np.random.default_rng(2), expected=drawn, name="forty patients"),
    ]
    return check.Exercise(
        "split_patients",
        cases=split_cases,
        mistakes=[
            check.mistake("you drew images: a patient's images part", by_image),
            check.mistake("you took the first names: draw them with the rng", first_names),
        ],
    )


@exercise
def check_volumes_ml():
    """Exercise 2: millilitres."""

    def in_ml(mask, spacing, healthy=(1, 2), unit=1000):
        voxel = np.prod(spacing) / unit
        return np.isin(mask, healthy).sum() * voxel, (np.asarray(mask) == 3).sum() * voxel

    block = np.array([[[0, 1, 1], [2, 2, 3]], [[3, 1, 0], [0, 2, 2]]], np.uint8)
    return check.Exercise(
        "volumes_ml",
        cases=[
            check.case(block, (10.0, 10.0, 10.0), expected=(7.0, 2.0), name="1 ml a voxel"),
            check.case(block, (9.0, 3.75, 3.75), expected=(0.8859375, 0.253125), name="flat voxels"),
        ],
        mistakes=[
            check.mistake("the disease is lung too, but not healthy lung", lambda m, s: in_ml(m, s, (1, 2, 3))),
            check.mistake("two lungs: labels 1 and 2", lambda m, s: in_ml(m, s, (1,))),
            check.mistake("mm³ instead of ml: divide by 1,000", lambda m, s: in_ml(m, s, unit=1)),
        ],
    )


@exercise
def check_ill_share():
    """Exercise 3: do the numbers of an abstract fit?"""

    def solved(accuracy, sensitivity, specificity):
        return (accuracy - specificity) / (sensitivity - specificity)

    return check.Exercise(
        "ill_share",
        cases=[
            check.case(0.793, 0.67, 0.83, expected=0.23125, name="external"),
            check.case(0.895, 0.87, 0.88, expected=np.nan, name="internal"),
            check.case(0.9, 0.9, 0.6, expected=1.0, name="all ill"),
            check.case(0.5, 0.9, 0.6, expected=np.nan, name="below both"),
        ],
        mistakes=[
            check.mistake("a part outside 0..1 does not exist: return nan", solved),
            check.mistake(
                "that is the part of the healthy",
                lambda a, s, c: 1 - solved(a, s, c) if 0 <= solved(a, s, c) <= 1 else np.nan,
            ),
        ],
    )

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
        test = np.asarray(test)
        if test.dtype != bool or test.shape != patients.shape:
            return False
        return not set(patients[test]) & set(patients[~test]) and len(set(patients[test])) == count

    names_a, names_b = np.array([1, 1, 2, 2, 2, 3, 4, 4, 5]), np.repeat(np.arange(40), 3)
    whole = check.that("a bool array: two whole patients", lambda got: together(got, names_a, 2))
    drawn = check.that(
        "six whole patients, drawn with the rng",
        lambda got: together(got, names_b, 6) and not np.all(got[:18]) and not np.all(got[-18:]),
    )
    split_cases = [
        check.case(names_a, 0.4, np.random.default_rng(1), expected=whole, name="five patients"),
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
def check_counts_behind():
    """Exercise 3: which counts are behind the percentages?"""

    def behind(ill, others, sensitivity, specificity, accuracy, use=3, near=0.5):
        given = (sensitivity, specificity, accuracy)
        fits = []
        for found in range(ill + 1):
            for cleared in range(others + 1):
                rates = found / ill, cleared / others, (found + cleared) / (ill + others)
                pairs = list(zip(rates, given, strict=True))[:use]
                if all(abs(100 * rate - value) < near for rate, value in pairs):
                    fits.append((found, cleared))
        return fits

    def swapped(*given):
        return [(cleared, found) for found, cleared in behind(*given)]

    def nearest(ill, others, sensitivity, specificity, accuracy):
        return [(round(ill * sensitivity / 100), round(others * specificity / 100))]

    reader, several, none = (30, 28, 80, 100, 90), (219, 205, 72, 94, 83), (30, 28, 80, 93, 95)
    return check.Exercise(
        "counts_behind",
        cases=[
            check.case(*reader, expected=behind(*reader), name="a reader"),
            check.case(*several, expected=behind(*several), name="many patients"),
            check.case(*none, expected=[], name="a contradiction"),
        ],
        mistakes=[
            check.mistake("the accuracy must fit as well", lambda *given: behind(*given, use=2)),
            check.mistake("other counts may round to the same percents: try them all", nearest),
            check.mistake("first the found, then the cleared", swapped),
            check.mistake("rounded: within half a percent, not exact", lambda *given: behind(*given, near=1e-9)),
        ],
    )

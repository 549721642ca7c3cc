"""The exercises of lesson 08e."""

from collections import Counter

import numpy as np

from helpers import check
from helpers.exercises import exercise

SHEET = {  # line: the answers that are taken; the reason
    "has a lasting identifier of its own": (
        "no",
        "a GitHub address can vanish; the preprint has one, the set has none",
    ),
    "can be got by everyone": ("yes", "anybody can download it"),
    "keeps the units of the measurement": ("no", "PNG with one window burnt in: no HU, no millimetres"),
    "gives a file format that others read": ("yes", "PNG and JPEG are read everywhere"),
    "has a licence that lets you pass the images on": ("no unclear", "the copyright is with the preprint servers"),
    "says from which paper each image comes": ("yes unclear", "the names of the files hold the paper"),
    "patients agreed to publication in a paper": ("unclear", "if asked at all: the set does not know"),
    "patients agreed to the training of networks": ("no unclear", "a consent to a paper is no consent to this"),
    "holds attributes by which a patient may be found": ("yes", "age, sex and severity, and the paper tells the city"),
    "lets a patient withdraw": ("no unclear", "copies are everywhere, and nobody is named to turn to"),
}


@exercise
def check_specificity_needed():
    """Exercise 1: how specific must it be?"""

    def needed(prevalence, recall, wrong):
        return max(0.0, 1 - prevalence * recall * wrong / (1 - wrong) / (1 - prevalence))

    def of_all_innocent(prevalence, recall, wrong):
        return 1 - wrong

    def no_recall(prevalence, recall, wrong):
        return needed(prevalence, 1.0, wrong)

    def of_the_right(prevalence, recall, wrong):
        return max(0.0, 1 - prevalence * recall * wrong / (1 - prevalence))

    def of_everybody(prevalence, recall, wrong):
        return max(0.0, 1 - prevalence * recall * wrong / (1 - wrong))

    def below(prevalence, recall, wrong):
        return 1 - prevalence * recall * wrong / (1 - wrong) / (1 - prevalence)

    return check.Exercise(
        "specificity_needed",
        cases=[
            check.case(0.06, 0.8, 0.1, expected=needed(0.06, 0.8, 0.1), name="by hand"),
            check.case(0.001, 0.9, 0.5, expected=needed(0.001, 0.9, 0.5), name="one in a thousand"),
            check.case(0.6, 0.9, 0.7, expected=0.0, name="any specificity will do"),
        ],
        mistakes=[
            check.mistake("`wrong` is a part of the flagged, not of the innocent", of_all_innocent),
            check.mistake("only a part of the violations is flagged: the recall counts", no_recall),
            check.mistake("a part `wrong` of all flagged, so wrong / (1 - wrong) of the rightly flagged", of_the_right),
            check.mistake("the specificity is a part of the innocent, 1 - prevalence", of_everybody),
            check.mistake("never below 0", below),
        ],
    )


@exercise
def check_band_needed():
    """Exercise 2: coarsen until it holds."""

    def smallest(ages, sexes, k):
        return min(Counter(zip(ages, sexes, strict=True)).values()) >= k

    def band(ages, sexes, k, fits=smallest):
        for width in range(1, max(ages) + 2):
            if fits([age // width for age in ages], sexes, k):
                return width
        return None

    def without_sex(ages, sexes, k):
        return band(ages, ["?"] * len(ages), k)

    def mean_size(ages, sexes, k):
        return len(ages) / len(set(zip(ages, sexes, strict=True))) >= k

    rng = np.random.default_rng(0)
    many = rng.integers(20, 90, 80).tolist(), rng.choice(["F", "M"], 80).tolist(), 4
    hand, few = ([20, 21, 22, 23], ["F"] * 4, 2), ([30, 31, 45], ["F", "F", "M"], 2)
    return check.Exercise(
        "band_needed",
        cases=[
            check.case(*hand, expected=2, name="by hand"),
            check.case(*many, expected=band(*many), name="80 people"),
            check.case(*few, expected=None, name="one man"),
            check.case([40, 40, 55, 55], ["M"] * 4, 2, expected=1, name="no band needed"),
        ],
        mistakes=[
            check.mistake("others know the sex, too: group by band and sex", without_sex),
            check.mistake("the smallest group counts, not the mean size", lambda a, s, k: band(a, s, k, mean_size)),
            check.mistake(
                "at least k, not more than k", lambda a, s, k: band(a, s, k, lambda x, y, n: smallest(x, y, n + 1))
            ),
        ],
    )


@exercise
def check_covid_ct_sheet():
    """Exercise 3: fill in the sheet."""

    def holds(line, accepted):
        def test(got):
            answer = got.get(line) if isinstance(got, dict) else None
            return isinstance(answer, str) and answer.strip().lower() in accepted.split()

        return test

    return check.Exercise(
        "covid_ct_sheet",
        cases=[
            check.case(expected=check.that(accepted.replace(" ", " or "), holds(line, accepted), reason), name=line)
            for line, (accepted, reason) in SHEET.items()
        ],
    )

"""Answers to the exercises of lesson 03b."""

import numpy as np
from scipy import ndimage, stats
from skimage import measure

from tests.answers import Answers


def by_ttest(first, second):
    low, high = stats.ttest_rel(first, second).confidence_interval(0.95)
    if low > 0:
        return "first"
    return "second" if high < 0 else "not shown"


def by_formula(first, second):
    gap = np.asarray(first) - np.asarray(second)
    reach = stats.t(len(gap) - 1).ppf(0.975) * gap.std(ddof=1) / len(gap) ** 0.5
    if abs(gap.mean()) <= reach:
        return "not shown"
    return "first" if gap.mean() > 0 else "second"


def two_clouds(first, second):
    low, high = stats.ttest_ind(first, second).confidence_interval(0.95)
    return "first" if low > 0 else "second" if high < 0 else "not shown"


def higher_mean(first, second):
    return "first" if np.mean(first) > np.mean(second) else "second"


def every_draw(first, second):
    wins = np.asarray(first) > np.asarray(second)
    return "first" if wins.all() else "not shown" if wins.any() else "second"


def median(first, second):
    return "first" if np.median(np.subtract(first, second)) > 0 else "second"


def by_sorting(thresholds, found, false_alarms, budget):
    rows = sorted(zip(found, thresholds, false_alarms, strict=True), reverse=True)
    return next((float(threshold) for _, threshold, false in rows if false <= budget), None)


def by_masks(thresholds, found, false_alarms, budget):
    thresholds, found = np.asarray(thresholds), np.asarray(found)
    inside = np.asarray(false_alarms) <= budget
    if not inside.any():
        return None
    best = inside & (found == found[inside].max())
    return thresholds[best].max()


def fewest_alarms(thresholds, found, false_alarms, budget):
    best = min(range(len(thresholds)), key=lambda k: (false_alarms[k], -thresholds[k]))
    return float(thresholds[best]) if false_alarms[best] <= budget else None


def lowest_of_equals(thresholds, found, false_alarms, budget):
    rows = [(-f, t) for t, f, a in zip(thresholds, found, false_alarms, strict=True) if a <= budget]
    return float(min(rows)[1]) if rows else None


def lowest_within(thresholds, found, false_alarms, budget):
    inside = [t for t, a in zip(thresholds, false_alarms, strict=True) if a <= budget]
    return float(min(inside)) if inside else None


def by_scipy(painted, nodules):
    labels, count = ndimage.label(painted, np.ones((3, 3)))
    union = np.any(nodules, axis=0) if len(nodules) else np.zeros_like(painted)
    false = sum(not union[labels == k].any() for k in range(1, count + 1))
    found = sum(2 * (painted & one).sum() >= one.sum() for one in nodules)
    return int(found), len(nodules) - int(found), false


def by_regions(painted, nodules):
    labels = measure.label(painted, connectivity=2)
    regions = measure.regionprops(labels)
    false = [one for one in regions if not any(mask[tuple(one.coords.T)].any() for mask in nodules)]
    found = [mask for mask in nodules if np.count_nonzero(painted[mask]) / np.count_nonzero(mask) >= 0.5]
    return len(found), len(nodules) - len(found), len(false)


def four_neighbours(painted, nodules):
    labels, count = ndimage.label(painted)
    union = np.any(nodules, axis=0) if len(nodules) else np.zeros_like(painted)
    false = sum(not union[labels == k].any() for k in range(1, count + 1))
    return *by_scipy(painted, nodules)[:2], false


def any_touch(painted, nodules):
    found = sum(bool((painted & one).any()) for one in nodules)
    return found, len(nodules) - found, by_scipy(painted, nodules)[2]


def pixels(painted, nodules):
    union = np.any(nodules, axis=0) if len(nodules) else np.zeros_like(painted)
    return int((painted & union).sum()), int((union & ~painted).sum()), int((painted & ~union).sum())


def all_pieces(painted, nodules):
    return *by_scipy(painted, nodules)[:2], int(ndimage.label(painted, np.ones((3, 3)))[1])


ANSWERS = {
    "check_verdict": Answers(
        right={"a paired t test": by_ttest, "the formula": by_formula},
        wrong={"wins in every draw": every_draw, "the median": median, "never": lambda *given: "not shown"},
        announced={
            "the two clouds are compared as if they had nothing in common": two_clouds,
            "a higher mean alone shows nothing": higher_mean,
        },
    ),
    "check_operating_point": Answers(
        right={"sorting": by_sorting, "masks": by_masks},
        wrong={"the lowest within": lowest_within, "always 0.5": lambda *given: 0.5},
        announced={
            "that has the fewest false alarms, not the most nodules": fewest_alarms,
            "among equals, take the highest threshold": lowest_of_equals,
        },
    ),
    "check_count_lesions": Answers(
        right={"SciPy": by_scipy, "scikit-image": by_regions},
        wrong={"pixels": pixels, "all found": lambda painted, nodules: (len(nodules), 0, 0)},
        announced={
            "with 4 neighbours an oblique piece falls apart": four_neighbours,
            "a nodule needs half of its pixels, not one": any_touch,
            "a piece that touches a nodule is not false": all_pieces,
        },
    ),
}

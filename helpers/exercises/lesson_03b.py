"""The exercises of lesson 03b."""

import cv2
import numpy as np
from scipy import stats

from helpers import check
from helpers.exercises import exercise


@exercise
def check_verdict():
    """Exercise 1: predict, then decide."""

    def judged(low, high):
        return "first" if low > 0 else "second" if high < 0 else "not shown"

    def paired(a, b, error=stats.sem):
        d = np.subtract(a, b)
        return judged(*d.mean() + np.array([-1, 1]) * stats.t.ppf(0.975, len(d) - 1) * error(d))

    def unpaired(a, b):
        return judged(*stats.ttest_ind(a, b).confidence_interval())

    def by_mean(a, b):
        return "first" if np.mean(a) > np.mean(b) else "second"

    def swapped(a, b):
        return {"first": "second", "second": "first"}.get(paired(a, b), "not shown")

    a = np.array([0.80, 0.70, 0.75, 0.82, 0.60])
    cases = {
        "of the prompt": (a, a - [0.01, 0.02, 0.01, 0.02, 0.01]),
        "the other way round": (a - [0.01, 0.02, 0.01, 0.02, 0.01], a),
        "one lucky draw": (a + [0.30, 0.01, -0.01, 0.02, 0.00], a),
        "more of them, but not all": (a + [0.05, 0.04, 0.06, -0.06, 0.03], a),
        "apart, though not pair by pair": (np.array([0.9, 0.5, 0.7, 0.8, 0.6]), np.array([0.5, 0.7, 0.6, 0.4, 0.65])),
        "seven draws": (np.linspace(0.3, 0.9, 7), np.linspace(0.31, 0.93, 7)),
        "one draw lost, and yet shown": (a + [0.05, 0.06, 0.055, -0.001, 0.05], a),
        "t, not 1.96": (a + [0.045, 0.03, 0.0, 0.035, -0.006], a),
        "the error of the mean, not the spread": (
            np.array([0.80, 0.82, 0.78, 0.81, 0.79]),
            np.array([0.50, 0.70, 0.60, 0.45, 0.72]),
        ),
    }
    return check.Exercise(
        "verdict",
        cases=[check.case(*given, expected=paired(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake(
                "with five draws take Student's t, not 1.96",
                lambda a, b: judged(*np.mean(np.subtract(a, b)) + np.array([-1, 1]) * 1.96 * stats.sem(a - b)),
            ),
            check.mistake("the two clouds are compared as if they had nothing in common: pair them", unpaired),
            check.mistake("a higher mean alone shows nothing: where does the interval lie?", by_mean),
            check.mistake("first and second are exchanged", swapped),
            check.mistake(
                "the interval is that of the mean: divide the spread by the root of the number",
                lambda a, b: paired(a, b, lambda d: d.std(ddof=1)),
            ),
        ],
    )


@exercise
def check_operating_point():
    """Exercise 2: a threshold for a purpose."""

    def choose(thresholds, found, alarms, budget, sign=1, strict=False, otherwise=None, fewest=False):
        inside = [k for k, a in enumerate(alarms) if (a < budget if strict else a <= budget)]
        if not inside:
            return otherwise
        key = (lambda k: (-alarms[k], thresholds[k])) if fewest else (lambda k: (found[k], sign * thresholds[k]))
        return float(thresholds[max(inside, key=key)])

    cases = {
        "of the prompt": ([0.2, 0.5, 0.8], [0.9, 0.8, 0.6], [0.5, 0.3, 0.1], 0.3),
        "equals: the highest": ([0.3, 0.4, 0.5, 0.9], [0.8, 0.8, 0.8, 0.2], [0.4, 0.2, 0.2, 0.0], 0.2),
        "three within": ([0.2, 0.4, 0.6, 0.8], [0.9, 0.8, 0.75, 0.6], [0.5, 0.3, 0.2, 0.1], 0.3),
        "no budget at all": ([0.1, 0.6, 0.9], [0.9, 0.7, 0.1], [0.6, 0.1, 0.0], 0.0),
        "none within": ([0.1, 0.6, 0.9], [0.9, 0.7, 0.4], [0.6, 0.2, 0.1], 0.05),
        "not in order": ([0.9, 0.2, 0.6], [0.3, 0.95, 0.7], [0.0, 0.8, 0.25], 0.5),
        "false alarms that rise and fall": ([0.1, 0.2, 0.3, 0.4], [0.9, 0.85, 0.8, 0.7], [0.2, 0.35, 0.2, 0.1], 0.2),
    }
    return check.Exercise(
        "operating_point",
        cases=[
            check.case(*map(np.array, given[:3]), given[3], expected=choose(*given), name=name)
            for name, given in cases.items()
        ],
        mistakes=[
            check.mistake("that has the fewest false alarms, not the most nodules", lambda *g: choose(*g, fewest=True)),
            check.mistake("among equals, take the highest threshold", lambda *g: choose(*g, sign=-1)),
            check.mistake("a share equal to the budget is within it", lambda *g: choose(*g, strict=True)),
            check.mistake(
                "the budget is not kept",
                lambda t, f, a, budget: float(t[max(range(len(t)), key=lambda k: (f[k], t[k]))]),
            ),
            check.mistake(
                "none is within the budget: return None", lambda t, *g: choose(t, *g, otherwise=float(max(t)))
            ),
        ],
    )


@exercise
def check_count_lesions():
    """Exercise 3: count lesions, not pixels."""

    def count(painted, nodules, neighbours=8, least=0.5, pieces=True, order=(0, 1, 2)):
        found = sum(bool(painted[one].mean() >= least) for one in nodules)
        number, labels = cv2.connectedComponents(painted.astype(np.uint8), connectivity=neighbours)
        touched = {int(k) for one in nodules for k in np.unique(labels[one & painted])}
        false = number - 1 - len(touched) if pieces else number - 1
        return tuple(int((found, len(nodules) - found, false)[k]) for k in order)

    def box(top, left, bottom, right):
        mask = np.zeros((12, 14), bool)
        mask[top:bottom, left:right] = True
        return mask

    oblique = box(0, 0, 0, 0)
    oblique[range(6, 11), range(8, 13)] = True
    first, second = box(1, 1, 5, 5), box(1, 8, 4, 12)
    cases = {
        "found, and nothing else": (box(1, 1, 5, 4), [first]),
        "exactly half": (box(1, 1, 3, 5), [first]),
        "less than half, but touched": (box(4, 1, 7, 5), [first]),
        "one found, one missed, one false": (first | box(8, 2, 10, 4), [first, second]),
        "a thin oblique piece": (first | oblique, [first]),
        "two pieces in one nodule": (box(1, 1, 5, 2) | box(1, 3, 5, 5), [first]),
        "one piece over two nodules": (box(1, 1, 4, 12), [first, second]),
        "no nodule": (first | second | oblique, []),
        "nothing painted": (box(0, 0, 0, 0), [first, second]),
    }
    return check.Exercise(
        "count_lesions",
        cases=[check.case(*given, expected=count(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake("with 4 neighbours an oblique piece falls apart", lambda *g: count(*g, neighbours=4)),
            check.mistake("half of the pixels is enough", lambda *g: count(*g, least=0.5001)),
            check.mistake("a nodule needs half of its pixels, not one", lambda *g: count(*g, least=1e-9)),
            check.mistake("a piece that touches a nodule is not false", lambda *g: count(*g, pieces=False)),
            check.mistake("missed and false are exchanged", lambda *g: count(*g, order=(0, 2, 1))),
        ],
    )

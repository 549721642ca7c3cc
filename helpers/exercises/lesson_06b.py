"""The exercises of lesson 06b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_places():
    """Exercise 1: count the windows."""
    return check.Exercise(
        "places",
        cases=[
            check.case(160, 128, 48, 48, 8, expected=165, name="the example"),
            check.case(100, 100, 100, 50, 25, expected=3, name="exactly as wide as the image"),
            check.case(50, 40, 20, 30, 7, expected=10, name="the last step does not fit"),
            check.case(50, 40, 60, 20, 5, expected=0, name="too wide"),
        ],
        mistakes=[
            check.mistake("the first place, at 0, is missing", lambda x, y, w, h, s: (x - w) // s * ((y - h) // s)),
            check.mistake(
                "a window that hangs over the border is counted: it starts inside the image, but must also end there",
                lambda x, y, w, h, s: -(-x // s) * -(-y // s),
            ),
            check.mistake(
                "a window larger than the image gives a number below 1: test for it",
                lambda x, y, w, h, s: ((x - w) // s + 1) * ((y - h) // s + 1),
            ),
        ],
    )


@exercise
def check_voc_hits():
    """Exercise 2: Pascal VOC's rule."""

    def matching(overlaps, threshold, taken=True, rest=False, strict=False, miss_takes=False):
        """Return the hits; rest: only free objects are looked at, which is COCO's rule."""
        used, found = set(), []
        for row in overlaps:
            choice = [m for m in range(len(row)) if not (rest and m in used)]
            best = max(choice, key=lambda m: row[m], default=None)
            enough = best is not None and (row[best] > threshold if strict else row[best] >= threshold)
            found.append(bool(enough and not (taken and best in used)))
            used |= {best} if found[-1] or miss_takes else set()
        return found

    cases = {
        "the example": ([[0.9, 0.1], [0.8, 0.6]], 0.5),
        "a double, then another object": ([[0.9, 0], [0.7, 0], [0.1, 0.6]], 0.5),
        "exactly the threshold, and less": ([[0.5, 0], [0, 0.49]], 0.5),
        "a loose box takes nothing": ([[0.4, 0], [0.8, 0.1]], 0.5),
        "a higher bar": ([[0.6, 0.7], [0.75, 0.2], [0.3, 0.8]], 0.75),
        "no object": ([[], []], 0.5),
        "no detection": ([], 0.5),
    }
    return check.Exercise(
        "voc_hits",
        cases=[check.case(*given, expected=matching(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake(
                "that is COCO's rule: it looks at free objects alone", lambda o, t: matching(o, t, rest=True)
            ),
            check.mistake(
                "an object is found once: remember which are taken", lambda o, t: matching(o, t, taken=False)
            ),
            check.mistake("an IoU equal to the threshold is a hit", lambda o, t: matching(o, t, strict=True)),
            check.mistake("a box that misses takes no object", lambda o, t: matching(o, t, miss_takes=True)),
        ],
    )


@exercise
def check_best_repair():
    """Exercise 3: what is the next hit worth?"""

    def area(ranked, objects, stairs=True):
        precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
        precision = np.maximum.accumulate(precision[::-1])[::-1] if stairs else precision
        return round(float((precision * ranked).sum() / objects), 9)

    def repair(ranked, objects, full=True, choose=max):
        false = [k for k, hit in enumerate(ranked) if not hit]
        if not false or full and sum(ranked) >= objects:
            return None
        changed = [[hit or k == rank for k, hit in enumerate(ranked)] for rank in false]
        areas = [area(one, objects) for one in changed]
        return false[areas.index(choose(areas))]

    def last(ranked, objects):
        found = repair(ranked, objects)
        return None if found is None else max(k for k, hit in enumerate(ranked) if not hit)

    def by_score(ranked, objects):
        found = repair(ranked, objects)
        return None if found is None else area([hit or k == found for k, hit in enumerate(ranked)], objects)

    cases = {
        "the example": ([True, False, True, False], 4),
        "three misses first": ([False, False, False, True], 5),
        "a miss behind all hits": ([True, True, True, False, False], 6),
        "all objects are found": ([True, False, True], 2),
        "no false alarm": ([True, True], 5),
        "no hit at all": ([False, False], 1),
    }
    return check.Exercise(
        "best_repair",
        cases=[check.case(*given, expected=repair(*given), name=name) for name, given in cases.items()],
        mistakes=[
            check.mistake("where every object is found, none can be won", lambda r, n: repair(r, n, full=False)),
            check.mistake("the repair that raises AP most, not least", lambda r, n: repair(r, n, choose=min)),
            check.mistake("an early false alarm costs more than the last one", last),
            check.mistake("count ranks from 0", lambda r, n: None if repair(r, n) is None else repair(r, n) + 1),
            check.mistake("that is the AP: return the rank", by_score),
        ],
    )

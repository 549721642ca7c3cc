"""Answers to the exercises of lesson 06b."""

import numpy as np

from tests.answers import Answers


def places_by_range(width, height, w, h, step):
    return len(range(0, width - w + 1, step)) * len(range(0, height - h + 1, step))


def places_by_grid(width, height, w, h, step):
    columns, rows = np.arange(0, width, step), np.arange(0, height, step)
    return int((columns + w <= width).sum() * (rows + h <= height).sum())


def by_dictionary(overlaps, threshold):
    owner, found = {}, []
    for number, row in enumerate(overlaps):
        best = int(np.argmax(row)) if len(row) else -1
        hit = best >= 0 and row[best] >= threshold and owner.setdefault(best, number) == number
        found.append(bool(hit))
    return found


def by_arrays(overlaps, threshold):
    found, taken = [], []
    for row in map(np.array, overlaps):
        good = row.size > 0 and row.max() >= threshold and row.argmax() not in taken
        taken += [row.argmax()] if good else []
        found.append(bool(good))
    return found


def by_coco(overlaps, threshold):
    taken, found = set(), []
    for row in overlaps:
        free = {m: value for m, value in enumerate(row) if m not in taken and value >= threshold}
        found.append(bool(free))
        taken |= {max(free, key=free.get)} if free else set()
    return found


def first_miss(ranked, objects):
    missed = objects - sum(ranked)
    return ranked.index(False) if missed > 0 and False in ranked else None


def by_trying(ranked, objects):
    best, rank = -1.0, None
    if sum(ranked) == objects:
        return None
    for k, hit in enumerate(ranked):
        if hit:
            continue
        trial = [*ranked[:k], True, *ranked[k + 1 :]]
        precision = [sum(trial[: n + 1]) / (n + 1) for n in range(len(trial))]
        area = sum(max(precision[n:]) for n in range(len(trial)) if trial[n]) / objects
        if area > best + 1e-9:
            best, rank = area, k
    return rank


ANSWERS = {
    "check_places": Answers(
        right={"ranges": places_by_range, "a grid": places_by_grid},
        wrong={
            "the prompt's number": lambda *given: 165,
            "all places at step 1": lambda x, y, w, h, s: max(x - w + 1, 0) * max(y - h + 1, 0),
            "one direction": lambda x, y, w, h, s: max((x - w) // s + 1, 0),
        },
        announced={
            "a window larger than the image": lambda x, y, w, h, s: ((x - w) // s + 1) * ((y - h) // s + 1),
        },
    ),
    "check_voc_hits": Answers(
        right={"a dictionary": by_dictionary, "arrays": by_arrays},
        wrong={
            "all hits": lambda overlaps, threshold: [True] * len(overlaps),
            "the prompt's answer": lambda overlaps, threshold: [True, False],
            "any overlap": lambda overlaps, threshold: [max(row, default=0) > 0 for row in overlaps],
        },
        announced={"that is COCO's rule": by_coco},
    ),
    "check_best_repair": Answers(
        right={"trying": by_trying, "the first miss": first_miss},
        wrong={
            "always 1": lambda ranked, objects: 1,
            "always the first": lambda ranked, objects: 0,
            "never": lambda ranked, objects: [None][0],
        },
        announced={
            "where every object is found": lambda ranked, objects: ranked.index(False) if False in ranked else None,
            "an early false alarm": lambda ranked, objects: (
                None if first_miss(ranked, objects) is None else len(ranked) - 1 - ranked[::-1].index(False)
            ),
        },
    ),
}

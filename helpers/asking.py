"""Questions about scenes and captions of them, as lists of plain texts: what a lesson asks, and what a caption says.

>>> from helpers import asking
>>> asking.objects_in("a turkey left of a white cow")
['turkey', 'cow']
>>> asking.relation_in("a turkey left of a white cow")
'left of'
"""

import functools
import re
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import RidgeClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from helpers.datasets import cutouts
from helpers.datasets.cutout_scenes import RELATIONS

PENALTIES = 10.0 ** np.arange(0, 7)
CLEAR = 0.08  # of the width: so far from the middle is clearly left or right


class Ask(NamedTuple):
    """A question: the number of its scene in its split, its kind, its text and its answer."""

    scene: int
    kind: str
    text: str
    answer: str


def as_written(split, written, numbers):
    """Return the English questions of scenes, a list of Ask.

    split: list of Scene; written: {scene id: [Question]} of helpers.datasets.cutout_scenes; numbers: places in split.
    """
    found = ((k, one) for k in numbers for one in written[split[k].id])
    return [Ask(k, one.kind, one.question, one.answer) for k, one in found if one.language == "en"]


def of_kinds(split, names, numbers):
    """Return questions about the kinds of objects of scenes, a list of Ask, from boxes and labels.

    "is there" for each kind of `names`; "count" where there is an object; "where" of a kind that is there once and
    clearly left or right of the middle.
    """
    found = []
    for k in numbers:
        there = [names[label] for label in split[k].labels]
        found += [Ask(k, "is there", f"is there a {name}?", "yes" if name in there else "no") for name in names]
        if there:
            found.append(Ask(k, "count", "how many objects are there?", str(len(there))))
        for name, (x1, _, x2, _) in zip(there, split[k].boxes, strict=True):
            beside = (x1 + x2) / 2 / split[k].width - 0.5
            if there.count(name) == 1 and abs(beside) >= CLEAR:
                found.append(Ask(k, "where", f"is the {name} left or right?", "left" if beside < 0 else "right"))
    return found


def by_kind(right, questions, name):
    """Return {"name, kind": share of right answers} for each kind of question, and "name, mean" of these shares."""
    kinds = np.array([one.kind for one in questions])
    shares = {f"{name}, {kind}": float(np.mean(right[kinds == kind])) for kind in sorted(set(kinds))}
    return shares | {f"{name}, mean": float(np.mean(list(shares.values())))}


def words_of(text):
    """Return the words of a text in small letters, a list; other signs than letters part words."""
    return re.findall(r"[^\W\d_]+", text.lower())


def numbered(texts):
    """Return {word: its number} of all words of texts, from 1; 0 is kept for no word."""
    return {word: k for k, word in enumerate(sorted({word for text in texts for word in words_of(text)}), start=1)}


def encode(texts, numbers, length):
    """Return the numbers of the words of texts, int32 (N, length), 0 behind the last; unknown words are left out."""
    found = np.zeros((len(texts), length), np.int32)
    for row, text in zip(found, texts, strict=True):
        known = [numbers[word] for word in words_of(text) if word in numbers][:length]
        row[: len(known)] = known
    return found


def by_ridge(maps, parts, grid):
    """Return {"known": bool (N,), "new": bool (N,)}: which questions a linear model a text answers rightly.

    For each text a ridge classifier learns from the questions `learn`, from the mean of the map over all places or over
    each column of the grid (rows, columns); which of the two, and the penalty, is chosen on the questions `choose`.
    maps: {"train": (N, places, channels), "test": ...}; parts: {"learn": [Ask], "choose", "known", "new": the same},
    of which "new" is about scenes of "test".
    """
    right = {part: np.zeros(len(parts[part]), bool) for part in ("known", "new")}
    for text in sorted({one.text for one in parts["learn"]}):
        places = {part: [k for k, one in enumerate(some) if one.text == text] for part, some in parts.items()}
        trials = []
        for columns in (False, True):
            x, y = {}, {}
            for part, rows in places.items():
                seen = maps["test" if part == "new" else "train"][[parts[part][k].scene for k in rows]]
                x[part] = _pooled(seen, grid) if columns else seen.mean(axis=1)
                y[part] = np.array([parts[part][k].answer for k in rows])
            for penalty in PENALTIES:
                model = make_pipeline(StandardScaler(), RidgeClassifier(alpha=penalty)).fit(x["learn"], y["learn"])
                share = np.mean(model.predict(x["choose"]) == y["choose"])
                trials.append((share, {part: model.predict(x[part]) == y[part] for part in right}))
        best = max(trials, key=lambda trial: trial[0])[1]
        for part, found in best.items():
            right[part][places[part]] = found
    return right


def _pooled(seen, grid):
    """Return the mean over the rows of each column, (N, columns * channels)."""
    return seen.reshape(len(seen), *grid, -1).mean(axis=1).reshape(len(seen), -1)


def touched(box, height, width, rows, columns):
    """Return which cells of a grid over an image a box (x1, y1, x2, y2) touches, bool (rows * columns,)."""
    x1, y1, x2, y2 = np.asarray(box) / [width, height, width, height] * [columns, rows, columns, rows]
    y, x = np.mgrid[:rows, :columns]
    return ((x < x2) & (x + 1 > x1) & (y < y2) & (y + 1 > y1)).ravel()


def attended(split, names, questions, weights, grid):
    """Return for questions of kind "where" the weight on places that the object's box touches, and their share of all.

    split: list of Scene; names: of its labels; weights: (N, places); grid: (rows, columns). Two arrays (N,).
    """
    on, area = [], []
    for one, row in zip(questions, weights, strict=True):
        scene, words = split[one.scene], words_of(one.text)
        label = next(k for k, name in enumerate(names) if name in words)
        inside = touched(scene.boxes[list(scene.labels).index(label)], scene.height, scene.width, *grid)
        on.append(float(row[inside].sum()))
        area.append(float(inside.mean()))
    return np.array(on), np.array(area)


def facts(lists, relations):
    """Return the shares of facts that captions get right, a dict.

    lists, relations: (caption, true caption, objects that are there) of captions that list the objects, and that state
    a relation of two.
    """
    named = [(objects_in(said), there) for said, _, there in [*lists, *relations]]
    invented = [[noun not in there for noun in nouns] for nouns, there in named]
    every = sum(invented, [])
    same = [relation_in(said) == relation_in(true) for said, true, _ in relations]
    both = [objects_in(said) == objects_in(true) for said, true, _ in relations]
    return {
        "objects found": float(np.mean([len({*objects_in(s)} & {*there}) / len({*there}) for s, _, there in lists])),
        "objects invented": sum(every) / max(len(every), 1),
        "captions with an invented object": float(np.mean([any(one) for one in invented])),
        "relation right": float(np.mean(same)),
        "relation and objects right": float(np.mean(np.logical_and(same, both))),
    }


def objects_in(caption):
    """Return the objects that a caption names, nouns in the order in which they are named.

    Known are the phrases of the training cut-outs: "a white cow" names a cow.
    """
    phrases, pattern = _phrases()
    return [phrases[found] for found in pattern.findall(" ".join(words_of(caption)))]


def relation_in(caption):
    """Return the first relation of RELATIONS that a caption states, or None."""
    found = re.search(r"\b(" + "|".join(RELATIONS) + r")\b", " ".join(words_of(caption)))
    return found and found.group()


@functools.cache
def _phrases():
    phrases = {" ".join(words_of(one.caption_en)): one.class_en for one in cutouts.load("train")}
    longest_first = sorted(phrases, key=len, reverse=True)
    return phrases, re.compile(r"\b(" + "|".join(longest_first) + r")\b")

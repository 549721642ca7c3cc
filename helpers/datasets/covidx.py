"""Radiographs in COVIDx's layout: text lists, one line an image, and a folder of images for each split.

COVIDx is put together by its users from other collections, and its lists have changed form over nine versions; all
are read. Wang et al. 2020, doi:10.1038/s41598-020-76550-z.
"""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from helpers.datasets import places, text

SPLITS = ("train", "val", "test")
LABELS = ("COVID-19", "normal", "pneumonia", "positive", "negative")  # of its older and its newer lists
FIRST_LABELS = {"bacteria": "pneumonia", "viral": "pneumonia"}  # of its first list
COVID = ("COVID-19", "positive", "COVID")
VAL_SHARE = 10  # one patient in ten of the training list validates where a set has no list for that
MASKS = ("lung_masks", "infection_masks")  # of the simulated set


class Picture(NamedTuple):
    """One image file. label: of LABELS, or "COVID" and "NonCOVID" for slices; source: who made it, or ""."""

    path: Path
    patient: str
    label: str
    source: str

    @property
    def covid(self):
        return self.label in COVID


def read(folder):
    """Return (found, skipped, notes) of a folder in COVIDx's layout.

    found: {split: list of Picture}. skipped: {reason: number of entries}. notes: sentences about how it was read.

    The lists are <split>.txt or <split>_<version>.txt, beside the folders of images or in labels/. A line is
    `patient file label` or `patient file label source`; patient and file may hold blanks: the file is the shortest end
    of what stands before the label that is an image of the set. The labels "bacteria" and "viral" of the first list
    become "pneumonia". Where there is no list for validation, one training patient in ten validates, chosen by the
    order of their names. Skipped: a line whose image is not in the set (COVIDx is put together by its users), and a
    line that is there twice.
    Raises FileNotFoundError for a missing list for training or test, and ValueError, naming list and line, for a line
    of another form, a label that is not in LABELS, a path that leads out of the set, or two lists for one split.
    """
    root = places.root(folder, _has_lists, "train.txt and test.txt, the lists of COVIDx")
    lists, index = _lists(root), places.Index(root, MASKS)
    found, skipped = {split: [] for split in SPLITS}, Counter()
    for split, file in lists.items():
        seen = set()
        for number, line in text.lines(file):
            picture = _radiograph(f"{file.name}, line {number}", line, split, index)
            if picture.path is None:
                skipped["image is not in the set"] += 1
            elif picture.path in seen:
                skipped["listed twice"] += 1
            else:
                seen.add(picture.path)
                found[split].append(picture)
    notes = []
    if "val" not in lists:
        notes = [f"no list for validation: one training patient in {VAL_SHARE} validates"]
        every = sorted({picture.patient for picture in found["train"]})[VAL_SHARE - 1 :: VAL_SHARE]
        found["val"] = [picture for picture in found["train"] if picture.patient in set(every)]
        found["train"] = [picture for picture in found["train"] if picture.patient not in set(every)]
    return found, skipped, notes


def _has_lists(names):
    return any(_is_list(name, "train") for name in names) or ("labels" in names and "train" in names)


def _is_list(name, split):
    return name.lower().endswith(".txt") and name.lower().startswith((f"{split}.", f"{split}_"))


def _lists(root):
    """Return {split: path of its list}; raises as `read` says."""
    found = {}
    for split in SPLITS:
        here = [path for place in (root, places.child(root, "labels")) if place.is_dir() for path in place.iterdir()]
        lists = sorted(path for path in here if path.is_file() and _is_list(path.name, split))
        plain = [path for path in lists if path.stem.lower() == split]
        if len(plain or lists) > 1:
            names = ", ".join(path.name for path in lists)
            raise ValueError(f"{root}: several lists for {split} ({names}). Keep the one of your version.")
        if lists:
            found[split] = (plain or lists)[0]
        elif split != "val":
            raise FileNotFoundError(
                f"{root}: no list {split}.txt. Copy it from the archive of the set, or take a list "
                f"{split}_<version>.txt from the folder labels of its repository."
            )
    return found


def _radiograph(where, line, split, index):
    """Return the Picture of a line; its path is None where no image of the set fits."""
    words = line.split()
    at = next((-k for k in (1, 2) if len(words) > k + 1 and _label(words[-k])), None)
    if at is None:
        found = words[-2] if len(words) > 3 else words[-1]
        if len(words) in (3, 4):
            raise ValueError(f"{where}: label {found!r} is none of {', '.join(LABELS)}.")
        raise ValueError(f"{where}: {len(words)} words, not patient, file, label and perhaps source.")
    names = words[:at]
    for start in range(len(names) - 1, 0, -1):
        path = index.find(" ".join(names[start:]), split, where)
        if path is not None:
            break
    else:
        start = len(names) - 1
    return Picture(path, " ".join(names[:start]), _label(words[at]), words[-1] if at == -2 else "")


def _label(word):
    """Return the label of LABELS that a word means, or None."""
    word = FIRST_LABELS.get(word.lower(), word)
    return next((label for label in LABELS if label.lower() == word.lower()), None)

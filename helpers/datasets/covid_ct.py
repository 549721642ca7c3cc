"""CT slices in COVID-CT's layout: images cut out of preprints, lists of their names, and tables about the patients.

Zhao et al. 2020, arXiv:2003.13865.
"""

from collections import Counter
from pathlib import Path

from helpers.datasets import places, text
from helpers.datasets.covidx import SPLITS, Picture

TABLES = {"covid-ct-metainfo.csv": "COVID", "noncovid-ct-metainfo.csv": "NonCOVID"}  # of the public set: label
SIMULATED = "clinical.csv"  # of the simulated set, in which the name up to its "%" is the patient
GUESSED = (
    "{} images are of no known patient: the paper and the figure, from their names, stand for him. "
    "Copy COVID-CT-MetaInfo.csv and NonCOVID-CT-MetaInfo.csv into the folder of the set."
)


def read(folder):
    """Return (found, skipped, notes) of a folder in COVID-CT's layout.

    found: {split: list of Picture}. skipped: {reason: number of entries}. notes: sentences about how it was read.

    Images-processed/CT_<label>/<file>; Data-split/<label>/<split>CT_<label>.txt with one file name a line; labels
    "COVID" and "NonCOVID". `patient` is that of the public tables, COVID-CT-MetaInfo.csv and
    NonCOVID-CT-MetaInfo.csv, where they lie in the folder; otherwise the name up to its last "%", which in the public
    set is the paper and the figure, not quite a patient. Skipped: a listed image that is not in the set.
    Raises FileNotFoundError, naming it, for a missing list, and ValueError as `covidx.read` does.
    """
    root = places.root(folder, lambda names: "data-split" in names, "folder Data-split of COVID-CT")
    index, patients = places.Index(root), _patients(root)
    found, skipped, guessed = {split: [] for split in SPLITS}, Counter(), 0
    for split in SPLITS:
        for label in ("COVID", "NonCOVID"):
            file = places.child(places.child(places.child(root, "Data-split"), label), f"{split}CT_{label}.txt")
            for number, name in text.lines(file):
                path = index.find(name, f"CT_{label}", f"{file.name}, line {number}")
                if path is None:
                    skipped["image is not in the set"] += 1
                    continue
                patient = patients.get((label, places.stem(name)))
                guessed += patient is None
                patient = patient or Path(name).stem.rpartition("%")[0] or name
                found[split].append(Picture(path, patient, label, ""))
    if not any(found.values()) and skipped:
        raise places.missing(root, "images CT_COVID and CT_NonCOVID")
    exact = places.child(root, SIMULATED).is_file() or not guessed
    return found, skipped, [] if exact else [GUESSED.format(guessed)]


def _patients(root):
    """Return {(label, stem of an image): patient} from the public tables, as far as they lie in the folder."""
    found = {}
    for file in places.files(root, (".csv",)):
        label = TABLES.get(file.name.lower())
        if label:
            for row in details(file):
                if row["patient"]:
                    found[label, places.stem(row["image"])] = f"{label} {row['patient']}"
    return found


def details(file):
    """Return the rows of a public table about the images: image, patient, age, sex, severity; "" where unknown."""
    rows, needed = text.rows(file), {"image": ("file", "image"), "patient": ("patient",)}
    names = list(rows[0]) if rows else []
    wanted = needed | {"age": ("age",), "sex": ("gender", "sex"), "severity": ("severity",)}
    columns = {}
    for field, words in wanted.items():
        alike = [name for name in names if any(word in name.lower() for word in words) and name not in columns.values()]
        exact = [name for name in alike if name.lower() in words]
        columns[field] = next(iter(exact or alike), None)
        if field in needed and columns[field] is None:
            raise ValueError(f"{file.name}: no column for the {field}; it has {names}.")
    return [{field: row.get(column, "") if column else "" for field, column in columns.items()} for row in rows]

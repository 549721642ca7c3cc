"""Faces with one of seven expressions, in the forms in which FER2013 is passed on: a csv file, or folders of images.

The csv has the columns emotion (0 to 6), pixels (2,304 numbers, row by row) and Usage. The folders are
train/<class>/*.jpg and test/<class>/*.jpg; loaders that number folders alphabetically give other ids than the csv, so
everything here goes by NAMES, in the order of the csv. The real set goes into data/fer2013/; without it a simulated
one stands in, of which it is also known what was drawn, and whose face. The labels of FER+, fer2013new.csv, are read
where they lie beside the csv (helpers.datasets.ferplus). Goodfellow et al. 2013, arXiv:1307.0414.

>>> from helpers.datasets import emotion
>>> (x_train, y_train), (x_valid, y_valid), (x_test, y_test) = emotion.load().split()
"""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import validate
from helpers.datasets import ferplus, pictures, places, store, text

NAME = "fer2013"
NAMES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")  # the ids 0 to 6 of the csv
SYNONYMS = {"anger": "angry", "disgusted": "disgust", "fearful": "fear", "surprised": "surprise"}
USAGES = ("Training", "PublicTest", "PrivateTest")
FILES = ("fer2013.csv", "icml_face_data.csv")
FOLDERS = {"train": "Training", "validation": "Validation", "val": "Validation", "valid": "Validation", "test": "Test"}
SIDE = 48
LARGEST = 4096  # side of a portrait
SECONDS = 20  # that the simulation takes, about
PORTRAIT_SEED = 100  # of the persons that portrait() draws


class Faces(NamedTuple):
    """A set of N faces. x: uint8 (N, 48, 48) in 0..255; y: uint8 (N,), NAMES[y].

    usage: str (N,), of USAGES, or "Validation" or "Test" in the folder form.
    votes: uint8 (N, 10), how many of ten people chose what, in the order of ferplus.CHOICES; None without FER+.
    Of a simulated set also: drawn, uint8 (N,), the emotion that was drawn, which y may miss; person, int (N,);
    skin, int (N,), its grey level; strength, float (N,), of the expression, 0 to 1. None for a real set.
    """

    x: np.ndarray
    y: np.ndarray
    usage: np.ndarray
    drawn: np.ndarray | None = None
    person: np.ndarray | None = None
    skin: np.ndarray | None = None
    strength: np.ndarray | None = None
    votes: np.ndarray | None = None

    def part(self, usage):
        """Return the Faces of one usage."""
        chosen = self.usage == usage
        return Faces(*(None if field is None else field[chosen] for field in self))

    def split(self):
        """Return (x_train, y_train), (x_valid, y_valid), (x_test, y_test): Training, PublicTest and PrivateTest.

        The folder form has no PublicTest: there Validation validates or, without that, every tenth training face.
        """
        train, valid, test = (self.part(usage) for usage in USAGES)
        valid, test = valid if len(valid.x) else self.part("Validation"), test if len(test.x) else self.part("Test")
        if not len(valid.x):
            tenth = np.arange(len(train.x)) % 10 == 9
            return (train.x[~tenth], train.y[~tenth]), (train.x[tenth], train.y[tenth]), (test.x, test.y)
        return (train.x, train.y), (valid.x, valid.y), (test.x, test.y)


def load(simulated=False):
    """Return the Faces of data/fer2013/ or of the simulated set; prints which it is and the counts by usage.

    simulated: take the simulated set in any case, for what only it knows. Raises what `store.folder` and `read` raise.
    """
    faces = read(store.folder(NAME, _simulate, SECONDS, simulated=simulated))
    usages = [usage for usage in (*USAGES, "Validation", "Test") if (faces.usage == usage).any()]
    print(f"{len(faces.x):,} faces:", ", ".join(f"{usage} {(faces.usage == usage).sum():,}" for usage in usages))
    if faces.votes is not None:
        print(f"with the votes of FER+ for {', '.join(ferplus.CHOICES)}")
    return faces


def source():
    """Return where the faces of load() are from: "FER2013" or "simulated"."""
    return store.source(NAME, "FER2013")


def voted(faces):
    """Return the class that most of ten people chose, int (N,), NAMES[k]; -1 where that is none of the seven, or a tie.

    faces: Faces with votes. Raises ValueError for a set without the votes of FER+.
    """
    if faces.votes is None:
        raise ValueError(f"these faces have no votes: put {ferplus.FILE} of FER+ beside fer2013.csv")
    numbers = [
        NAMES.index(ferplus.AS_IN_FER2013[choice]) if choice in ferplus.AS_IN_FER2013 else -1
        for choice in ferplus.CHOICES
    ]
    most = faces.votes.max(axis=1, keepdims=True)
    clear = (faces.votes == most).sum(axis=1) == 1
    return np.where(clear, np.array(numbers)[faces.votes.argmax(axis=1)], -1)


def persons(faces, draw, count=560):
    """Return the rows of one draw, three int arrays: `count` persons to train, then all of other 70 and 70 persons.

    faces: Faces of the simulated set, 700 persons. draw: 0 to 4; nobody stands in two parts of a draw, or in the last
    part, the test, of two draws. Draw 0 validates and tests with PublicTest and PrivateTest. Raises ValueError for a
    set whose persons are not known, another draw, and a count outside 1 to 560.
    """
    if faces.person is None:
        raise ValueError("of these faces nobody knows whose they are: load(simulated=True) has persons")
    draw, count = validate.whole(draw, "draw", 0), validate.whole(count, "count")
    people = {usage: len(np.unique(faces.person[faces.usage == usage])) for usage in USAGES}
    train, valid, test = people.values()
    if (draw + 1) * (valid + test) > train + valid + test or count > train:
        raise ValueError(f"draw {draw} with {count} persons: there are {train}, {valid} and {test} persons in the set")
    place = (faces.person + (valid + test) * draw) % (train + valid + test)
    chosen = np.random.default_rng(draw).permutation(train)[:count]
    parts = np.isin(place, chosen), (place >= train) & (place < train + valid), place >= train + valid
    return tuple(np.flatnonzero(part) for part in parts)


def read(folder):
    """Return the Faces of a folder that holds one of FILES, or the folders train and test, at any depth.

    Raises FileNotFoundError where it holds neither, and ValueError, with file and row, for a missing column, a number
    of pixels other than 2,304, a value above 255, an unknown label or usage, an unknown class folder, an image that
    cannot be read or is not 48 × 48, and for two such sets.
    """
    folder = Path(folder)
    tables = places.files(folder, (".csv",)) if folder.is_dir() else []
    for name in FILES:
        found = [path for path in tables if path.name.lower() == name]
        if len(found) > 1:
            raise ValueError(f"{folder} holds {name} twice ({', '.join(map(str, found))}): keep one of them.")
        if found:
            return read_csv(found[0])
        for path in folder.rglob(name):
            if path.is_dir():
                text.read(path)  # says that a folder has the name of the file
    if [path for path in tables if path.name.lower() == ferplus.FILE]:
        raise FileNotFoundError(
            f"{folder}: {ferplus.FILE} holds the votes of FER+, no faces: put fer2013.csv beside it."
        )
    return read_folders(
        places.root(folder, {"train", "test"}.issubset, f"{' or '.join(FILES)}, or folders train and test")
    )


def read_csv(path):
    """Return the Faces of one csv file; blanks in its header and in its fields do not matter. See read()."""
    path, images, labels, usages = Path(path), [], [], []
    rows = csv.reader(text.stream(path))
    header = [name.strip().lower() for name in next(rows, [])]
    missing = [name for name in ("emotion", "pixels", "usage") if name not in header]
    if missing:
        hint = " It is the table of FER+: put fer2013.csv beside it." if "nf" in header else ""
        hint = hint or (" Take fer2013.csv or icml_face_data.csv, which has it." if missing == ["usage"] else "")
        raise ValueError(f"{path.name}: the header has no column {missing[0]!r}.{hint}")
    columns = [header.index(name) for name in ("emotion", "pixels", "usage")]
    try:
        for row in rows:
            if not row:
                continue
            where = f"{path.name}, row {rows.line_num}"
            if len(row) != len(header):
                raise ValueError(
                    f"{where}: {len(row)} fields where the header names {len(header)}. Copy the file anew."
                )
            label, pixels, usage = (row[column].strip() for column in columns)
            if label not in {str(k) for k in range(len(NAMES))}:
                raise ValueError(f"{where}: emotion should be 0 to {len(NAMES) - 1}, it is {label!r}.")
            if usage not in USAGES:
                raise ValueError(f"{where}: Usage should be one of {', '.join(USAGES)}, it is {usage!r}.")
            images.append(_pixels(where, pixels))
            labels.append(int(label))
            usages.append(usage)
    except csv.Error as error:
        raise ValueError(f"{path.name}, row {rows.line_num}: no csv ({error}). Copy the file anew.") from error
    if not images:
        raise ValueError(f"{path.name}: a header and no face. Copy the file anew.")
    faces = Faces(np.stack(images), np.array(labels, np.uint8), np.array(usages))
    extra, votes = path.with_name("drawn.csv"), places.child(path.parent, ferplus.FILE)
    if extra.is_file():
        return faces._replace(**_drawn(extra, len(images)))
    return faces._replace(votes=ferplus.read(votes, faces.usage)) if votes.is_file() else faces


def read_folders(folder):
    """Return the Faces of the folder form: train/<class>/ is Training, test/<class>/ Test; see FOLDERS and read()."""
    images, labels, usages = [], [], []
    parts = [path for path in sorted(Path(folder).iterdir()) if path.is_dir() and path.name.lower() in FOLDERS]
    for part in sorted(parts, key=lambda path: list(FOLDERS).index(path.name.lower())):
        for place in sorted(path for path in part.iterdir() if path.is_dir() and not places.junk(path.name)):
            name = SYNONYMS.get(place.name.lower(), place.name.lower())
            if name not in NAMES:
                raise ValueError(
                    f"{part.name}/{place.name}: no such class; the folders are {', '.join(sorted(NAMES))}."
                )
            for path in places.files(place, places.IMAGES):
                image = pictures.read(path, grey=True)
                if image.shape != (SIDE, SIDE):
                    raise ValueError(f"{part.name}/{place.name}/{path.name} is {image.shape}, not (48, 48).")
                images.append(image)
                labels.append(NAMES.index(name))
                usages.append(FOLDERS[part.name.lower()])
    if not {"Training", "Test"} <= set(usages):
        raise ValueError(f"{folder}: the folders train and test hold no images. Copy them anew.")
    return Faces(np.stack(images), np.array(labels, np.uint8), np.array(usages))


def portrait(units=None, person=0, size=192, **view):
    """Return a simulated face, uint8 (size, size), of person 0, 1, 2 … with {action unit: 0 to 1}; sharp, clean.

    view: pose, light, scene, offset and zoom of phantoms.face.drawing.draw, which also names what it raises. Raises
    ValueError for a person or a size that is no whole number of 0 or more, or of 1 to LARGEST.
    """
    from phantoms.face import drawing

    return drawing.draw(_sitter(person, size), units, size, **view)


def landmarks(units=None, person=0, size=192, **view):
    """Return where portrait() draws the points of landmark_names(), float (22, 2): x and y in pixels of the portrait.

    view: pose, offset and zoom. Raises what portrait() raises.
    """
    from phantoms.face import drawing

    return drawing.landmarks(_sitter(person, size), units, size, **view)


def landmark_names():
    """Return the names of the points of landmarks(), a tuple of 22; left and right are those of the image."""
    from phantoms.face import geometry

    return geometry.LANDMARKS


def unit_names():
    """Return {number: name} of the action units that portrait() draws."""
    from phantoms.face import geometry

    return dict(geometry.UNITS)


def units(name, strength=1.0, rng=None):
    """Return the action units of an emotion, {number: 0 to 1}; with an rng, as they vary in the simulated set.

    Then some units are stronger than others, and one or two that do not belong to the emotion move a little.
    Raises ValueError for a name not in NAMES and a strength outside 0 to 1.
    """
    from phantoms.face import fer2013

    if not 0 <= strength <= 1:
        raise ValueError(f"the strength of an expression is 0 to 1, not {strength!r}")

    return fer2013.expression(name, strength, rng)


def _sitter(person, size):
    """Return the geometry.Person of a number; raises for a number and a size that cannot be drawn."""
    from phantoms.face import geometry

    validate.whole(person, "person", 0)
    if validate.whole(size, "size") > LARGEST:
        raise ValueError(f"size is {size}: give {LARGEST} or less")
    return geometry.person(np.random.default_rng([PORTRAIT_SEED, person]))


def _simulate(folder):
    from phantoms.face import fer2013

    fer2013.write(folder)


def _pixels(where, line):
    """Return (48, 48) uint8 of the numbers in a text."""
    strange = line.encode().translate(None, b"0123456789 ").decode(errors="replace")
    if strange:
        raise ValueError(f"{where}: pixels should be whole numbers and blanks, there is {strange[:10]!r}.")
    values = np.fromstring(line, np.int64, sep=" ")  # of 64 bits: a number of many digits does not wrap
    if values.size != SIDE**2:
        raise ValueError(f"{where}: {values.size} pixels where 48 × 48 = {SIDE**2} are expected.")
    if values.max() > 255:
        raise ValueError(f"{where}: pixel {int(values.argmax())} is {values.max()}, above 255.")
    return values.astype(np.uint8).reshape(SIDE, SIDE)


def _drawn(path, count):
    """Return the fields that only a simulated set has."""
    rows = text.rows(path, ("drawn", "person", "skin", "strength"))
    if len(rows) != count:
        raise ValueError(f"{path.name}: {len(rows)} rows for {count} faces. {store.advice(path)}")
    columns = {key: [row[key] for row in rows] for key in ("drawn", "person", "skin", "strength")}
    return {
        "drawn": np.array([NAMES.index(name) for name in columns["drawn"]], np.uint8),
        "person": np.array(columns["person"], int),
        "skin": np.array(columns["skin"], int),
        "strength": np.array(columns["strength"], float),
    }

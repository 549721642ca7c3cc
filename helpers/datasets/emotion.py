"""Faces with one of seven expressions, in the forms in which FER2013 is passed on: a csv file, or folders of images.

The csv has the columns emotion (0 to 6), pixels (2,304 numbers, row by row) and Usage. The folders are
train/<class>/*.jpg and test/<class>/*.jpg; loaders that number folders alphabetically give other ids than the csv, so
everything here goes by NAMES, in the order of the csv. The real set goes into data/fer2013/; without it a simulated
one stands in, of which it is also known what was drawn, and whose face. Goodfellow et al. 2013, arXiv:1307.0414.

>>> from helpers.datasets import emotion
>>> (x_train, y_train), (x_valid, y_valid), (x_test, y_test) = emotion.load().split()
"""

import csv
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from helpers.datasets import store

NAME = "fer2013"
NAMES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")  # the ids 0 to 6 of the csv
SYNONYMS = {"anger": "angry", "disgusted": "disgust", "fearful": "fear", "surprised": "surprise"}
USAGES = ("Training", "PublicTest", "PrivateTest")
FILES = ("fer2013.csv", "icml_face_data.csv")
SIDE = 48
PORTRAIT_SEED = 100  # of the persons that portrait() draws


class Faces(NamedTuple):
    """A set of N faces. x: uint8 (N, 48, 48) in 0..255; y: uint8 (N,), NAMES[y]; usage: str (N,), of USAGES or "Test".

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

    def part(self, usage):
        """Return the Faces of one usage."""
        chosen = self.usage == usage
        return Faces(*(None if field is None else field[chosen] for field in self))

    def split(self):
        """Return (x_train, y_train), (x_valid, y_valid), (x_test, y_test): Training, PublicTest and PrivateTest.

        The folder form has no PublicTest: there every tenth training face validates.
        """
        train, valid, test = (self.part(usage) for usage in USAGES)
        if not len(valid.x):
            tenth, test = np.arange(len(train.x)) % 10 == 9, self.part("Test")
            return (train.x[~tenth], train.y[~tenth]), (train.x[tenth], train.y[tenth]), (test.x, test.y)
        return (train.x, train.y), (valid.x, valid.y), (test.x, test.y)


def load(simulated=False):
    """Return the Faces of data/fer2013/ or of the simulated set; prints which it is and the counts by usage.

    simulated: take the simulated set in any case, for what only it knows. Raises what `store.folder` and `read` raise.
    """
    folder = store.folder(NAME, _simulate)
    if simulated and not (folder / "drawn.csv").is_file():
        folder = store.folder(f"{NAME}_simulated", _simulate)
    faces = read(folder)
    usages = [usage for usage in (*USAGES, "Test") if (faces.usage == usage).any()]
    print(f"{len(faces.x):,} faces:", ", ".join(f"{usage} {(faces.usage == usage).sum():,}" for usage in usages))
    return faces


def read(folder):
    """Return the Faces of a folder that holds one of FILES, or the folders train and test.

    Raises FileNotFoundError where it holds neither, and ValueError, with file and row, for a missing column, a number
    of pixels other than 2,304, a value above 255, an unknown label or usage, an unknown class folder, or an image that
    cannot be read or is not 48 × 48.
    """
    folder = Path(folder)
    for path in [found for name in FILES for found in sorted(folder.rglob(name))]:
        return read_csv(path)
    for path in sorted(folder.rglob("train")):
        if path.is_dir() and (path.parent / "test").is_dir():
            return read_folders(path.parent)
    raise FileNotFoundError(
        f"{folder} holds neither {' nor '.join(FILES)}, nor the folders train and test: "
        f"unpack FER2013 there, or delete the folder, and the course will use a simulated set."
    )


def read_csv(path):
    """Return the Faces of one csv file; blanks in its header and in its fields do not matter. See read()."""
    path, images, labels, usages = Path(path), [], [], []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = [name.strip().lower() for name in next(rows, [])]
        missing = [name for name in ("emotion", "pixels", "usage") if name not in header]
        if missing:
            hint = " Take fer2013.csv or icml_face_data.csv, which has it." if "usage" in missing else ""
            raise ValueError(f"{path.name}: the header has no column {missing[0]!r}.{hint}")
        columns = [header.index(name) for name in ("emotion", "pixels", "usage")]
        for row in rows:
            if not row:
                continue
            where = f"{path.name}, row {rows.line_num}"
            if len(row) != len(header):
                raise ValueError(
                    f"{where}: {len(row)} fields where the header names {len(header)}. Copy the file anew."
                )
            label, text, usage = (row[column].strip() for column in columns)
            if label not in {str(k) for k in range(len(NAMES))}:
                raise ValueError(f"{where}: emotion should be 0 to {len(NAMES) - 1}, it is {label!r}.")
            if usage not in USAGES:
                raise ValueError(f"{where}: Usage should be one of {', '.join(USAGES)}, it is {usage!r}.")
            images.append(_pixels(where, text))
            labels.append(int(label))
            usages.append(usage)
    if not images:
        raise ValueError(f"{path.name}: a header and no face. Copy the file anew.")
    faces = Faces(np.stack(images), np.array(labels, np.uint8), np.array(usages))
    extra = path.with_name("drawn.csv")
    return faces._replace(**_drawn(extra, len(images))) if extra.is_file() else faces


def read_folders(folder):
    """Return the Faces of the folder form: train/<class>/ is Training, test/<class>/ is Test. See read()."""
    images, labels, usages = [], [], []
    for usage, part in (("Training", "train"), ("Test", "test")):
        for place in sorted(path for path in (Path(folder) / part).iterdir() if path.is_dir()):
            name = SYNONYMS.get(place.name.lower(), place.name.lower())
            if name not in NAMES:
                raise ValueError(f"{part}/{place.name}: no such class; the folders are {', '.join(sorted(NAMES))}.")
            for path in sorted(path for path in place.iterdir() if path.suffix.lower() in (".jpg", ".jpeg", ".png")):
                image = cv2.imdecode(np.frombuffer(path.read_bytes() or b"?", np.uint8), cv2.IMREAD_GRAYSCALE)
                if image is None or image.shape != (SIDE, SIDE):
                    what = "is not an image that can be read" if image is None else f"is {image.shape}, not (48, 48)"
                    raise ValueError(f"{part}/{place.name}/{path.name} {what}. Copy it anew.")
                images.append(image)
                labels.append(NAMES.index(name))
                usages.append(usage)
    if not images:
        raise ValueError(f"{folder}: the folders train and test hold no images. Copy them anew.")
    return Faces(np.stack(images), np.array(labels, np.uint8), np.array(usages))


def portrait(units=None, person=0, size=192, **view):
    """Return a simulated face, uint8 (size, size), of person 0, 1, 2 … with {action unit: 0 to 1}; sharp, clean.

    view: pose, light, scene, offset and zoom of phantoms.face.drawing.draw, which also names what it raises.
    """
    from phantoms.face import drawing, geometry

    return drawing.draw(geometry.person(np.random.default_rng([PORTRAIT_SEED, person])), units, size, **view)


def unit_names():
    """Return {number: name} of the action units that portrait() draws."""
    from phantoms.face import geometry

    return dict(geometry.UNITS)


def units(name, strength=1.0):
    """Return the action units of an emotion, {number: 0 to 1}. Raises ValueError for a name not in NAMES."""
    from phantoms.face import fer2013

    return fer2013.expression(name, strength)


def _simulate(folder):
    from phantoms.face import fer2013

    fer2013.write(folder)


def _pixels(where, text):
    """Return (48, 48) uint8 of the numbers in a text."""
    strange = text.encode().translate(None, b"0123456789 ").decode(errors="replace")
    if strange:
        raise ValueError(f"{where}: pixels should be whole numbers and blanks, there is {strange[:10]!r}.")
    values = np.fromstring(text, np.int32, sep=" ")
    if values.size != SIDE**2:
        raise ValueError(f"{where}: {values.size} pixels where 48 × 48 = {SIDE**2} are expected.")
    if values.max() > 255:
        raise ValueError(f"{where}: pixel {int(values.argmax())} is {values.max()}, above 255.")
    return values.astype(np.uint8).reshape(SIDE, SIDE)


def _drawn(path, count):
    """Return the fields that only a simulated set has."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != count:
        raise ValueError(f"{path.name}: {len(rows)} rows for {count} faces. Delete the folder, it is written anew.")
    columns = {key: [row[key] for row in rows] for key in ("drawn", "person", "skin", "strength")}
    return {
        "drawn": np.array([NAMES.index(name) for name in columns["drawn"]], np.uint8),
        "person": np.array(columns["person"], int),
        "skin": np.array(columns["skin"], int),
        "strength": np.array(columns["strength"], float),
    }

"""Photographs of single objects, cut out with exact alpha masks and captioned in English and Greek; hand signs.

data/cutouts holds stamps of Tux Paint that are photographs: animals, fruit, flowers, tools, vehicles. No object, and
nothing that looks like it (two lions, a hen and a rooster), is in two splits. data/asl holds drawings of the hand
alphabet and the digits of American Sign Language, of the same source.

Source: Tux Paint stamps, Bill Kendrick and others, tuxpaint.org, GPL-2 or later.

>>> from helpers.datasets import cutouts
>>> data = cutouts.load()
>>> bird = next(item for item in data["train"] if item.kind == "bird")
>>> bird.image.shape, bird.alpha.shape, bird.caption_en
((219, 256, 3), (219, 256), 'a white peafowl')
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from helpers.datasets import pictures, places, text

FOLDER = Path(__file__).resolve().parents[2] / "data" / "cutouts"
TABLE = "cutouts.csv"
IMAGENET = "imagenet.csv"
ASL = FOLDER.with_name("asl")
ASL_TABLE = "signs.csv"
SPLITS = ("train", "val", "test")
KINDS = ("mammal", "bird", "food", "plant", "thing")  # the classes to detect: each has 20 training objects or more


class Cutout(NamedTuple):
    """One object on nothing.

    file: its name. image: uint8 RGB (H, W, 3); meaningless where alpha is 0. alpha: uint8 (H, W), 0 outside, 255
    inside, between them on the edge. class_en, class_el: noun without an article. group: mammal, fruit, tool ...;
    kind: coarser, one of KINDS or "vehicle", "person", "small animal". lookalike: objects that share it resemble one
    another. caption_en, caption_el: a phrase with its article; object_el: that phrase in the accusative, as after
    "από". original_en, original_el: the captions of the source.
    """

    file: str
    image: np.ndarray
    alpha: np.ndarray
    class_en: str
    class_el: str
    group: str
    kind: str
    lookalike: str
    split: str
    caption_en: str
    caption_el: str
    object_el: str
    original_en: str
    original_el: str

    @property
    def mask(self):
        """Where the object is, bool (H, W): alpha of a half or more."""
        return self.alpha > 127

    def on(self, colour=(128, 128, 128)):
        """Return the object on one colour, uint8 RGB (H, W, 3)."""
        part = self.alpha[..., None] / np.float32(255)
        mixed = self.image * part + np.asarray(colour, np.float32) * (1 - part)
        return np.rint(mixed).astype(np.uint8)


class Sign(NamedTuple):
    """A hand sign: uint8 grey (H, W), black lines on white; sign: a capital letter or a digit."""

    image: np.ndarray
    sign: str
    kind: str


COLUMNS = [name for name in Cutout._fields if name not in ("image", "alpha")]
TEXTS = [name for name in COLUMNS if not name.startswith("original")]  # never empty


def load(split=None, folder=FOLDER):
    """Return {"train": [Cutout], "val": ..., "test": ...}, or with `split` one of these lists, in the table's order.

    Raises ValueError for an unknown split; FileNotFoundError where the table or a picture is missing; and ValueError,
    naming the file, where a picture is damaged or has no alpha, has no row, has two, or a row lacks a text, or one
    look-alike group stands in two splits.
    """
    folder = Path(folder)
    rows = table_rows(folder / TABLE, COLUMNS, TEXTS, ".webp", split)
    where = {}
    for row in (row for part in rows.values() for row in part):
        if where.setdefault(row["lookalike"], row["split"]) != row["split"]:
            raise ValueError(f"{TABLE}: {row['lookalike']!r} ({row['file']}) is in two splits: keep it in one.")
    if split is not None:
        return [_read(folder, row) for row in rows[split]]
    return {part: [_read(folder, row) for row in chosen] for part, chosen in rows.items()}


def imagenet(folder=FOLDER):
    """Return {class_en: [names]}: what ImageNet calls the classes that are among its 1,000, some by several names.

    Names are those of helpers.networks.efficientnet.class_names. Raises ValueError, naming the file and the row, where
    a row lacks one.
    """
    rows = text.rows(Path(folder) / IMAGENET, ("class_en", "imagenet"))
    for row in rows:
        if not row["class_en"] or not row["imagenet"]:
            raise ValueError(f"{IMAGENET}: a row has {dict(row)}: give a class and its ImageNet names, parted by |.")
    return {row["class_en"]: row["imagenet"].split("|") for row in rows}


def signs(folder=ASL):
    """Return the 26 letters and 10 digits of the hand alphabet, a list of Sign. Errors are those of `load`."""
    folder = Path(folder)
    rows = checked_rows(folder / ASL_TABLE, Sign._fields[1:], ("file", "sign", "kind"), ".png")
    return [Sign(pictures.read(folder / row["file"], grey=True), row["sign"], row["kind"]) for row in rows]


def table_rows(table, columns, filled, suffix, split=None):
    """Return {split: rows} of a table that has a row for each picture of its folder; see `load` for what it raises."""
    if split is not None and split not in SPLITS:
        raise ValueError(f"split {split!r} is none of {list(SPLITS)}.")
    rows = {part: [] for part in SPLITS}
    for row in checked_rows(table, columns, filled, suffix):
        if row["split"] not in rows:
            raise ValueError(f"{table.name}: {row['file']} has the split {row['split']!r}: give one of {list(SPLITS)}.")
        rows[row["split"]].append(row)
    return rows


def checked_rows(table, columns, filled, suffix):
    """Return the rows of a table with one row for each picture of its folder, no cell of `filled` empty."""
    folder = table.parent
    rows = text.rows(table, ("file", *columns))
    for row in rows:
        empty = [name for name in filled if not row[name]]
        if empty:
            raise ValueError(f"{table.name}: {row['file'] or 'a row without a file'} has no {empty[0]}: fill it in.")
    names = [row["file"] for row in rows]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{table.name} lists {twice} twice: keep one row.")
    for name in names:
        if not places.inside(folder, name, table.name).is_file():
            raise FileNotFoundError(f"{folder / name} is missing, but {table.name} lists it: put it there.")
    extra = sorted({path.name for path in folder.glob(f"*{suffix}")} - set(names))
    if extra:
        raise ValueError(f"{folder / extra[0]} has no row in {table.name}: add one or remove the file.")
    return rows


def _read(folder, row):
    path = folder / row["file"]
    pictures.check(path)
    with Image.open(path) as image:
        if image.mode != "RGBA":
            raise ValueError(f"{path} has no alpha ({image.mode}): the mask of the object is missing, copy it anew.")
        pixels = np.array(image)
    if not (pixels[..., 3] > 127).any():
        raise ValueError(f"{path} is transparent everywhere: copy it anew.")
    return Cutout(image=pixels[..., :3], alpha=pixels[..., 3], **{name: row[name] for name in COLUMNS})

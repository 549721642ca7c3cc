"""Photographs to put objects on, 480 x 640: grass, planks, water, a storm; no photograph serves two splits.

They are JPEG: another decoder may differ by one grey level here and there.

Sources and authors: the table of data/backgrounds.

>>> from helpers.datasets import backgrounds
>>> data = backgrounds.load()
>>> data["train"][0].image.shape
(480, 640, 3)
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.datasets import cutouts, pictures

FOLDER = Path(__file__).resolve().parents[2] / "data" / "backgrounds"
TABLE = "backgrounds.csv"
SIZE = (640, 480)  # width, height
COLUMNS = ("file", "shows", "shows_el", "split", "author", "licence", "source")


class Background(NamedTuple):
    """A photograph: uint8 RGB (480, 640, 3), what it shows in English and Greek, split, author, licence, source."""

    file: str
    image: np.ndarray
    shows: str
    shows_el: str
    split: str
    author: str
    licence: str
    source: str


def load(split=None, folder=FOLDER):
    """Return {"train": [Background], "val": ..., "test": ...}, or with `split` one of these lists.

    Raises what cutouts.load raises, and ValueError, naming the file, for a picture of another size.
    """
    rows = cutouts.table_rows(Path(folder) / TABLE, COLUMNS, COLUMNS, ".jpg", split)
    found = {part: [_read(Path(folder), row) for row in chosen] for part, chosen in rows.items()}
    return found if split is None else found[split]


def _read(folder, row):
    image = pictures.read(folder / row["file"])
    if image.shape[1::-1] != SIZE:
        raise ValueError(f"{folder / row['file']} is {image.shape[1]} x {image.shape[0]}, not {SIZE}: crop it.")
    return Background(image=image, **{name: row[name] for name in COLUMNS})

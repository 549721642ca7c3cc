"""The exercises of lesson 02b."""

import atexit
import io
import shutil
import struct
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.preprocessing import StandardScaler

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_bad():
    """Exercise 1: find the bad files."""
    places = [Path(tempfile.mkdtemp(prefix="bad_files_")) for _ in range(3)]
    for one in places:
        atexit.register(shutil.rmtree, one, ignore_errors=True)
    mixed, deep, good = [_folder(place, names) for place, names in zip(places, FOLDERS, strict=True)]

    def bad(folder, decode=True, suffixes=(".png", ".jpg", ".jpeg"), whole=True, deeper=True):
        found = []
        for path in sorted(Path(folder).rglob("*") if deeper else Path(folder).glob("*/*")):
            if path.is_file() and path.suffix.lower() in suffixes:
                try:
                    with Image.open(path) as image:
                        image.load() if decode else None
                except (OSError, SyntaxError):
                    found.append(path.relative_to(folder).as_posix() if whole else path.name)
        return found

    return check.Exercise(
        "bad_files",
        cases=[
            check.case(str(mixed), expected=bad(mixed), name="a text, an empty file, one cut short"),
            check.case(str(deep), expected=bad(deep), name="deeper folders, capitals, other files"),
            check.case(str(good), expected=[], name="nothing is wrong"),
        ],
        mistakes=[
            check.mistake("opening reads the header only: decode the pixels too", lambda f: bad(f, decode=False)),
            check.mistake("the folder belongs to the name", lambda f: bad(f, whole=False)),
            check.mistake(".jpg, .jpeg and capitals count too", lambda f: bad(f, suffixes=(".png",))),
            check.mistake("look into the folders of the folders too", lambda f: bad(f, deeper=False)),
        ],
    )


# name: what it holds; "cut" is a PNG without its end, "jpeg" a JPEG under any name, which decodes
FOLDERS = (
    {"a/1.png": "png", "a/2.png": "text", "b/1.png": "cut", "b/2.jpg": "jpeg", "b/3.jpeg": "", "a/notes.txt": "text"},
    {"x/1.PNG": "text", "x/y/2.png": "cut", "x/y/3.JPG": "", "z/4.jpg": "jpeg", "z/table.csv": "text"},
    {"a/1.png": "png", "a/2.jpg": "jpeg", "a/3.png": "jpeg", "b/Thumbs.db": "text"},
)


def _folder(place, names):
    """Write the files of one of FOLDERS; return the folder."""
    image = Image.fromarray(samples.load("astronaut")[:48, 150:198])
    data = {"text": b"I am no image", "": b""}
    for kind in ("png", "jpeg"):
        buffer = io.BytesIO()
        image.save(buffer, kind)
        data[kind] = buffer.getvalue()
    data["cut"] = data["png"][: len(data["png"]) // 2]
    for name, kind in names.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data[kind])
    return place


@exercise
def check_idx():
    """Exercise 2: read an IDX header."""
    images_header = bytes([0, 0, 8, 3, 0, 0, 23, 112, 0, 0, 0, 28, 0, 0, 0, 28])
    labels_header = bytes([0, 0, 8, 1, 0, 0, 3, 232])
    return check.Exercise(
        "idx_shape",
        cases=[
            check.case(images_header, expected=(6000, 28, 28), name="6,000 images"),
            check.case(labels_header + bytes(4), expected=(1000,), name="1,000 labels, with data after them"),
        ],
        mistakes=[
            check.mistake(
                "lowest byte first: IDX has the highest first", lambda d: struct.unpack_from(f"<{d[3]}i", d, 4)
            ),
            check.mistake("start at byte 4, after the magic number", lambda d: struct.unpack_from(f">{d[3]}i", d, 0)),
            check.mistake("byte 3 is the number of axes", lambda d: struct.unpack_from(f">{(len(d) - 4) // 4}i", d, 4)),
        ],
    )


@exercise
def check_normalise():
    """Exercise 3: normalise a batch."""
    colours = np.stack([samples.load("astronaut")[:64, :64], samples.load("coffee")[100:164, 100:164]])
    flat = colours.copy()
    flat[..., 1] = 90
    expected = [
        StandardScaler().fit_transform(batch.reshape(-1, 3).astype(float)).reshape(batch.shape).astype("float32")
        for batch in (colours, flat)
    ]

    def normal(batch, axes, spread):
        batch = batch.astype(float)
        width = np.maximum(spread(batch, axis=axes, keepdims=True), 1e-9)
        return ((batch - batch.mean(axis=axes, keepdims=True)) / width).astype("float32")

    return check.Exercise(
        "normalise",
        cases=[
            check.case(colours, expected=expected[0], name="two crops of photographs"),
            check.case(flat, expected=expected[1], name="a constant green channel"),
            check.case(colours, expected=check.that("float32", lambda got: got.dtype == np.float32), name="the type"),
        ],
        mistakes=[
            check.mistake("one mean for all channels: keep the last axis", lambda x: (x - x.mean()) / x.std()),
            check.mistake("each image alone: take the batch axis too", lambda x: normal(x, (1, 2), np.std)),
            check.mistake("divided by the variance: take its root", lambda x: normal(x, (0, 1, 2), np.var)),
            check.mistake("range 0 to 1: that is Rescaling", lambda x: (x / 255).astype("float32")),
        ],
        atol=1e-4,
    )


@exercise
def check_epoch():
    """Exercise 4: seconds of an epoch."""
    return check.Exercise(
        "epoch_seconds",
        cases=[
            check.case(0.2, 0.3, 10, expected=3.2, name="training is slower"),
            check.case(0.5, 0.1, 4, expected=2.1, name="preparing is slower"),
            check.case(0.2, 0.3, 1, expected=0.5, name="a single batch"),
            check.case(0.4, 0.4, 6, expected=2.8, name="both the same"),
        ],
        mistakes=[
            check.mistake("that is one after the other", lambda p, t, n: (p + t) * n),
            check.mistake(
                "the first preparation and the last training overlap with nothing", lambda p, t, n: max(p, t) * n
            ),
            check.mistake("the slower of the two sets the pace", lambda p, t, n: p + t + (n - 1) * min(p, t)),
        ],
    )

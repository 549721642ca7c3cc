"""The exercises of lesson 02b."""

import struct

import numpy as np
from sklearn.preprocessing import StandardScaler

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_labels():
    """Exercise 1: labels from folders."""
    three = ["face/a.png", "background/b.png", "face/c.png"]
    four = ["shoe/1.png", "bag/1.png", "coat/1.png", "bag/2.png"]

    def _all(paths):
        return [path.split("/")[0] for path in paths]

    def parents(paths):
        return list(dict.fromkeys(_all(paths)))

    return check.Exercise(
        "labels_of",
        cases=[
            check.case(three, expected=[1, 0, 1], name="two classes"),
            check.case(four, expected=[2, 0, 1, 0], name="three classes"),
        ],
        mistakes=[
            check.mistake(
                "alphabetical order, not that of appearance", lambda p: [parents(p).index(q) for q in _all(p)]
            ),
            check.mistake("count from 0", lambda p: [sorted(parents(p)).index(q) + 1 for q in _all(p)]),
            check.mistake("the folder is the class, not the file", lambda p: [sorted(p).index(q) for q in p]),
        ],
    )


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

"""Answers to the exercises of lesson 02b."""

import struct
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from tests.answers import Answers

SUFFIXES = {".png", ".jpg", ".jpeg"}


def images_of(folder, suffixes=SUFFIXES):
    return sorted(path for path in Path(folder).rglob("*.*") if path.suffix.lower() in suffixes)


def fails(read, path):
    try:
        read(path)
    except Exception:
        return True
    return False


def listed(folder, read, name=None, suffixes=SUFFIXES):
    name = name or (lambda path: path.relative_to(folder).as_posix())
    return [name(path) for path in images_of(folder, suffixes) if fails(read, path)]


def by_pillow(folder):
    return listed(folder, lambda path: Image.open(path).convert("RGB"))


def by_tensorflow(folder):
    return listed(folder, lambda path: tf.io.decode_image(tf.io.read_file(str(path))))


def by_keras(folder):
    return listed(folder, lambda path: keras.utils.img_to_array(keras.utils.load_img(path, target_size=(8, 8))))


def by_reading_headers(folder):
    return listed(folder, Image.open)


def by_numpy(data):
    return tuple(np.frombuffer(data, ">i4", count=data[3], offset=4).tolist())


def by_struct(data):
    return struct.unpack_from(">" + "i" * data[3], data, 4)


def by_standard_deviation(batch):
    axes = (0, 1, 2)
    x = batch.astype("float32") - batch.mean(axes, dtype="float64").astype("float32")
    spread = batch.std(axes)
    return np.divide(x, spread, out=np.zeros_like(x), where=spread > 0).astype("float32")


def by_layer(batch):
    layer = keras.layers.Normalization(axis=-1)
    layer.adapt(batch.astype("float32"))
    return np.array(layer(batch.astype("float32")))


ANSWERS = {
    "check_bad": Answers(
        right={"Pillow": by_pillow, "TensorFlow": by_tensorflow, "Keras": by_keras},
        wrong={
            "none": lambda folder: [],
            "all": lambda folder: [path.relative_to(folder).as_posix() for path in images_of(folder)],
            "the empty ones": lambda folder: [
                path.relative_to(folder).as_posix() for path in images_of(folder) if not path.stat().st_size
            ],
            "how many": lambda folder: len(by_pillow(folder)),
            "whole paths": lambda folder: listed(folder, lambda path: Image.open(path).load(), str),
        },
        announced={
            "decode the pixels too": by_reading_headers,
            "the folder belongs to the name": lambda folder: listed(
                folder, lambda path: Image.open(path).load(), lambda path: path.name
            ),
        },
    ),
    "check_idx": Answers(
        right={"NumPy": by_numpy, "struct": by_struct},
        wrong={
            "the prompt's answer": lambda data: (6000, 28, 28),
            "a list's sum": lambda data: sum(by_numpy(data)),
            "the last byte of each": lambda data: tuple(data[7 : 4 + 4 * data[3] : 4]),
        },
        announced={"lowest byte first": lambda data: struct.unpack_from("<" + "i" * data[3], data, 4)},
    ),
    "check_normalise": Answers(
        right={"standard deviation": by_standard_deviation, "Normalization": by_layer},
        wrong={
            "centred only": lambda batch: (batch - batch.mean((0, 1, 2))).astype("float32"),
            "zeros": lambda batch: np.zeros(batch.shape, "float32"),
            "scaled to ±1": lambda batch: (batch / 127.5 - 1).astype("float32"),
        },
        announced={
            "one mean for all channels": lambda batch: ((batch - batch.mean()) / batch.std()).astype("float32"),
            "range 0 to 1": lambda batch: batch.astype("float32") / 255,
        },
    ),
    "check_epoch": Answers(
        right={
            "sum": lambda p, t, n: p + t + (n - 1) * max(p, t),
            "if": lambda p, t, n: p + n * t if t > p else n * p + t,
        },
        wrong={
            "the prompt's number": lambda p, t, n: 3.2,
            "training alone": lambda p, t, n: p + n * t,
            "no last training": lambda p, t, n: p + n * max(p, t),
        },
        announced={
            "that is one after the other": lambda p, t, n: n * p + n * t,
            "overlap with nothing": lambda p, t, n: n * max(p, t),
        },
    ),
}

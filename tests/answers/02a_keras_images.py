"""Answers to the exercises of lesson 02a."""

import io

import keras
import numpy as np
from PIL import Image, ImageOps

from tests.answers import Answers


def by_comparing_shapes(size, target_size):
    width, height = size
    high, wide = target_size
    if width * high > height * wide:
        return wide, round(height * wide / width)
    return round(width * high / height), high


def by_pillow(size, target_size):
    return ImageOps.contain(Image.new("L", size), target_size[::-1]).size


def never_larger(size, target_size):
    factor = min(1, target_size[1] / size[0], target_size[0] / size[1])
    return round(size[0] * factor), round(size[1] * factor)


def by_width(size, target_size):
    return target_size[1], round(size[1] * target_size[1] / size[0])


def by_a_file(width, height, color_mode):
    file = io.BytesIO()
    Image.new("RGBA", (width, height)).save(file, "PNG")
    array = keras.utils.img_to_array(keras.utils.load_img(file, color_mode=color_mode))
    return array.shape, array.dtype.name


def by_bands(width, height, color_mode):
    bands = len(Image.new({"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}[color_mode], (1, 1)).getbands())
    return (height, width, bands), keras.config.floatx()


def with_depth(depths, dtype="float32"):
    return lambda width, height, color_mode: ((height, width, *depths[color_mode]), dtype)


def by_keras(image):
    return np.array(keras.utils.array_to_img(image)).reshape(image.shape)


def by_interp(image):
    low, high = image.min(), image.max()
    if low == high:
        return np.zeros(image.shape, np.uint8)
    return (255 * ((image - low) / (high - low))).astype("uint8")


def clipped(image):
    return np.clip(image, 0, 255).astype(np.uint8)


def constant_white(image):
    span = np.ptp(image)
    return by_interp(image) if span else np.full(image.shape, 255, np.uint8)


ANSWERS = {
    "check_fit": Answers(
        right={"by shape": by_comparing_shapes, "Pillow": by_pillow},
        wrong={
            "the prompt's": lambda size, target_size: (224, 149),
            "never larger": never_larger,
            "always the width": by_width,
            "the size itself": lambda size, target_size: size,
            "floats": lambda size, target_size: tuple(
                side * min(target_size[1] / size[0], target_size[0] / size[1]) for side in size
            ),
        },
        announced={
            "proportions are lost": lambda size, target_size: tuple(reversed(target_size)),
            "(height, width)": lambda size, target_size: by_comparing_shapes(size, target_size[::-1]),
        },
    ),
    "check_predict": Answers(
        right={"a file": by_a_file, "bands": by_bands},
        wrong={
            "the prompt's": lambda width, height, color_mode: ((427, 640, 3), "float32"),
            "grey without an axis": with_depth({"rgb": (3,), "rgba": (4,), "grayscale": ()}),
            "float64": with_depth({"rgb": (3,), "rgba": (4,), "grayscale": (1,)}, "float64"),
            "alpha dropped": with_depth({"rgb": (3,), "rgba": (3,), "grayscale": (1,)}),
            "the shape alone": lambda width, height, color_mode: by_bands(width, height, color_mode)[0],
        },
        announced={
            "(height, width": lambda width, height, color_mode: by_bands(height, width, color_mode),
            "img_to_array gives float32": with_depth({"rgb": (3,), "rgba": (4,), "grayscale": (1,)}, "uint8"),
        },
    ),
    "check_stretch": Answers(
        right={"Keras": by_keras, "low and high": by_interp},
        wrong={
            "clipped": clipped,
            "a constant becomes white": constant_white,
            "of the absolute values": lambda image: (np.abs(image) / np.abs(image).max() * 255).astype(np.uint8),
            "nothing": lambda image: image,
        },
        announced={
            "times 255": lambda image: (image - image.min()) / (np.ptp(image) or 1),
            "subtract the smallest": lambda image: (image / image.max() * 255).astype(np.uint8),
        },
    ),
}

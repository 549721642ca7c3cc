"""Answers to the exercise of lesson 00."""

import cv2
import numpy as np
from PIL import Image

from tests.answers import Answers


def with_a_loop(image):
    values = image.ravel().tolist()
    return sum(value == 255 for value in values) / len(values)


def with_pillow(image):
    counts = Image.fromarray(image).histogram()
    return sum(counts[255::256]) / sum(counts)


def with_opencv(image):
    return cv2.countNonZero((image.reshape(-1) == 255).astype(np.uint8)) / image.size


def marked_in_place(image):
    image[image < 255] = 0
    return image.mean() / 255


ANSWERS = {
    "check_overexposed": Answers(
        right={
            "a loop": with_a_loop,
            "Pillow": with_pillow,
            "OpenCV": with_opencv,
            "at least 255": lambda image: np.count_nonzero(image >= 255) / image.size,
            "float32": lambda image: (image == 255).mean(dtype=np.float32),
        },
        wrong={
            "the constant of the prompt": lambda image: 0.5,
            "half where there is a 255": lambda image: 0.5 * (image.max() == 255),
            "the input is changed": marked_in_place,
            "an array": lambda image: (image == 255).mean(axis=(0, 1)),
            "text": lambda image: f"{(image == 255).mean()}",
            "bytes wrap around": lambda image: (image + np.uint8(1)).mean() == 0,
            "the mask": lambda image: image == 255,
            "pixels that are white": lambda image: (image.reshape(*image.shape[:2], -1) == 255).all(axis=2).mean(),
            "pixels with any 255": lambda image: (image.reshape(*image.shape[:2], -1) == 255).any(axis=2).mean(),
            "rounded": lambda image: round(float((image == 255).mean()), 1),
        },
        announced={
            "that is a count: divide it by the number of values": lambda image: np.count_nonzero(image == 255),
            "that is in percent: a share lies from 0 to 1": lambda image: (
                100 * np.count_nonzero(image == 255) / image.size
            ),
            "254 is not lost: count 255 alone": lambda image: (image > 249).sum() / image.size,
            "a colour pixel has three values": lambda image: (image == 255).sum() / np.prod(image.shape[:2]),
        },
    ),
}

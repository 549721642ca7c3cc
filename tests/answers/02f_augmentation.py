"""Answers to the exercises of lesson 02f."""

from fractions import Fraction

import keras
import numpy as np
from scipy import ndimage

from tests.answers import Answers


def by_fractions(degrees):
    share = Fraction(degrees) / 360
    return float(-share), float(share)


def by_radians(degrees):
    turn = np.deg2rad(degrees) / (2 * np.pi)
    return [-turn, turn]


def by_padding(image, pixels):
    width = image.shape[1]
    padded = np.pad(image, ((0, 0), (abs(pixels), abs(pixels)), (0, 0)))
    start = abs(pixels) - pixels
    return padded[:, start : start + width]


def by_ndimage(image, pixels):
    return ndimage.shift(image, (0, pixels, 0), order=0, mode="constant")


def by_layer(image, pixels):
    share = pixels / image.shape[1]
    layer = keras.layers.RandomTranslation(0, (share, share), fill_mode="constant", interpolation="nearest")
    return np.array(layer(image[None].astype("float32"), training=True))[0].astype(image.dtype)


def right_only(image, pixels):
    moved = np.zeros_like(image)
    moved[:, pixels:] = image[:, : image.shape[1] - pixels]
    return moved


def nearest_filled(image, pixels):
    return ndimage.shift(image, (0, pixels, 0), order=0, mode="nearest")


def by_loops(first, second, labels, box):
    image, count = first.copy(), 0
    height, width = first.shape[:2]
    for y in range(height):
        for x in range(width):
            if box[0] <= x < box[2] and box[1] <= y < box[3]:
                image[y, x] = second[y, x]
                count += 1
    share = count / height / width
    return image, [(1 - share) * a + share * b for a, b in zip(*labels, strict=True)]


def by_clipping(first, second, labels, box):
    height, width = first.shape[:2]
    x1, x2 = np.clip([box[0], box[2]], 0, width)
    y1, y2 = np.clip([box[1], box[3]], 0, height)
    image = np.array(first)
    image[y1:y2, x1:x2] = second[y1:y2, x1:x2]
    area = (x2 - x1) * (y2 - y1) / (height * width)
    return image, np.average(labels, axis=0, weights=[1 - area, area])


def uncut(first, second, labels, box):
    image, _ = by_clipping(first, second, labels, box)
    share = (box[2] - box[0]) * (box[3] - box[1]) / first[..., 0].size
    return image, (1 - share) * labels[0] + share * labels[1]


def negative_slices(first, second, labels, box):
    x1, y1, x2, y2 = box
    image = first.copy()
    image[y1:y2, x1:x2] = second[y1:y2, x1:x2]
    share = np.mean((image != first).any(axis=2))
    return image, (1 - share) * labels[0] + share * labels[1]


def mixup(first, second, labels, box):
    _, label = by_clipping(first, second, labels, box)
    share = float(1 - label @ labels[0])
    return ((1 - share) * first + share * second).astype(first.dtype), label


def with_label(change):
    def answer(first, second, labels, box):
        image, label = by_clipping(first, second, labels, box)
        return image, change(label, labels)

    return answer


def in_place(first, second, labels, box):
    image, label = by_clipping(first, second, labels, box)
    first[...] = image
    return first, label


def by_flipping_pixels(box, width):
    image = np.zeros((max(box[3], 1), width), bool)
    image[box[1] : box[3], box[0] : box[2]] = True
    columns = np.flatnonzero(image[:, ::-1].any(axis=0))
    return int(columns[0]), box[1], int(columns[-1]) + 1, box[3]


def by_sorting(box, width):
    first, second = sorted((width - box[0], width - box[2]))
    return np.array([first, box[1], second, box[3]])


ANSWERS = {
    "check_rotation": Answers(
        right={"fractions": by_fractions, "radians over 2π": by_radians},
        wrong={
            "the prompt's": lambda degrees: (-0.25, 0.25),
            "a number": lambda degrees: degrees / 360,
            "the other way round": lambda degrees: (degrees / 360, -degrees / 360),
            "half of the range": lambda degrees: (-degrees / 720, degrees / 720),
        },
        announced={
            "counts turns": lambda degrees: (-float(degrees), float(degrees)),
            "symmetric": lambda degrees: (0, degrees / 360),
        },
    ),
    "check_shift": Answers(
        right={"padding": by_padding, "SciPy": by_ndimage, "Keras": by_layer},
        wrong={
            "to the right only": right_only,
            "filled with the nearest": nearest_filled,
            "unchanged": lambda image, pixels: image,
            "to the left": lambda image, pixels: by_ndimage(image, -pixels),
        },
        announced={
            "wraps around": lambda image, pixels: np.concatenate([image[:, -pixels:], image[:, :-pixels]], axis=1),
            "axis 1 is the width": lambda image, pixels: by_ndimage(image.swapaxes(0, 1), pixels).swapaxes(0, 1),
        },
    ),
    "check_cutmix": Answers(
        right={"loops": by_loops, "clipping": by_clipping},
        wrong={
            "negative slices": negative_slices,
            "MixUp in its place": mixup,
            "changes its argument": in_place,
            "the label alone": lambda *given: by_clipping(*given)[1],
            "always half": with_label(lambda label, labels: labels.mean(axis=0)),
            "the first picture unchanged": lambda *given: (given[0], by_clipping(*given)[1]),
        },
        announced={
            "before you count": uncut,
            "the label is mixed": with_label(lambda label, labels: labels[0]),
            "belongs to the second": with_label(lambda label, labels: labels.sum(axis=0) - label),
        },
    ),
    "check_box": Answers(
        right={"pixels": by_flipping_pixels, "sorted": by_sorting},
        wrong={
            "the prompt's": lambda box, width: (70, 20, 90, 60),
            "flipped up and down": lambda box, width: (box[0], width - box[3], box[2], width - box[1]),
            "turned by half": lambda box, width: (width - box[2], width - box[3], width - box[0], width - box[1]),
            "rows mirrored with the columns": lambda box, width: (width - box[2], box[3], width - box[0], box[1]),
        },
        announced={
            "change places": lambda box, width: [width - box[0], box[1], width - box[2], box[3]],
            "without the 1": lambda box, width: (width - 1 - box[2], box[1], width - box[0] - 1, box[3]),
        },
    ),
}

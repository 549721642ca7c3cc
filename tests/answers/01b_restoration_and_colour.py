"""Answers to the exercises of lesson 01b."""

import cv2
import numpy as np

from tests.answers import Answers


def by_cosines(kernel, period):
    half = len(kernel) // 2
    return sum(h * np.cos(2 * np.pi * (k - half) / period) for k, h in enumerate(kernel))


def by_blurring_a_wave(kernel, period):
    half = len(kernel) // 2
    return np.convolve(np.cos(2 * np.pi * np.arange(-half, half + 1) / period), kernel, "valid").item()


def by_complex_waves(kernel, period):
    k = np.arange(len(kernel)) - (len(kernel) - 1) / 2
    return float((kernel * np.exp(-2j * np.pi * k / period)).sum().real)


def hue_by_modulo(image, hue, tolerance, saturation=100):
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV).astype(int)
    apart = (2 * hsv[..., 0] - hue + 180) % 360 - 180
    return (abs(apart) <= tolerance) & (hsv[..., 1] >= saturation)


def hue_by_three_turns(image, hue, tolerance, saturation=100):
    hsv = cv2.cvtColor(image[..., ::-1], cv2.COLOR_BGR2HSV)
    degrees = 2.0 * hsv[..., 0]
    near = np.any([np.abs(degrees + turn - hue) <= tolerance for turn in (-360, 0, 360)], axis=0)
    return np.logical_and(near, hsv[..., 1] >= saturation)


def hue_on_a_line(image, hue, tolerance, saturation=100):
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV).astype(int)
    return (abs(2 * hsv[..., 0] - hue) <= tolerance) & (hsv[..., 1] >= saturation)


def hue_of_bgr(image, hue, tolerance, saturation=100):
    return hue_by_modulo(image[..., ::-1], hue, tolerance, saturation)


def hue_without_saturation(image, hue, tolerance, saturation=100):
    return hue_by_modulo(image, hue, tolerance, 0)


def bytes_by_interp(image, level, width):
    return np.rint(np.interp(image, (level - width / 2, level + width / 2), (0, 255))).astype(np.uint8)


def bytes_by_opencv(image, level, width):
    shifted = (image.astype(float) - level + width / 2) * 255 / width
    return cv2.convertScaleAbs(shifted.clip(0, 255))


def bytes_in_integers(image, level, width):
    low = 2 * level - width  # twice the lower end, so that it is whole
    return np.clip((255 * (2 * image.astype(np.int64) - low) + width) // (2 * width), 0, 255).astype(np.uint8)


def bytes_with_the_bug(image, level, width):
    return ((image - np.int16(level - width // 2)) * np.int16(255) // np.int16(width)).clip(0, 255).astype(np.uint8)


def bytes_cut_off(image, level, width):
    return np.interp(image, (level - width / 2, level + width / 2), (0, 255)).astype(np.uint8)


ANSWERS = {
    "check_gain": Answers(
        right={"a loop": by_cosines, "a blurred wave": by_blurring_a_wave, "complex": by_complex_waves},
        wrong={
            "the prompt's numbers": lambda kernel, period: {4: 0.5, 2: 0.0}.get(period, -1 / 3),
            "squared": lambda kernel, period: by_cosines(kernel, period) ** 2,
            "one side": lambda kernel, period: by_cosines(kernel[len(kernel) // 2 :], period),
        },
        announced={
            "count k from the middle": lambda h, p: float((h * np.cos(2 * np.pi * np.arange(len(h)) / p)).sum()),
            "the gain keeps its sign": lambda h, p: abs(by_cosines(h, p)),
        },
    ),
    "check_hue": Answers(
        right={"modulo": hue_by_modulo, "three turns": hue_by_three_turns},
        wrong={
            "everything": lambda image, *rest: np.ones(image.shape[:2], bool),
            "numbers, no bool": lambda *given: hue_by_modulo(*given).astype(np.uint8),
            "less, not at most": lambda image, hue, tolerance, *rest: hue_by_modulo(image, hue, tolerance - 1, *rest),
        },
        announced={
            "the hue is a circle": hue_on_a_line,
            "the image is RGB": hue_of_bgr,
            "grey has no hue": hue_without_saturation,
        },
    ),
    "check_bytes": Answers(
        right={"interp": bytes_by_interp, "OpenCV": bytes_by_opencv, "whole numbers": bytes_in_integers},
        wrong={
            "no bytes": lambda *given: bytes_by_interp(*given).astype(float),
            "int16 kept": lambda *given: bytes_by_interp(*given).astype(np.int16),
            "not clipped": lambda x, c, w: np.rint((x - c + w / 2) / w * 255).astype(int).astype(np.uint8),
        },
        announced={
            "int16 ends at 32767": bytes_with_the_bug,
            "cut the fraction off": bytes_cut_off,
        },
    ),
}

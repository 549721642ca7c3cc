"""The exercises of lesson 01b."""

import cv2
import numpy as np

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_gain():
    """Exercise 1: the gain of a wave."""

    def total(kernel, period, first=None, wave=np.cos, turn=2 * np.pi):
        first = -(len(kernel) // 2) if first is None else first
        return float(np.sum(kernel * wave(turn * (first + np.arange(len(kernel))) / period)))

    spot, mean = np.array([0.25, 0.5, 0.25]), np.full(3, 1 / 3)
    wide = cv2.getGaussianKernel(13, 2)[:, 0]
    given = [
        ("¼ ½ ¼, period 4", spot, 4),
        ("¼ ½ ¼, period 2", spot, 2),
        ("a mean of three, period 2", mean, 2),
        ("a mean of five, period 7.5", np.full(5, 0.2), 7.5),
        ("Gaussian, σ = 2, period 8", wide, 8),
        ("sharpening, period 3", np.array([-0.5, 2, -0.5]), 3),
    ]
    return check.Exercise(
        "gain",
        cases=[check.case(kernel, period, expected=total(kernel, period), name=name) for name, kernel, period in given],
        mistakes=[
            check.mistake("the gain keeps its sign: no abs", lambda h, p: abs(total(h, p))),
            check.mistake("np.cos wants radians: 2π k / period", lambda h, p: total(h, p, turn=360)),
            check.mistake("a whole turn is 2π, not π", lambda h, p: total(h, p, turn=np.pi)),
            check.mistake("count k from the middle, not from the left end", lambda h, p: total(h, p, first=0)),
            check.mistake("that is the gain of a flat area, the sum of the kernel", lambda h, p: float(h.sum())),
        ],
        atol=1e-6,
    )


@exercise
def check_hue():
    """Exercise 2: select any hue."""

    def select(image, hue, tolerance, saturation=100, code=cv2.COLOR_RGB2HSV, unit=2, wrap=True):
        hues, levels, _ = cv2.split(cv2.cvtColor(image, code))
        apart = np.abs(unit * hues.astype(int) - hue)
        apart = np.minimum(apart % 360, 360 - apart % 360) if wrap else apart
        return (apart <= tolerance) & (levels >= saturation)

    strip = np.array([[[255, 0, 0], [255, 0, 40], [255, 128, 0], [128, 128, 128], [0, 0, 255]]], np.uint8)
    cup, ball = samples.load("coffee")[80:200, 200:360], samples.load("astronaut")[150:300, 60:220]
    given = [
        ("five colours, hue 350", strip, 350, 15),
        ("five colours, hue 5", strip, 5, 20),
        ("the cup, red", cup, 0, 12, 120),
        ("the suit, orange", ball, 15, 14, 90),
        ("pale colours, too", ball, 200, 30, 10),
    ]
    return check.Exercise(
        "select_hue",
        cases=[check.case(*one, expected=select(*one), name=name, exact_type=True) for name, *one in given],
        mistakes=[
            check.mistake("the hue is a circle: from 350° to 0° it is 10°", lambda *a: select(*a, wrap=False)),
            check.mistake("OpenCV's hue counts two degrees to the unit", lambda *a: select(*a, unit=1)),
            check.mistake("the image is RGB: cv2.COLOR_RGB2HSV", lambda *a: select(*a, code=cv2.COLOR_BGR2HSV)),
            check.mistake("grey has no hue: ask for the saturation, too", lambda i, h, t, s=100: select(i, h, t, 0)),
            check.mistake("the mask is inverted", lambda *a: ~select(*a)),
        ],
    )


@exercise
def check_bytes():
    """Exercise 3: find the bug."""

    def ramp(x, low, high):
        return np.interp(x, (low, high), (0, 255))

    def wraps(x, level, width):
        return ((x - np.int16(level - width // 2)) * np.int16(255) // np.int16(width)).clip(0, 255).astype(np.uint8)

    steps = np.array([[-1000, -160, 50, 240, 1000]], np.int16)
    dense = np.array([[700, 850, 1000, 1500, 3000]], np.int16)
    vertebra = samples.load("ct_spine")  # an odd width: no value lies exactly between two grey levels
    given = [("five values", steps, 40, 400), ("dense bone", dense, 400, 1001), ("the spine", vertebra, 400, 1501)]
    return check.Exercise(
        "to_bytes",
        cases=[
            check.case(
                x,
                level,
                width,
                expected=np.floor(ramp(x, level - width / 2, level + width / 2) + 0.5).astype(np.uint8),
                name=name,
            )
            for name, x, level, width in given
        ],
        mistakes=[
            check.mistake("int16 ends at 32767 and the product does not fit: convert to float first", wraps),
            check.mistake(
                "round: // and astype cut the fraction off",
                lambda x, c, w: ramp(x, c - w / 2, c + w / 2).astype(np.uint8),
            ),
            check.mistake(
                "clip first: bytes wrap around", lambda x, c, w: np.rint((x - c + w / 2) / w * 255).astype(int) % 256
            ),
            check.mistake("the width is the whole range, not half", lambda x, c, w: np.rint(ramp(x, c - w, c + w))),
            check.mistake("the level is the middle, not the lower end", lambda x, c, w: np.rint(ramp(x, c, c + w))),
            check.mistake("range 0..1: multiply by 255", lambda x, c, w: ramp(x, c - w / 2, c + w / 2) / 255),
        ],
        rtol=0,
        atol=0,
        exact_type=True,
    )

"""A simulated set of faces in the csv form of FER2013: its classes, their shares, and labels that are partly wrong.

`fer2013.csv` has the columns emotion, pixels (2,304 numbers, row by row) and Usage. What the public set does not
tell stands beside it, row by row, in `drawn.csv`: the emotion that was drawn, the person, the skin's tone, and how
strong the expression is. Goodfellow et al. 2013, arXiv:1307.0414; classes by action units: Ekman and Friesen's EMFACS.
"""

from pathlib import Path

import cv2
import numpy as np

from phantoms.face import drawing, geometry

NAMES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
COUNTS = (4953, 547, 5121, 8989, 6077, 4002, 6198)  # of the public set: the shares of the classes
PEOPLE = {"Training": 560, "PublicTest": 70, "PrivateTest": 70}  # nobody stands in two of them
EACH = 10  # faces a person
UNITS = {  # the usual action units of an emotion, and a variant
    "angry": ({4: 1, 5: 0.6, 7: 0.9, 23: 1, 17: 0.3}, {4: 1, 7: 0.8, 24: 1, 10: 0.4, 25: 0.5}),
    "disgust": ({9: 1, 10: 0.7, 15: 0.5, 16: 0.3, 7: 0.4}, {10: 1, 17: 0.6, 4: 0.7, 9: 0.5}),
    "fear": ({1: 1, 2: 0.8, 4: 0.8, 5: 1, 20: 0.9, 25: 0.8, 26: 0.25}, {1: 1, 4: 0.8, 5: 1, 20: 0.7, 25: 0.9}),
    "happy": ({6: 1, 12: 1, 25: 0.8}, {6: 0.8, 12: 1}),
    "sad": ({1: 1, 4: 0.7, 15: 1, 17: 0.6}, {1: 0.9, 15: 0.9, 7: 0.3}),
    "surprise": ({1: 1, 2: 1, 5: 1, 26: 0.9, 25: 0.6}, {1: 0.8, 2: 1, 5: 0.7, 26: 0.5}),
    "neutral": ({}, {}),
}
SLIPS = {  # share of wrong labels, and which they are: the pairs that people confuse
    "angry": (0.14, {"sad": 0.4, "neutral": 0.35, "fear": 0.2, "disgust": 0.05}),
    "disgust": (0.2, {"angry": 0.75, "sad": 0.25}),
    "fear": (0.16, {"surprise": 0.5, "sad": 0.3, "angry": 0.2}),
    "happy": (0.05, {"neutral": 0.6, "surprise": 0.4}),
    "sad": (0.15, {"neutral": 0.6, "fear": 0.25, "angry": 0.15}),
    "surprise": (0.1, {"fear": 0.7, "happy": 0.3}),
    "neutral": (0.13, {"sad": 0.6, "angry": 0.2, "happy": 0.2}),
}
_WORDS = [str(value).encode() for value in range(256)]


def write(folder, seed=0, people=None):
    """Write `fer2013.csv` and `drawn.csv` into `folder`, which exists: the same files for the same seed.

    people: {"Training": n, "PublicTest": n, "PrivateTest": n}, by default PEOPLE; EACH faces of each.
    """
    folder, person_number, limits = Path(folder), 0, np.cumsum(COUNTS) / sum(COUNTS)
    with open(folder / "fer2013.csv", "wb") as pixels, open(folder / "drawn.csv", "w", encoding="utf-8") as drawn:
        pixels.write(b"emotion,pixels,Usage\n")
        drawn.write("drawn,person,skin,strength\n")
        for usage, count in (people or PEOPLE).items():
            for _ in range(count):
                rng = np.random.default_rng([seed, person_number])
                who = geometry.person(rng)
                for _ in range(EACH):
                    emotion = NAMES[np.searchsorted(limits, rng.random())]
                    strength = float(rng.uniform(0.45, 1)) if emotion != "neutral" else 0.0
                    image = photograph(who, expression(emotion, strength, rng), rng)
                    text = b" ".join(map(_WORDS.__getitem__, image.tobytes()))
                    label = NAMES.index(mislabel(emotion, rng))
                    pixels.write(b"%d,%s,%s\n" % (label, text, usage.encode()))
                    drawn.write(f"{emotion},{person_number},{who.skin:.0f},{strength:.2f}\n")
                person_number += 1


def expression(emotion, strength, rng=None):
    """Return the action units of an emotion, {number: 0 to 1}; with `rng`, as varied as people are.

    Then some units are stronger than others, and one or two that do not belong to the emotion move a little.
    Raises ValueError for an emotion that is not in NAMES.
    """
    if emotion not in UNITS:
        raise ValueError(f"no emotion is called {emotion!r}; they are {', '.join(NAMES)}")
    if rng is None:
        return {unit: strength * value for unit, value in UNITS[emotion][0].items()}
    chosen = UNITS[emotion][int(rng.random() < 0.35)]
    units = {unit: strength * value * rng.uniform(0.75, 1.1) for unit, value in chosen.items()}
    for unit in rng.choice(list(geometry.UNITS), rng.integers(1, 3), replace=False).tolist():
        units[unit] = units.get(unit, 0) + rng.uniform(0, 0.25)
    return {unit: min(value, 1.0) for unit, value in units.items()}


def mislabel(emotion, rng):
    """Return the label that an annotator gives to an emotion: mostly it, sometimes what it is confused with."""
    share, others = SLIPS[emotion]
    return str(rng.choice(list(others), p=list(others.values()))) if rng.random() < share else emotion


def photograph(who, units, rng):
    """Return a person's face as a small photograph from the web, uint8 (48, 48).

    It has a random pose, light, background, crop, blur, contrast, noise and the traces of JPEG; one in twenty has
    something in front of the face.
    """
    image = drawing.draw(
        who,
        units,
        pose=(rng.normal(0, 0.12), rng.normal(0, 0.07), rng.normal(0, 0.07)),
        light=rng.uniform(-0.8, 0.8, 2),
        scene=(rng.uniform(10, 245), rng.uniform(-90, 90)),
        offset=rng.normal(0, 0.045, 2),
        zoom=rng.uniform(1.02, 1.22),
    )
    if rng.random() < 0.05:
        _cover(image, rng)
    blur = rng.uniform(0, 0.8)
    image = cv2.GaussianBlur(image, (5, 5), blur) if blur > 0.25 else image
    grain = rng.standard_normal((48, 48), np.float32) * rng.uniform(2, 6)
    image = (image - 128.0) * rng.uniform(0.7, 1.2) + 128 + rng.uniform(-30, 30) + grain
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(55, 96))]
    return cv2.imdecode(cv2.imencode(".jpg", image.clip(0, 255).astype(np.uint8), quality)[1], cv2.IMREAD_GRAYSCALE)


def _cover(image, rng):
    """Draw a hand's breadth of grey over a part of the face, in place."""
    x, y = rng.integers(8, 40), rng.integers(14, 44)
    axes = (int(rng.integers(5, 11)), int(rng.integers(4, 8)))
    cv2.ellipse(image, (int(x), int(y)), axes, float(rng.uniform(0, 180)), 0, 360, int(rng.integers(30, 220)), -1)

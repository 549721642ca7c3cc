"""A short film for a tracker: garments of the scenes' test split that move over a photograph, with their boxes.

>>> from helpers.detection import moving_scene
>>> frames = moving_scene.film()
>>> frames[0].image.shape, frames[0].ids
((128, 160, 3), array([0, 1, 2]))
"""

from typing import NamedTuple

import cv2
import numpy as np

from helpers.datasets import clothes, scenes
from helpers.detection import boxes as box_tools
from phantoms.scene.garment import dress
from phantoms.scene.garment_scene import CONTRAST, GRAIN, HEIGHT, WIDTH, annotate, background

KINDS = ("bag", "trousers", "pullover")  # from the back to the front
PATHS = (((34, 28), (118, 26)), ((62, 90), (124, 88)), ((134, 82), (42, 80)))  # x, y of the centre: first, last
SIDES = (58, 70, 66)  # of the garment's picture, pixels
SHOWN = 80  # pixels: with fewer visible, a garment counts as hidden


class Frame(NamedTuple):
    """One picture: image RGB uint8 (HEIGHT, WIDTH, 3); of what is visible, boxes (N, 4), labels (N,) and ids (N,).

    Boxes as in helpers.detection.boxes; labels are positions in scenes.NAMES; an id, 0 upwards, stays with its garment.
    """

    image: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray
    ids: np.ndarray


def film(count=30, seed=0):
    """Return a list of `count` Frames; the same for the same seed. Raises ValueError for fewer than 2 frames."""
    if count < 2:
        raise ValueError(f"count is {count}: a film has 2 frames or more")
    rng = np.random.default_rng(seed)
    source = scenes.sources()["test"]
    behind = background(source.photographs, rng)
    sprites = [_sprite(source, kind, behind, rng) for kind in KINDS]
    return [_frame(behind, sprites, part, rng) for part in np.linspace(0, 1, count)]


def _sprite(source, kind, behind, rng):
    """Return colour (S, S, 3) and shape (S, S) of a garment of the kind that differs from what it moves over."""
    rows = np.flatnonzero(source.labels == clothes.NAMES.index(kind))
    while True:
        colour, shape = dress(source.clothes[rng.choice(rows)], rng)
        if abs(colour[shape > 0.5].mean(axis=0) - behind.mean(axis=(0, 1))).max() > CONTRAST:
            return colour, shape


def _frame(behind, sprites, part, rng):
    """Return the Frame after the given part, 0..1, of every path."""
    picture, masks = behind.copy(), []
    for (colour, shape), (first, last), side in zip(sprites, PATHS, SIDES, strict=True):
        scale = side / len(shape)
        corner = np.add(np.multiply(first, 1 - part), np.multiply(last, part)) - side / 2
        place = np.array([[scale, 0, corner[0]], [0, scale, corner[1]]])
        alpha = cv2.warpAffine(shape, place, (WIDTH, HEIGHT))
        layer = cv2.warpAffine(colour, place, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        picture += alpha[..., None] * (layer - picture)
        masks = [*(mask & (alpha <= 0.5) for mask in masks), alpha > 0.5]
    picture = cv2.GaussianBlur(picture, (0, 0), 0.5) + GRAIN * rng.standard_normal(picture.shape, np.float32)
    ids = np.array([k for k, mask in enumerate(masks) if mask.sum() >= SHOWN], int)
    boxes = box_tools.from_xywh([annotate(masks[k], 1)["bbox"] for k in ids])
    labels = np.array([scenes.NAMES.index(KINDS[k]) for k in ids], int)
    return Frame(picture.clip(0, 255).astype(np.uint8), boxes, labels, ids)

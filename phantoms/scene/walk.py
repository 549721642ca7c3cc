"""A short film of cut-out animals that move over a ground plane, seen by a standing camera; with the truth.

The camera stands EYE metres above the ground and looks level: a point of the ground x metres to the right and z metres
ahead is seen at column WIDTH / 2 + FOCAL x / z and row HORIZON + FOCAL EYE / z, and one metre there is FOCAL / z
pixels. The ground is a photograph of a surface, laid flat, with four white marks at MARKS; above the horizon stands a
piece of another photograph. The animals glide: their legs do not move, and all of them are seen from the side.
"""

import math
from typing import NamedTuple

import cv2
import numpy as np

from phantoms.scene import instance, light, sampling

HEIGHT, WIDTH = 128, 160
EYE, FOCAL, HORIZON = 3.0, 160.0, 14.0  # metres; pixels; row
NEAR, FAR = 4.6, 9.5  # metres from the camera between which the animals walk
SPEEDS = (0.06, 0.18)  # metres a frame
MARKS = np.array([(-1.5, 5.5), (1.5, 5.5), (1.5, 9.0), (-1.5, 9.0)])  # x, z in metres
APART = 1.8  # metres between animals at the start
HIDDEN = 60  # pixels: an animal with fewer visible is not seen
GRAIN = 5  # noise of the camera: the sum of two draws of -GRAIN..GRAIN
MARK = 0.12  # half a side of a mark, metres
FARTHEST, GRAVEL, FINE = 60, 70, 4  # metres of ground; its pixels a metre; samples a pixel along each side


class Frame(NamedTuple):
    """One picture and its truth.

    image: uint8 RGB (HEIGHT, WIDTH, 3). places: (N, 2), x and z in metres of every animal, seen or not; its row is its
    number. boxes: (K, 4) in pixels, of what is seen of the K animals that are; ids: (K,), their numbers.
    """

    image: np.ndarray
    places: np.ndarray
    boxes: np.ndarray
    ids: np.ndarray


def project(places):
    """Return where the camera sees points of the ground, (N, 2): x, y in pixels, from x, z in metres (N, 2)."""
    x, z = np.asarray(places, float).T
    return np.stack([WIDTH / 2 + FOCAL * x / z, HORIZON + FOCAL * EYE / z], axis=1)


def film(animals, ground, sky, frames, count, rng):
    """Return a list of `frames` Frames with `count` animals.

    animals: [(image, alpha, length)], uint8 (H, W, 3), (H, W) and the longer side in metres, count or more.
    ground, sky: photographs, uint8 RGB.
    """
    behind = _backdrop(ground, sky)
    chosen = rng.permutation(len(animals))[:count]
    starts = _starts(count, rng)
    walkers = [_walker(*animals[k], start, frames, rng) for k, start in zip(chosen, starts, strict=True)]
    return [_frame(behind, walkers, k, rng) for k in range(frames)]


def _starts(count, rng):
    """Return `count` places (count, 2), APART metres from one another where that is possible."""
    tries = rng.uniform([-1.5, NEAR + 0.5], [1.5, FAR - 0.5], (200, count, 2))
    gaps = np.linalg.norm(tries[:, :, None] - tries[:, None], axis=-1) + 99 * np.eye(count)
    wide = np.flatnonzero(gaps.min(axis=(1, 2)) >= APART)
    return tries[wide[0] if len(wide) else gaps.min(axis=(1, 2)).argmax()]


def _walker(image, alpha, length, place, frames, rng):
    """Return (layer, length in metres, mirrored, path): path (frames, 2), x and z; it turns at the edges."""
    speed = rng.uniform(*SPEEDS)
    angle = rng.uniform(-0.5, 0.5) + (np.pi if rng.random() < 0.5 else 0)  # mostly sideways
    step = speed * np.array([np.cos(angle), np.sin(angle)])
    path, mirrored = [], []
    for _ in range(frames):
        edge = 0.42 * WIDTH / FOCAL * place[1]
        if abs(place[0] + step[0]) > edge:
            step[0] = -np.sign(place[0]) * abs(step[0])
        if not NEAR < place[1] + step[1] < FAR:
            step[1] = -step[1]
        place = place + step
        path.append(place)
        mirrored.append(step[0] < 0)
    x1, y1, x2, y2 = instance.box(alpha)
    part = slice(y1, y2), slice(x1, x2)
    return sampling.layer(image[part], alpha[part]), length, mirrored, np.array(path)


def _backdrop(ground, sky):
    """Return the empty scene, uint8 (HEIGHT, WIDTH, 3): every pixel of the ground is the mean of 16 samples."""
    far = math.ceil(HORIZON + FOCAL * EYE / FARTHEST)
    y, x = np.mgrid[far : HEIGHT : 1 / FINE, 0 : WIDTH : 1 / FINE] + 0.5 / FINE
    z = FOCAL * EYE / (y - HORIZON)
    x = (x - WIDTH / 2) * z / FOCAL
    u, v = (part * GRAVEL % (2 * side - 1) for part, side in ((x, ground.shape[1]), (z, ground.shape[0])))
    u, v = (
        np.where(part < side, part, 2 * side - 1 - part) for part, side in ((u, ground.shape[1]), (v, ground.shape[0]))
    )
    laid = sampling.bilinear(ground, u - 0.5, v - 0.5)  # the photograph, mirrored at its borders, without end
    seen = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    seen[far:] = cv2.resize(laid, (WIDTH, HEIGHT - far), interpolation=cv2.INTER_AREA)
    seen[:far] = cv2.resize(sky[: sky.shape[0] // 3], (WIDTH, far), interpolation=cv2.INTER_AREA)
    for x, z in MARKS:
        corners = [(x - MARK, z - MARK), (x + MARK, z - MARK), (x + MARK, z + MARK), (x - MARK, z + MARK)]
        cv2.fillConvexPoly(seen, np.int32(np.rint(project(corners) * 16)), (255, 255, 255), cv2.LINE_AA, 4)
    return seen


def _frame(behind, walkers, k, rng):
    picture, masks = behind.copy(), {}
    places = np.array([path[k] for *_, path in walkers])
    feet, spread = project(places), behind.std()
    for number in np.argsort(-places[:, 1]):  # the farthest first
        levels, length, mirrored, _ = walkers[number]
        height, width = (side - 2 for side in levels[0].shape[:2])  # without the border
        scale = length * FOCAL / places[number, 1] / max(height, width)
        x, y = feet[number]
        shade, middle = picture.copy(), (round(x * 16), round(y * 16))
        axes = round(0.42 * width * scale * 16), max(round(0.06 * width * scale * 16), 16)
        cv2.ellipse(shade, middle, axes, 0, 0, 360, (0, 0, 0), -1, cv2.LINE_AA, 4)
        picture = cv2.addWeighted(picture, 0.65, shade, 0.35, 0)
        matrix = sampling.similarity(scale, mirror=mirrored[k])
        part, place = sampling.warp(levels, matrix, np.array([x, y - height * scale / 2]), (HEIGHT, WIDTH))
        part = light.lit(part, picture[place], spread)
        sampling.over(picture, part, place)
        mask = np.zeros((HEIGHT, WIDTH), bool)
        mask[place] = part[..., 3] > 127
        masks = {other: old & ~mask for other, old in masks.items()} | {number: mask}
    ids = np.array(sorted(number for number, mask in masks.items() if mask.sum() >= HIDDEN), int)
    grain = rng.integers(-GRAIN, GRAIN + 1, (2, *picture.shape), dtype=np.int8)
    image = np.clip(picture.astype(np.int16) + grain[0] + grain[1], 0, 255).astype(np.uint8)
    boxes = [instance.box(masks[number]) for number in ids]
    return Frame(image, places, np.array(boxes, float).reshape(-1, 4), ids)

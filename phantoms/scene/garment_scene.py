"""Simulated photographs with several clothes in them, as a COCO instance set.

Real pictures of clothes (grey, 28 x 28, 0 is the background, as in Fashion-MNIST) are coloured, patterned, lit,
scaled, turned and laid over one another on pieces of real photographs. What is written:

    annotations/instances_train.json, ..._val.json, ..._test.json
    train/000001.jpg, val/..., test/...           RGB, HEIGHT x WIDTH

Each annotation has COCO's fields, with the mask of what is visible as uncompressed run lengths, and two more:
`visible`, the visible part of the garment in 0..1 (less where another lies over it or the border cuts it), and
`difficult`, 1 for one that is small or mostly covered. Lin et al. Microsoft COCO. ECCV 2014, arXiv:1405.0312.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from phantoms.scene import instance
from phantoms.scene.garment import dress, paint

HEIGHT, WIDTH = 128, 160
MOST = 3  # garments in a scene
SIDES = (48, 104)  # shortest and longest picture of a garment, pixels; sizes are spread evenly over their logarithm
TURN = 8  # degrees, one standard deviation
TOUCHING = 0.2  # part of the garments that are put beside another one, so that they often overlap
VISIBLE = 0.55  # each garment shows at least this part
SMALL, COVERED = 600, 0.75  # difficult: fewer visible pixels than the one, or a smaller visible part than the other
QUALITY = 90  # of the JPEG
CONTRAST = 45  # least difference of a garment's mean to that of what it covers, in one of R, G, B of 0..255
DEFOCUS = (1.0, 2.2)  # blur of the background, one standard deviation in pixels: the camera looks at the clothes
GRAIN = 4.0  # noise of the camera, one standard deviation in 0..255


class Split(NamedTuple):
    """What a part of the set is made of: how many scenes, clothes uint8 (N, 28, 28), their labels (N,), photographs.

    The photographs are a list of uint8 arrays, RGB (H, W, 3) or grey (H, W), of at least HEIGHT x WIDTH pixels.
    """

    count: int
    clothes: np.ndarray
    labels: np.ndarray
    photographs: list


def write(folder, splits, names, seed=0):
    """Write a set into `folder`, which exists: the same files for the same seed, byte by byte.

    splits: {name: Split}. names: name of each label, or None for a label that does not appear; category ids count
    the names from 1. Raises ValueError for clothes or photographs of another form, and OSError where a file cannot be
    written.
    """
    folder = Path(folder)
    (folder / "annotations").mkdir()
    ids = {label: k for k, label in enumerate((i for i, name in enumerate(names) if name is not None), start=1)}
    categories = [{"id": k, "name": names[label], "supercategory": "clothes"} for label, k in ids.items()]
    for part, (split, source) in enumerate(splits.items()):
        _check(split, source)
        (folder / split).mkdir()
        images, annotations = [], []
        numbers = range(1, source.count + 1)
        with ThreadPoolExecutor() as pool:  # OpenCV and NumPy let other threads run meanwhile
            drawn = list(pool.map(partial(_draw, folder / split, source, (seed, part)), numbers))
        for number, (file, found) in zip(numbers, drawn, strict=True):
            images.append({"id": number, "file_name": file, "width": WIDTH, "height": HEIGHT})
            for label, mask, visible in found:
                key = {"id": len(annotations) + 1, "image_id": number, "category_id": ids[label]}
                annotations.append(key | annotate(mask, visible))
        data = {"images": images, "annotations": annotations, "categories": categories}
        text = json.dumps(data, separators=(",", ":"))
        (folder / "annotations" / f"instances_{split}.json").write_text(text, encoding="utf-8")


def _draw(folder, source, seed, number):
    """Write scene `number` of a split into `folder`; return the name of the file and the garments in it."""
    picture, found = scene(source, np.random.default_rng([*seed, number]))
    file = folder / f"{number:06}.jpg"
    if not cv2.imwrite(str(file), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY]):
        raise OSError(f"{file} cannot be written")
    return file.name, found


def scene(source, rng):
    """Return one scene of a Split: the picture, uint8 RGB (HEIGHT, WIDTH, 3), and a list, from the lowest garment up.

    An entry is (label int, mask of what is visible bool (HEIGHT, WIDTH), visible part of the garment 0..1).
    """
    picture = background(source.photographs, rng)
    light = np.array([rng.choice([-1, 1]), 1.0]) * rng.uniform(0.02, 0.06)  # the shadow's way, in sides of the garment
    placed, areas = [], []  # masks of what is visible so far; areas of the whole garments
    labels = []
    wanted = rng.integers(1, MOST + 1)
    for _ in range(2 * wanted):
        if len(placed) == wanted:
            break
        kind = rng.choice(np.unique(source.labels))  # each kind as often as any other
        garment = source.clothes[rng.choice(np.flatnonzero(source.labels == kind))]
        near = placed[rng.integers(len(placed))] if placed and rng.random() < TOUCHING else None
        colour, alpha, area, side = _lay(garment, near, rng)
        mask = alpha > 0.5
        left = [old & ~mask for old in placed]
        seen = [m.sum() / a for m, a in zip([*left, mask], [*areas, area], strict=True)]
        if min(seen) < VISIBLE or mask.sum() < 30 or abs((colour - picture)[mask].mean(axis=0)).max() < CONTRAST:
            continue
        shadow = cv2.warpAffine(alpha, np.column_stack([np.eye(2), light * side]), (WIDTH, HEIGHT))
        shadow = cv2.GaussianBlur(shadow, (0, 0), 0.5 + 0.03 * side) * np.float32(rng.uniform(0.25, 0.6))
        picture *= (1 - shadow * (1 - alpha))[..., None]
        picture += alpha[..., None] * (colour - picture)
        placed, areas, labels = [*left, mask], [*areas, area], [*labels, int(kind)]
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 0.7))
    picture = picture + GRAIN * rng.standard_normal(picture.shape, np.float32)
    seen = [m.sum() / a for m, a in zip(placed, areas, strict=True)]
    return picture.clip(0, 255).astype(np.uint8), list(zip(labels, placed, seen, strict=True))


def background(photographs, rng):
    """Return what lies behind the clothes, float32 RGB (HEIGHT, WIDTH, 3) in 0..255: a piece of a photograph.

    In half of the pictures a second piece, of any photograph of the list, lies below a slanted edge, as a floor does.
    """
    picture = piece(photographs[rng.integers(len(photographs))], rng)
    if rng.random() < 0.5:
        floor = piece(photographs[rng.integers(len(photographs))], rng)
        y, x = np.indices((HEIGHT, WIDTH), np.float32)
        edge = rng.uniform(0.2, 0.8) * HEIGHT + rng.normal(0, 0.15) * (x - WIDTH / 2)
        picture += (y - edge + 0.5).clip(0, 1)[..., None] * (floor - picture)
    return cv2.GaussianBlur(picture, (0, 0), rng.uniform(*DEFOCUS)).clip(0, 255)


def piece(photograph, rng):
    """Return a random piece of a photograph, float32 RGB (HEIGHT, WIDTH, 3), brighter or darker; a grey one is tinted.

    One coloured photograph in four is made grey first.
    """
    height, width = photograph.shape[:2]
    zoom = rng.uniform(1, min(height / HEIGHT, width / WIDTH, 3.5))
    h, w = int(HEIGHT * zoom), int(WIDTH * zoom)
    top, left = rng.integers(height - h + 1), rng.integers(width - w + 1)
    part = cv2.resize(photograph[top : top + h, left : left + w], (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    part = part[:: rng.choice([-1, 1]), :: rng.choice([-1, 1])].astype(np.float32)
    if part.ndim == 3 and rng.random() < 0.25:
        part = part.mean(axis=2)
    if part.ndim == 2:
        part = part[..., None] * paint(rng, strongest=0.4) / 200
    part = part * rng.uniform(0.75, 1.25, 3 if rng.random() < 0.5 else 1) * rng.uniform(0.6, 1.15)
    return part.astype(np.float32)


def annotate(mask, visible):
    """Return COCO's fields of a mask bool (H, W), and visible, difficult."""
    visible, found = round(float(visible), 3), instance.fields(mask)
    return found | {"visible": visible, "difficult": int(found["area"] < SMALL or visible < COVERED)}


def _lay(garment, near, rng):
    """Return colour (H, W, 3), alpha (H, W), the whole garment's area in pixels and its side, at a random place."""
    colour, alpha = dress(garment, rng)
    if rng.random() < 0.5:
        colour, alpha = colour[:, ::-1], alpha[:, ::-1]
    side = float(np.exp(rng.uniform(*np.log(SIDES))))
    if near is None:
        centre = rng.uniform([0.3 * side, 0.3 * side], [WIDTH - 0.3 * side, HEIGHT - 0.3 * side])
    else:
        y, x = np.nonzero(near)
        centre = np.array([x.mean(), y.mean()]) + rng.normal(0, 0.5 * side, 2)
    scale = side / len(alpha)
    matrix = cv2.getRotationMatrix2D([len(alpha) / 2 - 0.5] * 2, rng.normal(0, TURN), scale)
    area = float((alpha > 0.5).sum()) * scale**2
    matrix[:, 2] += centre - (len(alpha) / 2 - 0.5)
    blur = max(0.0, 0.5 / scale - 0.5)  # so that the finest weave does not alias
    if blur > 0.3:
        colour, alpha = cv2.GaussianBlur(colour, (0, 0), blur), cv2.GaussianBlur(alpha, (0, 0), blur)
    colour = cv2.warpAffine(np.ascontiguousarray(colour), matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpAffine(np.ascontiguousarray(alpha), matrix, (WIDTH, HEIGHT))
    return colour, alpha, max(area, 1.0), side


def _check(name, source):
    """Raise ValueError where a Split has another form than its docstring says."""
    if source.clothes.ndim != 3 or source.clothes.shape[1:] != (28, 28) or len(source.clothes) != len(source.labels):
        raise ValueError(
            f"{name}: clothes {source.clothes.shape} and labels {source.labels.shape}: give (N, 28, 28), (N,)"
        )
    if not source.photographs or not len(source.clothes):
        raise ValueError(f"{name}: give at least one garment and one photograph")
    for number, photograph in enumerate(source.photographs):
        if photograph.shape[0] < HEIGHT or photograph.shape[1] < WIDTH or photograph.dtype != np.uint8:
            raise ValueError(
                f"{name}: photograph {number} is {photograph.dtype} {photograph.shape}, below {HEIGHT} x {WIDTH}"
            )

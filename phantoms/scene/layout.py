"""Where the objects of a simulated scene stand: drawn once, for every size in which the scene is painted.

Sizes and places are in pixels of HEIGHT x WIDTH. What may stand where is decided on the masks of that size.
"""

import math
from typing import NamedTuple

import numpy as np

from phantoms.scene import light, sampling

HEIGHT, WIDTH = 128, 160
SIDES = (26, 104)  # shortest and longest longer side of an object; spread evenly over their logarithm
COUNT = (0.05, 0.25, 0.30, 0.25, 0.15)  # how often a scene has 0, 1, 2, 3, 4 objects
TRUE_SIZE = {"mammal": 1.4, "bird": 1.0, "food": 0.7, "plant": 1.2, "thing": 0.8}  # against one another, about
KEEPING = 0.5  # 0: any size for any object; 1: sizes as in TRUE_SIZE
TURN = 7  # degrees, one standard deviation
AS_IT_IS = ("thing",)  # kinds that are not mirrored: writing stands on some
TOUCHING = 0.25  # part of the objects that are put beside another one, so that one often covers the other
VISIBLE = 0.5  # each object shows at least this part
LEAST = 60  # visible pixels of an object
SMALL, COVERED = 200, 0.75  # difficult: fewer visible pixels than the one, or a smaller visible part than the other
CLOSEST = 0.6  # largest scale of a background
CONTRAST = 24  # least mean difference between an object and what is behind it, in 0..255


class Item(NamedTuple):
    """An object to place: layer of sampling.layer, colours times alpha; kind; anything that tells what it is.

    filled: the part of its picture that it covers, 0..1.
    """

    layer: list
    kind: str
    what: object
    filled: float


def item(image, alpha, kind, what):
    """Return the Item of a picture uint8 (H, W, 3) and its alpha uint8 (H, W)."""
    levels = sampling.layer(image, alpha)
    return Item(levels, kind, what, float((levels[0][..., 3] > 127).mean()))


class Source(NamedTuple):
    """What the scenes of a split are made of: how many, Items, and backgrounds: (layer, what), 480 x 640 or larger."""

    count: int
    items: list
    backgrounds: list


class Placed(NamedTuple):
    """An object in a scene: what it is, kind, where it lies (sampling.warp), and what of it is seen.

    outline, mask: bool (HEIGHT, WIDTH), the whole object and what of it is seen. visible: 0..1, its part of the whole
    object. behind: positions, in the scene's list, of the objects that it covers in part. difficult: small or mostly
    covered.
    """

    item: Item
    matrix: np.ndarray
    centre: np.ndarray
    side: float
    outline: np.ndarray
    mask: np.ndarray
    visible: float
    behind: tuple
    difficult: bool


class Layout(NamedTuple):
    """A scene to paint.

    background: one of the Source, and the piece of it: matrix and centre of sampling.warp. gain: (3,) of R, G, B.
    objects: Placed, from the back to the front. shadow: the way of the shadows, x per y of an object, and their length.
    """

    background: tuple
    matrix: np.ndarray
    centre: np.ndarray
    gain: np.ndarray
    objects: list
    shadow: tuple


def arrange(source, rng, keeping=KEEPING):
    """Return a Layout drawn from a Source."""
    background = source.backgrounds[rng.integers(len(source.backgrounds))]
    matrix, centre = _piece(background[0], rng)
    gain = rng.uniform(0.7, 1.15) * rng.uniform(0.9, 1.1, 3)
    shadow = rng.uniform(-1.2, 1.2), rng.uniform(0.1, 0.3)
    empty = Layout(background, matrix, centre, gain, [], shadow)
    ground = backdrop(empty, 1).astype(int)
    wanted, placed = rng.choice(len(COUNT), p=COUNT), []
    for _ in range(4 * wanted):
        if len(placed) == wanted:
            break
        trial = _seen([*placed, _draw(source.items, placed, rng, keeping)])
        if all(one.visible >= VISIBLE and one.mask.sum() >= LEAST for one in trial) and _stands_out(trial, ground):
            placed = trial
    return empty._replace(objects=placed)


def backdrop(layout, times):
    """Return what is behind the objects, uint8 RGB, `times` as large as HEIGHT x WIDTH."""
    part, _ = sampling.warp(
        layout.background[0], layout.matrix * times, layout.centre * times, (HEIGHT * times, WIDTH * times)
    )
    gain = np.rint(layout.gain * 256).astype(np.int32)
    return np.minimum((part * gain + 128) >> 8, 255).astype(np.uint8)


def _piece(levels, rng):
    """Return matrix and centre that lay a random piece of a photograph over the whole scene."""
    height, width = levels[0].shape[:2]
    least = max(HEIGHT / height, WIDTH / width)
    scale = math.exp(rng.uniform(math.log(least), math.log(max(least, CLOSEST))))
    mirror = bool(rng.integers(2))
    spare = np.array([width * scale - WIDTH, height * scale - HEIGHT]) / 2
    centre = np.array([WIDTH, HEIGHT]) / 2 + spare * rng.uniform(-1, 1, 2)
    return sampling.similarity(scale, mirror=mirror), centre


def _draw(items, placed, rng, keeping):
    """Return a Placed of a random object at a random place, with the mask of the whole object."""
    kinds = sorted({one.kind for one in items})
    kind = kinds[rng.integers(len(kinds))]  # each kind as often as any other
    there = [one.item.what for one in placed]
    choice = [one for one in items if one.kind == kind and one.what not in there]
    chosen = choice[rng.integers(len(choice))]
    side = math.exp(rng.uniform(*np.log(SIDES))) * TRUE_SIZE.get(kind, 1.0) ** keeping
    side = min(max(side, SIDES[0]), SIDES[1])
    height, width = chosen.layer[0].shape[:2]
    scale = side / max(height, width)
    if placed and rng.random() < TOUCHING:
        other = placed[rng.integers(len(placed))]
        centre = other.centre + rng.normal(0, 0.5, 2) * (side + other.side) / 2
    else:
        reach = np.array([width, height]) * scale / 2
        low, high = 0.6 * reach, np.array([WIDTH, HEIGHT]) - 0.6 * reach
        centre = rng.uniform(np.minimum(low, high), np.maximum(low, high))
    mirror = kind not in AS_IT_IS and bool(rng.integers(2))
    matrix = sampling.similarity(scale, rng.normal(0, TURN), mirror)
    outline = whole(chosen, matrix, centre)
    return Placed(chosen, matrix, centre, side, outline, outline, 1.0, (), False)


def whole(thing, matrix, centre, times=1):
    """Return the mask of a whole Item on the canvas, what others cover too: bool, `times` HEIGHT x WIDTH."""
    mask = np.zeros((HEIGHT * times, WIDTH * times), bool)
    part, place = sampling.warp([level[..., 3:] for level in thing.layer], matrix * times, centre * times, mask.shape)
    mask[place] = part[..., 0] > 127
    return mask


def _seen(placed):
    """Return the objects from the back to the front, the one that stands lower in front, with what is seen of each."""
    placed, found = sorted(placed, key=lambda one: _foot(one.outline)), []
    for rank, one in enumerate(placed):
        mask = one.outline.copy()
        for front in placed[rank + 1 :]:
            mask &= ~front.outline
        height, width = one.item.layer[0].shape[:2]  # of which the border may cut some
        opaque = one.item.filled * height * width * abs(np.linalg.det(one.matrix))
        seen = int(mask.sum())
        visible = min(1.0, round(seen / max(opaque, 1), 3))
        behind = tuple(k for k, other in enumerate(placed[:rank]) if (other.outline & one.outline).any())
        difficult = seen < SMALL or visible < COVERED
        found.append(one._replace(mask=mask, visible=visible, behind=behind, difficult=difficult))
    return found


def _foot(mask):
    rows = np.flatnonzero(mask.any(axis=1))
    return int(rows[-1]) if len(rows) else -1


def _stands_out(placed, ground):
    """Return True where every object, as it will be lit, differs enough from the background behind it."""
    for one in placed:
        part, place = sampling.warp(one.item.layer, one.matrix, one.centre, (HEIGHT, WIDTH))
        part = light.lit(part, ground[place], ground.std())
        mask = one.mask[place] & (part[..., 3] > 127)
        if np.abs(part[mask][:, :3].astype(int) - ground[place][mask]).sum() < 3 * CONTRAST * mask.sum():
            return False
    return True

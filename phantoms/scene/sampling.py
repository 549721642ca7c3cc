"""Pictures scaled, turned and laid over one another in whole numbers, so that every processor paints the same scene.

A layer is a pyramid of uint8 (H, W, C), each level half as large as the one before, with a border of zeros. Layers
with four channels hold colours multiplied by alpha and alpha (Porter and Duff, Compositing digital images, SIGGRAPH
1984).
"""

import math

import cv2
import numpy as np


def layer(image, alpha=None):
    """Return the pyramid of an image uint8 (H, W, 3); with alpha uint8 (H, W), of the colours times alpha and alpha."""
    if alpha is not None:
        part = divided(image.astype(np.uint16) * alpha[..., None])
        image = np.dstack([part.astype(np.uint8), alpha])
    levels = [_framed(image) if alpha is not None else image]
    while min(levels[-1].shape[:2]) >= 8:
        levels.append(halved(levels[-1]))
    return levels


def halved(image):
    """Return an image uint8 (H, W, C) at half its size, the mean of four pixels; odd sides repeat their last pixels."""
    height, width = image.shape[:2]
    wide = np.pad(image, [(0, height % 2), (0, width % 2), (0, 0)], mode="edge").astype(np.uint16)
    return ((wide[::2, ::2] + wide[1::2, ::2] + wide[::2, 1::2] + wide[1::2, 1::2] + 2) >> 2).astype(np.uint8)


def similarity(scale, degrees=0.0, mirror=False):
    """Return the 2 x 2 matrix that scales, turns counter-clockwise on the screen and, if asked, mirrors first."""
    angle = math.radians(degrees)
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    return np.array([[-cos if mirror else cos, sin], [sin if mirror else -sin, cos]])


def warp(levels, matrix, centre, shape):
    """Return (the part of a canvas that a layer reaches, its place): uint8 (h, w, C) and two slices.

    levels: of `layer`. matrix: 2 x 2, layer to canvas, in pixels of the first level. centre: x, y on the canvas of the
    layer's middle. shape: (H, W) of the canvas. Bilinear, from the level that is at most twice as fine as needed.
    """
    height, width = levels[0].shape[:2]
    reach = np.abs(matrix) @ [width / 2, height / 2]
    left, top = (max(0, math.floor(c - r)) for c, r in zip(centre, reach, strict=True))
    right, bottom = (min(side, math.ceil(c + r)) for c, r, side in zip(centre, reach, shape[::-1], strict=True))
    place = slice(top, max(top, bottom)), slice(left, max(left, right))
    if right <= left or bottom <= top:
        return np.zeros((place[0].stop - top, place[1].stop - left, levels[0].shape[2]), np.uint8), place
    scale = math.sqrt(abs(matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]))
    chosen = min(len(levels) - 1, max(0, math.floor(-math.log2(scale))))
    image, inverse = levels[chosen], np.linalg.inv(matrix)
    x = np.arange(left, right) + 0.5 - centre[0]
    y = np.arange(top, bottom)[:, None] + 0.5 - centre[1]
    middle = np.array([width, height]) / 2
    u, v = (((inverse[k, 0] * x + inverse[k, 1] * y) + middle[k]) / 2**chosen - 0.5 for k in (0, 1))
    return bilinear(image, u, v), place


def bilinear(image, u, v):
    """Return image uint8 (H, W, C) at columns u and rows v, float (h, w): uint8 (h, w, C); edges repeat.

    Places are rounded to 1/32 pixel, for which OpenCV works in whole numbers.
    """
    u, v = (np.floor(part * 32 + 0.5).astype(np.int32) for part in (u, v))
    whole = np.dstack([u >> 5, v >> 5]).astype(np.int16)
    part = ((v & 31) * 32 + (u & 31)).astype(np.uint16)
    found = cv2.remap(image, whole, part, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return found.reshape(*u.shape, image.shape[2])


def over(canvas, layer_part, place):
    """Lay colours times alpha and alpha, uint8 (h, w, 4), over a canvas uint8 (H, W, 3), at a place of it, in place."""
    rest = 255 - layer_part[..., 3:].astype(np.uint16)
    mixed = layer_part[..., :3] + divided(canvas[place] * rest)
    canvas[place] = np.minimum(mixed, 255).astype(np.uint8)


def divided(products):
    """Return uint16 products of two bytes, divided by 255 and rounded, as uint16."""
    products = products + np.uint16(128)
    return (products + (products >> 8)) >> 8


def _framed(image):
    return np.pad(image, [(1, 1), (1, 1), (0, 0)])

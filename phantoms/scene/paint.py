"""A layout painted: background out of focus, shadows below objects, light matched to the place, grain of a camera."""

import math

import cv2
import numpy as np

from phantoms.scene import layout, light, sampling

DEFOCUS = 1.2  # most blur of the background, radius in pixels of the small size
GRAIN = 5  # noise of the camera: the sum of two draws of -GRAIN..GRAIN
SHADE = (0.25, 0.6)  # how dark a shadow is


def paint(scene, rng, times=1):
    """Return (picture, masks) of a Layout: uint8 RGB and, of each object, what is seen of it, bool.

    times: 1 for layout.HEIGHT x WIDTH, 2 for twice that, and so on. The same numbers on every processor.
    """
    picture = layout.backdrop(scene, times)
    picture = cv2.blur(picture, [1 + 2 * round(rng.uniform(0, DEFOCUS) * times)] * 2)
    contrast = picture.std()
    shade = rng.uniform(*SHADE)
    masks = []
    for one in scene.objects:
        _shadow(picture, one, scene.shadow, shade, times)
        part, place = sampling.warp(one.item.layer, one.matrix * times, one.centre * times, picture.shape[:2])
        part = light.lit(part, picture[place], contrast)
        sampling.over(picture, part, place)
        mask = one.outline if times == 1 else layout.whole(one.item, one.matrix, one.centre, times)
        masks = [*(old & ~mask for old in masks), mask]
    grain = rng.integers(-GRAIN, GRAIN + 1, (2, *picture.shape), dtype=np.int8)
    return np.clip(picture.astype(np.int16) + grain[0] + grain[1], 0, 255).astype(np.uint8), masks


def _shadow(picture, one, way, shade, times):
    """Darken the ground where an object keeps the light off: its outline laid flat, from its foot."""
    skew, length = way
    height, width = picture.shape[:2]
    foot = float(np.flatnonzero(one.outline.any(axis=1))[-1]) * times
    flat = np.array([[1, -skew * length], [0, length]]) @ (one.matrix * times)
    centre = one.centre * times
    rise = foot - centre[1]  # of the object's middle over its foot
    middle = np.array([centre[0] + skew * length * rise, foot - length * rise])
    part, place = sampling.warp([level[..., 3:] for level in one.item.layer], flat, middle, (height, width))
    dark = np.zeros((height, width), np.uint8)
    dark[place] = part[..., 0]
    radius = max(1, math.floor(0.03 * one.side * times))
    for _ in range(2):
        dark = cv2.blur(dark, (2 * radius + 1, 2 * radius + 1))
    keep = 255 * 256 - dark.astype(np.int32) * round(256 * shade)
    picture[:] = ((picture * keep[..., None] + 128 * 255) // (256 * 255)).astype(np.uint8)

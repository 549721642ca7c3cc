"""phantoms.thyroid: what a simulated record says is what its picture shows, word by word, measured in 200 cases."""

import cv2
import numpy as np
import pytest
from scipy import ndimage

from helpers.datasets import thyroid
from phantoms.thyroid import ddti, neck, ultrasound

CASES = 200
FLUID = {  # share of the nodule's pixels that are dark, lowest and highest
    "solid": (0, 0.04),
    "dense": (0, 0.04),
    "predominantly solid": (0.04, 0.28),
    "mixed": (0.22, 0.45),
    "predominantly cystic": (0.4, 0.75),
    "cystic": (0.6, 1),
    "spongiform": (0.02, 0.4),
}
LEVEL = {  # of the solid part against the gland around, in dB
    "isoechogenicity": (-3.3, 2.9),
    "hypoechogenicity": (-8.7, -2.9),
    "marked hypoechogenicity": (-14.5, -8.3),
    "hyperechogenicity": (2.8, 8.5),
}


class Measured:
    """What the pixels of one nodule say."""

    def __init__(self, seed):
        rng = np.random.default_rng([77, seed])
        self.look, size = ddti.look(rng), float(rng.uniform(18, 70))
        view = neck.view([(self.look, size)], ("transverse", "longitudinal")[seed % 2], (306, 310), rng)
        self.size, self.contour = size, view.contours[0]
        db = ultrasound.decibels(view.image, *view.display)
        inside = thyroid.polygon_mask(self.contour, db.shape)
        depth = ndimage.distance_transform_edt(inside) - ndimage.distance_transform_edt(~inside)
        ring = view.gland & (depth < -6) & (depth > -25)
        self.gland = np.median(db[ring])
        smooth = 10 * np.log10(cv2.blur(10 ** (db / 10), (3, 3)))
        dark = (smooth < self.gland - 19) & (depth > 1)
        self.fluid = dark.sum() / inside.sum()
        self.pieces = ndimage.label(dark)[1]
        wet = ndimage.binary_dilation(ndimage.binary_opening(dark), iterations=4)
        own = np.median(db[(depth > 3) & ~wet]) if self.fluid < 0.6 else self.gland
        white = -view.display[1] - 0.5  # what the display cannot show
        bright = (db > min(max(own, self.gland) + 11.5, white)) & (depth > 2) & ~wet
        solid = (depth > 4) & ~wet & ~ndimage.binary_dilation(bright, iterations=3)
        self.level = np.median(db[solid]) - self.gland if solid.sum() > 250 else None
        spots = ndimage.find_objects(ndimage.label(bright, np.ones((3, 3)))[0])
        self.wide = [s[1].stop - s[1].start for s in spots if bright[s].sum() >= 5]
        self.edge = self._edge(db, depth, ~wet & (inside | ndimage.binary_dilation(view.gland, iterations=6)))

    def _edge(self, db, depth, part):
        """Return the height of the step across the edge over its steepest slope: its width in pixels."""
        bands = [part & (np.abs(depth - d) < 1) for d in range(-12, 13)]
        profile = np.array([db[band].mean() for band in bands if band.sum() > 40])
        profile = np.convolve(profile, [0.25, 0.5, 0.25], "valid")
        return abs(profile[-3:].mean() - profile[:3].mean()) / np.abs(np.diff(profile)).max()

    def waves(self, orders):
        """Return the height of the contour's waves of these orders, as a share of its radius."""
        centred = self.contour - self.contour.mean(axis=0)
        values, vectors = np.linalg.eigh(np.cov(centred.T))
        x, y = (centred @ vectors / np.sqrt(values)).T
        order = np.argsort(np.arctan2(y, x))
        turn = np.linspace(-np.pi, np.pi, 512, endpoint=False)
        radius = np.interp(turn, np.arctan2(y, x)[order], np.hypot(x, y)[order], period=2 * np.pi)
        power = np.abs(np.fft.rfft(radius) / len(radius)) ** 2
        return float(np.sqrt(4 * power[orders].sum() / power[0]))


@pytest.fixture(scope="module")
def measured():
    return [Measured(seed) for seed in range(CASES)]


def wrong(measured, word, right):
    return [(n, getattr(one.look, word)) for n, one in enumerate(measured) if not right(one)]


def test_composition_is_the_share_of_fluid(measured):
    def right(one):
        low, high = FLUID[one.look.composition]
        high = 0.25 if one.look.calcifications == "macrocalcifications" else high  # the bar's shadow is dark, too
        return low <= one.fluid <= high and (one.look.composition != "spongiform" or one.pieces > 3)

    assert wrong(measured, "composition", right) == []


def test_echogenicity_is_the_level_against_the_gland(measured):
    def right(one):
        low, high = LEVEL[one.look.echogenicity]
        unclear = one.fluid > 0.45 or one.look.composition == "spongiform"  # little that is solid
        return unclear or one.level is None or low <= one.level <= high

    assert sum(one.level is not None for one in measured) > 0.8 * CASES
    assert wrong(measured, "echogenicity", right) == []


def test_calcifications_are_specks_or_a_bar(measured):
    def right(one):
        few = sum(width <= 7 for width in one.wide)
        return {
            "none": not one.wide or one.fluid > 0.05,  # the wall behind fluid is bright
            "microcalcifications": few >= 2 and max(one.wide) <= 12,
            "macrocalcifications": max(one.wide, default=0) >= 5 and len(one.wide) <= 3,
        }[one.look.calcifications]

    assert wrong(measured, "calcifications", right) == []


def test_margins_are_the_shape_of_the_edge(measured):
    def right(one):
        lobes, fine = one.waves(slice(5, 9)), one.waves(slice(9, 15))
        spikes = one.waves(slice(15, 60))
        return {
            "well defined": lobes < 0.03 and fine < 0.02 and spikes < 0.02,
            "well defined smooth": lobes < 0.03 and fine < 0.02 and spikes < 0.02,
            "ill defined": spikes < 0.02,
            "microlobulated": fine > 0.05 and spikes < 0.02,
            "macrolobulated": lobes > 0.05 and fine < 0.02,
            "spiculated": spikes > 0.03,
        }[one.look.margins]

    assert wrong(measured, "margins", right) == []


def test_an_ill_defined_edge_is_a_slow_step(measured):
    clear = [one for one in measured if one.level is not None and abs(one.level) > 3.5 and one.fluid < 0.03]
    ill = np.array([one.edge for one in clear if one.look.margins == "ill defined"])
    others = np.array([one.edge for one in clear if one.look.margins != "ill defined"])
    assert len(ill) > 8 and (ill > 5.5).mean() > 0.8 and (others < 5.5).mean() > 0.8


def test_taller_than_wide_is_seen_in_the_outline(measured):
    for one in measured:
        width, height = np.ptp(one.contour, axis=0)
        assert height > 1.1 * width if one.look.tall else height < 0.95 * width

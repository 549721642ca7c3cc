"""A chest radiograph from a simulated thorax: attenuation, projection along y, and the film of one hospital.

Beer-Lambert: I = I0 · exp(-Σ µ·t). The rays are parallel and of one energy, 60 keV, and nothing scatters: real tubes
differ. µ of water at 60 keV is 0.206 / cm (NIST); µ = µ_water · (1 + HU/1000), more steeply above 150 HU (bone).
"""

from typing import NamedTuple

import cv2
import numpy as np

WATER = 0.206  # 1/cm
BONE_FROM, BONE_SLOPE = 150.0, 1.25


class Source(NamedTuple):
    """How a hospital's films look.

    side: pixels of a side. photons: that reach a pixel without a patient. blur: of the detector, in pixels.
    window: percentiles shown black and white. gamma: above 1 is darker. clahe: clip limit of the contrast.
    border: black pixels around the field. marker: the text burnt in; place: its corner, as parts of height, width.
    text: its height in pixels. zoom: mean magnification.
    """

    name: str
    side: int
    photons: float
    blur: float
    window: tuple
    gamma: float
    clahe: float
    border: int
    marker: str
    place: tuple
    text: int
    zoom: float


SOURCES = {
    source.name: source
    for source in (
        Source("hospital-a", 152, 5.0e3, 0.7, (4, 99.7), 1.10, 1.2, 0, "AP SUPINE", (0.13, 0.36), 10, 1.05),
        Source("hospital-b", 168, 3.0e4, 0.3, (2, 99.0), 0.92, 2.2, 0, "R", (0.12, 0.05), 13, 1.00),
        Source("hospital-c", 160, 9.0e3, 0.5, (1, 99.5), 1.00, 1.6, 2, "L 2", (0.95, 0.80), 9, 1.03),
    )
}


def attenuation(hu):
    """Return µ in 1/cm of CT numbers (any shape), 0 for air and never negative."""
    mu = WATER * (1 + hu / np.float32(1000))
    mu += np.float32(WATER * (BONE_SLOPE - 1) / 1000) * np.maximum(hu - np.float32(BONE_FROM), 0)
    return np.maximum(mu, 0, out=mu)


def project(hu, step):
    """Return Σ µ·t along axis 1 of CT numbers (Z, Y, X) with voxels `step` mm long: float32 (Z, X), without a unit."""
    return attenuation(hu).sum(axis=1) * np.float32(step / 10)


def film(path, source, rng, masks=()):
    """Return (picture uint8 (side, side), list of masks bool (side, side)) as a Source shows a projection (Z, X).

    Each call places the patient anew: small shifts, turns and zooms, and new photon noise. masks: bool (Z, X).
    """
    side = source.side
    scale = side / len(path) * source.zoom * rng.normal(1, 0.02)
    matrix = cv2.getRotationMatrix2D((len(path) / 2, len(path) / 2), rng.normal(0, 1.5), scale)
    matrix[:, 2] += side / 2 - len(path) / 2 + rng.normal(0, 0.012 * side, 2)
    laid = cv2.warpAffine(path, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    photons = source.photons * np.exp(-laid) * rng.uniform(0.8, 1.25)
    counted = photons + np.sqrt(photons) * rng.standard_normal(photons.shape, np.float32)  # Poisson for many photons
    shown = -np.log(np.maximum(counted, 1) / source.photons)
    if source.blur:
        shown = cv2.GaussianBlur(shown, (0, 0), source.blur)
    low, high = np.percentile(shown, source.window)
    grey = np.clip((shown - low) / (high - low), 0, 1) ** (source.gamma * rng.normal(1, 0.05))
    picture = (255 * grey).astype(np.uint8)
    picture = cv2.createCLAHE(source.clahe, (4, 4)).apply(picture)
    _mark(picture, source, rng)
    laid_masks = [cv2.warpAffine(mask.astype(np.float32), matrix, (side, side)) > 0.5 for mask in masks]
    return picture, laid_masks


def _mark(picture, source, rng):
    """Burn in the marker and the border, in place."""
    side = len(picture)
    place = np.array(source.place) * side + rng.normal(0, 1.5, 2)
    size = source.text / 21  # a capital of this font is 21 pixels high at size 1
    at = (int(place[1]), int(place[0]))
    cv2.putText(picture, source.marker, at, cv2.FONT_HERSHEY_SIMPLEX, size, 250, 1 + (size > 0.55), cv2.LINE_AA)
    if source.border:
        edge = source.border + int(rng.integers(0, 2))
        picture[:edge], picture[-edge:], picture[:, :edge], picture[:, -edge:] = 0, 0, 0, 0

"""Simulated patients under other circumstances: the same chest in another hospital, without its disease, cut elsewhere.

Nobody can do that with a patient; a simulation can, and so it can say what a network answers to. The patients are other
ones than those of the simulated sets. Everything that is not asked for stays as it is: build, lesions, place, noise.

>>> from helpers.datasets import what_if
>>> ill, healthy = what_if.film(3, "A"), what_if.film(3, "A", severity=0)
"""

import functools
from typing import NamedTuple

import numpy as np

HOSPITALS = ("A", "B", "C")


class Film(NamedTuple):
    """A radiograph, uint8 (H, W), and where it shows the lungs and the infection, bool (H, W)."""

    image: np.ndarray
    lung: np.ndarray
    infection: np.ndarray


def film(number, hospital, severity=0.6):
    """Return the Film of patient `number` (0, 1, …) in hospital "A", "B" or "C".

    severity: of COVID-19, 0..1; 0 is the same chest without disease. Raises ValueError for another hospital.
    """
    if hospital not in HOSPITALS:
        raise ValueError(f'the hospital is one of "A", "B", "C", not {hospital!r}')
    from phantoms.chest import xray

    path, *masks = _shadow(number, round(float(severity), 3))
    source = xray.SOURCES[f"hospital-{hospital.lower()}"]
    picture, (lung, infection) = xray.film(path, source, np.random.default_rng([7, number]), masks)
    return Film(picture, lung, infection)


def ct_slice(number, height, severity=0.6):
    """Return a CT slice of patient `number`, uint8 (146, 176), in the lung window.

    height: from 0, at the diaphragm, to 1, near the top of the lungs. severity: as for `film`.
    """
    from phantoms.chest import lesion, sets

    body = _body(number)
    lesions = lesion.covid(np.random.default_rng([8, number]), body, severity)
    top, bottom = body.apex + sets.TOP, body.domes[0]
    return sets.cut(body, lesions, bottom - height * (bottom - top), np.random.default_rng([9, number]))[0]


@functools.lru_cache(maxsize=64)
def _body(number):
    from phantoms.chest import clinic, thorax

    rng = np.random.default_rng([6, number])
    person = clinic.patient(rng, "covid")
    return thorax.build(rng, person.age, person.sex)


@functools.lru_cache(maxsize=128)
def _shadow(number, severity):
    from phantoms.chest import lesion, sets

    body = _body(number)
    return sets.shadow(body, lesion.covid(np.random.default_rng([8, number]), body, severity))

"""Simulated patients: who has what, how badly, and the table that a clinic would hold about them.

Every distribution stands here; none was fitted to patients. The directions follow reports of 2020: COVID-19 with
contact to a case, fever, few lymphocytes; bacterial pneumonia with many leucocytes. Some COVID patients have severity
0: a positive PCR with normal pictures.
"""

from typing import NamedTuple

import numpy as np

NORMAL_PICTURE = 0.12  # part of the COVID patients whose lungs show nothing
CONTACT = {"covid": 0.48, "normal": 0.20, "pneumonia": 0.12}
FEVER = {"covid": (37.7, 0.75), "normal": (37.4, 0.7), "pneumonia": (38.1, 0.75)}  # mean, standard deviation, °C
COUGH = {"covid": 0.64, "normal": 0.54, "pneumonia": 0.80}
AGE = {"covid": (50, 16), "normal": (44, 17), "pneumonia": (56, 17)}
LEUCOCYTES = {"covid": (6.0, 0.33), "normal": (6.8, 0.32), "pneumonia": (9.5, 0.33)}  # median 10⁹/l, σ of its log
LYMPHOCYTES = {"covid": (1.55, 0.34), "normal": (1.70, 0.32), "pneumonia": (1.55, 0.35)}


class Patient(NamedTuple):
    """One row: disease "covid", "normal" or "pneumonia"; severity 0..1; units in the names of the fields."""

    disease: str
    severity: float
    age: int
    sex: str
    contact: int
    temperature_c: float
    cough: int
    leucocytes_per_nl: float
    lymphocytes_per_nl: float


def patient(rng, disease):
    """Return a random Patient with a disease."""
    severity = 0.0 if disease == "normal" else float(np.clip(rng.beta(3.0, 2.2), 0.12, 1))
    if disease == "covid" and rng.random() < NORMAL_PICTURE:
        severity = 0.0

    def about(table):
        middle, spread = table[disease]
        return float(middle * np.exp(rng.normal(0, spread)))

    return Patient(
        disease,
        round(severity, 3),
        int(np.clip(rng.normal(*AGE[disease]), 18, 92)),
        str(rng.choice(["F", "M"])),
        int(rng.random() < CONTACT[disease]),
        round(float(np.clip(rng.normal(*FEVER[disease]), 35.8, 41)), 1),
        int(rng.random() < COUGH[disease]),
        round(about(LEUCOCYTES), 1),
        round(about(LYMPHOCYTES) * (1 - 0.25 * severity * (disease == "covid")), 2),
    )

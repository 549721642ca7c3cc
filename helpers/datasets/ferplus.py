"""The labels of FER+: what ten people said about each face of FER2013, in place of its one label.

fer2013new.csv has a row for each row of fer2013.csv, in the same order: Usage, Image name, and the votes for each of
CHOICES. Barsoum et al. Training deep networks for facial expression recognition with crowd-sourced label distribution.
ICMI 2016, arXiv:1608.01041.
"""

from pathlib import Path

import numpy as np

from helpers.datasets import numbers, text

FILE = "fer2013new.csv"
CHOICES = (
    *("neutral", "happiness", "surprise", "sadness", "anger"),
    *("disgust", "fear", "contempt", "unknown", "NF"),  # NF: no face
)
MOST = 20  # votes for one choice of one face
AS_IN_FER2013 = {  # choice: name in FER2013, whose classes it shares; contempt, unknown and NF have none
    "neutral": "neutral",
    "happiness": "happy",
    "surprise": "surprise",
    "sadness": "sad",
    "anger": "angry",
    "disgust": "disgust",
    "fear": "fear",
}


def read(path, usage):
    """Return the votes, uint8 (N, 10), in the order of CHOICES, for faces of `usage`, str (N,), of fer2013.csv.

    Raises ValueError, naming file and row, for a missing column, a vote that is no small whole number, and a number of
    rows or a usage other than those of the faces, since then the rows do not belong together.
    """
    rows = text.rows(path, ("Usage", *CHOICES))
    name = Path(path).name
    if len(rows) != len(usage):
        raise ValueError(f"{name}: {len(rows)} rows for {len(usage)} faces: it goes with the whole fer2013.csv.")
    votes = np.zeros((len(rows), len(CHOICES)), np.uint8)
    for number, row in enumerate(rows):
        if row["Usage"] != usage[number]:
            raise ValueError(
                f"{name}, row {number + 2}: Usage {row['Usage']!r}, but the face is of {usage[number]!r}: "
                f"the two files are not in the same order."
            )
        counts = [numbers.whole(row[choice], 0, MOST) for choice in CHOICES]
        if None in counts:
            raise ValueError(f"{name}, row {number + 2}: votes should be whole numbers from 0 to {MOST}. Copy it anew.")
        votes[number] = counts
    return votes

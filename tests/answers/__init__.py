"""Answers to the exercises, right and wrong, a file a lesson: they show what a check accepts and what it refuses.

A file tests/answers/<stem of the lesson>.py holds ANSWERS, {name of the check: Answers}.
"""

import importlib.util
from pathlib import Path
from typing import NamedTuple

from tools import lessons

FOLDER = Path(__file__).parent


class Answers(NamedTuple):
    """Answers to one exercise, functions by what they do, in words.

    right: at least two, another library or another idiom than the solution. wrong: at least three with `announced`,
    written by someone who tries to get through. announced: by the hint that the student must read.
    """

    right: dict
    wrong: dict
    announced: dict


def path(stem):
    """Return the path of the answers to the exercises of a lesson."""
    return FOLDER / f"{stem}.py"


def read(stem):
    """Return {name of the check: Answers} of a lesson."""
    place = importlib.util.spec_from_file_location(f"answers_{stem}", path(stem))
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module.ANSWERS


def stray():
    """Return the names of files that belong to no lesson."""
    return sorted({file.stem for file in FOLDER.glob("[0-9]*.py")} - set(lessons.stems()))

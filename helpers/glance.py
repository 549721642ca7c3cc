"""A small experiment on yourself: a picture for a moment, four names, and your score beside a network's."""

import io
import time
from typing import NamedTuple

import ipywidgets
import numpy as np
from IPython.display import display
from PIL import Image

from helpers.plots import plt

SIDE = "224px"


class Trial(NamedTuple):
    """One picture, uint8 RGB (H, W, 3); the names to choose from; the right one; a network's choice; its kind."""

    picture: np.ndarray
    options: tuple
    right: str
    network: str
    kind: str


class Score:
    """What was answered so far: add() takes an answer, table() and str() tell how many were right, you and network."""

    def __init__(self):
        self.answers = []

    def add(self, trial, answer):
        """Keep an answer to a Trial. Returns whether it is right. Raises ValueError for a name that was no option."""
        if answer not in trial.options:
            raise ValueError(f"{answer!r} is none of {list(trial.options)}.")
        self.answers.append((trial.kind, answer == trial.right, trial.network == trial.right))
        return answer == trial.right

    def table(self):
        """Return {kind: (pictures, right by you, right by the network)}, in the order of first appearance."""
        found = {}
        for kind, *values in self.answers:
            count, *before = found.get(kind, (0, 0, 0))
            found[kind] = (count + 1, *(old + new for old, new in zip(before, values, strict=True)))
        return found

    def __str__(self):
        count, you, network = (sum(column) for column in zip((0, 0, 0), *self.table().values(), strict=True))
        return f"{count} pictures: you {you} right, the network {network} right"


def run(trials, seconds=0.2):
    """Show the trials one by one, each for about so many seconds, then noise and its names as buttons. Returns a Score.

    trials: list of Trial. A second output is a still picture of the first four trials with their names. Raises
    ValueError for no trial.
    """
    if not trials:
        raise ValueError("run() needs one trial or more.")
    score, rest = Score(), list(trials)
    noise = np.random.default_rng(0).integers(0, 256, trials[0].picture.shape, np.uint8)
    picture = ipywidgets.Image(value=_png(noise), format="png", layout={"width": SIDE, "height": SIDE})
    start, told = ipywidgets.Button(description="show the next picture"), ipywidgets.HTML()
    names = [ipywidgets.Button(description="", disabled=True) for _ in trials[0].options]

    def show(_):
        start.disabled = True
        picture.value = _png(rest[0].picture)
        time.sleep(seconds)
        picture.value = _png(noise)
        for button, name in zip(names, rest[0].options, strict=True):
            button.description, button.disabled = name, False

    def answer(button):
        trial = rest.pop(0)
        good = score.add(trial, button.description)
        for other in names:
            other.disabled = True
        start.disabled = not rest
        told.value = f"{'right' if good else 'it is: ' + trial.right} ({trial.kind}). {score}."

    start.on_click(show)
    for button in names:
        button.on_click(answer)
    box = ipywidgets.VBox([picture, start, ipywidgets.HBox(names, layout={"flex_flow": "row wrap"}), told])
    display({**box._repr_mimebundle_(), "text/plain": "Run this cell to be tested."}, raw=True)
    _still(trials[:4])
    return score


def _still(trials):
    _, axes = plt.subplots(1, len(trials), figsize=(2.7 * len(trials), 3.4), squeeze=False)
    for axis, trial in zip(axes.flat, trials, strict=True):
        axis.imshow(trial.picture)
        axis.set_title("\n".join(trial.options), fontsize=11)
        axis.axis("off")
    plt.gcf().suptitle("Which of the four is it?")
    plt.show()


def _png(picture):
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "png")
    return buffer.getvalue()

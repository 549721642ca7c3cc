"""The experiment on yourself: its score, its buttons, its still picture."""

import matplotlib
import numpy as np
import pytest

from helpers import glance

matplotlib.use("Agg")


def trial(right="cat", network="dog", kind="scale"):
    return glance.Trial(np.zeros((8, 8, 3), np.uint8), ("cat", "dog", "hen", "ox"), right, network, kind)


def test_the_score_counts_you_and_the_network_by_kind():
    score = glance.Score()
    assert str(score) == "0 pictures: you 0 right, the network 0 right"
    assert score.add(trial(), "cat")
    assert not score.add(trial(right="ox", network="ox"), "hen")
    assert score.add(trial(network="cat", kind="motion"), "cat")
    assert score.table() == {"scale": (2, 1, 1), "motion": (1, 1, 1)}
    assert str(score) == "3 pictures: you 2 right, the network 2 right"
    with pytest.raises(ValueError, match="'cow' is none of"):
        score.add(trial(), "cow")


def test_a_click_shows_the_picture_and_a_second_one_answers(monkeypatch):
    boxes = []
    monkeypatch.setattr(glance, "display", lambda *args, **kwargs: None)
    made = glance.ipywidgets.VBox
    monkeypatch.setattr(glance.ipywidgets, "VBox", lambda *args: boxes.append(made(*args)) or boxes[-1])
    score = glance.run([trial(), trial(right="hen")], seconds=0)
    picture, start, names, told = boxes[0].children
    noise = picture.value
    assert all(button.disabled for button in names.children)
    start.click()
    assert [button.description for button in names.children] == ["cat", "dog", "hen", "ox"] and start.disabled
    assert picture.value == noise  # the picture is gone again
    names.children[0].click()
    assert told.value == "right (scale). 1 pictures: you 1 right, the network 0 right."
    start.click()
    names.children[0].click()
    assert told.value.startswith("it is: hen") and start.disabled and str(score).startswith("2 pictures: you 1")


def test_no_trial_is_refused():
    with pytest.raises(ValueError, match="one trial or more"):
        glance.run([])

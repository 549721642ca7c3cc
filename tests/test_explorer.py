"""helpers.explorer: a still picture for pages without a kernel, controls that redraw, mistakes told in a sentence."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image

from helpers import explorer

plt.switch_backend("Agg")
VIEW = "application/vnd.jupyter.widget-view+json"


def draw(grey, side=2):
    """Fill a figure of 3 by `side` inches with one grey; refuse 7."""
    if grey == 7:
        raise ValueError("grey < 7 or > 7")
    plt.figure(figsize=(3, side), facecolor=(grey / 10,) * 3)


@pytest.fixture
def explored(monkeypatch):
    """Return a function that explores and gives (outputs, controls by name, picture, message)."""

    def run(function=draw, **controls):
        outputs = []
        monkeypatch.setattr(explorer, "display", lambda data, raw: outputs.append((data, raw)))
        explorer.explore(function, **controls)
        assert all(raw for _, raw in outputs)
        outputs = [data for data, _ in outputs]
        rows, message, picture, _ = _instances[outputs[0][VIEW]["model_id"]].children
        return outputs, dict(zip(controls, rows.children, strict=True)), picture, message

    yield run
    assert plt.get_fignums() == [], "the explorer leaves figures open"


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"))


@pytest.mark.parametrize("side", [1, 2])
def test_a_second_output_is_a_still_picture_of_the_size_drawn(explored, side):
    (live, still), *_ = explored(grey=(0, 10, 1), side=[side])
    assert live["text/plain"] == "Run this cell to move the controls."
    assert VIEW not in still and not any(kind.startswith("image/") for kind in live)
    shown = pixels(base64.b64decode(still["image/png"]))
    assert shown.shape == (100 * side, 300)
    assert np.unique(shown).tolist() == [128]  # the slider starts in the middle, at 5


def test_a_control_redraws_with_its_value(explored):
    _, controls, picture, message = explored(grey=(0, 10, 1), side=[1, 2])
    controls["grey"].value = 10
    assert np.unique(pixels(picture.value)).tolist() == [255]
    controls["side"].value = 2
    assert pixels(picture.value).shape == (200, 300)
    assert message.value == ""


def test_a_mistake_stands_in_place_of_the_picture_and_the_controls_go_on(explored):
    _, controls, picture, message = explored(grey=(0, 10, 1))
    controls["grey"].value = 7
    assert picture.layout.display == "none"
    assert message.value == "<b>ValueError</b>: grey &lt; 7 or &gt; 7"
    controls["grey"].value = 0
    assert message.value == "" and pixels(picture.value).max() == 0
    assert picture.layout.display is None


def test_a_mistake_at_the_start_leaves_no_broken_picture(explored):
    (live,), controls, picture, message = explored(grey=[7, 10])
    assert VIEW in live
    assert "ValueError" in message.value
    controls["grey"].value = 10
    assert pixels(picture.value).min() == 255


def test_the_figure_of_a_failed_drawing_is_closed(explored):
    def fail(grey):
        plt.figure()
        raise KeyError(grey)

    explored(fail, grey=(0, 10, 1))  # the fixture looks at what is open


def test_the_picture_keeps_its_size_unless_the_screen_is_smaller(explored):
    _, _, picture, _ = explored(grey=(0, 10, 1))
    assert (picture.width, picture.layout.width) == ("", None)  # nothing stretches it
    assert (picture.layout.max_width, picture.layout.max_height) == ("100%", "62vh")


def test_controls_are_named_and_wait_for_the_mouse(explored):
    _, controls, *_ = explored(lambda noise_level: plt.figure(), noise_level=(0.0, 1.0, 0.1))
    assert controls["noise_level"].description == "noise level"
    assert controls["noise_level"].continuous_update is False

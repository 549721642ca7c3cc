"""helpers.plots: what is drawn is what was given, at the size and with the text that the course promises."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from skimage.color import rgb2lab

from helpers import plots

plt.switch_backend("Agg")
STEPS = np.array([[10, 20], [30, 200]], np.uint8)
HISTORY = {"loss": [3.0, 2.0, 1.5], "accuracy": [0.2, 0.5, 0.6], "val_loss": [3.5, 2.5, 2.4]}
COUNTS = np.array([[8, 2, 0], [1, 9, 0], [3, 3, 4]])
DRAWN = {
    "grid": lambda: plots.grid([STEPS] * 7, ["seven"] * 7, columns=7, size=9, title="all")[0],
    "compare": lambda: plots.compare(STEPS, STEPS // 2)[0],
    "histogram": lambda: plots.histogram(np.dstack([STEPS] * 3), title="counts"),
    "overlay": lambda: plots.overlay(STEPS, boxes=[(0, 0, 1, 1)], labels=["one"], title="box"),
    "curves": lambda: plots.curves({name: [1, 2] for name in ("loss", "a", "b", "c")}, title="four")[0],
    "confusion": lambda: plots.confusion(COUNTS, ["cat", "dog", "horse"], title="three"),
    "confusion of 20": lambda: plots.confusion(np.eye(20, dtype=int), [f"class {n}" for n in range(20)]),
}


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    plt.close("all")
    yield
    plt.close("all")


@pytest.mark.parametrize("name", DRAWN)
def test_size_and_text(name):
    figure = DRAWN[name]().figure
    figure.canvas.draw()
    assert figure.get_size_inches()[0] <= 11 and figure.dpi <= 110
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    assert texts
    assert [text.get_text() for text in texts if text.get_fontsize() < 10] == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.grid([]), "1 to 100 images, not 0"),
        (lambda: plots.grid([np.zeros(3)]), r"\(3,\)"),
        (lambda: plots.grid([STEPS, np.zeros((1, 2, 2, 3))]), r"\(1, 2, 2, 3\)"),
        (lambda: plots.grid([np.zeros((4, 4, 2))]), r"\(4, 4, 2\)"),
        (lambda: plots.grid([STEPS, STEPS], ["one"]), "1 title.* 2 image"),
        (lambda: plots.grid([STEPS], limits="all"), "'all'"),
        (lambda: plots.compare(STEPS, STEPS[:1]), r"\(2, 2\) and \(1, 2\)"),
        (lambda: plots.histogram(STEPS / 255), "float64"),
        (lambda: plots.histogram(STEPS.ravel()), r"\(4,\)"),
        (lambda: plots.overlay(STEPS, mask=np.ones((2, 3))), r"\(2, 3\).*\(2, 2\)"),
        (lambda: plots.curves({}), "no metric"),
        (lambda: plots.confusion(COUNTS, ["cat", "dog"]), r"2 class names.*\(3, 3\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_leaves_no_figure(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("image", "limits", "shown"),
    [
        (STEPS, "dtype", (0, 255)),
        (STEPS / 255, "dtype", (0, 1)),
        (STEPS > 20, "dtype", (0, 1)),
        (STEPS, "each", (10, 200)),
        (STEPS.astype(np.int16) - 100, "each", (-90, 100)),
        (STEPS, (50, 90), (50, 90)),
    ],
)
def test_grid_display_limits(image, limits, shown):
    axes = plots.grid([image, image], limits=limits)
    assert [axis.images[0].get_clim() for axis in axes] == [shown] * 2
    assert np.array_equal(axes[1].images[0].get_array(), image)


@pytest.mark.parametrize(
    ("image", "caption"),
    [(STEPS, "uint8, 10 to 200"), (STEPS > 20, "bool, 0 to 1"), (STEPS / 400, "float64, 0.025 to 0.5")],
)
def test_grid_caption_tells_dtype_and_range(image, caption):
    assert plots.grid([image])[0].get_xlabel() == caption
    assert plots.grid([image], ranges=False)[0].get_xlabel() == ""


def test_grid_fills_rows_and_hides_what_is_left():
    axes = plots.grid([STEPS] * 5, list("abcde"), columns=3)
    assert [axis.get_title() for axis in axes] == list("abcde")
    assert [axis.get_visible() for axis in axes[0].figure.axes] == [True] * 5 + [False]


def test_compare_shows_after_minus_before():
    after = np.array([[12, 20], [0, 205]], np.uint8)
    picture = plots.compare(STEPS, after)[2].images[0]
    assert picture.get_array().tolist() == [[2, 0], [-30, 5]]
    assert picture.get_clim() == (-30, 30)
    colour = np.zeros((1, 1, 3))
    assert plots.compare(colour, colour + [0.3, 0.6, 0])[2].images[0].get_array()[0, 0] == pytest.approx(0.3)


@settings(max_examples=25, deadline=None)
@given(hnp.arrays(np.uint8, st.one_of(hnp.array_shapes(min_dims=2, max_dims=2), st.just((5, 4, 3)))))
def test_histogram_plots_the_counts(image):
    lines = plots.histogram(image).lines
    channels = image.reshape(*image.shape[:2], -1)
    assert len(lines) == channels.shape[2]
    for number, line in enumerate(lines):
        assert np.array_equal(line.get_ydata(), np.bincount(channels[..., number].ravel(), minlength=256))
        assert np.array_equal(line.get_xdata(), np.arange(256))
    plt.close("all")


def test_overlay_boxes_labels_and_tint():
    axis = plots.overlay(np.zeros((9, 9)), np.eye(9), [(1, 2, 5, 8), (0, 0, 3, 1)], ["nodule"], colour="#FF0000")
    assert [patch.get_bbox().extents.tolist() for patch in axis.patches] == [[1, 2, 5, 8], [0, 0, 3, 1]]
    assert [text.get_text() for text in axis.texts] == ["nodule"]
    tint = axis.images[1].get_array()
    assert np.array_equal(tint[..., 3] > 0, np.eye(9, dtype=bool))
    assert tint[0, 0, :3].tolist() == [1, 0, 0]


def test_curves_have_one_axis_a_metric_with_its_values():
    drawn = {
        axis.get_ylabel(): {line.get_label(): line.get_xydata().tolist() for line in axis.lines}
        for axis in plots.curves(HISTORY)
    }
    assert drawn == {
        "loss": {"training": [[1, 3], [2, 2], [3, 1.5]], "validation": [[1, 3.5], [2, 2.5], [3, 2.4]]},
        "accuracy": {"training": [[1, 0.2], [2, 0.5], [3, 0.6]]},
    }


def test_confusion_shows_counts_in_their_cells_coloured_by_share():
    axis = plots.confusion(COUNTS, ["cat", "dog", "horse"])
    shown = {(int(text.get_position()[1]), int(text.get_position()[0])): int(text.get_text()) for text in axis.texts}
    assert shown == {place: COUNTS[place] for place in np.ndindex(3, 3)}
    assert [label.get_text() for label in axis.get_yticklabels()] == ["cat", "dog", "horse"]
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("predicted", "true")
    np.testing.assert_allclose(axis.images[0].get_array(), COUNTS / 10)


def test_lines_are_told_apart_without_colour():
    cycle = plt.rcParams["axes.prop_cycle"]
    assert [line["color"] for line in cycle] == plots.COLOURS
    light = [rgb2lab(to_rgb(line["color"]))[0] for line in cycle]
    styles = [line["linestyle"] for line in cycle]
    pairs = [(one, two) for two in range(len(light)) for one in range(two)]
    assert [
        pair for pair in pairs if len({styles[n] for n in pair}) == 1 and np.ptp([light[n] for n in pair]) < 15
    ] == []
    grey = np.sort([np.dot(to_rgb(colour), [0.299, 0.587, 0.114]) for colour in plots.COLOURS[:4]])
    assert np.diff(grey).min() > 0.04


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.grid(np.zeros((400, 600, 3), np.uint8)), r"not one image \(400, 600, 3\): give \[image\]"),
        (lambda: plots.grid([STEPS] * 101), "101 images"),
        (lambda: plots.grid([np.zeros((900, 20), np.uint8)] * 8, columns=1), "inches high"),
        (lambda: plots.grid([STEPS], columns=0), "columns is 0"),
        (lambda: plots.grid([np.zeros((0, 4))]), "with pixels"),
        (lambda: plots.grid([np.array([["a"]])]), "not <U1"),
        (lambda: plots.grid([STEPS.astype(float)]), "nearly all of it black or white"),
        (lambda: plots.grid([np.array([[-1000, 400]], np.int16)]), "int16 from -1000 to 400"),
        (lambda: plots.overlay(STEPS.astype(np.uint16) * 200), "uint16"),
    ],
)
def test_what_would_be_drawn_all_white_or_without_end_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    assert not plt.get_fignums()


def test_a_difference_keeps_the_unit_of_its_images():
    axes = plots.compare(STEPS.astype(float) / 255, STEPS / 510)
    assert axes[2].images[0].get_array().min() == pytest.approx(-float(STEPS.max()) / 510)
    plt.close("all")

"""helpers.animation: an animation plays without a kernel; the live loop keeps no frame, in memory or in the output."""

import gc
import io
import weakref

import ipywidgets
import numpy as np
import pytest
from PIL import Image

from helpers import animation, faces


def pictures(count, shape=(20, 30, 3)):
    return [np.full(shape, 20 * number, np.uint8) for number in range(count)]


def test_boxes_and_texts_of_a_place_have_one_colour_and_the_picture_stays():
    picture = np.zeros((80, 120, 3), np.uint8)
    drawn = animation.annotate(picture, [None, (20, 20, 60, 60)], ["one", "two"])
    assert drawn.shape == (80 + 2 * animation.LINE, 120, 3) and not picture.any()
    assert tuple(drawn[20, 40]) == animation.INKS[1] and not drawn[:80][:, 70:].any()
    second = drawn[80 + animation.LINE :].astype(int) - animation.INKS[1]
    assert np.abs(second).max(axis=2).min() < 60  # thin letters are softened
    assert animation.annotate(picture).shape == picture.shape


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 3)])
def test_an_animation_is_a_gif_that_repeats(shape):
    shown = animation.animation(pictures(5, shape), milliseconds=120)
    film = Image.open(io.BytesIO(shown.data))
    assert (film.format, film.n_frames, film.size) == ("GIF", 5, (30, 20))
    assert film.info["duration"] == 120 and film.info["loop"] == 0


def test_few_colours_keep_those_of_the_boxes():
    grey = np.repeat(np.random.default_rng(0).integers(0, 256, (40, 60, 1), dtype=np.uint8), 3, axis=2)
    film = Image.open(io.BytesIO(animation.animation([animation.annotate(grey, [(10, 10, 30, 30)])], 100, 12).data))
    assert film.convert("RGB").getpixel((20, 10)) == animation.INKS[0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (([],), "not none"),
        (([*pictures(1), np.zeros((9, 9, 3), np.uint8)],), r"uint8 \(20, 30, 3\), uint8 \(9, 9, 3\)|uint8 \(9, 9, 3\)"),
        (([np.zeros((9, 9))],), "float64"),
        ((pictures(2), 5), "milliseconds is 5"),
        ((pictures(2), 50, 8), "colours is 8"),
    ],
)
def test_what_is_no_animation_is_named(given, message):
    with pytest.raises(ValueError, match=message):
        animation.animation(*given)


class Frame(np.ndarray):
    """An array that can be watched by a weak reference."""


def camera(count, alive):
    for number in range(count):
        frame = np.full((24, 32, 3), number, np.uint8).view(Frame)
        alive.append(weakref.ref(frame))
        yield frame
        del frame
        gc.collect()
        assert alive[-1]() is None, "a frame outlives its turn"


@pytest.fixture
def screens(monkeypatch):
    """The widgets that a test makes, with all values that they held, and what was displayed."""
    made = {"screens": [], "values": [], "shown": []}

    class Screen(ipywidgets.Image):
        def __init__(self, **traits):
            super().__init__(**traits)
            made["screens"].append(self)
            self.observe(lambda change: made["values"].append(len(change.new)), "value")

    monkeypatch.setattr(animation.ipywidgets, "Image", Screen)
    monkeypatch.setattr(animation, "display", lambda bundle, raw: made["shown"].append(bundle))
    return made


def test_the_live_loop_shows_every_frame_and_keeps_none(screens, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    alive = []
    assert animation.live(camera(4, alive), lambda frame: np.asarray(frame) + 1) == 4
    gc.collect()
    assert len(alive) == 4 and not any(one() is not None for one in alive)
    (screen,) = screens["screens"]
    assert [size > 0 for size in screens["values"]] == [True] * 4 + [False]  # pictures, then nothing
    assert bytes(screen.value) == b"" and screen.comm is None  # emptied and closed
    (bundle,) = screens["shown"]  # what a notebook would save: a reference and a sentence
    assert not any("image" in kind for kind in bundle) and "nothing" in bundle["text/plain"]
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_loop_keeps_nothing_either_and_frees_the_camera(screens, monkeypatch):
    released = []

    class Camera:
        def __init__(self, number): ...

        def read(self):
            return True, np.zeros((8, 8, 3), np.uint8)

        def release(self):
            released.append(True)

    def step(frame, seen=[]):  # noqa: B006
        seen.append(1)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return frame

    monkeypatch.setattr(faces.cv2, "VideoCapture", Camera)
    stream = faces.webcam(10)
    with pytest.raises(KeyboardInterrupt):
        animation.live(stream, step)
    stream.close()
    assert bytes(screens["screens"][0].value) == b"" and released == [True]


def test_no_camera_shows_nothing(screens):
    assert animation.live(iter(()), lambda frame: frame) == 0
    assert bytes(screens["screens"][0].value) == b""


def test_the_loop_of_the_lesson_keeps_no_picture():
    from tools import lessons

    names = lessons.run_cells("09e_emotion_live", ("setup",))
    lessons.run_cells("09e_emotion_live", ("experiment",), names)
    (cell,) = [cell for cell in lessons.read_text("09e_emotion_live").cells if "def loop(" in cell.source]
    exec(cell.source, names)
    show, frames = names["loop"](), names["clip"](1, 3)
    for frame in frames:
        assert show(frame).shape[1:] == frame.shape[1:]
    boxes = [value for value in _kept(show) if isinstance(value, np.ndarray) and value.ndim > 1]
    assert boxes == []  # a box of four numbers and seven probabilities, no image


def _kept(function):
    """Yield all that the closures of a function hold."""
    for cell in function.__closure__ or ():
        value = cell.cell_contents
        yield from value if isinstance(value, list) else [value]
        if callable(value) and getattr(value, "__closure__", None):
            yield from _kept(value)

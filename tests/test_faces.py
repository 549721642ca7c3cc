"""helpers.faces and the network trained on FER2013: the astronaut is found, and called happy."""

import numpy as np
import pytest

from helpers import faces, samples
from helpers.datasets import emotion
from helpers.networks import mini_xception

BOX = (174, 64, 272, 162)


@pytest.fixture(scope="module")
def network():
    return mini_xception.mini_xception()


def test_the_astronaut_is_happy(network):
    image = samples.load("astronaut")
    (box,) = faces.find(image)
    (probabilities,) = network(faces.crop(image, box)[None], training=False).numpy()
    assert network.count_params() == 58_423
    assert emotion.NAMES[probabilities.argmax()] == "happy" and probabilities.max() > 0.9
    assert probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_missing_and_damaged_weights_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.hdf5.*missing"):
        mini_xception.mini_xception(tmp_path / "nowhere.hdf5")
    cut = tmp_path / "cut.hdf5"
    cut.write_bytes(mini_xception.WEIGHTS.read_bytes()[:-100])
    with pytest.raises(ValueError, match=r"cut\.hdf5: damaged"):
        mini_xception.mini_xception(cut)


def test_the_licence_ships_with_the_weights():
    assert "MIT License" in (mini_xception.WEIGHTS.parent / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("scale", [1, 2])
def test_boxes_are_in_pixels_of_the_image_whatever_its_size(scale):
    image = samples.load("astronaut").repeat(scale, axis=0).repeat(scale, axis=1)
    (box,) = faces.find(image)
    assert np.abs(box / scale - BOX).max() < 12


def test_no_face_gives_no_box():
    assert faces.find(samples.load("coffee")).shape == (0, 4)
    assert faces.find(np.zeros((100, 100), np.uint8)).shape == (0, 4)


def test_a_crop_of_the_same_size_is_a_slice():
    image = np.random.default_rng(0).integers(0, 256, (100, 120), dtype=np.uint8)
    crop = faces.crop(image, (20, 30, 84, 94))
    assert crop.shape == (64, 64, 1) and crop.dtype == np.float32
    assert np.allclose(crop[..., 0], image[30:94, 20:84] / 127.5 - 1, atol=0.02)


def test_margin_and_border():
    image = np.full((50, 50), 255, np.uint8)
    assert (faces.crop(image, (0, 0, 50, 50), margin=0.5) == 1).all()  # the border goes on
    image[:25] = 0
    assert faces.crop(image, (10, 20, 40, 30), 32)[0, 0, 0] == -1  # a wide box becomes a square


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="x1 < x2"):
        faces.crop(np.zeros((9, 9), np.uint8), (5, 5, 5, 8))
    with pytest.raises(ValueError, match="float64"):
        faces.find(np.zeros((9, 9)))


class Camera:
    """Stands in for cv2.VideoCapture: `good` frames, blue in BGR, then none."""

    last = None

    def __init__(self, number):
        self.left, self.closed, Camera.last = number, False, self

    def read(self):
        self.left -= 1
        return self.left >= 0, np.array([[[255, 0, 0]]], np.uint8) if self.left >= 0 else None

    def release(self):
        self.closed = True


def test_webcam_gives_rgb_and_is_closed(monkeypatch):
    monkeypatch.setattr(faces.cv2, "VideoCapture", Camera)
    frames = list(faces.webcam(5, number=3))  # three frames, then the camera is unplugged
    assert len(frames) == 3 and frames[0].tolist() == [[[0, 0, 255]]] and Camera.last.closed
    stream = faces.webcam(5, number=3)
    next(stream)
    stream.close()
    assert Camera.last.closed
    assert list(faces.webcam(5, number=0)) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda image: faces.crop(image, (0, 0, np.nan, 9)), "not finite"),
        (lambda image: faces.crop(image, (0, 0, 1e9, 1e9)), "far larger than the image"),
        (lambda image: faces.crop(image, (0, 0, 9, 9), margin=-0.5), "margin is -0.5"),
        (lambda image: faces.crop(image, (0, 0, 9, 9), size=0), "size is 0"),
        (lambda image: faces.find(image[:0]), r"the photograph is uint8 \(0,"),
        (lambda image: faces.find(image / 255), "astype"),
        (lambda image: faces.find(image, width=-240), "width is -240"),
    ],
)
def test_what_is_no_photograph_or_box_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call(samples.load("astronaut"))

"""helpers.datasets.pictures: whole, upright, 8 bits, by one rule; checked against OpenCV and TensorFlow."""

import subprocess
import sys

import cv2
import numpy as np
import pytest
from PIL import Image

from helpers.datasets import pictures
from tools.lessons import ROOT

PICTURE = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
GREY = PICTURE[..., 0]


def save(path, values, **options):
    Image.fromarray(values).save(path, **options)
    return path


def test_rgb_and_grey_as_opencv_reads_them(tmp_path):
    path = save(tmp_path / "a.png", PICTURE)
    np.testing.assert_array_equal(pictures.read(path), cv2.imread(str(path))[..., ::-1])
    difference = pictures.read(path, grey=True).astype(int) - cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    assert np.abs(difference).max() <= 1
    np.testing.assert_array_equal(pictures.read(save(tmp_path / "b.png", GREY)), np.dstack([GREY] * 3))


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_16_bits_are_scaled_by_their_range_as_opencv_does(tmp_path, suffix):
    values = np.linspace(0, 65535, 600).astype(np.uint16).reshape(20, 30)
    found = pictures.read(save(tmp_path / f"a.{suffix}", values), grey=True)
    assert (found.min(), found.max()) == (0, 255)
    other = cv2.imread(str(tmp_path / f"a.{suffix}"), cv2.IMREAD_GRAYSCALE)
    assert np.abs(found.astype(int) - other).max() <= 1
    dark = pictures.read(save(tmp_path / f"b.{suffix}", values // 16), grey=True)
    assert dark.max() == 16  # 12 bits stay dark: two images of a set stay comparable


@pytest.mark.parametrize("top", [1.0, 255.0])
def test_floats_are_0_to_1_or_0_to_255(tmp_path, top):
    values = np.linspace(0, top, 600, dtype=np.float32).reshape(20, 30)
    found = pictures.read(save(tmp_path / "a.tif", values))
    assert found.shape == (20, 30, 3) and (found.min(), found.max()) == (0, 255)
    assert (np.diff(found[..., 0].ravel().astype(int)) >= 0).all()


@pytest.mark.parametrize(
    "values",
    [
        np.full((4, 4), -5, np.int32),
        np.full((4, 4), 70_000, np.int32),
        np.full((4, 4), np.nan, np.float32),
        np.full((4, 4), -0.5, np.float32),
        np.full((4, 4), 300.0, np.float32),
    ],
)
def test_values_that_no_rule_covers_are_refused(tmp_path, values):
    with pytest.raises(ValueError, match=r"a\.tif holds values from"):
        pictures.read(save(tmp_path / "a.tif", values))


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_turned_as_its_camera_notes(tmp_path, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    ramp = np.add.outer(np.arange(0, 160, 8), np.arange(0, 60, 2)).astype(np.uint8)
    path = save(tmp_path / "a.jpg", ramp, exif=exif, quality=100)
    other = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    found = pictures.read(path, grey=True)
    assert found.shape == other.shape == ((20, 30) if turn < 5 else (30, 20))
    assert np.abs(found.astype(int) - other).max() <= 2


FILES = {  # name: (how it is written, what check says of it; "" for nothing)
    "rgb.png": (lambda path: save(path, PICTURE), ""),
    "grey.jpg": (lambda path: save(path, GREY), ""),
    "a.gif": (lambda path: save(path, PICTURE), ""),
    "a.webp": (lambda path: save(path, PICTURE), ""),
    "24.bmp": (lambda path: save(path, PICTURE), ""),
    "8.bmp": (lambda path: save(path, GREY), ""),
    "1.bmp": (lambda path: Image.fromarray(GREY).convert("1").save(path), "BMP of 1 bit"),
    "film.webp": (
        lambda path: save(path, PICTURE, save_all=True, append_images=[Image.fromarray(PICTURE[::-1])]),
        "animated WebP",
    ),
    "a.tif": (lambda path: save(path, PICTURE), "TIFF"),
    "cut.jpg": (lambda path: cut(save(path, PICTURE), 0.6), "not a whole image"),
    "cut.png": (lambda path: cut(save(path, PICTURE), 0.6), "not a whole image"),
    "end.png": (lambda path: path.write_bytes(save(path, PICTURE).read_bytes()[:-12]), "lost its end"),
    "empty.png": (lambda path: path.write_bytes(b""), "no image"),
    "text.png": (lambda path: path.write_text("hello"), "no image"),
    "page.jpg": (lambda path: path.write_text("<html></html>"), "web page"),
    "pointer.jpg": (lambda path: path.write_text("version https://git-lfs.github.com/spec/v1"), "Git LFS"),
    "._a.jpg": (lambda path: path.write_bytes(b"\x00\x05\x16\x07" + bytes(50)), "macOS"),
}


def cut(path, share):
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("pictures")
    for name, (write, _) in FILES.items():
        write(place / name)
    return place


@pytest.mark.parametrize("name", FILES)
def test_check_names_file_and_reason(folder, name):
    reason = FILES[name][1]
    if not reason:
        assert pictures.check(folder / name) is None
        return
    with pytest.raises(ValueError, match=reason) as caught:
        pictures.check(folder / name)
    assert name in str(caught.value)


DECODE = """
import sys, tensorflow as tf
for path in sys.argv[1:]:
    try:
        tf.io.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
        print(1)
    except tf.errors.InvalidArgumentError:
        print(0)
"""


def test_what_passes_is_what_tensorflow_decodes(folder):
    names = [name for name in FILES if not name.endswith(".tif")]
    command = [sys.executable, "-c", DECODE, *(str(folder / name) for name in names)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]
    decoded = dict(zip(names, done.stdout.split(), strict=True))
    assert decoded == {name: "0" if FILES[name][1] else "1" for name in names}


def test_a_picture_that_unfolds_to_gigabytes_is_named(tmp_path, monkeypatch):
    path = save(tmp_path / "a.png", PICTURE)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(ValueError, match=r"a\.png is not a whole image"):
        pictures.read(path)
    with pytest.raises(FileNotFoundError, match=r"gone\.png is missing"):
        pictures.read(tmp_path / "gone.png")

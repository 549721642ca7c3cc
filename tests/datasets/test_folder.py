"""helpers.datasets.folder: a folder of images is checked file by file before Keras reads it."""

import numpy as np
import pytest
from PIL import Image

from helpers.datasets import folder


@pytest.fixture
def images(tmp_path):
    """Two classes: three PNG cats, one JPEG and one GIF dog, and a note that is no image."""
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8))
    for name in ("cat/1.png", "cat/2.PNG", "cat/more/3.png", "dog/1.jpg", "dog/2.gif"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        noise.save(path)
    (tmp_path / "dog" / "notes.txt").write_text("ignored")
    return tmp_path


def sentence(caught, *names):
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and ". " not in message
    assert all(name in message for name in names), message


def test_counts_each_class(images):
    assert folder.check_images(images) == {"cat": 3, "dog": 2}


def test_hidden_folders_are_passed_over_but_keras_takes_hidden_files(images):
    (images / ".git").mkdir()
    assert folder.check_images(images) == {"cat": 3, "dog": 2}
    (images / "dog" / "._1.png").write_bytes(b"\x00\x05\x16\x07 left by a file manager")
    with pytest.raises(ValueError) as caught:
        folder.check_images(images)
    sentence(caught, "._1.png", "macOS", "delete it")


def test_an_animated_webp_and_a_bmp_of_one_bit_are_named(images):
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(images / "cat" / "4.png", format="WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(ValueError) as caught:
        folder.check_images(images)
    sentence(caught, "4.png", "animated WebP")
    frames[0].convert("1").save(images / "cat" / "4.png", format="BMP")
    with pytest.raises(ValueError) as caught:
        folder.check_images(images)
    sentence(caught, "4.png", "BMP")


def test_a_text_file_named_png(images):
    (images / "cat" / "4.png").write_text("hello")
    with pytest.raises(ValueError, match="is no image") as caught:
        folder.check_images(images)
    sentence(caught, "4.png")


@pytest.mark.parametrize("name", ["cat/1.png", "dog/1.jpg"])
@pytest.mark.parametrize("share", [0, 0.05, 0.5])
def test_a_file_cut_short(images, name, share):
    path = images / name
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(ValueError) as caught:
        folder.check_images(images)
    sentence(caught, path.name, "replace it")


def test_a_format_that_tensorflow_does_not_decode(images):
    Image.new("RGB", (4, 4)).save(images / "cat" / "4.png", format="TIFF")
    with pytest.raises(ValueError) as caught:
        folder.check_images(images)
    sentence(caught, "4.png", "TIFF")


def test_another_decodable_format_under_a_wrong_name_is_accepted(images):
    Image.new("RGB", (4, 4)).save(images / "cat" / "4.png", format="JPEG")
    assert folder.check_images(images)["cat"] == 4


def test_wrong_path(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        folder.check_images(tmp_path / "nowhere")
    sentence(caught, "nowhere")


def test_empty_folder(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        folder.check_images(tmp_path)
    sentence(caught, tmp_path.name, "no subfolder")


def test_class_without_images(images):
    (images / "eel").mkdir()
    with pytest.raises(FileNotFoundError) as caught:
        folder.check_images(images)
    sentence(caught, "eel", "no image")

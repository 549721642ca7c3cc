"""helpers.datasets.clothes: the shipped part of Fashion-MNIST, the IDX format, and what is said of a bad file."""

import gzip
import struct

import numpy as np
import pytest
from hypothesis import given, strategies as st

from helpers.datasets import clothes
from tools import make_clothes

TRAIN_IMAGES, TRAIN_LABELS = clothes.PAIRS[0]


def write(folder, count=20, names=clothes.PAIRS, suffix=".gz", pack=gzip.compress):
    """Write a small set in the public format; return its arrays."""
    rng, arrays = np.random.default_rng(0), []
    for images, labels in names:
        x = rng.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        y = (np.arange(count) % 10).astype(np.uint8)
        (folder / f"{images}{suffix}").write_bytes(pack(struct.pack(">4i", 2051, *x.shape) + x.tobytes()))
        (folder / f"{labels}{suffix}").write_bytes(pack(struct.pack(">2i", 2049, count) + y.tobytes()))
        arrays.append((x, y))
    return arrays


def sentence(caught, *names):
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and ". " not in message
    assert all(name in message for name in names), message


def test_the_shipped_part_is_balanced_and_small():
    (x_train, y_train), (x_test, y_test) = clothes.load()
    assert (x_train.shape, x_test.shape) == ((6000, 28, 28), (1000, 28, 28))
    assert {array.dtype for array in (x_train, y_train, x_test, y_test)} == {np.dtype("uint8")}
    assert np.bincount(y_train).tolist() == [600] * 10
    assert np.bincount(y_test).tolist() == [100] * 10
    assert len(clothes.NAMES) == 10
    assert sum(path.stat().st_size for path in clothes.FOLDER.iterdir()) < 5_000_000


def test_no_image_is_in_both_parts():
    (x_train, _), (x_test, _) = clothes.load()
    assert not {image.tobytes() for image in x_train} & {image.tobytes() for image in x_test}


def test_the_pixels_are_those_of_fashion_mnist():
    # The published mean and spread of its training pixels, scaled to 0..1, are 0.2860 and 0.3530.
    (x_train, _), _ = clothes.load()
    assert x_train.mean() / 255 == pytest.approx(0.2860, abs=0.005)
    assert x_train.std() / 255 == pytest.approx(0.3530, abs=0.005)


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), ("", bytes)])
def test_another_folder_reads_the_same_gzipped_or_plain(tmp_path, suffix, pack):
    written = write(tmp_path, suffix=suffix, pack=pack)
    for (x, y), (x_read, y_read) in zip(written, clothes.load(tmp_path), strict=True):
        np.testing.assert_array_equal(x, x_read)
        np.testing.assert_array_equal(y, y_read)


def test_names_with_a_dot_are_found(tmp_path):
    dotted = [tuple(name.replace("-idx", ".idx") for name in pair) for pair in clothes.PAIRS]
    write(tmp_path, names=dotted, suffix="", pack=bytes)
    assert clothes.load(tmp_path)[0][0].shape == (20, 28, 28)


def test_a_plain_file_comes_before_the_gzipped_one(tmp_path):
    write(tmp_path, count=20)
    write(tmp_path, count=30, suffix="", pack=bytes)
    assert len(clothes.load(tmp_path)[0][0]) == 30


def test_wrong_path(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        clothes.load(tmp_path / "nowhere")
    sentence(caught, "nowhere", "is not a folder")


def test_empty_folder(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        clothes.load(tmp_path)
    sentence(caught, tmp_path.name, f"{TRAIN_IMAGES}.gz")


@pytest.mark.parametrize("keep", [0, 3, 10, 17, 500, -1])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_truncated_idx(tmp_path, keep, pack):
    write(tmp_path)
    path = tmp_path / f"{TRAIN_IMAGES}.gz"
    path.write_bytes(pack(gzip.decompress(path.read_bytes())[:keep]))
    with pytest.raises(ValueError, match="is cut short") as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_IMAGES, "again")


@pytest.mark.parametrize("keep", [2, 5, 30, 500, -4])
def test_truncated_gzip(tmp_path, keep):
    write(tmp_path)
    path = tmp_path / f"{TRAIN_IMAGES}.gz"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match="cut short or damaged") as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_IMAGES)


def test_too_long(tmp_path):
    write(tmp_path, suffix="", pack=bytes)
    with (tmp_path / TRAIN_IMAGES).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ValueError, match="is too long") as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_IMAGES)


def test_wrong_magic_number(tmp_path):
    write(tmp_path)
    (tmp_path / f"{TRAIN_IMAGES}.gz").write_bytes((tmp_path / f"{TRAIN_LABELS}.gz").read_bytes())
    with pytest.raises(ValueError) as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_IMAGES, "2049", "2051")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello, IDX", "IDX images begin with 2051"),
        ("<html>not found</html>", "is a web page"),
        ("version https://git-lfs.github.com/spec/v1\noid", "is a pointer of Git LFS"),
    ],
)
def test_a_text_file_is_not_idx(tmp_path, text, reason):
    write(tmp_path)
    (tmp_path / f"{TRAIN_IMAGES}.gz").write_text(text)
    with pytest.raises(ValueError, match=reason) as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_IMAGES)


def test_labels_and_images_disagree(tmp_path):
    write(tmp_path)
    (tmp_path / f"{TRAIN_LABELS}.gz").write_bytes(struct.pack(">2i", 2049, 3) + bytes(3))
    with pytest.raises(ValueError) as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_LABELS, "3 labels", "20 images")


def test_label_above_nine(tmp_path):
    write(tmp_path)
    (tmp_path / f"{TRAIN_LABELS}.gz").write_bytes(struct.pack(">2i", 2049, 20) + bytes(19) + b"\x0a")
    with pytest.raises(ValueError) as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_LABELS, "label 10", "19")


def test_images_of_another_size(tmp_path):
    write(tmp_path)
    (tmp_path / f"{TRAIN_IMAGES}.gz").write_bytes(struct.pack(">4i", 2051, 20, 8, 8) + bytes(20 * 64))
    with pytest.raises(ValueError) as caught:
        clothes.load(tmp_path)
    sentence(caught, TRAIN_IMAGES, "(8, 8)")


@given(st.lists(st.integers(0, 255), max_size=40))
def test_written_and_read_back(tmp_path_factory, values):
    array = np.array(values, np.uint8)
    path = tmp_path_factory.mktemp("idx") / "labels"
    path.write_bytes(make_clothes.idx_bytes(array))
    np.testing.assert_array_equal(clothes.read_idx(path, clothes.LABELS_MAGIC), array)


@given(st.integers(1, 5), st.integers(0, 9))
def test_the_choice_is_balanced_and_repeatable(per_class, seed):
    labels = np.repeat(np.arange(10, dtype=np.uint8), 7)
    first, again = (make_clothes.choose(labels, per_class, np.random.default_rng(seed)) for _ in range(2))
    assert np.bincount(labels[first]).tolist() == [per_class] * 10
    assert len(set(first.tolist())) == 10 * per_class
    np.testing.assert_array_equal(first, again)


def test_the_script_writes_the_same_bytes_twice(tmp_path, monkeypatch):
    source = tmp_path / "source"
    source.mkdir()
    write(source, count=50)
    monkeypatch.setattr(make_clothes, "PER_CLASS", (3, 2))
    for target in ("one", "two"):
        make_clothes.main(source, tmp_path / target)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == sorted(f"{name}.gz" for pair in clothes.PAIRS for name in pair)
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in files)
    (_, y_train), (_, y_test) = clothes.load(tmp_path / "one")
    assert (np.bincount(y_train).tolist(), np.bincount(y_test).tolist()) == ([3] * 10, [2] * 10)


def test_a_header_that_announces_more_than_a_number_holds(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(clothes.IMAGES_MAGIC.to_bytes(4, "big") + b"\x00\x40\x00\x00" * 3)
    with pytest.raises(ValueError, match="is cut short, 16 bytes where"):
        clothes.read_idx(path, clothes.IMAGES_MAGIC)

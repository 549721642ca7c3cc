"""Make data/fashion_mnist from the whole of Fashion-MNIST. It was run once; rerun, it writes the same bytes.

apt-get install dataset-fashion-mnist
python -m tools.make_clothes /usr/share/datasets/fashion-mnist
"""

import gzip
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from helpers.datasets import clothes

PER_CLASS = (600, 100)  # images of each class: train, test
SEED = 0


def choose(labels, per_class, rng):
    """Return the sorted positions of `per_class` labels of each class, chosen at random. labels: (N,) uint8."""
    chosen = [rng.choice(np.flatnonzero(labels == label), per_class, replace=False) for label in np.unique(labels)]
    return np.sort(np.concatenate(chosen))


def idx_bytes(array):
    """Return the gzipped IDX file of a uint8 array (N,) or (N, H, W); no time and no name in its header."""
    magic = (0x0800 + array.ndim).to_bytes(4, "big")
    return gzip.compress(magic + np.array(array.shape, ">u4").tobytes() + array.tobytes(), compresslevel=9, mtime=0)


def main(source, target=clothes.FOLDER):
    """Write the four files of the subset of `source` to `target`, each by a rename."""
    rng, target = np.random.default_rng(SEED), Path(target)
    target.mkdir(parents=True, exist_ok=True)
    for (images, labels), names, per_class in zip(clothes.load(source), clothes.PAIRS, PER_CLASS, strict=True):
        chosen = choose(labels, per_class, rng)
        for name, array in zip(names, (images[chosen], labels[chosen]), strict=True):
            path = target / f"{name}.gz"
            with tempfile.NamedTemporaryFile(dir=target, delete=False) as file:
                file.write(idx_bytes(array))
            os.chmod(file.name, 0o644)
            os.replace(file.name, path)
            print(f"{path.name}: {len(array):,}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the folder that holds the four files of Fashion-MNIST.")
    main(sys.argv[1])

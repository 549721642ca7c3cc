"""What lesson 10f needs to make pictures of clothes from words: a linear autoencoder, a velocity network, a judge.

The weights ship in data/generator/, half precision, without pickles: `space.npz` (the autoencoder and the judge) and
`velocity.npz` (the velocity network). Both were made from data/fashion_mnist alone, by tools/make_generator.py.

Sources: Lipman et al. Flow matching for generative modeling. ICLR 2023. arXiv:2210.02747.
Rombach et al. High-resolution image synthesis with latent diffusion models. CVPR 2022. arXiv:2112.10752.

>>> from helpers.networks import generator
>>> space = generator.space()
>>> space.decode(space.encode(pictures)).shape      # pictures: uint8 (N, 28, 28)
(N, 28, 28)
"""

import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras

FOLDER = Path(__file__).resolve().parents[2] / "data" / "generator"
SPACE, VELOCITY = "space.npz", "velocity.npz"
SIDE, NUMBERS, WORD, CLASSES = 28, 64, 100, 10
MEND = "Restore it: git checkout -- data/generator"


class Space(NamedTuple):
    """A linear autoencoder: `mean` (784,), `axes` (D, 784) of length 1 and perpendicular, `scale` (D,).

    scale: what a number of the code is worth along its axis, so chosen that each number has mean 0 and spread 1 over
    the training pictures.
    """

    mean: np.ndarray
    axes: np.ndarray
    scale: np.ndarray

    def encode(self, pictures):
        """Return the D numbers of each picture, float32 (N, D). pictures: uint8, or float in 0..1."""
        pictures = np.asarray(pictures)
        flat = pictures.reshape(len(pictures), -1) / (255 if pictures.dtype == np.uint8 else 1)
        return ((flat - self.mean) @ self.axes.T / self.scale).astype(np.float32)

    def decode(self, numbers):
        """Return the pictures of (N, D) numbers, float32 (N, 28, 28) in 0..1: what lies outside is cut off."""
        flat = (np.asarray(numbers) * self.scale) @ self.axes + self.mean
        return np.clip(flat, 0, 1).reshape(-1, SIDE, SIDE).astype(np.float32)


def space(folder=FOLDER):
    """Return the Space of 64 numbers, NUMBERS, that the shipped velocity network works in.

    Raises FileNotFoundError or ValueError, naming the file: missing or damaged.
    """
    path = Path(folder) / SPACE
    arrays = _read(path)
    if not set(Space._fields) <= set(arrays):
        raise ValueError(f"{path}: damaged, it lacks one of {', '.join(Space._fields)}. {MEND}")
    return Space(*(arrays[name] for name in Space._fields))


def velocity_network(numbers=NUMBERS, words=WORD, width=320, blocks=3, seed=0):
    """Return an untrained network from (x, t, word vector) to a velocity: (N, D), (N, 1) in 0..1, (N, 100) → (N, D).

    For data of mean 0 and spread 1. The first answer is the exact field of a Gaussian, all words alike: (2t − 1) x /
    total², where total² = t² + (1 − t)² is the variance of x. What the network learns is added to that, in units of
    what a Gaussian leaves uncertain, 1 / total. The time enters as sines and cosines, the words times ten, both once,
    at the start; each of the `blocks` adds to what it was given.
    Source of the scaling: Karras et al. Elucidating the design space of diffusion-based generative models. NeurIPS
    2022. arXiv:2206.00364.
    """
    keras.utils.set_random_seed(seed)
    layers, ops = keras.layers, keras.ops
    x, t, word = keras.Input((numbers,), name="x"), keras.Input((1,), name="t"), keras.Input((words,), name="word")
    angles = t * ops.exp(ops.linspace(0.0, 5.0, 16))[None]
    given = layers.Concatenate()([ops.sin(angles), ops.cos(angles), 10 * word])
    total = ops.sqrt(t**2 + (1 - t) ** 2)
    y = layers.Dense(width)(layers.Concatenate()([x / total, layers.Dense(width, activation="silu")(given)]))
    for _ in range(blocks):
        inner = layers.Dense(width, activation="silu")(layers.LayerNormalization()(y))
        y = y + layers.Dense(width, kernel_initializer="zeros")(inner)
    learned = layers.Dense(numbers, kernel_initializer="zeros")(layers.LayerNormalization()(y))
    gaussian = (2 * t - 1) * x / total**2
    return keras.Model([x, t, word], gaussian + learned / total, name="velocity")


def velocity(folder=FOLDER):
    """Return the trained velocity network of lesson 10f, about 0.8 million parameters: see velocity_network.

    Raises FileNotFoundError or ValueError, naming the file: missing, damaged or of another network.
    """
    return _filled(velocity_network(), _read(Path(folder) / VELOCITY), Path(folder) / VELOCITY)


def judge_network(seed=0):
    """Return an untrained classifier of clothes: (N, 28, 28) in 0..1 → (N, 10) logits; a layer is named features."""
    keras.utils.set_random_seed(seed)
    layers = keras.layers
    picture = keras.Input((SIDE, SIDE))
    y = layers.Reshape((SIDE, SIDE, 1))(2 * picture - 1)
    for channels, stride in ((24, 2), (48, 1), (64, 1)):
        y = layers.Conv2D(channels, 3, stride, padding="same", use_bias=False)(y)
        y = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(y))
        y = y if stride == 2 else layers.MaxPooling2D()(y)
    y = layers.Dropout(0.3, seed=seed)(layers.Flatten()(y))
    features = layers.Dense(64, activation="relu", name="features")(y)
    return keras.Model(picture, layers.Dense(CLASSES)(layers.Dropout(0.2, seed=seed)(features)), name="judge")


def judge(folder=FOLDER):
    """Return the trained judge, a keras.Model: (N, 28, 28) in 0..1 → [features (N, 64), logits (N, 10)].

    It learned from the 6,000 training pictures and from what an autoencoder of 128 numbers makes of them. Raises as
    `space` does.
    """
    network = judge_network()
    arrays = {name: array for name, array in _read(Path(folder) / SPACE).items() if name.startswith("judge")}
    network = _filled(network, arrays, Path(folder) / SPACE)
    return keras.Model(network.input, [network.get_layer("features").output, network.output])


def weights_of(network, name=""):
    """Return the weights of a network as {name + number: float16 array}, the form in which they are stored."""
    return {f"{name}{place:03}": array.astype(np.float16) for place, array in enumerate(network.get_weights())}


def _filled(network, arrays, path):
    """Return the network with the weights of a file, in the order of their names."""
    found = [arrays[name] for name in sorted(arrays)]
    if [array.shape for array in found] != [array.shape for array in network.get_weights()]:
        raise ValueError(f"{path}: its arrays do not fit the network {network.name}. {MEND}")
    network.set_weights(found)
    return network


def _read(path):
    """Return {name: float32 array} of an npz file, all finite."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: the weights are missing. {MEND}")
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name].astype(np.float32) for name in file.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, KeyError) as error:
        raise ValueError(f"{path}: damaged ({error}). {MEND}") from error
    if not arrays or not all(np.isfinite(array).all() for array in arrays.values()):
        raise ValueError(f"{path}: damaged, it holds no numbers or such as are not finite. {MEND}")
    return arrays

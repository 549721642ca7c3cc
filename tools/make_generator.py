"""Make data/generator, the weights of lesson 10f, from data/fashion_mnist. It was run once.

python -m tools.make_generator space      # the autoencoder and the judge, about a minute of one core
python -m tools.make_generator velocity   # draw 0 of the lesson's own experiments, about a minute
"""

import io
import sys

import numpy as np
from sklearn.decomposition import PCA

from helpers.datasets import clothes
from helpers.networks import generator
from helpers.networks.generator import keras
from tools import lessons
from tools.make_cutouts import write

LESSON = "10f_pictures_from_words"
EPOCHS, BATCH = 10, 128
SHARPER = 128  # numbers of the autoencoder whose pictures the judge learns from, beside the real ones


def save(path, arrays):
    """Write {name: array} as a compressed npz file, by a rename."""
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    write(path, file.getvalue())
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def fit_space(pictures, numbers=generator.NUMBERS):
    """Return the Space whose axes are the first principal components of uint8 pictures (N, 28, 28)."""
    flat = pictures.reshape(len(pictures), -1) / 255
    found = PCA(numbers, svd_solver="covariance_eigh").fit(flat)
    return generator.Space(found.mean_, found.components_, np.sqrt(found.explained_variance_))


def fit_judge(pictures, labels, space):
    """Return the judge, trained on the pictures and on what an autoencoder makes of them."""
    network = generator.judge_network()
    x = np.concatenate([np.float32(pictures / 255), space.decode(space.encode(pictures))])
    steps = EPOCHS * -(-len(x) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(1e-3, steps)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"], jit_compile=False)
    network.fit(x, np.tile(labels, 2), batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return network


def main(part, folder=generator.FOLDER):
    """Write one of the two files."""
    (x_train, y_train), (x_test, y_test) = clothes.load()
    if part == "space":
        space = fit_space(x_train)
        network = fit_judge(x_train, y_train, fit_space(x_train, SHARPER))
        half = {name: np.float16(value) for name, value in space._asdict().items()}
        save(folder / generator.SPACE, half | generator.weights_of(network, "judge"))
        for name, x in (("real", np.float32(x_test / 255)), ("decoded", space.decode(space.encode(x_test)))):
            answers = network.predict(x, batch_size=250, verbose=0).argmax(axis=1)
            print(f"the judge, {name} test pictures: {np.mean(answers == y_test):.3f}")
    else:
        names = lessons.run_cells(LESSON, ("setup",))
        lessons.run_cells(LESSON, ("experiment",), names)
        save(folder / generator.VELOCITY, generator.weights_of(names["trained"](0)))


if __name__ == "__main__":
    if sys.argv[1:] not in (["space"], ["velocity"]):
        sys.exit("Give space or velocity.")
    main(sys.argv[1])

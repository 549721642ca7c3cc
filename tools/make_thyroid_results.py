"""Train the variants of lesson 03b with several seeds, on the simulated set; write data/thyroid_results.csv.

python -m tools.make_thyroid_results [variant [seed]]: rows that are there stay, what is missing is trained, about a
minute a row on two cores. A seed decides the split, the first weights and the order of the images.
"""

import sys
import time

import numpy as np
import pandas as pd

from helpers import cache, ultrasound
from helpers.datasets import thyroid
from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras
    import tensorflow as tf

from helpers.networks import unet

TARGET = cache.PROJECT.parent / "thyroid_results.csv"
EPOCHS, BATCH, RATE, SEEDS = 20, 8, 3e-3, (3, 4, 5)
MAIN = {"width": 8, "augmented": True, "split": "patient"}
VARIANTS = {
    "main": MAIN,
    "split by image": MAIN | {"split": "image"},
    "half the width": MAIN | {"width": 4},
    "not augmented": MAIN | {"augmented": False},
}


def move(image, mask):
    """Return image and mask flipped left-right at random and shifted by up to 5 rows and 8 columns, together."""
    pair = tf.image.random_flip_left_right(tf.concat([image, mask], axis=-1))
    rows, columns = tf.random.uniform([], -5, 6, tf.int32), tf.random.uniform([], -8, 9, tf.int32)
    pair = tf.roll(pair, [rows, columns], axis=[0, 1])
    return pair[..., :1], pair[..., 1:]


def train(x, y, width, augmented, seed):
    """Return (model, seconds): a U-Net trained on x, y (N, H, W, 1)."""
    keras.utils.set_random_seed(seed)
    batches = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=seed)
    batches = (batches.map(move) if augmented else batches).batch(BATCH, drop_remainder=True)
    model = unet.unet(x.shape[1:], width)
    epoch = len(x) // BATCH  # steps: two epochs up, the rest down
    rate = keras.optimizers.schedules.CosineDecay(
        RATE / 10, (EPOCHS - 2) * epoch, warmup_target=RATE, warmup_steps=2 * epoch
    )
    model.compile(keras.optimizers.Adam(rate), unet.dice_bce)
    began = time.perf_counter()
    model.fit(batches, epochs=EPOCHS, verbose=0, shuffle=False)
    return model, time.perf_counter() - began


def dice(guess, truth):
    """Return the Dice coefficient of each image, (N,): bool masks (N, H, W, 1)."""
    shared = (guess & truth).sum(axis=(1, 2, 3))
    return 2 * shared / (guess.sum(axis=(1, 2, 3)) + truth.sum(axis=(1, 2, 3)))


def row(name, seed, x, y, patients):
    """Train one variant with one seed; return its row of the table, a dict."""
    settings = VARIANTS[name]
    groups = patients if settings["split"] == "patient" else np.arange(len(x))
    parts = ultrasound.split(groups, seed)
    model, seconds = train(x[parts[0]], y[parts[0]], settings["width"], settings["augmented"], seed)
    scores = [dice(model.predict(x[part], verbose=0) > 0.5, y[part] > 0) for part in parts]
    result = {"variant": name, "seed": seed, "parameters": model.count_params(), "seconds": round(seconds)}
    for part, score in zip(("train", "validation", "test"), scores, strict=True):
        result |= {f"{part}_median": np.median(score).round(3), f"{part}_mean": score.mean().round(3)}
    return result | {"test_below_half": int((scores[2] < 0.5).sum()), "test_images": len(scores[2])}


def main(names=tuple(VARIANTS), seeds=SEEDS):
    """Train what is not in the table yet; write the table after each row."""
    tf.config.experimental.enable_op_determinism()
    table = pd.read_csv(TARGET) if TARGET.is_file() else pd.DataFrame(columns=["variant", "seed"])
    x, y, patients = ultrasound.arrays(thyroid.load())
    for name in names:
        for seed in seeds:
            if not ((table.variant == name) & (table.seed == seed)).any():
                new = row(name, seed, x, y, patients)
                print(new, flush=True)
                table = pd.concat([table, pd.DataFrame([new])], ignore_index=True)
                table.convert_dtypes().to_csv(TARGET, index=False)


if __name__ == "__main__":
    main(*([value] for value in [*sys.argv[1:2], *map(int, sys.argv[2:3])]))

"""Train the detector of lesson 07b and two simpler variants on the simulated scenes; write data/yolo_results.csv.

python -m tools.make_yolo_results [variant [seed]]: rows that are there stay, what is missing is trained, about half a
minute a row on two cores after the trunk has looked at all scenes. Network, loss and training are the lesson's own
cells, those with the tag "yolo". A seed decides the first weights and the order of the scenes. Columns: mAP@.5 on the
two splits.
"""

import functools
import sys
import time

import numpy as np
import pandas as pd

from helpers import cache
from helpers.datasets import scenes
from tools import lessons

TARGET = cache.PROJECT.parent / "yolo_results.csv"
RUNS = [  # variant, loss, reach, seed
    ("overlap, several cells", "overlap", 0.3, 0),
    ("overlap, several cells", "overlap", 0.3, 1),
    ("overlap, several cells", "overlap", 0.3, 2),
    ("overlap, one cell", "overlap", 0.0, 0),
    ("v1's squares, one cell", "squares", 0.0, 0),
]


def cells():
    """Return the names that the setup cell and the cells tagged "yolo" of lesson 07b define, a dict."""
    return lessons.run_cells("07b_yolo_trained", ("setup", "yolo"))


def squares(names):
    """Return YOLO v1's loss with one box a cell, as a function of targets and raw numbers (N, rows, columns, 5 + C)."""
    ops = names["ops"]

    def squared_loss(target, raw):
        output, here = names["cells_of"](raw), target[..., 0]
        wanted = here * ops.stop_gradient(names["overlaps"](target, output)[0])
        confidence = (output[..., 0] - wanted) ** 2 * (here + 0.5 * (1 - here))
        place = ops.sum((target[..., 1:3] - output[..., 1:3]) ** 2, axis=-1)
        size = ops.sum((ops.sqrt(target[..., 3:5]) - ops.sqrt(output[..., 3:5])) ** 2, axis=-1)
        kind = ops.sum((target[..., 5:] - output[..., 5:]) ** 2, axis=-1)
        return ops.mean(ops.sum(confidence + here * (5 * (place + size) + kind), axis=(1, 2)))

    return squared_loss


@functools.cache
def prepared():
    """Return the names of the lesson, the scenes, the trunk's maps by split, and the altered images' maps."""
    names = cells()
    data, trunk = names["scenes"].load(), names["detectors"].trunk()
    data = data._replace(train=data.train[: names["LEARNED"]])
    maps = {split: names["features"](trunk, names["arrays"](getattr(data, split), 0)[0]) for split in scenes.COUNTS}
    images = names["altered"](*names["arrays"](data.train, 0))[0]
    return names, data, maps, names["features"](trunk, images)


def run(variant, loss, reach, seed):
    """Return one row of the table, a dict: train with the lesson's cells, score on validation and test scenes."""
    names, data, maps, more = prepared()
    names["keras"].utils.set_random_seed(seed)
    x, y = names["arrays"](data.train, reach)
    chosen = names["overlap_loss"] if loss == "overlap" else squares(names)
    model = names["compiled"](names["network"](), chosen)
    began, y = time.perf_counter(), np.concatenate([y, names["altered"](x, y)[1]])
    model.fit(np.concatenate([maps["train"], more]), y, batch_size=32, epochs=10, verbose=0)
    row = {"variant": variant, "seed": seed, "seconds": round(time.perf_counter() - began)}
    for split, part in (("validation", "val"), ("test", "test")):
        found = [names["detect"](output) for output in names["answers"](model, maps[part])]
        table = names["evaluate"](getattr(data, part), found, names["NAMES"])
        row[split] = np.round(table.loc["mean", "AP50"], 3)
    return row


def main(variant=None, seed=None):
    """Train what the table misses, and write it after each run."""
    table = pd.read_csv(TARGET).to_dict("records") if TARGET.is_file() else []
    there = {(row["variant"], row["seed"]) for row in table}
    for name, loss, reach, number in RUNS:
        if (name, number) not in there and variant in (None, name) and seed in (None, str(number)):
            table.append(run(name, loss, reach, number))
            pd.DataFrame(table).to_csv(TARGET, index=False)
            print(table[-1], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

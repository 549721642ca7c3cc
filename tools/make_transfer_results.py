"""Run the three strategies of lesson 05b on its three targets; write data/transfer_results.csv.

python -m tools.make_transfer_results: rows that are there stay, what is missing is trained, about ten seconds a row on
two cores. Everything that is trained is defined by the lesson's own cells, tagged "transfer". A draw decides
which images are learned from (20 a class) and the random numbers. Column accuracy: on the 400 test images of a target.
"""

import numpy as np
import pandas as pd

from helpers import cache
from tools import lessons

TARGET = cache.PROJECT.parent / "transfer_results.csv"
DRAWS = {20: 5, 100: 3}  # images a class: draws


def cells():
    """Return the names that the setup cell and the cells tagged "transfer" of lesson 05b define, a dict."""
    found = lessons.run_cells("05b_fine_tuning", ("setup", "transfer"))
    found["progress"] = found["keras"].callbacks.Callback  # outside a notebook nothing is shown
    return found


def main():
    """Train what the table misses, and write it after each run."""
    rows = pd.read_csv(TARGET).to_dict("records") if TARGET.is_file() else []
    there = {(row["target"], row["images"], row["strategy"], row["draw"]) for row in rows}
    names = cells()
    for target in names["x"]:
        for images, draws in DRAWS.items():
            for strategy, run in names["strategies"].items():
                alike = strategy == "features" and images == 100  # nothing random, all images: one run is all
                for draw in range(1 if alike else draws):
                    if (target, images, strategy, draw) in there:
                        continue
                    accuracy = np.round(run(target, images, draw), 4)
                    row = {"target": target, "images": images, "strategy": strategy, "draw": draw, "accuracy": accuracy}
                    rows.append(row)
                    pd.DataFrame(rows).to_csv(TARGET, index=False)
                    print(row, flush=True)


if __name__ == "__main__":
    main()

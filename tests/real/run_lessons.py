"""Run the cells of lessons on the sets of a folder: python tests/real/run_lessons.py DATA STEM …; prints JSON.

One process runs them all, as TensorFlow takes seconds to import; every training is cut to one epoch. DATA stands for
data/. Exercises, their checks and the quiz are left out.
"""

import json
import os
import sys
import traceback
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from helpers import cache  # noqa: E402
from tools import lessons  # noqa: E402

SKIPPED = {"exercise", "check", "solution", "quiz", "widget"}
STOPS = {  # lesson: a cell from which on nothing depends on the set
    "03b": "evidence.draws",  # stored draws
}


def shorten_trainings():
    """Let every fit of Keras take one epoch, without the line of progress, which needs a notebook."""
    from helpers.networks.quiet import native_logs_off

    with native_logs_off():
        import keras

    from helpers.networks import training

    whole = keras.Model.fit

    def fit(model, *arguments, **options):
        return whole(model, *arguments, **options | {"epochs": 1})

    keras.Model.fit = fit
    training.progress = lambda *_, **__: keras.callbacks.Callback()


def run(stem):
    """Return (number of cells run, error or "") of a lesson."""
    count, names = 0, {"__name__": "__main__", "display": lambda *_: None}
    for cell in lessons.read_text(stem).cells:
        if cell.cell_type != "code" or SKIPPED & set(cell.metadata.get("tags", [])):
            continue
        if STOPS.get(stem[:3], "\0") in cell.source:
            break
        try:
            exec(compile(cell.source, f"{stem}, cell {count}", "exec"), names)
        except Exception:
            return count, traceback.format_exc(limit=-3) + cell.source
        names["plt"].close("all")
        count += 1
    return count, ""


if __name__ == "__main__":
    cache.PROJECT = Path(sys.argv[1]) / "cache"
    os.chdir(ROOT / "notebooks")
    found, out = {}, sys.stdout
    sys.stdout = sys.stderr
    shorten_trainings()
    for stem in sys.argv[2:]:
        found[stem] = run(stem)
    print(json.dumps(found), file=out)

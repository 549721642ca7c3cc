"""Frames per second of lesson 09e's loop and of the package fer on the same clip.

    python -m benchmarks.live_faces --fer fer-env/bin/python     the Python of an environment that has the package
    python -m benchmarks.live_faces --make fer-env                makes that environment first: a gigabyte and more

fer asks for opencv-contrib-python, which does not go together with the course's headless one: hence an environment of
its own. Both find faces by OpenCV's Haar cascade, classify each with mini-XCEPTION and draw; the rounds take turns.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import cv2
import numpy as np

FRAMES, ROUNDS, WARM_UP = 90, 3, 10
PACKAGES = ("fer==25.10.3", "setuptools<81")  # fer imports pkg_resources
ROOT = Path(__file__).resolve().parents[1]


def lesson():
    """Return the names that the setup cell and the cells tagged "experiment" of lesson 09e define, a dict."""
    sys.path.insert(0, str(ROOT))
    from tools import lessons

    with contextlib.redirect_stdout(sys.stderr):
        return lessons.run_cells("09e_emotion_live", ("setup", "experiment"))


def ours():
    """Return a function frame → (label, picture): the loop of lesson 09e, made of its own cells."""
    names = lesson()
    faces, labels, choose = names["faces"], names["emotion"].NAMES, names["follower"]()

    def step(frame):
        boxes = faces.find(frame, smallest=0.15)
        if not len(boxes):
            return None, frame
        box = choose(boxes)
        if box is None:
            return None, frame
        label = labels[names["classify"]([faces.crop(frame, box)])[0].argmax()]
        return label, names["annotate"](frame, [box], [label])

    return step


def theirs():
    """Return the same with the package fer, as its documentation uses it (Haar, quantised network)."""
    from fer.fer import FER

    detector = FER(mtcnn=False)

    def step(frame):
        found = detector.detect_emotions(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
        if not found:
            return None, frame
        x, y, width, height = (int(value) for value in found[0]["box"])
        label = max(found[0]["emotions"], key=found[0]["emotions"].get)
        return label, _draw(frame, (x, y, x + width, y + height), label)

    return step


def measure(which, file):
    """Print a JSON line: frames per second over the clip in `file`, and the share of its frames called happy."""
    with contextlib.redirect_stdout(sys.stderr):
        step, frames = {"ours": ours, "fer": theirs}[which](), np.load(file)
        for frame in frames[:WARM_UP]:
            step(frame)
        start = time.perf_counter()
        labels = [step(frame)[0] for frame in frames]
        spent = time.perf_counter() - start
    print(json.dumps({"rate": len(frames) / spent, "happy": float(np.mean([label == "happy" for label in labels]))}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fer", type=Path, metavar="PYTHON", help="the Python of an environment with the package fer")
    parser.add_argument("--make", type=Path, metavar="FOLDER", help="make such an environment here")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        return measure(*options.measure)
    if options.make:
        venv.create(options.make, with_pip=True)
        options.fer = options.make / "bin" / "python"
        subprocess.run([options.fer, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    runs = {"ours": Path(sys.executable)} | ({"fer": options.fer} if options.fer else {})
    results = {name: [] for name in runs}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clip.npy"
        np.save(file, np.stack(lesson()["clip"](1, FRAMES)))
        for number in range(ROUNDS):
            for name, python in runs.items():
                results[name].append(_run(python, name, file))
                print(f"round {number + 1}  {name:<5}{results[name][-1]['rate']:7.1f} frames/s", flush=True)
    rates = {name: float(np.median([result["rate"] for result in found])) for name, found in results.items()}
    for name, found in results.items():
        print(f"{name:<5} median {rates[name]:6.1f} frames/s   happy in {found[0]['happy']:.0%} of the frames")
    if "fer" in rates:
        print(f"ours is {rates['ours'] / rates['fer']:.1f} times as fast")
    return None


def _run(python, which, file):
    """Return what measure() prints in a process of its own; raises CalledProcessError with its last words."""
    command = [str(python), str(Path(__file__).resolve()), "--measure", which, str(file)]
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        sys.exit(f"{which} failed with {python}:\n{done.stderr[-1500:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def _draw(frame, box, label):
    """Draw a box and a label; the other environment does not have the lesson."""
    frame, (x1, y1, x2, y2) = frame.copy(), box
    cv2.rectangle(frame, (x1, y1), (x2, y2), (255, 200, 0), 3)
    cv2.putText(frame, label, (x1, y1 - 10), cv2.FONT_HERSHEY_SIMPLEX, 1, (255, 200, 0), 2, cv2.LINE_AA)
    return frame


if __name__ == "__main__":
    main()

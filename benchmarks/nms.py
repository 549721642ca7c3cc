"""Time helpers.detection.boxes.nms against cv2.dnn.NMSBoxes on 10,000 boxes: python -m benchmarks.nms"""

import timeit

import cv2
import numpy as np

from helpers.detection import boxes

COUNT, IOU, RUNS = 10_000, 0.5, 7


def detections(objects, spread, rng):
    """Return (boxes (COUNT, 4), scores (COUNT,)): raw detections scattered around `objects` boxes in 640 x 480."""
    centres, sides = rng.uniform([40, 40], [600, 440], (objects, 2)), rng.uniform(30, 160, (objects, 2))
    which = rng.integers(objects, size=COUNT)
    sides_raw = sides[which] * np.exp(rng.normal(0, spread, (COUNT, 2)))
    centres_raw = centres[which] + rng.normal(0, spread, (COUNT, 2)) * sides[which]
    return boxes.from_centre(np.hstack([centres_raw, sides_raw])), rng.random(COUNT)


def seconds(function):
    """Return the best time of RUNS calls."""
    return min(timeit.repeat(function, number=1, repeat=RUNS))


def main():
    """Print a row for each kind of input: boxes kept, milliseconds of both, their ratio."""
    print(f"{'input':30}{'kept':>6}{'cv2':>11}{'helpers':>11}{'ratio':>8}")
    for name, objects, spread in (
        ("20 objects, tight", 20, 0.1),
        ("100 objects", 100, 0.2),
        ("no clusters", COUNT, 0.2),
    ):
        raw, scores = detections(objects, spread, np.random.default_rng(0))
        xywh, scores32 = boxes.to_xywh(raw), scores.astype(np.float32)
        ours = boxes.nms(raw, scores, iou_threshold=IOU)
        theirs = np.asarray(cv2.dnn.NMSBoxes(xywh, scores32, 0.0, IOU)).ravel()
        assert len(set(ours) ^ set(theirs)) <= 2, "the two disagree"  # cv2 rounds scores to 32 bits
        cv2_time = seconds(lambda xywh=xywh, s=scores32: cv2.dnn.NMSBoxes(xywh, s, 0.0, IOU))
        own_time = seconds(lambda raw=raw, s=scores: boxes.nms(raw, s, iou_threshold=IOU))
        times = f"{cv2_time * 1e3:8.1f} ms{own_time * 1e3:8.1f} ms{own_time / cv2_time:8.2f}"
        print(f"{name:30}{len(ours):6}{times}")


if __name__ == "__main__":
    main()

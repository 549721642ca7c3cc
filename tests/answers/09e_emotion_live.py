"""Answers to the exercises of lesson 09e."""

import itertools
import math

import numpy as np
import pandas as pd

from tests.answers import Answers


def smoothed_by_pandas(stream, alpha):
    seen = pd.Series([value for value in stream if not math.isnan(value)], dtype=float)
    means = iter(seen.ewm(alpha=alpha, adjust=False).mean().tolist())
    out = []
    for value in stream:
        out.append(next(means) if not math.isnan(value) else (out[-1] if out else math.nan))
    return out


def smoothed_by_accumulate(stream, alpha):
    def step(last, value):
        if math.isnan(value):
            return last
        return value if math.isnan(last) else last + alpha * (value - last)

    return list(itertools.accumulate(stream, step))


def started_at_zero(stream, alpha):
    return smoothed_by_accumulate([0.0, *stream], alpha)[1:]


def nan_spreads(stream, alpha):
    return list(itertools.accumulate(stream, lambda last, value: alpha * value + (1 - alpha) * last))


def calmest_by_logarithm(frames, share):
    return -math.expm1(math.log1p(-share) / frames)


def calmest_by_search(frames, share):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - (1 - middle) ** frames < share else (low, middle)
    return high


def keep_by_index(boxes, patience):
    out = []
    for place in range(len(boxes)):
        recent = [box for box in boxes[max(0, place - patience) : place + 1] if box is not None]
        out.append(recent[-1] if recent else None)
    return out


def keep_by_count(boxes, patience):
    last, left, out = None, 0, []
    for box in boxes:
        if box is not None:
            last, left = box, patience
        elif left == 0:
            last = None
        else:
            left -= 1
        out.append(last)
    return out


def keep_forever(boxes, patience):
    return keep_by_index(boxes, len(boxes))


def keep_twice(boxes, patience):
    once = keep_by_index(boxes, patience)
    return keep_by_index(once, patience)


ANSWERS = {
    "check_smoothed": Answers(
        right={"pandas": smoothed_by_pandas, "accumulate": smoothed_by_accumulate},
        wrong={
            "the prompt's numbers": lambda stream, alpha: [1, 0.5, 0.25],
            "unchanged": lambda stream, alpha: list(stream),
            "nan as zero": lambda s, alpha: smoothed_by_accumulate(np.nan_to_num(s).tolist(), alpha),
        },
        announced={
            "the first frame starts the mean": started_at_zero,
            "nan spreads": nan_spreads,
            "α belongs to the newest frame": lambda stream, alpha: smoothed_by_accumulate(stream, 1 - alpha),
        },
    ),
    "check_calmest": Answers(
        right={"a logarithm": calmest_by_logarithm, "a search": calmest_by_search},
        wrong={
            "the prompt's number": lambda frames, share: 0.4 if frames == 1 else 0.5,
            "the lesson's": lambda frames, share: 0.25,
            "the share": lambda frames, share: share,
        },
        announced={
            "each frame takes α of what is left": lambda frames, share: share / frames,
            "α is the rest": lambda frames, share: (1 - share) ** (1 / frames),
        },
    ),
    "check_keep": Answers(
        right={"a window": keep_by_index, "a count": keep_by_count},
        wrong={
            "unchanged": lambda boxes, patience: list(boxes),
            "twice": keep_twice,
            "backwards": lambda boxes, patience: keep_by_index(boxes[::-1], patience)[::-1],
        },
        announced={
            "the patience has no end": keep_forever,
            "off by one": lambda boxes, patience: keep_by_index(boxes, max(patience - 1, 0)),
        },
    ),
}

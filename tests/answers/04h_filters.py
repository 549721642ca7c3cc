"""Answers to the exercises of lesson 04h."""

import numpy as np

from tests.answers import Answers


def by_flattening(maps):
    flat = np.asarray(maps).reshape(-1, maps.shape[-1])
    return np.flatnonzero(flat.max(axis=0) - flat.min(axis=0) < 1e-6).tolist()


def by_first_value(maps):
    first = maps[0, 0, 0]
    return [k for k in range(maps.shape[-1]) if np.abs(maps[..., k] - first[k]).max() < 5e-7]


def dead(maps):
    return [int(k) for k in np.flatnonzero(maps.max(axis=(0, 1, 2)) == 0)]


def exactly(maps):
    return [k for k in range(maps.shape[-1]) if len(np.unique(maps[..., k])) == 1]


def by_sizes(layers, place):
    step, start, side = 1, 0, 1
    for kernel, stride, padding in layers:
        start, side = start - padding * step, side + (kernel - 1) * step
        step *= stride
    return place * step + start, place * step + start + side - 1


def by_recursion(layers, place):
    def edge(rest, at, end):
        if not rest:
            return at
        kernel, stride, padding = rest[-1]
        return edge(rest[:-1], at * stride - padding + (kernel - 1) * end, end)

    return [edge(list(layers), place, 0), edge(list(layers), place, 1)]


def forwards(layers, place):
    first = last = place
    for kernel, stride, padding in layers:
        first, last = first * stride - padding, last * stride - padding + kernel - 1
    return first, last


def centred(layers, place):
    step, side = 1, 1
    for kernel, stride, _ in layers:
        side += (kernel - 1) * step
        step *= stride
    return place * step - side // 2, place * step + side // 2


def unpadded(layers, place):
    return by_sizes([(kernel, stride, 0) for kernel, stride, _ in layers], place)


def by_where(drop, mask):
    positive = np.where(drop > 0, drop, 0)
    return positive[mask].sum() / positive.sum() * mask.size / mask.sum()


def by_weights(drop, mask):
    positive = drop * (drop > 0)
    return float(np.average(mask, weights=positive) / np.average(mask))


def with_rises(drop, mask):
    return float(drop[mask].sum() / drop.sum() / mask.mean())


def share(drop, mask):
    positive = np.maximum(drop, 0)
    return float(positive[mask].sum() / positive.sum())


ANSWERS = {
    "check_silent": Answers(
        right={"flattening": by_flattening, "the first value": by_first_value},
        wrong={
            "none": lambda maps: [],
            "all": lambda maps: list(range(maps.shape[-1])),
            "the lesson's": lambda maps: [11, 16, 28, 31],
        },
        announced={"any value that never changes": dead, "allow for rounding": exactly},
    ),
    "check_seen": Answers(
        right={"step, start and side": by_sizes, "recursion, a list": by_recursion},
        wrong={
            "the prompt's": lambda layers, place: (106, 124),
            "centred": centred,
            "the place alone": lambda layers, place: (place, place),
        },
        announced={"from the last layer back": forwards, "subtract it": unpadded},
    ),
    "check_lift": Answers(
        right={"where": by_where, "weights": by_weights},
        wrong={
            "chance": lambda drop, mask: 1.0,
            "the sum": lambda drop, mask: float(np.maximum(drop, 0)[mask].sum()),
            "means": lambda drop, mask: float(drop[mask].mean()),
        },
        announced={"only drops count": with_rises, "divide by the object": share},
    ),
}

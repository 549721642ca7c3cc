"""Answers to the exercises of lesson 04d."""

import numpy as np

from helpers import arithmetic
from helpers.layers import conv, dense, flatten, pool
from tests.answers import Answers


def by_the_calculator(kernel, channels, filters, groups):
    layer = conv(filters, kernel, padding="same", groups=groups)
    return arithmetic.parameters(layer, (32, 32, channels))


def by_shares(kernel, channels, filters, groups):
    each = filters // groups
    return sum(kernel * kernel * (channels // groups) * each + each for _ in range(groups))


def decoded(text):
    return float(text.replace("K", "e3").replace("M", "e6"))


def by_numpy(rows):
    values = [int(np.prod(shape)) for _, shape, _ in rows]
    wrong = [row[0] for row, value in zip(rows, values, strict=True) if not 0.95 <= decoded(row[2]) / value <= 1.05]
    return sum(values), wrong


def by_arrays(rows):
    names, shapes, printed = zip(*rows, strict=True)
    values = np.array([np.prod(shape) for shape in shapes])
    off = np.abs(np.array([decoded(text) for text in printed]) / values - 1) > 0.05
    return values.sum(), np.array(names)[off].tolist()


def printed_sum(rows):
    return sum(decoded(text) for *_, text in rows), by_numpy(rows)[1]


def every_rounded_row(rows):
    return by_numpy(rows)[0], [name for name, shape, text in rows if decoded(text) != np.prod(shape)]


def by_layers(plan, size, classes):
    net = [pool(2) if step == "pool" else conv(step, 3, padding="same") for step in plan] + [
        flatten(),
        dense(4096),
        dense(4096),
        dense(classes),
    ]
    return arithmetic.parameters(net, (size, size, 3))


def by_hand(plan, size, classes, bias=1, flat=True):
    widths = [3] + [step for step in plan if step != "pool"]
    convs = sum((9 * before + bias) * after for before, after in zip(widths, widths[1:], strict=False))
    for _ in range(plan.count("pool")):
        size = size // 2
    units = [widths[-1] * (size * size if flat else 1), 4096, 4096, classes]
    return convs + sum((before + bias) * after for before, after in zip(units, units[1:], strict=False))


ANSWERS = {
    "check_conv": Answers(
        right={"the calculator": by_the_calculator, "groups one by one": by_shares},
        wrong={
            "the prompt's numbers": lambda kernel, channels, filters, groups: 614_656 if groups == 1 else 307_456,
            "halved for every number of groups": lambda k, c, n, g: (
                (k * k * c // 2 + 1) * n if g > 1 else (k * k * c + 1) * n
            ),
            "a share of all": lambda k, c, n, g: (k * k * c + 1) * n // g,
        },
        announced={
            "the groups are not used": lambda k, c, n, g: (k * k * c + 1) * n,
            "the biases are missing": lambda k, c, n, g: k * k * c // g * n,
        },
    ),
    "check_audit": Answers(
        right={"ratios": by_numpy, "arrays": by_arrays},
        wrong={
            "no row is wrong": lambda rows: (by_numpy(rows)[0], []),
            "the printed total": lambda rows: (24_000_000, []),
            "all rows": lambda rows: (by_numpy(rows)[0], [row[0] for row in rows]),
            "the names alone": lambda rows: by_numpy(rows)[1],
        },
        announced={
            "the printed numbers are rounded": printed_sum,
            "rounding is no error": every_rounded_row,
        },
    ),
    "check_vgg": Answers(
        right={"layers": by_layers, "by hand": by_hand},
        wrong={
            "VGG-16's": lambda plan, size, classes: 138_357_544,
            "the convolutions alone": lambda plan, size, classes: by_hand(plan, size, 0) - by_hand([], 0, 0),
            "half a dense layer": lambda plan, size, classes: by_hand(plan, size, classes) // 2,
        },
        announced={
            "the biases are missing": lambda plan, size, classes: by_hand(plan, size, classes, bias=0),
            "flatten keeps every position": lambda plan, size, classes: by_hand(plan, size, classes, flat=False),
        },
    ),
}

"""The exercises of lesson 04d."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_conv():
    """Exercise 1: parameters with groups."""
    return check.Exercise(
        "conv_parameters",
        cases=[
            check.case(5, 96, 256, 1, expected=614_656, name="AlexNet conv 2, one group"),
            check.case(5, 96, 256, 2, expected=307_456, name="AlexNet conv 2, two groups"),
            check.case(3, 32, 32, 32, expected=320, name="depthwise: as many groups as channels"),
            check.case(1, 3, 256, 1, expected=1_024, name="pointwise"),
        ],
        mistakes=[
            check.mistake("the biases are missing", lambda k, c, n, g: k * k * c // g * n),
            check.mistake("the groups are not used", lambda k, c, n, g: (k * k * c + 1) * n),
            check.mistake("the groups do not share out the biases", lambda k, c, n, g: (k * k * c + 1) * n // g),
            check.mistake("one bias a kernel, not a channel", lambda k, c, n, g: k * k * c // g * n + c),
        ],
    )


@exercise
def check_audit():
    """Exercise 2: audit a published table."""
    sides, filters, repeats = (224, 112, 56, 28, 14), (64, 128, 256, 512, 512), (2, 2, 3, 3, 3)
    printed = [("3.2M", "800K"), ("1.6M", "400K"), ("800K", "200K"), ("400K", "100K"), ("100K", "25K")]
    vgg = [("input", (224, 224, 3), "150K")]
    for block, (side, filter_count, repeat, (convs, pools)) in enumerate(
        zip(sides, filters, repeats, printed, strict=True), 1
    ):
        vgg += [(f"conv {block}.{n + 1}", (side, side, filter_count), convs) for n in range(repeat)]
        vgg.append((f"pool {block}", (side // 2, side // 2, filter_count), pools))
    vgg += [("fc 1", (4096,), "4096"), ("fc 2", (4096,), "4096"), ("fc 3", (1000,), "1000")]
    lenet = [("C1", (28, 28, 6), "4.7K"), ("S2", (14, 14, 6), "1.2K"), ("C3", (10, 10, 16), "160")]
    lenet += [("S4", (5, 5, 16), "400"), ("C5", (120,), "1.2K"), ("F6", (84,), "84"), ("out", (10,), "10")]

    def found(rows, tolerance=0.05, printed=False, kilo=1000, counts=True, names=True, low=False):
        total, wrong = 0, []
        for name, shape, text in rows:
            values = int(np.prod(shape))
            number = float(text.rstrip("KM")) * {"K": kilo, "M": kilo**2}.get(text[-1], 1)
            total += number if printed else values
            gap = values - number if low else abs(number - values)
            wrong += [name] if gap > tolerance * values else []
        return (total if counts else len(rows)), (wrong if names else len(wrong))

    given = {"CS231n's VGG-16": vgg, "a LeNet with two wrong rows": lenet, "only the dense layers": vgg[-3:]}
    return check.Exercise(
        "audit",
        cases=[check.case(rows, expected=found(rows), name=name) for name, rows in given.items()],
        mistakes=[
            check.mistake("add what the shapes say: the printed numbers are rounded", lambda r: found(r, printed=True)),
            check.mistake("rounding is no error: allow 5 %", lambda r: found(r, tolerance=0)),
            check.mistake("a printed number may be too large as well as too small", lambda r: found(r, low=True)),
            check.mistake("return the names, not how many", lambda r: found(r, names=False)),
        ],
        rtol=0,
    )


@exercise
def check_vgg():
    """Exercise 3: a VGG from its plan."""

    def count(plan, size, classes, bias=1, channels=3, flat=True):
        total = 0
        for step in plan:
            if step == "pool":
                size //= 2
            else:
                total, channels = total + (9 * channels + bias) * step, step
        units = [channels * size**2 if flat else channels, 4096, 4096, classes]
        return total + sum((before + bias) * after for before, after in zip(units, units[1:], strict=False))

    parts = [[64] * 2, [128] * 2, [256] * 3, [512] * 3, [512] * 3]
    sixteen = [step for part in parts for step in [*part, "pool"]]
    cases = [check.case(["pool", 8, "pool"], 9, 10, expected=16_957_674, name="one convolution on 9 × 9")]
    cases += [check.case(sixteen, 224, 1000, expected=138_357_544, name="VGG-16")]
    mistakes = [
        check.mistake("the biases are missing", lambda p, s, c: count(p, s, c, bias=0)),
        check.mistake("an RGB image has 3 channels", lambda p, s, c: count(p, s, c, channels=1)),
        check.mistake("flatten keeps every position", lambda p, s, c: count(p, s, c, flat=False)),
        check.mistake("the pools halve the size", lambda p, s, c: count([x for x in p if x != "pool"], s, c)),
    ]
    return check.Exercise("vgg_parameters", cases=cases, mistakes=mistakes, rtol=0)

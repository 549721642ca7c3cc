"""The exercises of lesson 04c."""

import math

from helpers import arithmetic, check
from helpers.arithmetic import conv, dense, flatten, global_pool
from helpers.exercises import exercise


@exercise
def check_field():
    """Exercise 1: receptive field of three 3 × 3."""
    return check.Exercise(
        "field",
        cases=[
            check.case([(3, 1)] * 3, expected=7, name="three 3 × 3"),
            check.case([(3, 1), (2, 2), (3, 1)], expected=8, name="conv, pool, conv"),
            check.case([(11, 4), (3, 2), (5, 1), (3, 2)], expected=67, name="AlexNet to its second pool"),
            check.case([], expected=1, name="no layer: the pixel itself"),
        ],
        mistakes=[
            check.mistake("the kernels add up without their overlap", lambda layers: sum(k for k, _ in layers)),
            check.mistake("the strides are not used", lambda layers: 1 + sum(k - 1 for k, _ in layers)),
            check.mistake(
                "a stride lengthens the steps of the layers after it, not its own",
                lambda layers: (
                    1 + sum((k - 1) * math.prod(s for _, s in layers[: i + 1]) for i, (k, _) in enumerate(layers))
                ),
            ),
        ],
    )


@exercise
def check_work():
    """Exercise 2: multiply-adds of a network."""

    def count(layers, size, channels, stride=True, first=True):
        total = 0
        for kernel, filters, step in layers:
            after = -(-size // step) if stride else size
            total += kernel**2 * channels * filters * (after if first else size) ** 2
            size, channels = after, filters
        return total

    return check.Exercise(
        "work",
        cases=[
            check.case([(3, 64, 1), (3, 64, 1)], 224, 3, expected=1_936_392_192, name="VGG, first block"),
            check.case([(3, 8, 2), (1, 4, 1)], 9, 1, expected=2_600, name="stride 2 on 9 × 9"),
        ],
        mistakes=[
            check.mistake("the stride is not used", lambda n, s, c: count(n, s, c, stride=False)),
            check.mistake("count the outputs, not the inputs", lambda n, s, c: count(n, s, c, first=False)),
            check.mistake("the channels change on the way", lambda n, s, c: sum(count([x], s, c) for x in n)),
        ],
    )


@exercise
def check_design():
    """Exercise 3: design a network."""
    shape = (64, 64, 3)
    maps = ("conv", "depthwise", "pool", "norm")

    def sight(net):
        return min(arithmetic.receptive_field([layer for layer in net if layer.kind in maps], shape))

    ends = check.that("output (10,)", lambda net: arithmetic.output_shape(net, shape) == (10,))
    cheap = check.that("under 50,000 parameters", lambda net: arithmetic.parameters(net, shape) < 50_000)
    sees = check.that("sees 32 pixels or more", lambda net: sight(net) >= 32)
    wanted = {"output": ends, "budget": cheap, "sight": sees}
    return check.Exercise(
        "design",
        cases=[check.case(expected=expected, name=name) for name, expected in wanted.items()],
        mistakes=[
            check.mistake("a dense layer on all pixels: pool first", lambda: [flatten(), dense(10)]),
            check.mistake("one small kernel sees little", lambda: [conv(8, 3), global_pool(), dense(10)]),
        ],
    )

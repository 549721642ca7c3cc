"""The exercises of lesson 04c."""

from helpers import arithmetic, check
from helpers.exercises import exercise
from helpers.layers import Layer, conv, dense, flatten, global_pool


@exercise
def check_blocks():
    """Exercise 1: the other way round."""

    def least(wanted, kernels=2, pool=1, double=2, late=False, beyond=False):
        count, seen, step = 0, 1, 1
        while seen < wanted or (beyond and seen == wanted):
            seen += 2 * kernels * step
            step *= double if late else 1
            seen += pool * step
            step *= 1 if late else double
            count += 1
        return count

    given = {
        "the prompt's 32": 32,
        "224": 224,
        "exactly what three blocks see": 36,
        "one more": 37,
        "a pixel": 1,
        "2": 2,
    }
    return check.Exercise(
        "blocks_for",
        cases=[check.case(wanted, expected=least(wanted), name=name) for name, wanted in given.items()],
        mistakes=[
            check.mistake("the pools double the steps after them", lambda w: least(w, double=1)),
            check.mistake("one pixel needs no block", lambda w: max(least(w), 1)),
            check.mistake("at least: as many as wanted is enough", lambda w: least(w, beyond=True)),
            check.mistake("the pool sees one step more, too", lambda w: least(w, pool=0)),
            check.mistake("two convolutions a block, not one", lambda w: least(w, kernels=1)),
        ],
        rtol=0,
    )


@exercise
def check_batch():
    """Exercise 2: VGG-16 into 8 GB."""
    copies = {"adam": 4, "momentum": 3, "sgd": 2}

    def largest(parameters, outputs, memory, optimizer, kept=copies, each=4, share=1, least=0):
        return max((memory - each * kept[optimizer] * parameters) // (each * share * outputs), least)

    vgg, small = (138_357_544, 15_086_312), (1_000_000, 500_000)
    given = {
        "VGG-16, Adam": (*vgg, 8 * 10**9, "adam"),
        "VGG-16, plain SGD": (*vgg, 8 * 10**9, "sgd"),
        "momentum": (*small, 10**8, "momentum"),
        "exactly full": (*small, 80_000_000, "adam"),
        "too small a card": (*vgg, 2 * 10**9, "adam"),
    }
    none, two = dict.fromkeys(copies, 1), {name: count - 1 for name, count in copies.items()}
    return check.Exercise(
        "largest_batch",
        cases=[check.case(*one, expected=largest(*one), name=name) for name, one in given.items()],
        mistakes=[
            check.mistake(
                "the weights alone: their gradients and the optimiser's numbers count, too",
                lambda *g: largest(*g, kept=none),
            ),
            check.mistake(
                "one number a parameter is missing: value, gradient, then the optimiser's",
                lambda *g: largest(*g, kept=two),
            ),
            check.mistake(
                "the optimiser matters: Adam keeps two numbers, momentum one, SGD none",
                lambda *g: largest(*g, kept=dict.fromkeys(copies, 4)),
            ),
            check.mistake("a number is 4 bytes", lambda *g: largest(*g, each=1)),
            check.mistake("outputs are kept once an image", lambda *g: largest(*g, share=2)),
            check.mistake("where nothing fits, return 0", lambda *g: largest(*g, least=-(10**9))),
        ],
        rtol=0,
    )


@exercise
def check_design():
    """Exercise 3: design a network."""
    shape = (64, 64, 3)
    maps = ("conv", "depthwise", "pool", "norm")

    def flat(net):
        return [net] if isinstance(net, Layer) else [layer for part in net for layer in flat(part)]

    def sight(net):
        return min(arithmetic.receptive_field([layer for layer in flat(net) if layer.kind in maps], shape))

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

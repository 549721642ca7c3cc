"""The exercises of lesson 04d."""

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
def check_saved():
    """Exercise 2: what small kernels save."""
    return check.Exercise(
        "saved_share",
        cases=[
            check.case(5, expected=0.28, name="5 × 5"),
            check.case(7, expected=22 / 49, name="7 × 7"),
            check.case(11, expected=76 / 121, name="11 × 11"),
            check.case(3, expected=0.0, name="3 × 3 itself"),
        ],
        mistakes=[
            check.mistake("that is what remains, not what is saved", lambda f: 9 * ((f - 1) // 2) / f**2),
            check.mistake("each layer adds 2 to the receptive field", lambda f: 1 - 9 * (f // 3) / f**2),
            check.mistake("one layer too many: the first sees 3", lambda f: 1 - 9 * ((f + 1) // 2) / f**2),
            check.mistake("without biases, please", lambda f: 1 - 10 * ((f - 1) // 2) / (f**2 + 1)),
        ],
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

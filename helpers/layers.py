"""Convolutional networks as plain lists of layers: what a layer is, without weights. helpers.arithmetic counts them.

>>> net = [conv(6, 5), pool(2), flatten(), dense(10)]
>>> net[0].kernel, net[1].stride
((5, 5), (2, 2))
"""

from numbers import Integral
from typing import NamedTuple

from helpers import validate

KINDS = ("conv", "depthwise", "pool", "dense", "norm", "flatten", "global pool")


class Layer(NamedTuple):
    """One layer. kernel, stride, dilation: (rows, columns). padding: "valid", "same" or (rows, columns) each side.

    kind: conv, depthwise, pool, dense, norm, flatten or global pool. filters: output channels of conv, units of
    dense, output channels per input channel of depthwise. name: what a table shows.
    """

    kind: str
    filters: int = 0
    kernel: tuple = (1, 1)
    stride: tuple = (1, 1)
    padding: str | tuple = "valid"
    dilation: tuple = (1, 1)
    groups: int = 1
    bias: bool = True
    name: str = ""


def conv(filters, kernel, stride=1, padding="valid", dilation=1, groups=1, bias=True, name=""):
    """Return a convolution layer; sizes are an int or (rows, columns), padding also "valid" or "same"."""
    return Layer(
        "conv", filters, _pair(kernel), _pair(stride), _pair(padding), _pair(dilation), groups, bias, name or "conv"
    )


def depthwise(kernel, stride=1, padding="valid", dilation=1, multiplier=1, bias=True, name=""):
    """Return a depthwise convolution: each input channel has `multiplier` kernels of its own."""
    sizes = _pair(kernel), _pair(stride), _pair(padding), _pair(dilation)
    return Layer("depthwise", multiplier, *sizes, 1, bias, name or "depthwise")


def pool(size, stride=None, padding="valid", name=""):
    """Return a max or mean pooling layer: for the arithmetic they are the same. The stride is the size unless given."""
    return Layer("pool", 0, _pair(size), _pair(size if stride is None else stride), _pair(padding), name=name or "pool")


def dense(units, bias=True, name=""):
    """Return a fully connected layer."""
    return Layer("dense", units, bias=bias, name=name or "dense")


def norm(name=""):
    """Return a batch normalisation: gamma and beta are trained, mean and variance are not."""
    return Layer("norm", name=name or "norm")


def flatten(name=""):
    """Return the layer that makes (H, W, C) one row of H·W·C values."""
    return Layer("flatten", name=name or "flatten")


def global_pool(name=""):
    """Return the layer that keeps one value a channel: the mean, or the maximum, of the whole map."""
    return Layer("global pool", name=name or "global pool")


def _pair(value):
    if isinstance(value, str | Integral):
        return value if isinstance(value, str) else (value, value)
    return validate.pair(value, "kernel, stride, padding or dilation", least=0)

"""The arithmetic of convolutional networks: tensor sizes, parameters, multiply-adds, receptive field, memory.

A network is a list of helpers.layers. Every function takes one layer or a list (lists may be nested) and the input's
shape, (H, W, C) or (units,), without the batch. Lesson 04c builds these functions; Keras agrees with them.

>>> from helpers.layers import conv, dense, flatten, pool
>>> net = [conv(6, 5), pool(2), flatten(), dense(10)]
>>> output_shape(net, (28, 28, 1)), parameters(net, (28, 28, 1))
((10,), 8806)
"""

import math
from numbers import Integral
from typing import NamedTuple

from helpers import validate
from helpers.layers import KINDS, Layer


class Memory(NamedTuple):
    """Bytes of the weights, and bytes of all outputs for one image (training keeps them for the gradient)."""

    weights: int
    activations: int


def output_size(size, kernel, stride=1, padding="valid", dilation=1):
    """Return how many positions a kernel takes along one axis: floor((size + 2·padding - extent) / stride) + 1.

    extent is dilation·(kernel - 1) + 1; padding is a number, "valid" (0) or "same" (ceil(size / stride) positions).
    Raises ValueError, with the formula and its numbers, where that is impossible.
    """
    if padding not in ("valid", "same") and not isinstance(padding, Integral):
        raise ValueError(f'padding is "valid", "same" or a number, not {padding!r}')
    for name, value in (("size", size), ("kernel", kernel), ("stride", stride), ("dilation", dilation)):
        validate.whole(value, name, -math.inf)
    each = 0 if padding in ("valid", "same") else padding
    extent = dilation * (kernel - 1) + 1
    formula = f"floor(({size} + 2·{each} - {extent}) / {stride}) + 1"
    if min(size, kernel, stride, dilation) < 1 or each < 0:
        raise ValueError(
            f"{formula} with kernel {kernel}, dilation {dilation}: size, kernel, stride and dilation must be "
            "1 or more, padding 0 or more"
        )
    if padding == "same":
        return math.ceil(size / stride)
    if extent > size + 2 * each:
        spread = f" (kernel {kernel}, dilation {dilation}: {dilation}·({kernel} - 1) + 1 = {extent})"
        raise ValueError(
            f"{formula} = {(size + 2 * each - extent) // stride + 1}: the kernel covers {extent}"
            f"{spread if dilation > 1 else ''}, the padded input has only {size} + 2·{each} = {size + 2 * each}"
        )
    return (size + 2 * each - extent) // stride + 1


def output_shape(layers, shape):
    """Return the output's shape, (H, W, C) or (units,). Raises ValueError where a layer does not fit its input."""
    for layer, before in _walk(layers, shape):
        shape = _output_shape(layer, before)
    return tuple(shape)


def parameters(layers, shape, trainable_only=False):
    """Return the number of weights and biases, with those of batch normalisation that are not trained unless said."""
    return sum(_parameters(layer, before, trainable_only) for layer, before in _walk(layers, shape))


def multiply_adds(layers, shape):
    """Return the multiply-adds for one image. A bias and pooling count nothing, batch normalisation one a value."""
    return sum(_multiply_adds(layer, before) for layer, before in _walk(layers, shape))


def receptive_field(layers, shape):
    """Return how many (rows, columns) of the input one output value depends on, edges aside.

    Field and step start at 1; each kernel adds (extent - 1)·step, each stride multiplies the step.
    """
    field, step = [1, 1], [1, 1]
    for layer, before in _walk(layers, shape):
        for axis in (0, 1) if len(before) == 3 else ():
            if layer.kind in ("flatten", "global pool"):
                field[axis] += (before[axis] - 1) * step[axis]
            field[axis] += layer.dilation[axis] * (layer.kernel[axis] - 1) * step[axis]
            step[axis] *= layer.stride[axis]
    return tuple(field)


def memory(layers, shape, bytes_each=4):
    """Return the Memory for numbers of `bytes_each` bytes (float32: 4); the input and the gradients are not in it."""
    kept = [(layer, before) for layer, before in _walk(layers, shape) if layer.kind != "flatten"]  # a view, no copy
    values = sum(math.prod(_output_shape(layer, before)) for layer, before in kept)
    return Memory(bytes_each * parameters(layers, shape), bytes_each * values)


def table(layers, shape):
    """Return the network as text: a line a layer with output, parameters, multiply-adds, field and activations."""
    heads = ("layer", "output", "parameters", "multiply-adds", "field", "outputs, kB")
    lines, done = [heads, ("input", _times(shape), "", "", "1", "")], []
    for layer, before in _walk(layers, shape):
        done.append(layer)
        field = receptive_field(done, shape)
        kilobytes = memory(layer, before).activations / 1000
        counts = f"{parameters(layer, before):,}", f"{multiply_adds(layer, before):,}"
        span = str(field[0]) if field[0] == field[1] else _times(field)
        lines.append((layer.name, _times(_output_shape(layer, before)), *counts, span, f"{kilobytes:,.1f}"))
    total = f"{parameters(layers, shape):,}", f"{multiply_adds(layers, shape):,}"
    lines.append(("total", "", *total, "", f"{memory(layers, shape).activations / 1000:,.1f}"))
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    left = [line[0].ljust(widths[0]) + "  " + line[1].ljust(widths[1]) for line in lines]
    right = ["  ".join(map(str.rjust, line[2:], widths[2:])) for line in lines]
    return "\n".join(f"{one}  {two}".rstrip() for one, two in zip(left, right, strict=True))


def _walk(layers, shape):
    """Yield each layer with the shape of its input."""
    if not isinstance(shape, list | tuple) or len(shape) not in (1, 3):
        raise ValueError(f"the input's shape is {shape!r}: give (H, W, C) or (units,)")
    shape = tuple(validate.whole(side, f"a side of the shape {tuple(shape)}") for side in shape)
    for layer in _flat(layers):
        yield layer, shape
        shape = _output_shape(layer, shape)


def _flat(layers):
    if isinstance(layers, Layer):
        if layers.kind not in KINDS:
            raise ValueError(f"{layers.name}: the kind {layers.kind!r} is none of {', '.join(KINDS)}")
        return [layers]
    if not isinstance(layers, list | tuple):
        raise ValueError(f"{layers!r} is no layer: give conv(…), pool(…), dense(…) …, or a list of them")
    return [layer for part in layers for layer in _flat(part)]


def _output_shape(layer, shape):
    if layer.kind == "dense":
        if len(shape) != 1:
            raise ValueError(
                f"{layer.name}: a dense layer needs (units,), not {shape}: flatten() or global_pool() first"
            )
        _positive(layer)
        return (layer.filters,)
    if layer.kind == "norm":
        return shape
    if layer.kind == "flatten":
        return (math.prod(shape),)
    if len(shape) != 3:
        raise ValueError(f"{layer.name}: needs (H, W, C), not {shape}")
    if layer.kind == "global pool":
        return (shape[2],)
    padding = (layer.padding,) * 2 if isinstance(layer.padding, str) else layer.padding
    try:
        sizes = tuple(map(output_size, shape[:2], layer.kernel, layer.stride, padding, layer.dilation))
    except ValueError as error:
        raise ValueError(f"{layer.name} on {shape}: {error}") from None
    return (*sizes, _channels(layer, shape[2]))


def _channels(layer, channels):
    if layer.kind == "pool":
        return channels
    _positive(layer)
    if layer.kind == "depthwise":
        return channels * layer.filters
    for what, count in (("input channels", channels), ("filters", layer.filters)):
        if not isinstance(layer.groups, Integral) or layer.groups < 1 or count % layer.groups:
            share = f" = {count / layer.groups:.2f}" if layer.groups else ""
            raise ValueError(f"{layer.name}: {what} / groups = {count} / {layer.groups}{share}: must be a whole number")
    return layer.filters


def _positive(layer):
    if not isinstance(layer.filters, Integral) or layer.filters < 1:
        raise ValueError(f"{layer.name}: {layer.filters!r} filters or units: a whole number, at least 1, is needed")


def _weights(layer, shape):
    """Return how many weights, biases aside."""
    if layer.kind == "dense":
        return shape[0] * layer.filters
    if layer.kind in ("conv", "depthwise"):
        _output_shape(layer, shape)
        area = layer.kernel[0] * layer.kernel[1]
        return area * (shape[2] // layer.groups if layer.kind == "conv" else shape[2]) * layer.filters
    return 0


def _parameters(layer, shape, trainable_only):
    if layer.kind == "norm":
        return (2 if trainable_only else 4) * shape[-1]
    weights = _weights(layer, shape)
    return weights + _output_shape(layer, shape)[-1] * (layer.bias and weights > 0)


def _multiply_adds(layer, shape):
    if layer.kind == "norm":
        return math.prod(shape)
    return _weights(layer, shape) * math.prod(_output_shape(layer, shape)[:-1])


def _times(shape):
    return "×".join(map(str, shape))

"""helpers.arithmetic against Keras on random layers, against impulses, and against published totals."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from helpers import arithmetic
from helpers.layers import Layer, conv, dense, depthwise, flatten, global_pool, norm, pool
from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras

SLOW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
PADDING = st.one_of(st.sampled_from(["valid", "same"]), st.integers(0, 3))


@st.composite
def cases(draw):
    """Draw one layer and an input shape; the geometry may be impossible."""
    kind = draw(st.sampled_from(["conv", "conv", "depthwise", "pool", "dense", "norm"]))
    pair = st.tuples(st.integers(1, 5), st.integers(1, 5))
    groups = draw(st.integers(1, 4))
    shape = (draw(st.integers(1, 24)), draw(st.integers(1, 24)), groups * draw(st.integers(1, 5)))
    kernel, padding, bias = draw(pair), draw(PADDING), draw(st.booleans())
    stride, dilation = draw(st.tuples(st.integers(1, 3), st.integers(1, 3))), 1
    if kind == "depthwise":
        stride = stride[0]  # TensorFlow on a CPU has one stride for both axes
    if draw(st.booleans()):
        stride, dilation = 1, draw(st.integers(1, 3))  # Keras has either a stride or a dilation
    if kind == "conv":
        filters = groups * draw(st.integers(1, 6))
        return conv(filters, kernel, stride, padding, dilation, groups, bias), shape
    if kind == "depthwise":
        return depthwise(kernel, stride, padding, dilation, draw(st.integers(1, 3)), bias), shape
    if kind == "pool":
        return pool(
            kernel, draw(st.one_of(st.none(), st.just(stride))), draw(st.sampled_from(["valid", "same"]))
        ), shape
    return (dense(draw(st.integers(1, 50)), bias), (shape[2],)) if kind == "dense" else (norm(), shape)


def by_keras(layer, shape):
    """Return (output shape, parameters) as Keras gives them for one layer."""
    padding = layer.padding
    if not isinstance(padding, str):
        shape = keras.layers.ZeroPadding2D(padding).compute_output_shape((None, *shape))[1:]
        padding = "valid"
    sizes = {"strides": layer.stride, "padding": padding}
    if layer.kind == "conv":
        same = {"dilation_rate": layer.dilation, "groups": layer.groups, "use_bias": layer.bias}
        made = keras.layers.Conv2D(layer.filters, layer.kernel, **sizes, **same)
    elif layer.kind == "depthwise":
        same = {"dilation_rate": layer.dilation, "use_bias": layer.bias, "depth_multiplier": layer.filters}
        made = keras.layers.DepthwiseConv2D(layer.kernel, **sizes, **same)
    elif layer.kind == "pool":
        made = keras.layers.MaxPooling2D(layer.kernel, **sizes)
    elif layer.kind == "dense":
        made = keras.layers.Dense(layer.filters, use_bias=layer.bias)
    else:
        made = keras.layers.BatchNormalization()
    after = made.compute_output_shape((None, *shape))[1:]
    made.build((None, *shape))
    return tuple(after), made.count_params()


@SLOW
@given(cases())
def test_size_and_parameters_agree_with_keras(case):
    layer, shape = case
    padding = (0, 0) if isinstance(layer.padding, str) else layer.padding
    extent = [d * (k - 1) + 1 for d, k in zip(layer.dilation, layer.kernel, strict=True)]
    room = [size + 2 * each for size, each in zip(shape, padding, strict=False)]
    if layer.padding != "same" and any(e > r for e, r in zip(extent, room, strict=False)):
        with pytest.raises(ValueError, match=r"floor\(\(\d+ \+ 2·\d - \d+\) / \d\) \+ 1 = -?\d"):
            arithmetic.output_shape(layer, shape)
        return
    assert (arithmetic.output_shape(layer, shape), arithmetic.parameters(layer, shape)) == by_keras(layer, shape)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_multiply_adds_are_weights_times_positions(case):
    layer, shape = case
    if layer.kind in ("pool", "norm"):
        return
    try:
        positions = int(np.prod(arithmetic.output_shape(layer, shape)[:-1]))
    except ValueError:
        return
    weights = arithmetic.parameters(layer._replace(bias=False), shape)
    assert arithmetic.multiply_adds(layer, shape) == weights * positions


def reach(layers, size):
    """Return how many inputs the middle output depends on, by following indices along one axis (valid padding)."""
    sizes = [size]
    for layer in layers:
        sizes.append(arithmetic.output_size(sizes[-1], layer.kernel[0], layer.stride[0], "valid", layer.dilation[0]))
    inputs = {sizes[-1] // 2}
    for layer in reversed(layers):
        taps = np.arange(layer.kernel[0]) * layer.dilation[0]
        inputs = {int(position * layer.stride[0] + tap) for position in inputs for tap in taps}
    return max(inputs) - min(inputs) + 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(1, 2)), min_size=1, max_size=5))
def test_receptive_field_is_what_an_output_can_reach(sizes):
    layers = [conv(1, kernel, stride, dilation=dilation) for kernel, stride, dilation in sizes]
    assert arithmetic.receptive_field(layers, (4000, 4000, 1))[0] == reach(layers, 4000)


def test_receptive_field_by_the_gradient_of_a_keras_model():
    tf = pytest.importorskip("tensorflow")
    net = [conv(2, 5, stride=2), pool(3, 2), conv(1, (3, 1))]
    with native_logs_off():
        x = keras.Input((64, 64, 1))
        y = keras.layers.Conv2D(2, 5, strides=2, kernel_initializer="ones")(x)
        y = keras.layers.AveragePooling2D(3, 2)(y)
        model = keras.Model(x, keras.layers.Conv2D(1, (3, 1), kernel_initializer="ones")(y))
        image = tf.zeros((1, 64, 64, 1))
        with tf.GradientTape() as tape:
            tape.watch(image)
            value = model(image)[0, 5, 5, 0]
        touched = np.abs(tape.gradient(value, image).numpy()[0, :, :, 0]) > 0
    assert arithmetic.receptive_field(net, (64, 64, 1)) == (touched.any(1).sum(), touched.any(0).sum()) == (17, 9)


def lenet():
    return [
        conv(6, 5), pool(2), conv(16, 5), pool(2), conv(120, 5), flatten(), dense(84), dense(10)
    ]  # fmt: skip


def alexnet(groups):
    grouped = {"padding": "same", "groups": groups}
    convolutions = [conv(96, 11, 4), pool(3, 2), conv(256, 5, **grouped), pool(3, 2), conv(384, 3, padding="same")]
    convolutions += [conv(384, 3, **grouped), conv(256, 3, **grouped), pool(3, 2)]
    return [*convolutions, flatten(), dense(4096), dense(4096), dense(1000)]


def vgg(repeats):
    blocks = [
        [[conv(filters, 3, padding="same")] * repeat, pool(2)]
        for filters, repeat in zip((64, 128, 256, 512, 512), repeats, strict=True)
    ]
    return [*blocks, flatten(), dense(4096), dense(4096), dense(1000)]


@pytest.mark.parametrize(
    ("net", "shape", "total", "operations"),
    [
        (lenet(), (32, 32, 1), 61_706, 416_520),
        (alexnet(1), (227, 227, 3), 62_378_344, 1_135_256_096),
        (alexnet(2), (227, 227, 3), 60_965_224, 724_406_816),
        (vgg((2, 2, 3, 3, 3)), (224, 224, 3), 138_357_544, 15_470_264_320),
        (vgg((2, 2, 4, 4, 4)), (224, 224, 3), 143_667_240, 19_632_062_464),
    ],
)
def test_published_totals(net, shape, total, operations):
    assert arithmetic.parameters(net, shape) == total
    assert arithmetic.multiply_adds(net, shape) == operations
    assert arithmetic.memory(net, shape).weights == 4 * total
    assert f"{total:,}" in arithmetic.table(net, shape).splitlines()[-1]


def test_normalisation_memory_and_global_pool():
    net = [conv(8, 3, padding="same", bias=False), norm(), global_pool(), dense(10)]
    assert arithmetic.parameters(net, (16, 16, 3)) == 216 + 32 + 90
    assert arithmetic.parameters(net, (16, 16, 3), trainable_only=True) == 216 + 16 + 90
    assert arithmetic.output_shape(net, (16, 16, 3)) == (10,)
    assert arithmetic.memory(net, (16, 16, 3)) == (4 * 338, 4 * (2048 + 2048 + 8 + 10))
    assert arithmetic.receptive_field(net, (16, 16, 3)) == (18, 18)
    assert arithmetic.multiply_adds(depthwise(5), (12, 12, 3)) == 4800
    assert arithmetic.multiply_adds(conv(256, 1), (8, 8, 3)) == 49152


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (conv(4, 7), (5, 5, 1), r"floor\(\(5 \+ 2·0 - 7\) / 1\) \+ 1 = -1"),
        (conv(4, 3, dilation=3), (6, 6, 1), r"3·\(3 - 1\) \+ 1 = 7"),
        (pool(2, 0), (8, 8, 1), r"floor\(\(8 \+ 2·0 - 2\) / 0\) \+ 1"),
        (conv(4, 3, padding=-1), (8, 8, 1), r"8 \+ 2·-1 - 3"),
        (conv(4, 3, padding="full"), (8, 8, 1), "'full'"),
        (conv(64, 3, groups=3), (8, 8, 64), r"input channels / groups = 64 / 3 = 21\.33"),
        (conv(10, 3, groups=4), (8, 8, 64), r"filters / groups = 10 / 4 = 2\.50"),
        (conv(64, 3, groups=0), (8, 8, 64), "64 / 0"),
        (conv(0, 3), (8, 8, 3), "at least 1"),
        (dense(0), (8,), "at least 1"),
        (dense(10), (8, 8, 3), "flatten"),
        (pool(2), (10,), r"needs \(H, W, C\)"),
    ],
)
def test_impossible_geometry_shows_the_formula(layer, shape, message):
    for function in (arithmetic.output_shape, arithmetic.table):
        with pytest.raises(ValueError, match=message):
            function([layer], shape)


def test_imports_neither_tensorflow_nor_keras():
    code = "import sys, helpers.arithmetic; assert not {'tensorflow', 'keras', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: arithmetic.output_size(28.5, 5), "size is 28.5: give a whole number"),
        (lambda: arithmetic.output_size(28, 5, stride=1.5), "stride is 1.5"),
        (lambda: arithmetic.output_size("28", 5), "size is '28'"),
        (lambda: conv(6, (3, 3, 3)), r"is \(3, 3, 3\): give two whole numbers"),
        (lambda: conv(6, 2.5), "2.5"),
        (lambda: arithmetic.output_shape([conv("6", 3)], (28, 28, 1)), "'6' filters"),
        (lambda: arithmetic.output_shape([conv(6, 3, groups=2.0)], (28, 28, 2)), "groups"),
        (lambda: arithmetic.output_shape([conv(6, 3)], (28, -28, 1)), r"\(28, -28, 1\) is -28"),
        (lambda: arithmetic.parameters([dense(10)], (2.5,)), "2.5"),
        (lambda: arithmetic.output_shape([conv(6, 3)], 28), "shape is 28"),
        (lambda: arithmetic.output_shape([("conv", 6)], (28, 28, 1)), "'conv' is no layer"),
        (lambda: arithmetic.output_shape(conv, (28, 28, 1)), "is no layer"),
        (lambda: arithmetic.output_shape([Layer("upsample")], (28, 28, 1)), "kind 'upsample'"),
    ],
)
def test_what_is_no_layer_or_no_size_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()

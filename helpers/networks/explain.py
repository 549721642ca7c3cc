"""Where a network looks: Grad-CAM and occlusion, for functional Keras models. Importing this imports Keras.

Grad-CAM: Selvaraju et al. 2017, arXiv:1610.02391. Occlusion: Zeiler and Fergus 2014, arXiv:1311.2901. Both say where
the score comes from, not whether the place is a good reason.
"""

import numpy as np

from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras
    import tensorflow as tf

BATCH = 8  # images at once: the tape keeps what every layer gave


def grad_cam(model, images, layer, output=0, resize=True):
    """Return Grad-CAM heat maps, float32 (N, H, W), 0 and above: how much each place raises the score.

    model: functional and flat, so that `layer` (a name) is one of its own layers, with an output (N, h, w, C).
    images: a batch as the model takes it, (N, H, W, C). output: which of the K values of the model's (N, K) is
    explained. Explain a score: behind a sigmoid or softmax the gradient vanishes where the network is sure.
    resize: to the images' (H, W), bilinearly; else the maps are (N, h, w).
    Raises ValueError where there is no such layer or output, or where a shape is another one.
    """
    try:
        target = model.get_layer(layer)
    except ValueError:
        inside = [part.name for part in model.layers if isinstance(part, keras.Model)]
        hint = f" {inside[0]!r} is a model inside the model: build it flat." if inside else ""
        raise ValueError(f"{model.name} has no layer {layer!r}; it has {_names(model)}.{hint}") from None
    if len(target.output.shape) != 4:
        raise ValueError(f"the output of {layer!r} is {target.output.shape}; a map is needed, (N, h, w, channels)")
    if len(model.output.shape) != 2 or not 0 <= output < model.output.shape[1]:
        raise ValueError(f"the model gives {model.output.shape}; there is no output {output} in (N, K)")
    both = keras.Model(model.input, [target.output, model.output])
    images, maps = np.asarray(images, np.float32), []
    for start in range(0, len(images), BATCH):
        with tf.GradientTape() as tape:
            features, scores = both(images[start : start + BATCH], training=False)
            gradient = tape.gradient(scores[:, output], features)
        weights = tf.reduce_mean(gradient, axis=(1, 2), keepdims=True)  # one number a channel
        maps.append(tf.nn.relu(tf.reduce_sum(weights * features, axis=-1)).numpy())
    heat = (
        np.concatenate(maps) if maps else np.zeros((0, *(side or 0 for side in target.output.shape[1:3])), np.float32)
    )
    return resized(heat, images.shape[1:3]) if resize else heat


def occlusion(predict, image, patch=16, stride=8, fill=None):
    """Return how much the score drops where a square of the image is covered, float32 (H, W); below 0 it rises.

    predict: a function from a batch (N, H, W, C) to scores (N,), e.g. lambda x: model.predict(x, verbose=0)[:, 0].
    image: (H, W, C). patch, stride: side of the square and its step, in pixels. fill: the value that covers, a number
    or one a channel; the image's mean by default. A pixel gets the mean drop of all squares that cover it.
    Raises ValueError where the image is not (H, W, C) or the patch does not fit.
    """
    image = np.asarray(image, np.float32)
    if image.ndim != 3 or not 0 < patch <= min(image.shape[:2]) or stride < 1:
        raise ValueError(f"occlusion() needs an image (H, W, C) and a patch inside it, not {image.shape}, {patch}")
    fill = image.mean(axis=(0, 1)) if fill is None else fill
    corners = [
        (int(top), int(left))
        for top in _steps(image.shape[0], patch, stride)
        for left in _steps(image.shape[1], patch, stride)
    ]
    covered = np.repeat(image[None], len(corners), axis=0)
    for one, (top, left) in zip(covered, corners, strict=True):
        one[top : top + patch, left : left + patch] = fill
    drops = np.asarray(predict(image[None]))[0] - np.asarray(predict(covered))
    total, times = np.zeros(image.shape[:2]), np.zeros(image.shape[:2])
    for drop, (top, left) in zip(drops, corners, strict=True):
        total[top : top + patch, left : left + patch] += drop
        times[top : top + patch, left : left + patch] += 1
    return (total / times).astype(np.float32)


def inside(heat, mask):
    """Return the part of a heat map that lies in a mask, 0..1: float32 (H, W), 0 and above, and bool (H, W).

    A map that is 0 everywhere gives nan. Raises ValueError where the shapes differ.
    """
    heat, mask = np.asarray(heat), np.asarray(mask).astype(bool)
    if heat.shape != mask.shape:
        raise ValueError(f"the heat map is {heat.shape}, the mask {mask.shape}: they must agree")
    return float(heat[mask].sum() / heat.sum()) if heat.any() else float("nan")


def resized(maps, size):
    """Return maps (N, h, w) as (N, H, W) for size = (H, W), bilinearly, float32."""
    return np.asarray(tf.image.resize(np.asarray(maps, np.float32)[..., None], size))[..., 0]


def _steps(side, patch, stride):
    """Return the starts of patches that cover 0..side - 1 to the end."""
    starts = np.arange(0, side - patch + 1, stride)
    return starts if starts[-1] == side - patch else np.append(starts, side - patch)


def _names(model):
    names = [part.name for part in model.layers]
    return ", ".join(names if len(names) < 9 else [*names[:4], "…", *names[-4:]])

"""The U-Net and its loss, in Keras, with fresh weights.

Ronneberger, Fischer and Brox, MICCAI 2015, doi:10.1007/978-3-319-24574-4_28.
"""

import math

from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras
    from keras import layers

SAME = {"padding": "same", "use_bias": False}


def unet(input_shape=(64, 64, 1), width=8, depth=4, prior=0.5):
    """Return a U-Net (Ronneberger et al. 2015) for one class, as a Keras functional model with fresh weights.

    Input: (N, H, W, C) float32; H and W must divide by 2 ** depth. Output: (N, H, W, 1) probabilities in 0..1.
    width: feature maps of the first level, doubled `depth` times on the way down. Each level has two 3 × 3 convolutions
    with batch normalisation and ReLU; down by max pooling, up by a 2 × 2 transposed convolution; skips are joined.
    prior: the probability that the untrained network starts from in every pixel, about: the share of foreground.
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
    start = keras.initializers.Constant(math.log(prior / (1 - prior)))
    mask = layers.Conv2D(1, 1, activation="sigmoid", bias_initializer=start, name="mask")(x)
    return keras.Model(image, mask, name="unet")


def dice_bce(y_true, y_pred):
    """Return binary cross-entropy + 1 − soft Dice, a loss for masks (N, H, W, 1) of 0 and 1 against probabilities."""
    ops = keras.ops
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    total = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    dice = ops.mean((2 * shared + 1) / (total + 1))
    return ops.mean(keras.losses.binary_crossentropy(y_true, y_pred)) + 1 - dice


def _double(x, channels):
    """Return x after two times convolution 3 × 3 → batch normalisation → ReLU."""
    for _ in range(2):
        x = layers.BatchNormalization(momentum=0.9)(layers.Conv2D(channels, 3, **SAME)(x))
        x = layers.ReLU()(x)
    return x

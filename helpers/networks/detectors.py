"""The networks inside the course's detectors, in Keras: a trunk with ImageNet weights, and heads with fresh ones.

Girshick, "Fast R-CNN", ICCV 2015, arXiv:1504.08083. Ren et al., "Faster R-CNN", NIPS 2015, arXiv:1506.01497.
"""

from helpers.networks.efficientnet import MEAN, STD, efficientnet_lite0
from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras
    from keras import layers


def trunk(layer="block11"):
    """Return EfficientNet-Lite0 up to a layer, with its ImageNet weights: what region-based detectors look through.

    Input: RGB (N, H, W, 3) in 0..255, of any size. Output: the layer's maps, (N, H / 16, W / 16, 112) for "block11".
    """
    network = efficientnet_lite0(include_top=False, input_shape=(None, None, 3))
    image = keras.Input((None, None, 3), name="pixels")
    cut = keras.Model(network.input, network.get_layer(layer).output)
    return keras.Model(image, cut(layers.Rescaling(1 / (255 * STD), -MEAN / STD)(image)), name="trunk")


def two_scales(fine="block11", coarse="block15"):
    """Return EfficientNet-Lite0 as the trunk of a detector: its maps at stride 16 and 32, put together at stride 16.

    Input: RGB (N, H, W, 3) in 0..255, sides divisible by 32. Output: (N, H / 16, W / 16, 304): 112 channels of the
    fine map, then 192 of the coarse one, each of whose cells is repeated twice in both directions.
    """
    network = efficientnet_lite0(include_top=False, input_shape=(None, None, 3))
    image = keras.Input((None, None, 3), name="pixels")
    cut = keras.Model(network.input, [network.get_layer(name).output for name in (fine, coarse)])
    near, far = cut(layers.Rescaling(1 / (255 * STD), -MEAN / STD)(image))
    return keras.Model(image, layers.Concatenate()([near, layers.UpSampling2D(2)(far)]), name="trunk")


def roi_heads(classes, size=4, channels=112, learning_rate=1e-3):
    """Return Fast R-CNN's two heads on pooled maps, compiled: [logits (N, 1 + classes), box offsets (N, 4)].

    Input: (N, size, size, channels) float32. Logit 0: background. In Girshick, ICCV 2015, each
    class has offsets of its own.
    """
    pooled = keras.Input((size, size, channels), name="pooled")
    x = layers.Flatten()(layers.BatchNormalization()(pooled))
    x = layers.Dropout(0.3)(layers.Dense(256, activation="relu")(layers.Dropout(0.3)(x)))
    model = keras.Model(pooled, [layers.Dense(1 + classes, name="logits")(x), layers.Dense(4, name="offsets")(x)])
    loss = [keras.losses.SparseCategoricalCrossentropy(from_logits=True), keras.losses.Huber()]
    model.compile(keras.optimizers.Adam(learning_rate), loss)
    return model


def rpn(rows=16, columns=20, anchors=9, channels=112, learning_rate=1e-3, filters=128):
    """Return a region proposal network, compiled: [logits (N, rows, columns, anchors, 1), box offsets (…, 4)].

    Input: maps (N, rows, columns, channels) float32. Ren et al., NIPS 2015.
    """
    maps = keras.Input((rows, columns, channels), name="maps")
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(layers.BatchNormalization()(maps))
    answers = {"scores": layers.Conv2D(anchors, 1)(x), "offsets": layers.Conv2D(4 * anchors, 1)(x)}
    shape = rows, columns, anchors, -1
    model = keras.Model(maps, [layers.Reshape(shape, name=name)(answer) for name, answer in answers.items()])
    model.compile(keras.optimizers.Adam(learning_rate), [keras.losses.BinaryCrossentropy(from_logits=True), "huber"])
    return model

"""The small convolutional network for faces that lesson 09c builds, for the lessons that train it again."""

from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras

SIDE, CLASSES = 48, 7


def network(channels=(16, 32, 64), hidden=96, dropout=0.2, rate=2e-3):
    """Return a compiled keras.Model: (N, 48, 48, 1) grey faces in 0..255 → (N, 7) probabilities, emotion.NAMES.

    channels: of the convolutions, each of which halves the sides; hidden: units of the dense layer; dropout: in front
    of it, and half of it behind; rate: of Adam. Labels are ids, int (N,).
    """
    image = keras.Input((SIDE, SIDE, 1))
    x = keras.layers.LayerNormalization(axis=(1, 2, 3), center=False, scale=False)(image)
    x = keras.layers.RandomFlip("horizontal", seed=0)(x)
    for number, count in enumerate(channels):
        x = keras.layers.Conv2D(count, 3 if number else 5, strides=2, padding="same", activation="relu")(x)
    x = keras.layers.Dropout(dropout)(keras.layers.Flatten()(x))
    x = keras.layers.Dense(hidden, activation="relu")(x)
    x = keras.layers.Dropout(dropout / 2)(x)
    model = keras.Model(image, keras.layers.Dense(CLASSES, activation="softmax")(x))
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

"""Predictions of a batch that may be empty. Imports no Keras: it calls what it is given."""

import numpy as np


def predict(network, batch, size=None):
    """Return network.predict_on_batch(batch), `size` rows at a time where given; a list where there are many outputs.

    batch: (N, …). An empty batch gives empty answers of the right shapes and never reaches the network: on some
    processors TensorFlow refuses it. For them the network needs Keras' compute_output_shape.
    """
    if not len(batch):
        shapes = network.compute_output_shape((1, *np.shape(batch)[1:]))
        several = isinstance(shapes, list)
        empty = [np.zeros((0, *shape[1:]), np.float32) for shape in (shapes if several else [shapes])]
        return empty if several else empty[0]
    size = size or len(batch)
    parts = [network.predict_on_batch(batch[first : first + size]) for first in range(0, len(batch), size)]
    if isinstance(parts[0], list | tuple):
        return [np.concatenate(one) for one in zip(*parts, strict=True)]
    return np.concatenate(parts)

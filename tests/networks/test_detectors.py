"""Networks of the region-based detectors: the trunk against EfficientNet-Lite0, the shapes of the heads, learning."""

import keras
import numpy as np
import pytest

from helpers import samples
from helpers.networks import detectors, efficientnet


@pytest.fixture(scope="module")
def trunk():
    return detectors.trunk()


def test_trunk_is_the_start_of_the_network(trunk):
    image = samples.load("coffee")[:128, :160]
    network = efficientnet.efficientnet_lite0(include_top=False, input_shape=(128, 160, 3))
    inner = keras.Model(network.input, network.get_layer("block11").output)
    expected = inner.predict_on_batch(efficientnet.preprocess(image, size=(128, 160)))
    assert np.allclose(trunk.predict_on_batch(image[None]), expected, atol=1e-3)
    assert expected.shape == (1, 8, 10, 112)


def test_heads_learn_class_and_offsets():
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(256, 4, 4, 6)).astype(np.float32)
    labels = (x.mean(axis=(1, 2, 3)) > 0) + 1
    offsets = np.repeat(x[:, 0, 0, :1], 4, axis=1)
    heads = detectors.roi_heads(2, channels=6, learning_rate=3e-3)
    heads.fit(x, [labels, offsets], sample_weight=[np.ones(256), np.ones(256)], epochs=15, verbose=0)
    logits, found = heads.predict_on_batch(x)
    assert logits.shape == (256, 3) and found.shape == (256, 4)
    assert (logits.argmax(axis=1) == labels).mean() > 0.9
    assert np.corrcoef(found[:, 0], offsets[:, 0])[0, 1] > 0.6


def test_rpn_has_one_answer_an_anchor():
    rpn = detectors.rpn(rows=16, columns=20, channels=112)
    maps = np.zeros((2, 16, 20, 112), np.float32)
    scores, offsets = rpn.predict_on_batch(maps)
    assert (scores.shape, offsets.shape) == ((2, 16, 20, 9, 1), (2, 16, 20, 9, 4))

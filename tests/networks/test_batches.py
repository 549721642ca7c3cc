"""helpers.networks.batches: an empty batch never reaches a network, and gets answers of the right shapes."""

import numpy as np
import pytest

from helpers.datasets.coco import Scene
from helpers.detection import two_stage
from helpers.networks import batches, detectors, efficientnet, explain, yolo


class Strict:
    """A network that refuses an empty batch, as TensorFlow does on some processors."""

    def __init__(self, network):
        self.network, self.compute_output_shape = network, network.compute_output_shape

    def predict_on_batch(self, batch):
        assert len(batch), "an empty batch reached the network"
        return self.network.predict_on_batch(batch)


@pytest.fixture(scope="module")
def trunk():
    return Strict(detectors.two_scales())


@pytest.fixture(scope="module")
def heads():
    return Strict(detectors.roi_heads(5))


@pytest.fixture(scope="module")
def image():
    return np.random.default_rng(0).integers(0, 255, (128, 160, 3), np.uint8)


def test_parts_are_put_together_as_one_batch(heads):
    pooled = np.random.default_rng(0).normal(size=(7, 4, 4, 112)).astype(np.float32)
    whole, parts = batches.predict(heads, pooled), batches.predict(heads, pooled, 3)
    for one, other in zip(whole, parts, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)  # sums in another order


def test_no_boxes_no_features(trunk, image):
    some, none = (two_stage.crop_features(trunk, image, boxes) for boxes in ([[0, 0, 40, 40]], []))
    assert none.shape == (0, some.shape[1]) and none.dtype == some.dtype


def test_no_proposals_no_detections(trunk, image):
    heads = Strict(detectors.roi_heads(5, two_stage.SIZE, 304))
    flags = np.zeros(0, bool)
    empty = Scene(1, None, 128, 160, np.zeros((0, 4)), np.zeros(0, int), flags, flags, [])
    seen = two_stage.Seen(empty, np.zeros((0, 4)), None, two_stage.scene_map(trunk, image))
    assert [part.shape for part in two_stage.fast_rcnn(heads, seen)] == [(0, 4), (0,), (0,)]


def test_no_maps_no_answers_of_a_one_look_detector():
    head = Strict(yolo.head(5))
    assert yolo.answers(head, np.zeros((0, 8, 10, 304), np.float32)).shape == (0, 8, 10, 10)


def test_no_images_no_heat():
    import keras

    x = keras.Input((8, 8, 1))
    maps = keras.layers.Conv2D(2, 3, name="maps")(x)
    model = keras.Model(x, keras.layers.Dense(1)(keras.layers.GlobalAveragePooling2D()(maps)))
    assert explain.grad_cam(model, np.zeros((0, 8, 8, 1)), "maps").shape == (0, 8, 8)


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_no_images_no_inputs_and_no_names(dtype):
    assert efficientnet.preprocess(np.zeros((0, 60, 80, 3), dtype), (32, 32)).shape == (0, 32, 32, 3)
    assert efficientnet.decode(np.zeros((0, 1000))) == []

"""helpers.networks.explain on networks whose answer is known by construction."""

import numpy as np
import pytest

from helpers.networks import explain
from helpers.networks.explain import keras

SIDE = 24


def network(weights=(1.0, -1.0)):
    """A flat model: the 1 x 1 "maps" copy red and green, the score is weights · their means."""
    image = keras.Input((SIDE, SIDE, 3), name="image")
    maps = keras.layers.Conv2D(2, 1, use_bias=False, name="maps")
    mean = keras.layers.GlobalAveragePooling2D(name="mean")
    score = keras.layers.Dense(1, name="score")
    model = keras.Model(image, score(mean(maps(image))))
    maps.set_weights([np.array([[1, 0], [0, 1], [0, 0]], np.float32).reshape(1, 1, 3, 2)])
    score.set_weights([np.array(weights, np.float32)[:, None], np.zeros(1, np.float32)])
    return model


@pytest.fixture(scope="module")
def model():
    return network()


@pytest.fixture(scope="module")
def picture():
    """Red at the top left, green at the bottom right, blue elsewhere."""
    image = np.zeros((SIDE, SIDE, 3), np.float32)
    image[2:8, 3:9, 0], image[14:20, 12:18, 1] = 1, 1
    image[..., 2] = 0.5
    return image


def test_the_heat_is_exactly_the_class_activation_map(model, picture):
    heat = explain.grad_cam(model, picture[None], "maps")[0]
    expected = np.maximum(picture[..., 0] - picture[..., 1], 0) / SIDE**2  # gradient of a mean is 1 / (h · w)
    assert heat.shape == (SIDE, SIDE) and heat == pytest.approx(expected, rel=1e-5, abs=1e-9)
    assert explain.inside(heat, picture[..., 0] > 0) == pytest.approx(1)


def test_what_speaks_against_is_not_shown_and_the_output_is_chosen(picture):
    against = explain.grad_cam(network((-1.0, -2.0)), picture[None], "maps")
    assert not against.any()
    two = network()
    wide = keras.layers.Dense(2, use_bias=False)
    both = keras.Model(two.input, wide(two.get_layer("mean").output))
    wide.set_weights([np.array([[1, 0], [0, 1]], np.float32)])
    for output in (0, 1):
        heat = explain.grad_cam(both, picture[None], "maps", output=output)[0]
        assert explain.inside(heat, picture[..., output] > 0) == pytest.approx(1)


def test_more_images_than_a_batch_and_small_maps(model, picture):
    many = np.stack([picture] * 3 + [picture * 0] * 31)
    heat = explain.grad_cam(model, many, "maps")
    assert heat.shape == (34, SIDE, SIDE) and np.array_equal(heat[0], heat[2]) and not heat[5].any()
    pooled = keras.layers.AveragePooling2D(4, name="pooled")(model.get_layer("maps").output)
    small = keras.Model(model.input, model.get_layer("score")(model.get_layer("mean")(pooled)))
    assert explain.grad_cam(small, picture[None], "pooled", resize=False).shape == (1, 6, 6)
    assert explain.grad_cam(small, picture[None], "pooled").shape == (1, SIDE, SIDE)


@pytest.mark.parametrize(
    ("layer", "output", "message"),
    [("nowhere", 0, "no layer 'nowhere'.*maps"), ("mean", 0, "map is needed"), ("maps", 1, "no output 1")],
)
def test_a_wrong_layer_or_output_is_named(model, picture, layer, output, message):
    with pytest.raises(ValueError, match=message):
        explain.grad_cam(model, picture[None], layer, output=output)


def test_a_nested_model_is_named(model, picture):
    image = keras.Input((SIDE, SIDE, 3))
    nested = keras.Model(image, model(image))
    with pytest.raises(ValueError, match="build it flat"):
        explain.grad_cam(nested, picture[None], "maps")


def test_occlusion_drops_by_what_is_covered(model, picture):
    predict = lambda batch: model.predict(batch, verbose=0)[:, 0]  # noqa: E731
    drop = explain.occlusion(predict, picture, patch=6, stride=1, fill=0)
    assert np.unravel_index(drop.argmax(), drop.shape) in [(y, x) for y in range(2, 8) for x in range(3, 9)]
    assert drop[16, 14] < 0 < drop[4, 5] and drop[0, 23] == pytest.approx(0, abs=1e-7)
    whole = explain.occlusion(predict, picture, patch=SIDE, fill=0)
    assert whole == pytest.approx(np.full((SIDE, SIDE), predict(picture[None])[0]), abs=1e-6)


def test_occlusion_reaches_the_border_and_refuses_what_does_not_fit(picture):
    drop = explain.occlusion(lambda batch: batch[:, -1, -1, 2], picture, patch=7, stride=5, fill=0)
    assert drop[-1, -1] == pytest.approx(0.5) and drop[0, 0] == 0
    with pytest.raises(ValueError, match="patch"):
        explain.occlusion(lambda batch: batch, picture, patch=SIDE + 1)


def test_inside_of_nothing_is_nan_and_shapes_must_agree():
    assert np.isnan(explain.inside(np.zeros((3, 3)), np.ones((3, 3))))
    heat = np.arange(4.0).reshape(2, 2)
    assert explain.inside(heat, [[0, 0], [0, 1]]) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="agree"):
        explain.inside(heat, np.ones((3, 3)))

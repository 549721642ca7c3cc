"""The generator of lesson 10f: its files load, are refused when damaged, and the pictures are what was asked for."""

import shutil

import numpy as np
import pytest

from helpers import words
from helpers.datasets import clothes
from helpers.networks import generator

ASKED = ["tee", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boots"]


def draw(network, captions, guidance=2.0, steps=20):
    """Return codes by Euler's method from seeded noise, as lesson 10f draws them."""
    word = np.array([words.phrase(text) for text in captions])
    word = np.float32(word / np.linalg.norm(word, axis=1, keepdims=True))
    x = np.random.default_rng(0).standard_normal((len(word), generator.NUMBERS), np.float32)
    for t in np.arange(steps) / steps:
        times = np.full((len(x), 1), t, np.float32)
        spoken, silent = (network([x, times, given], training=False).numpy() for given in (word, 0 * word))
        x = x + (silent + guidance * (spoken - silent)) / steps
    return x


def test_the_judge_recognises_what_was_asked_for():
    space, judge = generator.space(), generator.judge()
    pictures = space.decode(draw(generator.velocity(), [name for name in ASKED for _ in range(20)]))
    answers = judge.predict(pictures, verbose=0)[1].argmax(axis=1)
    assert np.mean(answers == np.repeat(np.arange(10), 20)) > 0.8
    assert pictures.std(axis=0).mean() > 0.1  # not one picture a class


def test_the_judge_knows_real_and_packed_pictures():
    (_, (x_test, y_test)), space, judge = clothes.load(), generator.space(), generator.judge()
    for pictures in (np.float32(x_test / 255), space.decode(space.encode(x_test))):
        features, logits = judge.predict(pictures, verbose=0)
        assert features.shape == (1000, 64)
        assert np.mean(logits.argmax(axis=1) == y_test) > 0.84


def test_the_axes_are_perpendicular_and_codes_come_back():
    space = generator.space()
    np.testing.assert_allclose(space.axes @ space.axes.T, np.eye(generator.NUMBERS), atol=2e-3)
    (x_train, _), _ = clothes.load()
    codes = space.encode(x_train[:50])
    assert codes.dtype == np.float32 and codes.shape == (50, generator.NUMBERS)
    flat = (codes * space.scale) @ space.axes + space.mean
    np.testing.assert_allclose(space.encode(flat.reshape(-1, 28, 28)), codes, atol=0.05)
    np.testing.assert_allclose(space.encode(x_train[:5]), space.encode(x_train[:5] / 255), atol=1e-5)
    decoded = space.decode(codes)
    assert decoded.shape == (50, 28, 28) and decoded.min() >= 0 and decoded.max() <= 1
    assert np.sqrt(np.mean((decoded - x_train[:50] / 255) ** 2)) < 0.1


def test_an_untrained_network_answers_with_the_field_of_a_gaussian():
    rng, t = np.random.default_rng(0), 0.6
    data, noise = rng.standard_normal((2, 400_000))
    x, velocity = (1 - t) * noise + t * data, data - noise
    slope = np.mean(x * velocity) / np.mean(x**2)  # of the least squares line through many walks
    network = generator.velocity_network(numbers=2, width=16)
    answer = network([np.ones((1, 2)), np.full((1, 1), t), np.ones((1, 100))]).numpy()[0]
    np.testing.assert_allclose(answer, slope, atol=0.02)


@pytest.mark.parametrize("name", [generator.SPACE, generator.VELOCITY])
def test_a_missing_damaged_or_other_file_is_named(tmp_path, name):
    load = generator.space if name == generator.SPACE else generator.velocity
    with pytest.raises(FileNotFoundError, match=name):
        load(tmp_path)
    (tmp_path / name).write_bytes((generator.FOLDER / name).read_bytes()[:5000])
    with pytest.raises(ValueError, match=f"{name}: damaged"):
        load(tmp_path)
    np.savez(tmp_path / name, mean=np.array([np.nan]))
    with pytest.raises(ValueError, match=f"{name}: damaged"):
        load(tmp_path)


def test_weights_of_another_network_are_refused(tmp_path):
    shutil.copy(generator.FOLDER / generator.SPACE, tmp_path / generator.VELOCITY)
    with pytest.raises(ValueError, match="do not fit the network"):
        generator.velocity(tmp_path)

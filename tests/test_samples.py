"""helpers.samples against the packages that hold the images."""

import subprocess
import sys

import numpy as np
import pytest
from skimage import data
from sklearn import datasets

from helpers import samples


def test_every_sample_loads_with_its_stated_type():
    for name in samples.names():
        image = samples.load(name)
        expected = {"horse": np.bool_, "ct_head": np.int16, "ct_spine": np.int16}.get(name, np.uint8)
        assert image.dtype == expected, name
        assert image.min() < image.max(), name


def test_known_pixels():
    assert np.array_equal(samples.load("astronaut"), data.astronaut())
    assert samples.load("coins").shape == (303, 384)
    spine = samples.load("ct_spine")
    assert -1024 <= spine.min() < -800 and 700 < spine.max() <= 3071


def test_load_returns_a_copy():
    samples.load("coins")[:] = 0
    assert samples.load("coins").max() == 252


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match="'dog'.*astronaut.*ultrasound_node"):
        samples.load("dog")


def test_catalogue_has_a_row_and_a_licence_for_each():
    table = samples.catalogue()
    assert list(table["name"]) == samples.names()
    assert table["licence"].str.len().min() > 0


def test_tensorflow_is_not_imported():
    code = "import sys; from helpers import check, explorer, plots, samples; print('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


@pytest.mark.parametrize("name", ["china", "flower"])
def test_photographs_are_those_that_scikit_learn_loads(name):
    assert np.array_equal(samples.load(name), datasets.load_sample_image(f"{name}.jpg"))

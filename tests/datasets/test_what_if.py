"""helpers.datasets.what_if: the same chest under other circumstances, and nothing else changed."""

import numpy as np
import pytest

from helpers.datasets import what_if


def test_only_the_disease_changes():
    ill, healthy = what_if.film(0, "A", 0.8), what_if.film(0, "A", 0)
    assert not healthy.infection.any() and ill.infection.sum() > 50
    assert np.array_equal(ill.lung, healthy.lung)
    far = ~ill.infection & ~ill.lung
    inside = np.abs(ill.image.astype(int) - healthy.image)[ill.infection].mean()
    assert inside > 3 * np.abs(ill.image.astype(int) - healthy.image)[far].mean()


def test_hospitals_differ_the_chest_does_not_and_calls_repeat():
    a, b = what_if.film(1, "A", 0), what_if.film(1, "B", 0)
    assert a.image.shape != b.image.shape
    assert a.lung.mean() == pytest.approx(b.lung.mean(), rel=0.2)
    assert np.array_equal(a.image, what_if.film(1, "A", 0).image)
    with pytest.raises(ValueError, match="hospital"):
        what_if.film(0, "D")


def test_a_slice_is_cut_where_it_is_asked():
    low, high = what_if.ct_slice(0, 0.1, 0), what_if.ct_slice(0, 0.9, 0)
    assert low.shape == high.shape and low.dtype == np.uint8
    assert (low != high).mean() > 0.3
    assert (what_if.ct_slice(0, 0.1, 0.9) != low).mean() < 0.3

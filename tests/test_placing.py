"""Cut-outs as layers: where they lie, and what shows through."""

import numpy as np
import pytest

from helpers import placing
from helpers.datasets import backgrounds, cutouts

ITEM = cutouts.load("test")[0]


def box(layer):
    rows, columns = np.nonzero(layer[..., 3] > 0)
    return rows.min(), rows.max(), columns.min(), columns.max()


def test_in_the_middle_the_longer_side_is_as_asked():
    layer = placing.layer(ITEM, 100)
    top, bottom, left, right = box(layer)
    assert layer.shape == (224, 224, 4) and layer.dtype == np.float32
    assert abs(max(bottom - top, right - left) + 1 - 100) <= 4
    assert abs((top + bottom) / 2 - 112) < 6 and abs((left + right) / 2 - 112) < 6


def test_a_corner_and_a_random_place():
    top, _, left, _ = box(placing.layer(ITEM, 40, (100, 120), (30, 20)))
    assert 20 <= top < 26 and 30 <= left < 36
    places = [box(placing.layer(ITEM, 40, (100, 120), np.random.default_rng(seed))) for seed in range(20)]
    assert len(set(places)) > 15
    assert all(top >= 8 and bottom < 92 and left >= 8 and right < 112 for top, bottom, left, right in places)


def test_over_shows_the_background_where_nothing_lies():
    layer = placing.layer(ITEM, 40, (100, 120), (30, 20))
    picture = placing.over(layer, 0.25)
    assert picture.shape == (100, 120, 3) and (picture[:20] == 0.25).all() and 0 <= picture.min() <= picture.max() <= 1
    behind = np.zeros((100, 120, 3))
    behind[:, 60:] = 1
    assert (placing.over(layer, behind)[:10] == behind[:10]).all()


@pytest.mark.parametrize("at", [None, (90, 0), (-1, 0), np.random.default_rng(0)])
def test_what_does_not_fit_is_named(at):
    with pytest.raises(ValueError, match="does not fit into"):
        placing.layer(ITEM, 120, (100, 100), at)


def test_an_object_on_a_photograph_is_the_same_for_the_same_seed_and_hides_what_is_behind():
    photographs = backgrounds.load("test")
    one, two = (placing.on_photograph(ITEM, photographs, np.random.default_rng(1), 40, 64) for _ in range(2))
    assert one.shape == (64, 64, 3) and one.dtype == np.float32 and one.min() >= 0 and one.max() <= 1
    assert np.array_equal(one, two)
    inside = placing.layer(ITEM, 40, (64, 64))[..., 3] == 1
    assert one[inside] == pytest.approx(placing.over(placing.layer(ITEM, 40, (64, 64)), 0.5)[inside])

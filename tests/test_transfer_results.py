"""The stored table of lesson 05b: whole, and counted on 400 images."""

import pandas as pd
import pytest

from tools import make_transfer_results as maker


@pytest.fixture(scope="module")
def table():
    return pd.read_csv(maker.TARGET)


def test_every_run_is_there_once(table):
    runs = table.groupby(["target", "images", "strategy"]).draw.apply(sorted)
    assert len(runs) == 3 * 2 * 3
    for (_, images, strategy), draws in runs.items():
        once = strategy == "features" and images == 100
        assert draws == list(range(1 if once else maker.DRAWS[images]))


def test_accuracies_are_shares_of_400_test_images(table):
    right = table.accuracy * 400
    assert right.between(0, 400).all()
    assert (right - right.round()).abs().max() < 0.03  # four decimals are stored

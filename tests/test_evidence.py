"""helpers.evidence: intervals of paired differences, and the reader of stored draws."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers import evidence

RNG = np.random.default_rng(0)


def test_the_interval_of_draws_is_that_of_the_paired_t_test():
    first, second = RNG.normal(0.8, 0.02, 5), RNG.normal(0.75, 0.02, 5)
    found, expected = evidence.difference(first, second), stats.ttest_rel(first, second).confidence_interval()
    assert (found.low, found.high) == pytest.approx(tuple(expected)) and found.count == 5


def test_of_five_draws_t_covers_what_it_promises_and_the_bootstrap_does_not():
    samples = np.random.default_rng(1).normal(size=(2000, 5))
    means = samples[np.arange(2000)[:, None, None], np.random.default_rng(2).integers(0, 5, (2000, 400, 5))].mean(
        axis=2
    )
    low, high = np.quantile(means, [0.025, 0.975], axis=1)
    assert 0.75 < ((low < 0) & (high > 0)).mean() < 0.87  # about 4 in 5
    ours = [evidence.difference(sample) for sample in samples]
    assert 0.935 < np.mean([one.low < 0 < one.high for one in ours]) < 0.965


def test_units_are_bootstrapped_and_repeat_themselves():
    first = RNG.exponential(1, 60)
    found = evidence.difference(first, 0.2, per="unit")
    assert found == evidence.difference(first, 0.2, per="unit")
    assert found.low < found.mean < found.high and found.high - found.mean > found.mean - found.low  # skewed


@pytest.mark.parametrize("values", [[1.0], [], [1, np.nan, 2], [[1, 2], [3, 4]]])
def test_what_has_no_interval_is_refused(values):
    with pytest.raises(ValueError, match="two or more pairs of finite numbers"):
        evidence.difference(values)


def test_equal_differences_have_no_spread():
    assert evidence.difference([2.0, 3, 4], [1.0, 2, 3]) == (1, 1, 1, 3)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "RESULTS", tmp_path)

    def write(rows, columns=evidence.COLUMNS):
        pd.DataFrame(rows, columns=columns).to_csv(tmp_path / "99z.csv", index=False)

    return write


def line(arm, draw, value, unit="", metric="accuracy"):
    return ["sizes", arm, draw, unit, metric, value, "12345678"]


def test_draws_are_paired_and_arms_keep_their_order(store):
    store([line("small", 0, 0.1), line("small", 1, 0.2), line("big", 0, 0.3), line("big", 1, 0.5)])
    table = evidence.draws("99z", "sizes", "accuracy")
    assert list(table) == ["small", "big"] and table.loc[1].tolist() == [0.2, 0.5] and table.index.name == "draw"


def test_values_of_units_are_averaged_over_what_is_not_asked(store):
    store([line("a", d, v, u) for d, u, v in [(0, "p", 1), (0, "q", 3), (1, "p", 5), (1, "q", 7)]])
    assert evidence.draws("99z", "sizes", "accuracy").a.tolist() == [2, 6]
    assert evidence.draws("99z", "sizes", "accuracy", "unit").a.to_dict() == {"p": 3, "q": 5}


def test_a_missing_draw_and_unknown_names_are_named(store):
    store([line("a", 0, 1), line("a", 1, 1), line("b", 0, 1)])
    with pytest.raises(ValueError, match=r"99z.csv, 'sizes': b lack a draw: run python -m tools.experiments 99z"):
        evidence.draws("99z", "sizes", "accuracy")
    with pytest.raises(ValueError, match="no 'sizes' / 'loss'; it has 'sizes' / 'accuracy'"):
        evidence.draws("99z", "sizes", "loss")


def test_missing_and_strange_tables_are_named(store, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"98z\.csv.*python -m tools.experiments 98z"):
        evidence.read("98z")
    (tmp_path / "98z.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match=r"98z.csv has the columns a, b"):
        evidence.read("98z")


def test_the_figure_shows_every_draw_and_the_interval_of_each_difference():
    table = pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 4, 5]}, index=pd.RangeIndex(3, name="draw"))
    left, right = evidence.figure(table, "a", live={"b": 4.5})
    shown = [line for line in left.lines if line.get_marker() == "o"]
    assert [sorted(line.get_xdata()) for line in shown] == [[1, 2, 3], [2, 4, 5]]
    assert [line.get_xdata() for line in left.lines if line.get_marker() == "X"] == [[4.5]]
    ends = next(line.get_xdata() for line in right.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 2)
    assert tuple(ends) == pytest.approx(evidence.difference(table.b, table.a)[1:3])
    assert evidence.against(table, "a").loc["b", "difference"] == pytest.approx(5 / 3)
    plt.close("all")

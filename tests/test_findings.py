"""What lessons state is what the stored draws show: every sentence of lessons/findings.csv is computed anew."""

import itertools

import numpy as np
import pandas as pd
import pytest

from helpers import evidence
from tools import experiments, findings, lessons

ROWS = findings.read()
STORED = sorted(path.stem for path in evidence.RESULTS.glob("*.csv"))


def swapped(table, first, second, which):
    """Return the table with two arms exchanged in the draws `which`."""
    other = table.copy()
    other.loc[which, [first, second]] = table.loc[which, [second, first]].to_numpy()
    return other


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_finding_holds_in_the_stored_draws(row):
    good, interval = findings.holds(row["test"], findings.draws(row))
    assert good, f"{row['lesson']}: {row['sentence']} But {row['test']}: {interval}"


def shuffles(count):
    """Return which of `count` rows are swapped: every choice of up to 8 rows, else 256 random ones. bool (N, count)."""
    if count <= 8:
        return np.array(list(itertools.product([False, True], repeat=count)))
    return np.random.default_rng(0).random((256, count)) < 0.5


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_same_test_refuses_draws_that_say_nothing(row):
    table = findings.draws(row)
    arms = findings.arms(row["test"])
    assert arms
    if row["test"].startswith("abs"):  # no difference that matters: a difference of twice the bound is refused
        bound = float(row["test"].rpartition("<")[2])
        other = table.assign(**{arms[0]: table[arms[0]] + 2 * bound})
        assert not findings.holds(row["test"], other)[0]
    elif len(arms) == 2:
        results = [findings.holds(row["test"], swapped(table, *arms, table.index[s]))[0] for s in shuffles(len(table))]
        assert np.mean(results) <= 0.1, f"the sentence also holds in {np.mean(results):.0%} of the shuffles"


def test_every_finding_has_a_cell_and_every_tag_a_row():
    tagged = [
        (stem.partition("_")[0], tag.removeprefix("finding-"))
        for stem in lessons.stems()
        for cell in lessons.read_text(stem).cells
        for tag in cell.metadata.get("tags", [])
        if tag.startswith("finding-")
    ]
    assert sorted(tagged) == sorted((row["lesson"], row["id"]) for row in ROWS)


@pytest.mark.parametrize("number", STORED)
def test_stored_draws_come_from_the_lesson_as_it_is(number):
    (stem,) = lessons.stems(number)
    table = evidence.read(number)
    stale = table[table.digest != experiments.digest(stem)]
    assert stale.empty, (
        f"{number}.csv: {', '.join(stale.experiment.unique())} come from cells that have changed since. "
        f"Run python -m tools.experiments {number}, with --recheck where the change moves no number"
    )


@pytest.mark.parametrize("number", STORED)
def test_every_arm_has_every_draw_once(number):
    table = evidence.read(number)
    assert not table.duplicated(["experiment", "arm", "draw", "unit", "metric"]).any()
    assert np.isfinite(table.value).all()
    for _, part in table.groupby(["experiment", "metric"]):
        assert len({tuple(sorted(draws.unique())) for _, draws in part.groupby("arm").draw}) == 1


def made(**arms):
    return pd.DataFrame(arms, index=pd.RangeIndex(len(next(iter(arms.values()))), name="draw"))


TABLE = made(a=[0.80, 0.82, 0.79, 0.85, 0.81], b=[0.70, 0.75, 0.68, 0.74, 0.72], c=[0.71, 0.74, 0.69, 0.75, 0.71])


@pytest.mark.parametrize(
    ("test", "good"),
    [
        ("mean(a - b) > 0", True),
        ("mean(a - b) > 0.15", False),  # a false sentence
        ("mean(b - a) > 0", False),
        ("mean(b - c) > 0", False),  # a tie is no win
        ("mean(b - a) < 0", True),
        ("abs(mean(b - c)) < 0.02", True),
        ("abs(mean(b - c)) < 0.002", False),  # not shown: the draws differ by more
        ("abs(mean(a - b)) < 0.02", False),
        ("mean('a' - (b + c) / 2) > 0.05", True),
        ("mean(a) > 0.7", True),
    ],
)
def test_a_true_sentence_holds_and_a_false_one_does_not(test, good):
    assert bool(findings.holds(test, TABLE)[0]) is good


@pytest.mark.parametrize(
    ("test", "arms"),
    [
        ("mean(a - b) > 0", ["a", "b"]),
        ("mean('plain disc' - watershed) > 0.1", ["plain disc", "watershed"]),
        ("abs(mean('watershed' - 'watershed, no blur')) < 0.1", ["watershed", "watershed, no blur"]),
        ("mean('a' - (b + c) / 2) > 0.05", ["a", "b", "c"]),
        ("mean(mean - a) > 0", ["mean", "a"]),
    ],
)
def test_the_arms_of_a_test_are_found_in_and_out_of_quotes(test, arms):
    assert sorted(findings.arms(test)) == sorted(arms)


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("mean(a - d) > 0", "no arm 'd'"),
        ("a > b", "no comparison with a number"),
        ("mean(a) >= 0", "compare with > or <"),
        ("max(a) > 0", "is not mean"),
        ("mean(__import__('os')) > 0", "no arm"),
        ("mean(a - b", "no comparison"),
    ],
)
def test_what_is_no_test_is_refused(test, message):
    with pytest.raises(ValueError, match=message):
        findings.holds(test, TABLE)


def test_four_draws_are_too_few():
    with pytest.raises(ValueError, match="4 draws: 5 are needed"):
        findings.holds("mean(a - b) > 0", TABLE.iloc[:4])


def test_other_columns_and_a_repeated_id_are_named(tmp_path):
    path = tmp_path / "findings.csv"
    path.write_text("id,lesson\nx,01a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="findings.csv has the columns"):
        findings.read(path)
    path.write_text(",".join(findings.COLUMNS) + "\nx,,,,,,,\nx,,,,,,,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="x stands more than once"):
        findings.read(path)

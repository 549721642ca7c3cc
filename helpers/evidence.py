"""What several trainings show that one does not: stored draws, the paired difference of two arms, and its interval.

An *experiment* compares *arms* (ways to do a thing) over *draws* (seeds, or samples of the data). A draw is the same
for every arm, so the difference of two arms is taken within each draw: what the draw does to both of them drops out.
Draws are stored in data/results/NN.csv, a line a value, written by `python -m tools.experiments NN`:

    experiment, arm, draw, unit, metric, value, digest

unit: the patient, scene … that a value belongs to, or empty. digest: of the lesson's cells that made it.

>>> from helpers import evidence
>>> table = evidence.draws("05b", "20 a class", "accuracy")       # a row a draw, a column an arm
>>> evidence.difference(table["surfaces: features"], table["surfaces: from scratch"])
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

RESULTS = Path(__file__).resolve().parents[1] / "data" / "results"
COLUMNS = ["experiment", "arm", "draw", "unit", "metric", "value", "digest"]


class Experiment(NamedTuple):
    """A comparison that a lesson declares in a cell tagged `experiment`.

    run: a function of an arm and a draw (an int, the seed) that returns {metric: number} or {metric: {unit: number}}.
    """

    name: str
    arms: tuple
    draws: tuple
    run: Callable


class Interval(NamedTuple):
    """A mean, the limits of its interval, and how many draws or units it rests on."""

    mean: float
    low: float
    high: float
    count: int

    def __str__(self):
        return f"{self.mean:+.3f} ({self.low:+.3f} to {self.high:+.3f}, n = {self.count})"


def read(lesson):
    """Return the stored draws of a lesson, such as "05b": a pandas.DataFrame with the columns above.

    Raises FileNotFoundError or ValueError, naming the file, where it is missing or has other columns.
    """
    import pandas as pd

    path = RESULTS / f"{lesson}.csv"
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is not in data/results. Make it: python -m tools.experiments {lesson}")
    table = pd.read_csv(path, dtype={"experiment": str, "arm": str, "unit": str, "metric": str, "digest": str})
    if list(table.columns) != COLUMNS:
        raise ValueError(f"{path.name} has the columns {', '.join(table.columns)}, not {', '.join(COLUMNS)}")
    return table


def draws(lesson, experiment, metric, per="draw"):
    """Return one experiment's values of a metric: a DataFrame, a row a draw (or a unit), a column an arm.

    per: "draw" averages over the units of a draw, "unit" over the draws of a unit.
    Raises ValueError, naming what there is, for an unknown experiment or metric, and where an arm lacks a row.
    """
    table = read(lesson)
    part = table[(table.experiment == experiment) & (table.metric == metric)]
    if part.empty:
        known = sorted({f"{one!r} / {other!r}" for one, other in zip(table.experiment, table.metric, strict=True)})
        raise ValueError(f"{lesson}.csv has no {experiment!r} / {metric!r}; it has {', '.join(known)}")
    wide = part.pivot_table(index=per, columns="arm", values="value", aggfunc="mean", sort=False)
    lacking = wide.columns[wide.isna().any()].tolist()
    if lacking:
        make = f"python -m tools.experiments {lesson}"
        raise ValueError(f"{lesson}.csv, {experiment!r}: {', '.join(lacking)} lack a {per}: run {make}")
    return wide[list(dict.fromkeys(part.arm))]


def difference(first, second=0.0, per="draw", level=0.95):
    """Return the Interval of the mean of first − second, taken pair by pair.

    first, second: (N,) values of two arms, in the same order of draws or units; second may be a number.
    per "draw": Student's t, since a bootstrap of five numbers is far too narrow (its interval covers about 4 in 5
    times what it promises to cover 19 in 20 times). per "unit", with many: the bootstrap, bias-corrected and
    accelerated (Efron and Tibshirani, An introduction to the bootstrap, 1993, chapter 14), seeded.
    Raises ValueError for less than two values, other lengths, or values that are not finite.
    """
    values = np.asarray(first, float) - np.asarray(second, float)
    if values.ndim != 1 or len(values) < 2 or not np.isfinite(values).all():
        raise ValueError(f"a difference needs two or more pairs of finite numbers, not {values.shape} {values}")
    mean = float(values.mean())
    if np.ptp(values) == 0:
        return Interval(mean, mean, mean, len(values))
    from scipy import stats

    if per == "unit":
        found = stats.bootstrap((values,), np.mean, confidence_level=level, rng=np.random.default_rng(0))
        low, high = found.confidence_interval
    else:
        low, high = stats.t.interval(level, len(values) - 1, mean, stats.sem(values))
    return Interval(mean, float(low), float(high), len(values))


def against(table, reference, level=0.95):
    """Return each arm beside a reference: a DataFrame, a row an arm, with its mean, spread, difference and interval.

    table: as `draws` returns it. The columns: mean; low and high of the draws; difference, from, to: the mean of
    arm − reference and its interval.
    """
    import pandas as pd

    rows = {}
    for arm in table:
        row = {"mean": table[arm].mean(), "lowest": table[arm].min(), "highest": table[arm].max()}
        if arm != reference:
            found = difference(table[arm], table[reference], table.index.name, level)
            row |= {"difference": found.mean, "from": found.low, "to": found.high}
        rows[arm] = row
    return pd.DataFrame(rows).T


def figure(table, reference, unit="score", title="", live=None):
    """Draw the draws of each arm, and beside them the interval of each arm's difference to a reference.

    table: as `draws` returns it. live: {arm: value} of the run in this notebook, drawn as crosses. Lines join the arms
    of one draw. Returns the two Axes.
    """
    from helpers.plots import COLOURS, WIDTH, plt

    arms = list(table)
    height = max(2.6, 0.55 * len(arms) + 1.4)
    sides = {"width_ratios": [3, 2]}
    drawn, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, height), sharey=True, gridspec_kw=sides)
    places = np.arange(len(arms))
    for _, row in table.iterrows():
        left.plot(row.to_numpy(), places, "-", color="0.8", linewidth=1, zorder=1)
    for place, arm in enumerate(arms):
        left.plot(table[arm], [place] * len(table), "o", color=COLOURS[0], alpha=0.7, markersize=7)
        if live and arm in live:
            left.plot(live[arm], place, "X", color=COLOURS[1], markersize=11)
        if arm != reference:
            found = difference(table[arm], table[reference], table.index.name)
            right.plot([found.low, found.high], [place] * 2, "-", color="black", linewidth=2)
            right.plot(found.mean, place, "D", color="black", markersize=6)
    right.axvline(0, color="0.5", linestyle=":")
    right.locator_params(axis="x", nbins=5)
    left.set_yticks(places, arms)
    left.set(xlabel=f"{unit}, a dot a {table.index.name}" + (", a cross this run" if live else ""))
    right.set(xlabel=f"difference to {reference},\nmean and 95 % interval")
    left.set_ylim(len(arms) - 0.5, -0.5)
    drawn.suptitle(title)
    return left, right

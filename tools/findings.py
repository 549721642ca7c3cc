"""The findings that lessons state: sentences in lessons/findings.csv, each with a test on stored draws.

Columns: id, lesson, sentence, table (a file of data/results), experiment, metric, per (draw or unit), test. A test is

    mean(a - b) > 0            the interval of the mean lies above 0 (or another number; < lies below it)
    abs(mean(a - b)) < 0.02    the interval lies within -0.02..0.02: no difference that matters

with arms as names or, where they hold blanks, in quotes; sums, differences and multiples of arms may stand inside.
The interval decides, not the mean: see helpers.evidence.difference.
"""

import ast
import csv
import operator

import numpy as np

from helpers import evidence
from tools import lessons

PATH = lessons.TEXTS / "findings.csv"
COLUMNS = ["id", "lesson", "sentence", "table", "experiment", "metric", "per", "test"]
LEAST = 5  # draws, or units
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def read(path=PATH):
    """Return the findings, a list of dicts. Raises ValueError where the columns are other ones or an id comes twice."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise ValueError(f"{path.name} has the columns {rows.fieldnames}, not {COLUMNS}")
        rows = list(rows)
    ids = [row["id"] for row in rows]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"{path.name}: {', '.join(twice)} stands more than once")
    return rows


def draws(row):
    """Return the stored values that a finding rests on: a DataFrame, a row a draw or unit, a column an arm."""
    return evidence.draws(row["table"].removesuffix(".csv"), row["experiment"], row["metric"], row["per"])


def holds(test, table):
    """Return (bool, Interval): whether the test holds on a table of draws, and the interval that decides.

    Raises ValueError for what is no test, an arm that the table lacks, and fewer than LEAST draws or units.
    """
    left, comparison, limit = _parts(test)
    within = isinstance(left, ast.Call) and _name(left) == "abs"
    inner = left.args[0] if within else left
    if not (isinstance(inner, ast.Call) and _name(inner) == "mean" and len(inner.args) == 1):
        raise ValueError(f"{test!r} is not mean(…) > number, mean(…) < number or abs(mean(…)) < number")
    if len(table) < LEAST:
        raise ValueError(f"{test!r} rests on {len(table)} {table.index.name}s: {LEAST} are needed")
    values = np.broadcast_to(_values(inner.args[0], table), len(table))
    found = evidence.difference(values, per=table.index.name)
    if within:
        return comparison is ast.Lt and -limit < found.low and found.high < limit, found
    return (found.low > limit if comparison is ast.Gt else found.high < limit), found


def arms(test):
    """Return the arms that a test names, in or out of quotes, a list of str in their order, each once."""
    nodes = list(ast.walk(_parts(test)[0]))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    names = [getattr(node, "id", None) or getattr(node, "value", None) for node in nodes if id(node) not in called]
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


def _parts(test):
    """Return the left side (a syntax tree), ast.Gt or ast.Lt, and the number on the right."""
    try:
        tree = ast.parse(test, mode="eval").body
        (comparison,), (right,) = map(type, tree.ops), tree.comparators
        limit = float(ast.literal_eval(right))
    except (SyntaxError, ValueError, AttributeError, TypeError) as error:
        raise ValueError(f"{test!r} is no comparison with a number: {error}") from None
    if comparison not in (ast.Gt, ast.Lt):
        raise ValueError(f"{test!r}: compare with > or <")
    return tree.left, comparison, limit


def _name(call):
    return getattr(call.func, "id", None)


def _values(tree, table):
    """Return the values of an expression of arms, draw by draw."""
    if isinstance(tree, ast.BinOp) and type(tree.op) in OPERATORS:
        return OPERATORS[type(tree.op)](_values(tree.left, table), _values(tree.right, table))
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int | float):
        return tree.value
    arm = getattr(tree, "id", None) or getattr(tree, "value", None)
    if arm not in table:
        raise ValueError(f"no arm {arm!r}: the table has {', '.join(map(repr, table))}")
    return table[arm].to_numpy()

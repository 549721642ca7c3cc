"""Every name that a lesson takes from the helpers is there: a helper that goes is missed here, not in class."""

import ast
import importlib

import pytest

from tools import lessons


def taken(source):
    """Yield the dotted name of each module of the helpers, and of each thing in one, that the source uses."""
    tree, modules = ast.parse(source), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "helpers":
            for alias in node.names:
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    yield from modules.values()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def resolve(name):
    """Return what a dotted name stands for; AttributeError or ModuleNotFoundError where there is no such thing."""
    first, *rest = name.split(".")
    found = importlib.import_module(first)
    for part in rest:
        if not hasattr(found, part) and hasattr(found, "__path__"):
            importlib.import_module(f"{found.__name__}.{part}")
        found = getattr(found, part)
    return found


@pytest.mark.once
def test_what_a_lesson_takes_from_the_helpers_is_there(stem):
    cells = [cell.source for cell in lessons.read_text(stem).cells if cell.cell_type == "code"]
    names = set(taken("\n".join(cells)))
    assert names
    for name in sorted(names):
        resolve(name)


@pytest.mark.once
@pytest.mark.parametrize(
    "source",
    ["from helpers import plotz", "from helpers.datasets import clothes as c\nc.no_such()"],
)
def test_a_missing_name_is_found(source):
    with pytest.raises((AttributeError, ModuleNotFoundError)):
        for name in taken(source):
            resolve(name)

"""What a student's cell tells before its answer is judged: was it touched, and did its last version run?"""

import ast
import dis
import linecache
import re
import sys


def untouched(answer):
    """Return True where `answer` is the three dots, or a function that holds nothing else but its docstring."""
    code = getattr(answer, "__code__", None)
    return answer is Ellipsis or (code is not None and _steps(code) == _steps(_stub.__code__))


def _stub(): ...


def _steps(code):
    return [(step.opname, step.argval) for step in dis.get_instructions(code)]


def not_run(name, answer):
    """Return why the last version of the cell that defines the function `name` did not run; "" where it did.

    Then `answer` is what an earlier version left behind: IPython's history of inputs holds another definition after
    the cell that the function was made from. Without IPython, and for what is no function of that name, "".
    """
    code = getattr(answer, "__code__", None)
    if code is None or getattr(answer, "__name__", "") != name:
        return ""
    cells, made_from = _history(), "".join(linecache.getlines(code.co_filename)).rstrip()
    if not made_from or made_from not in cells:
        return ""
    later = cells[len(cells) - cells[::-1].index(made_from) :]
    return next((problem for cell in reversed(later) if (problem := _problem(cell, name)) is not None), "")


def _history():
    """Return the texts of the cells that were run, oldest first; [] without IPython."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return [text.rstrip() for text in shell.history_manager.input_hist_parsed] if shell else []


def _problem(cell, name):
    """Return why a cell that was to define the function `name` did not; "" where it gave the name on purpose.

    None where the cell has nothing to do with the name.
    """
    try:
        body = ast.parse(cell).body
    except SyntaxError as error:
        wanted = re.search(rf"^\s*(async\s+)?def\s+{name}\b|^{name}\s*=", cell, re.MULTILINE)
        return f"line {error.lineno}: {error.msg}" if wanted else None
    if any(isinstance(node, ast.FunctionDef) and node.name == name for node in body):
        return "it stopped with an error"
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return "" if any(isinstance(target, ast.Name) and target.id == name for target in targets) else None

"""Which printed numbers move when a notebook runs again: python -m tools.compare_runs [START OF NAME].

Executes the notebooks in this computer's arithmetic (`make portable` does it in another one) and lists each number that
differs from the committed output by more than rounding. pytest and nbval run the cells; conftest.py collects the list.
"""

import re
import subprocess
import sys
from itertools import zip_longest

from tools import lessons

NUMBER = re.compile(r"(?<![\w.])[-+−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?![\w]*\.\d)")
PASSING = re.compile(r"^(epoch \d+ of |training starts)|\d (ms|seconds)\b|frames/s|per second", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope")
NBVAL = ("--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout", "180")
NBVAL += ("--nbval-sanitize-with", "tests/sanitize.cfg")


def printed(outputs):
    """Return the text that a cell's outputs show, a str: printed lines and tables, no pictures and no markup."""
    parts = [output["text"] if "text" in output else output.get("data", {}).get("text/plain", "") for output in outputs]
    return "\n".join(part if isinstance(part, str) else "".join(part) for part in parts)


def moved(before, after):
    """Return the lines of two texts whose numbers differ by more than rounding, a list of (before, after).

    Rounding: one unit of the last printed place, so 0.81 and 0.82 agree and 0.810 and 0.820 do not. A line with other
    words or with more or fewer numbers counts as moved where any of its numbers differs. Times and the line that a
    training rewrites are passed over.
    """
    pairs = zip_longest(before.splitlines(), after.splitlines(), fillvalue="")
    return [
        (old.strip(), new.strip())
        for old, new in pairs
        if not PASSING.search(old.strip() or new.strip()) and _differ(NUMBER.findall(old), NUMBER.findall(new))
    ]


def _differ(old, new):
    if len(old) != len(new):
        return True
    return any(abs(_value(a) - _value(b)) > 1.001 * max(_unit(a), _unit(b)) for a, b in zip(old, new, strict=True))


def _value(text):
    return float(text.replace(",", "").replace("−", "-"))


def _unit(text):
    """Return one unit of the last place of a printed number; 0 for a whole number, which is a count."""
    digits, _, exponent = text.partition("e")
    decimals = len(digits.partition(".")[2])
    return 10.0 ** (int(exponent or 0) - decimals) if decimals or exponent else 0.0


def main(start=""):
    """Run the notebooks whose name begins with `start` and list what moved; the exit code is pytest's."""
    paths = lessons.notebooks(start)
    if not paths:
        sys.exit(f"no notebook begins with {start!r}.")
    command = [*PYTEST, *NBVAL, "--list-moved", *map(str, paths)]
    sys.exit(subprocess.run(command, cwd=lessons.ROOT).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:2])

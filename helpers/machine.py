"""Is this machine ready for the course? One row a requirement, in words, with how to mend what is not."""

import html
import os
import re
import sys
from importlib import metadata
from typing import NamedTuple

import psutil

from helpers import cache

OLDEST, NEWEST = (3, 11), (3, 13)
CORES, MEMORY = 2, 4  # memory in GB
PACKAGES = [
    "numpy>=2.1,<3", "opencv-contrib-python-headless>=4.14,<5", "matplotlib>=3.10,<4", "scikit-image>=0.26,<1",
    "scikit-learn>=1.6,<2", "tensorflow>=2.20,<3", "keras>=3.10,<4", "jupyterlab>=4.4,<5", "ipywidgets>=8.1,<9",
]  # fmt: skip  # as in requirements.txt; a test compares the two
HEADS = ("what", "found", "status", "how to mend")


class Row(NamedTuple):
    """One requirement: what it is, what was found, "ok" or "mend", and how to mend it ("" where it is ok)."""

    what: str
    found: str
    status: str
    mend: str


class Report:
    """What the check found. Shows itself in a notebook (HTML) and in a terminal (text)."""

    def __init__(self, rows):
        self.rows = list(rows)

    @property
    def ready(self):
        """True where no row needs mending."""
        return all(row.status == "ok" for row in self.rows)

    @property
    def headline(self):
        """One line: ready, or how many rows to mend."""
        count = sum(row.status != "ok" for row in self.rows)
        return "This machine is ready." if self.ready else f"To mend: {count} of {len(self.rows)} rows."

    def __repr__(self):
        rows = [HEADS, *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        lines = ["  ".join([*map(str.ljust, row[:3], widths), row[3]]).rstrip() for row in rows]
        return "\n".join([self.headline, *lines])

    def _repr_html_(self):
        table = ""
        for row in [HEADS, *self.rows]:
            weight = "normal" if row[2] == "ok" else "bold"
            cells = "".join(f'<td style="text-align:left">{html.escape(text)}</td>' for text in row)
            table += f'<tr style="font-weight:{weight}">{cells}</tr>'
        return f"<b>{self.headline}</b><table>{table}</table>"


def check():
    """Return the Report on this machine. Imports no package of the course's deep learning part."""
    packages = [package_row(requirement) for requirement in PACKAGES]
    return Report([python_row(), cores_row(), memory_row(), *packages, cache_row()])


def python_row(version=sys.version_info):
    """Return the Row on the Python version, given as (major, minor, micro, ...)."""
    mend = f"install Python {NEWEST[0]}.{NEWEST[1]}, remove the folder .venv, then run: make setup"
    return _row("Python", ".".join(map(str, version[:3])), OLDEST <= tuple(version[:2]) <= NEWEST, mend)


def cores_row(count=None):
    """Return the Row on the number of CPU cores that this process may use."""
    if count is None:
        count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return _row("CPU cores", str(count), count >= CORES, f"training will be slow: use a machine with {CORES} cores")


def memory_row(free=None):
    """Return the Row on free memory, given in bytes."""
    free = (psutil.virtual_memory().available if free is None else free) / 1e9
    mend = f"{MEMORY} GB are needed: close other programs and the kernels of other notebooks"
    found = f"at least {MEMORY} GB" if free >= MEMORY else f"{free:.1f} GB"
    return _row("free memory", found, free >= MEMORY, mend)


def package_row(requirement, version_of=metadata.version):
    """Return the Row on one package, from its metadata alone; requirement: such as "numpy>=2.1,<3"."""
    name, lowest, limit = re.fullmatch(r"([\w-]+)>=([\d.]+),<([\d.]+)", requirement).groups()
    mend = f'run in a cell: %pip install "{requirement}"   then restart the kernel'
    try:
        version = version_of(name)
    except metadata.PackageNotFoundError:
        return _row(name, "not installed", False, mend)
    if not version:  # what an interrupted installation leaves
        return _row(name, "damaged", False, mend)
    return _row(name, version, _numbers(lowest) <= _numbers(version) < _numbers(limit), mend)


def cache_row(folder=cache.folder):
    """Return the Row on the folder for generated data; `folder` returns its path or raises OSError."""
    try:
        found = "data/cache" if folder() == cache.PROJECT else "the user's cache folder"
    except OSError:
        return _row("cache", "cannot be written", False, "allow writing in data/cache of the course folder")
    return _row("cache", f"{found} can be written", True, "")


def _row(what, found, fine, mend):
    return Row(what, found, "ok" if fine else "mend", "" if fine else mend)


def _numbers(version):
    return tuple(int(number) for number in re.match(r"\d+(?:\.\d+)*", version)[0].split("."))

"""Where the course keeps data that it generates: in the project, or else in the user's cache folder."""

import tempfile
from pathlib import Path

import platformdirs

PROJECT = Path(__file__).resolve().parents[1] / "data" / "cache"
APP = "from-pixels-to-perception"


def folder():
    """Return a writable pathlib.Path for generated data, created where it does not exist.

    It is data/cache of the project or, where that cannot be written, the user's cache folder of the course.
    Raises OSError, naming both, where neither can be written.
    """
    fallback = platformdirs.user_cache_path(APP)
    for path in (PROJECT, fallback):
        if _writable(path):
            return path
    raise OSError(f"Generated data has no place to go: neither {PROJECT} nor {fallback} can be written.")


def _writable(path):
    """Return True where a file can be written in `path`; makes the folder first."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return True
    except OSError:
        return False

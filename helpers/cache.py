"""Where the course keeps data that it generates: in the project, or else in a folder of the user's own."""

import os
import tempfile
from pathlib import Path

import platformdirs

PROJECT = Path(__file__).resolve().parents[1] / "data" / "cache"
APP = "from-pixels-to-perception"


def folder():
    """Return a writable pathlib.Path for generated data, created where it does not exist.

    It is data/cache of the project or, where that cannot be written, the user's cache folder of the course or, where
    the user has none, a folder of his own among the temporary files. Raises OSError, naming all, where none can be
    written.
    """
    for path in places():
        if writable(path):
            return path
    tried = ", ".join(map(str, places()))
    raise OSError(f"Generated data has no place to go: none of {tried} can be written.")


def places():
    """Return the folders in which generated data may lie, a list of pathlib.Path, best first; none is made."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    return [PROJECT, *_users_cache(), Path(tempfile.gettempdir()) / f"{APP}-{user}"]


def writable(path):
    """Return True where a file can be written in `path` and nobody else planted it; makes the folder first."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path == PROJECT or trusted(path)
    except OSError:
        return False


def trusted(path):
    """Return True where `path`, and what it leads to, belongs to you, to root, or to who owns the course's files."""
    if not hasattr(os, "getuid"):
        return True
    owners = {os.getuid(), 0, os.stat(__file__).st_uid}
    try:
        return os.lstat(path).st_uid in owners and os.stat(path).st_uid in owners
    except OSError:
        return False


def _users_cache():
    """Return [the user's cache folder]; [] where he has none: no HOME and no entry among the users."""
    try:
        path = platformdirs.user_cache_path(APP)
    except (KeyError, OSError, RuntimeError):
        return []
    return [path] if path.is_absolute() else []

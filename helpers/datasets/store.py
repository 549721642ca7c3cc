"""Where a data set lies: the real one in data/<name>/, or else a simulated one, written once into the cache."""

import hashlib
import os
import shutil
from pathlib import Path

import filelock

import phantoms
from helpers import cache

WAIT = 300  # seconds to wait for another process that writes the same set


def folder(name, write):
    """Return the pathlib.Path of the data set `name` and print in one line which one it is.

    data/<name>/ comes first: the real set. Otherwise `write(path)` fills an empty folder with a simulated set. That
    happens once for each state of the simulators, and only a finished set is ever found: it is written beside its
    place and renamed, under a lock, so an interrupted write leaves nothing to trip over and several processes may ask
    at once. The place is data/cache/ or, where that is read-only, the user's cache folder. Raises OSError where the
    set cannot be written or another process holds the lock for more than WAIT seconds; errors of `write` pass.
    """
    real = cache.PROJECT.parent / name
    if real.is_dir():
        print(f"{name}: the set in data/{name}")
        return real
    print(f"{name}: a simulated set, written once; the real one would lie in data/{name}")
    key = f"{name}-{_state()}"
    if (cache.PROJECT / key).is_dir():  # perhaps read-only: a course that an administrator prepared
        return cache.PROJECT / key
    place = cache.folder() / key
    if not place.is_dir():
        _make(place, write)
    return place


def _make(place, write):
    """Have `write` fill a folder beside `place`, then rename it; the first of several processes does the work."""
    part = place.with_name(place.name + ".part")
    try:
        with filelock.FileLock(place.with_name(place.name + ".lock"), timeout=WAIT):
            if place.is_dir():  # another process was first
                return
            shutil.rmtree(part, ignore_errors=True)  # what a killed process left behind
            part.mkdir()
            try:
                write(part)
                os.replace(part, place)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    except filelock.Timeout as error:
        raise OSError(
            f"{place.name}: another process has been writing this set for more than {WAIT} seconds. "
            f"Wait for it to end, or end it and delete {error.lock_file}."
        ) from error


def _state():
    """Return 8 hex digits that change when the code of a simulator changes."""
    digest = hashlib.sha256()
    for path in sorted(Path(phantoms.__file__).parent.rglob("*.py")):
        digest.update(path.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:8]

"""Where a data set lies: the real one in data/<name>/, or else a simulated one, written once into the cache."""

import contextlib
import json
import os
import re
import shutil
from pathlib import Path

import filelock

from helpers import cache
from helpers.datasets import origin, places, waiting

WAIT = 300  # seconds to wait for another process that writes the same set
MANIFEST = ".files.json"  # in a simulated set: {path of each file: size in bytes}


class _BlockedError(OSError):
    """A place in which a set cannot be written, as another user's files stand in the way."""


def folder(name, write, seconds=20, inputs=(), simulated=False, variant=""):
    """Return the pathlib.Path of the data set `name` and print in one line which one it is.

    data/<name>/ comes first: the real set. Otherwise `write(path)` fills an empty folder with a simulated set, once
    for each state of what it is made from: the code that `write` reaches (helpers.datasets.origin) and the files
    `inputs`. Only a finished set is ever found: it is written beside its place and renamed, under a lock, so that an
    interrupted write leaves nothing to trip over and several processes may ask at once. A set that lost a file, or
    that another user planted, is written anew, and older states of it are deleted.

    seconds: about how long `write` takes, which a waiting reader is told. simulated: pass over the real set. variant:
    tells simulated sets of one name apart, which lie side by side.
    The place is data/cache/ or, where that cannot be used, the user's own folder. Raises OSError where the set cannot
    be written or another process holds the lock for more than WAIT seconds; errors of `write` pass.
    """
    found = real(name)
    if found and not simulated:
        print(f"{name}: the set in data/{found.name}")
        return found
    line = f"{name}: a simulated set, written once; the real one would lie in data/{name}"
    if found:
        line = f"{name}: a simulated set, written once; the real one in data/{found.name} is passed over here"
    with waiting.line(line, f"{name}: simulated once, about {seconds} s") as waits:
        _hint(name)
        return _simulated(f"{name}{variant}-{origin.key(write, inputs)}", write, waits)


def real(name):
    """Return the pathlib.Path of the real set `name` in data/, whatever the case of its letters, or None."""
    path = places.child(cache.PROJECT.parent, name)
    return path if path.is_dir() else None


def source(name, called):
    """Return what the set that `folder(name, …)` gives is called: `called` for the real one, or "simulated"."""
    return called if real(name) else "simulated"


def refuse_if_most_is_skipped(folder, kept, skipped):
    """Raise ValueError where more was skipped than kept; skipped: {reason: number}."""
    count = sum(skipped.values())
    if count > kept:
        reason, most = max(skipped.items(), key=lambda item: item[1])
        raise ValueError(
            f"{folder}: {count} of {kept + count} entries cannot be used, {most} of them: {reason}. "
            f"Unpack the set again, whole, or delete the folder, and the course will use a simulated set."
        )


def _hint(name):
    """Say where an archive of the set lies in data/, but is not unpacked."""
    data = cache.PROJECT.parent
    for path in sorted(data.iterdir()) if data.is_dir() else ():
        if path.is_file() and path.suffix.lower() in places.ARCHIVES and path.name.lower().startswith(name):
            print(f"data/{path.name} is not unpacked: unpack it into data/{name}")


def _simulated(key, write, waits):
    """Return the folder of a whole simulated set, written where there is none."""
    for parent in cache.places():  # perhaps read-only: a course that an administrator prepared
        if whole(parent / key):
            return parent / key
    for parent in filter(cache.writable, cache.places()):
        with contextlib.suppress(_BlockedError):
            return _make(parent / key, write, waits)
    tried = ", ".join(map(str, cache.places()))
    raise OSError(f"{key}: the simulated set cannot be written: none of {tried} can be used.")


def whole(place):
    """Return True where a simulated set is complete: each file of its manifest has its size, and no one planted it."""
    try:
        sizes = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        return cache.trusted(place) and all((place / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def _make(place, write, waits):
    """Have `write` fill a folder beside `place`, then rename it; the first of several processes does the work."""
    part = place.with_name(place.name + ".part")
    with _locked(place):
        if whole(place):  # another process was first
            return place
        for path in (place, part):  # a damaged set, and what a killed process left behind
            if path.exists() and cache.trusted(path):
                shutil.rmtree(path, ignore_errors=True)
            if os.path.lexists(path):
                raise _BlockedError(path)
        try:
            part.mkdir()
        except OSError as error:
            raise _BlockedError(part) from error
        try:
            with waits():
                write(part)
            written = sorted(path for path in part.rglob("*") if path.is_file())
            sizes = {path.relative_to(part).as_posix(): path.stat().st_size for path in written}
            (part / MANIFEST).write_text(json.dumps(sizes), encoding="utf-8")
            os.replace(part, place)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        _forget(place)
    return place


@contextlib.contextmanager
def _locked(place):
    lock = filelock.FileLock(place.with_name(place.name + ".lock"), timeout=WAIT)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise OSError(
            f"{place.name}: another process has been writing this set for more than {WAIT} seconds. "
            f"Wait for it to end, or end it and delete {error.lock_file}."
        ) from error
    except OSError as error:  # another user's lock
        raise _BlockedError(place) from error
    try:
        yield
    finally:
        lock.release()


def _forget(place):
    """Delete the older states of a set beside `place`, with their locks."""
    name = re.escape(place.name[:-9])
    for path in place.parent.iterdir():
        if re.fullmatch(rf"{name}-[0-9a-f]{{8}}(\.lock|\.part)?", path.name) and not path.name.startswith(place.name):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    path.unlink()


def advice(path):
    """Return what to do about a damaged file of a set: a simulated one is written anew, a real one is copied."""
    for parent in Path(path).parents:
        if (parent / MANIFEST).is_file():
            return f"Delete the folder {parent}, and the set is written anew."
    return "Copy it anew from the archive of the set."

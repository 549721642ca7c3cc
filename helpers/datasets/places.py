"""Where the files of a set lie: people unpack archives one folder too deep, on systems that change names.

Nothing here opens a file. What begins with a dot, and the folder __MACOSX, is left by file managers and passed over.
"""

import os
from pathlib import Path, PurePosixPath

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".rar", ".7z")
IMAGES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
DEPTH = 3  # folders below data/<name> in which a set is looked for


def files(folder, suffixes=None):
    """Return the files below a folder, sorted list of pathlib.Path; suffixes: only these, in any case (".JPG" too)."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not junk(name))
        kept = [name for name in names if not junk(name)]
        found += [Path(place, name) for name in kept if suffixes is None or _suffix(name) in suffixes]
    return sorted(found)


def root(folder, holds, what):
    """Return the folder that holds a set: `folder` or the nearest one below it for which holds(lower names) is true.

    holds: takes the set of the names in a folder, in lower case. what: the files that are looked for, in words.
    Raises FileNotFoundError where there is none, naming an archive that is not unpacked, and ValueError where several
    folders of the same depth hold the set.
    """
    level = [Path(folder)] if Path(folder).is_dir() else []
    for _ in range(DEPTH + 1):
        found = [place for place in level if holds({path.name.lower() for path in place.iterdir()})]
        if len(found) > 1:
            names = ", ".join(str(place.relative_to(folder)) for place in found)
            raise ValueError(f"{folder} holds the set in several folders ({names}): keep one of them.")
        if found:
            return found[0]
        level = [path for place in level for path in sorted(place.iterdir()) if path.is_dir() and not junk(path.name)]
    raise missing(folder, what)


def missing(folder, what):
    """Return the FileNotFoundError for a folder that does not hold `what`; it names an archive that lies there."""
    packed = [path.name for path in files(folder) if path.suffix.lower() in ARCHIVES]
    if packed:
        return FileNotFoundError(f"{folder}: {packed[0]} is not unpacked. Unpack it there: {what} is looked for.")
    return FileNotFoundError(
        f"{folder}: no {what} here. Unpack the set into this folder, "
        f"or delete the folder, and the course will use a simulated set."
    )


def child(folder, name):
    """Return the path of a name in a folder, whatever its case on disk; the path as asked where there is none."""
    exact = Path(folder, name)
    if exact.exists() or not exact.parent.is_dir():
        return exact
    alike = [path for path in exact.parent.iterdir() if path.name.lower() == exact.name.lower()]
    return alike[0] if alike else exact


def inside(folder, name, where):
    """Return folder / name for a relative path that a list names. Raises ValueError, saying `where`, for another."""
    text = str(name).replace("\\", "/")
    path = PurePosixPath(text)
    if (
        not isinstance(name, str)
        or not text
        or "\0" in text
        or path.is_absolute()
        or ".." in path.parts
        or ":" in text[1:2]
    ):
        raise ValueError(f"{where}: {name!r} is no path inside the set. Give a name below {Path(folder).name}.")
    return Path(folder, *path.parts)


class Index:
    """The images below a folder, to be found by the name that a list gives; made once, as a set may hold 30,000."""

    def __init__(self, folder, without=()):
        """Read the folder, but for what lies in folders called as in `without`."""
        self.folder, self.names, self.stems = Path(folder), {}, {}
        for path in files(folder, IMAGES):
            if set(without) & set(path.relative_to(folder).parts):
                continue
            self.names.setdefault(path.name.lower(), []).append(path)
            self.stems.setdefault(stem(path.name), []).append(path)

    def find(self, name, near, where):
        """Return the path of an image, or None: in the folder `near` where several have the name.

        A name that differs in case, or in what kind of image its suffix promises, is found. Raises ValueError, saying
        `where`, for a name that leads out of the set.
        """
        path = inside(self.folder, name, where)
        found = self.names.get(path.name.lower()) or self.stems.get(stem(path.name), [])
        return min(found, key=lambda other: (not self._in(other, near), other), default=None)

    def _in(self, path, name):
        return name.lower() in [part.lower() for part in path.relative_to(self.folder).parts[:-1]]


def stem(name):
    """Return the name of an image without its suffix, in lower case; a dot elsewhere in the name is kept."""
    start, suffix = os.path.splitext(name.lower())
    return start if suffix in IMAGES else name.lower()


def _suffix(name):
    return os.path.splitext(name)[1].lower()


def junk(name):
    """Return True for a name that file managers leave behind."""
    return name.startswith(".") or name == "__MACOSX"

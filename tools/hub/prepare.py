"""Simulate every set of the course once, for all students of a server: python -m tools.hub.prepare

To be run by the administrator, who alone can write the course's folder. Students then find the sets in data/cache,
which stays read-only for them; without it each student's first run of a lesson would write a copy of his own.
"""

import functools
import stat

from helpers import cache
from helpers.datasets import chest, cutout_scenes, emotion, thyroid

SETS = (
    thyroid.load,
    thyroid.healthy,
    chest.radiographs,
    chest.slices,
    functools.partial(chest.slices, heights="chosen"),
    chest.volumes,
    emotion.load,
    cutout_scenes.folder,
    functools.partial(cutout_scenes.folder, times=2),
)


def main():
    """Write what is missing, and let everyone read it."""
    for prepare in SETS:
        prepare()
    for path in [cache.PROJECT, *cache.PROJECT.rglob("*")]:
        readable = stat.S_IRGRP | stat.S_IROTH | (stat.S_IXGRP | stat.S_IXOTH if path.is_dir() else 0)
        path.chmod(path.stat().st_mode | readable)


if __name__ == "__main__":
    main()

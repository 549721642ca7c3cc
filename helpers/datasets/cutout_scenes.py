"""Scenes of real objects on real photographs with boxes, masks, captions and questions: COCO's layout.

load() gives simulated scenes: cut-out photographs (helpers.datasets.cutouts) on backgrounds (helpers.datasets.
backgrounds). No object, nothing that looks like it and no background of one split appears in another. A set put into
data/cutout_scenes/ with the same files is taken instead; captions and questions may be missing there.

>>> from helpers.datasets import cutout_scenes as scenes
>>> data = scenes.load()
>>> first = data.train[0]
>>> picture, boxes, masks = scenes.image(first), first.boxes, scenes.masks(first)
>>> said = scenes.captions("train")[first.id]
"""

from collections import defaultdict
from typing import NamedTuple

from helpers.datasets import backgrounds, cutouts, places, store, text
from helpers.datasets.coco import Scene, image, masks, read  # noqa: F401
from phantoms.scene import cutout_scene as phantom, layout, sampling, words

NAME = "cutout_scenes"
NAMES = cutouts.KINDS  # the classes of the simulated set
COUNTS = {"train": 2000, "val": 250, "test": 250}
WORDS = words.Words._fields
RELATIONS = tuple(english for english, _ in words.RELATIONS.values())  # that captions state, in English
SECONDS = {1: 20, 2: 40}  # that the simulation takes, about
NO_AREA = "box without area"
NEEDED = "folder annotations of a set in COCO's layout"


class Scenes(NamedTuple):
    """A set: the names of the classes, in the order of the labels, and a list of Scene for each split."""

    names: list
    train: list
    val: list
    test: list


class Caption(NamedTuple):
    """What is said of a scene. language: "en" or "el". kind: "list", "relation", "single" or "empty"."""

    language: str
    kind: str
    caption: str


class Question(NamedTuple):
    """A question about a scene and its answer. language: "en" or "el". kind: "count", "is there", "side", "what" or
    "colour"."""

    language: str
    kind: str
    question: str
    answer: str


def load(times=1, simulated=False):
    """Return the Scenes; prints which set it is and its size. Raises what `store.folder` and `coco.read` raise.

    times: 1 for scenes of 128 x 160 pixels, 2 for the same scenes in 256 x 320; a set of one's own has its own sizes.
    simulated: take the simulated set in any case.
    """
    return of_folder(NAME, folder(times, simulated))


def of_folder(name, folder):
    """Return the Scenes of a folder in COCO's layout, which has the three splits; prints its size.

    Raises ValueError where the splits have different categories or most boxes have no area; and what `read` raises.
    """
    parts = {}
    for split in COUNTS:
        file = places.child(places.child(folder, "annotations"), f"instances_{split}.json")
        parts[split] = read(file, places.child(folder, split))
    names = parts["train"][1]
    for split, (_, others, _) in parts.items():
        if others != names:
            raise ValueError(
                f"instances_{split}.json has the categories {others}, not {names} as in training: mend it."
            )
    sizes = [f"{len(found)} {split}" for split, (found, _, _) in parts.items()]
    objects = sum(len(scene.labels) for found, _, _ in parts.values() for scene in found)
    print(f"{name}: {', '.join(sizes)} images, {objects} objects of {len(names)} classes")
    skipped = sum(len(left_out) for _, _, left_out in parts.values())
    store.refuse_if_most_is_skipped(folder, objects, {NO_AREA: skipped} if skipped else {})
    if skipped:
        print(f"skipped {skipped}: {NO_AREA}")
    return Scenes(names, *(found for found, _, _ in parts.values()))


def folder(times=1, simulated=False):
    """Return the folder of the set, which is written first where it is simulated. ValueError for another `times`."""
    if times not in SECONDS:
        raise ValueError(f"times {times!r} is none of {list(SECONDS)}.")
    write, variant = (_simulate, "") if times == 1 else (_simulate_twice, "-twice")
    found = store.folder(NAME, write, SECONDS[times], _inputs(), simulated, variant)
    return places.root(found, lambda names: "annotations" in names, NEEDED)


def captions(split, times=1, simulated=False):
    """Return {image id: [Caption]} of a split; empty where a set of one's own has none.

    Raises ValueError, naming the file, where an entry lacks a field.
    """
    return _read("captions", "annotations", Caption, split, times, simulated)


def questions(split, times=1, simulated=False):
    """Return {image id: [Question]} of a split; empty where a set of one's own has none. Raises as `captions`."""
    return _read("questions", "questions", Question, split, times, simulated)


def source():
    """Return where the scenes of load() are from: "your own set" or "simulated"."""
    return store.source(NAME, "your own set")


def sources():
    """Return what the simulated set is made of, {split: phantoms.scene.layout.Source}."""
    objects, photographs = cutouts.load(), backgrounds.load()
    found = {}
    for split, count in COUNTS.items():
        items = [
            layout.item(one.image, one.alpha, one.kind, words.Words(*(getattr(one, n) for n in WORDS)))
            for one in objects[split]
            if one.kind in NAMES
        ]
        behind = [(sampling.layer(p.image), words.Place(p.file, p.shows, p.shows_el)) for p in photographs[split]]
        found[split] = layout.Source(count, items, behind)
    return found


def _simulate(folder):
    phantom.write(folder, sources(), list(NAMES))


def _simulate_twice(folder):
    phantom.write(folder, sources(), list(NAMES), times=2)


def _inputs():
    return [
        path
        for data in (cutouts.FOLDER, backgrounds.FOLDER)
        for path in sorted(data.iterdir())
        if path.suffix in (".webp", ".jpg", ".csv")
    ]


def _read(what, key, form, split, times, simulated):
    if split not in COUNTS:
        raise ValueError(f"split {split!r} is none of {list(COUNTS)}.")
    file = places.child(places.child(folder(times, simulated), "annotations"), f"{what}_{split}.json")
    found = defaultdict(list)
    if not file.is_file():
        return found
    data = text.from_json(file)
    entries = data.get(key) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise ValueError(f"{file} has no list {key!r}: give a file as COCO or VQA writes it.")
    for number, entry in enumerate(entries):
        missing = [n for n in ("image_id", form._fields[2]) if not isinstance(entry, dict) or n not in entry]
        if missing:
            raise ValueError(f"{file}: entry {number} of {key} has no {missing[0]!r}: add it.")
        found[entry["image_id"]].append(form(*(entry.get(name, "") for name in form._fields)))
    return found

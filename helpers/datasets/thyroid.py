"""Thyroid ultrasound with outlined nodules, in the layout of the public DDTI set.

One flat folder: `<case>.xml`, one record a case, and `<case>_<k>.jpg`, its images, RGB, mostly 560 x 360. The real
set goes into data/ddti/; without it a simulated one stands in, with the same layout and the same defects.
Pedraza et al. 2015, doi:10.1117/12.2073532.

>>> from helpers.datasets import thyroid
>>> cases = thyroid.load()
>>> mask = thyroid.mask(cases[0].views[0])        # bool (H, W)
"""

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from helpers.datasets import numbers, pictures, places, store, text

NAME = "ddti"
SECONDS = 30  # that the simulation takes, about
TIRADS = ("2", "3", "4a", "4b", "4c", "5")
SUSPICIOUS = ("4a", "4b", "4c", "5")  # one convention; some authors count 3 as suspicious too
SEXES = ("F", "M")
OLDEST = 130
WORDS = ("composition", "echogenicity", "margins", "calcifications")
SPELLINGS = {  # as written in some records: as meant
    "spongiform appareance": "spongiform",
    "spongiform appearance": "spongiform",
    "isoechogenecity": "isoechogenicity",
    "hypoechogenecity": "hypoechogenicity",
    "hyperechogenecity": "hyperechogenicity",
    "marked hypoechogenecity": "marked hypoechogenicity",
    "ill- defined": "ill defined",
    "ill-defined": "ill defined",
    "non": "none",
    "microcalcification": "microcalcifications",
    "macrocalcification": "macrocalcifications",
}


class View(NamedTuple):
    """One image of a case: name "12_1", RGB uint8 (H, W, 3), and an int32 array (N, 2) of x, y for each nodule."""

    name: str
    image: np.ndarray
    polygons: list


class Case(NamedTuple):
    """One record; a field that is empty or unknown is None. `tirads` is one of TIRADS, `sex` is "F" or "M"."""

    number: int
    age: int | None
    sex: str | None
    composition: str | None
    echogenicity: str | None
    margins: str | None
    calcifications: str | None
    tirads: str | None
    reportbacaf: str | None
    reporteco: str | None
    views: list


class Skipped(NamedTuple):
    """What `read` left out: the file, which mark of it (from 1; None for the file as a whole), and why."""

    file: str
    mark: int | None
    reason: str


def load():
    """Return the cases, a list of Case by number; prints which set it is, its size, and what was skipped.

    Raises what `store.folder` and `read` raise, and ValueError where most of the set had to be skipped.
    """
    folder = store.folder(NAME, _simulate, SECONDS)
    cases, skipped, unknown = read(folder)
    views = [view for case in cases for view in case.views]
    nodules = sum(len(view.polygons) for view in views)
    line = f"{NAME}: {len(cases)} cases, {len(views)} images, {nodules} nodules; skipped {len(skipped)}"
    reasons = Counter(entry.reason for entry in skipped)
    store.refuse_if_most_is_skipped(folder, len(views), reasons)
    print(": ".join([line, ", ".join(f"{n} {reason}" for reason, n in reasons.most_common())] if skipped else [line]))
    if unknown:
        print("values taken as unknown:", ", ".join(f"{n} {value}" for value, n in unknown.most_common()))
    return cases


def healthy():
    """Return simulated scanner frames without a nodule, a list of 40 uint8 arrays (360, 560, 3).

    DDTI holds none: these stand in for the necks that a clinic sees most often. Raises what `store.folder` raises.
    """
    folder = store.folder(f"{NAME}-healthy", _simulate_healthy, SECONDS // 5, simulated=True)
    paths = sorted(folder.glob("healthy_*.jpg"), key=lambda path: int(path.stem.rpartition("_")[2]))
    return [pictures.read(path) for path in paths]


def source():
    """Return where the cases of load() are from: "DDTI" or "simulated"."""
    return store.source(NAME, "DDTI")


def read(folder):
    """Return (cases, skipped, unknown) of a folder in the DDTI layout: lists of Case and of Skipped, and a Counter.

    Records and images may lie in folders of their own. Skipped, because the public set has them: a mark whose svg is
    missing, empty or cut off, whose image number or image is missing; an outline of fewer than three points; an image
    without a mark or without a record; an XML file whose name is no number. `unknown` counts the values that are none
    of those allowed, such as a sex "u", and were taken as None. All else that is wrong raises ValueError with file,
    field and what to do. FileNotFoundError where the folder holds no record.
    """
    cases, skipped, unknown, used = [], [], Counter(), set()
    records, images = _found(Path(folder), skipped)
    for number, path in sorted(records.items()):
        root = _parse(path)
        stem, polygons = path.stem.lower(), {}  # image number: outlines; several marks may share an image
        for index, mark in enumerate(root.findall("mark"), start=1):
            used.add(f"{stem}_{_text(mark, 'image')}")
            found = _mark(path, index, mark, images, skipped)
            if found:
                polygons.setdefault(found[0], []).extend(found[1])
        views = [_view(path, images[f"{stem}_{k}"], polygons[k]) for k in sorted(polygons) if polygons[k]]
        cases.append(_record(number, root, views, unknown))
    for stem, path in sorted(images.items()):
        if stem not in used:
            known = numbers.whole(stem.rsplit("_", 1)[0]) in records
            skipped.append(Skipped(path.name, None, "image without a mark" if known else "image without a record"))
    return cases, skipped, unknown


def mask(view):
    """Return where the nodules of a View are, bool (H, W)."""
    union = np.zeros(view.image.shape[:2], bool)
    for polygon in view.polygons:
        union |= polygon_mask(polygon, union.shape)
    return union


def polygon_mask(polygon, shape):
    """Return the inside of an outline and its border, bool `shape` = (H, W); the outline is (N, 2) x, y, not closed.

    What lies outside the image is cut off. Raises ValueError for fewer than three points.
    """
    points = np.asarray(polygon)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 3:
        raise ValueError(f"an outline is an array (N, 2) of at least three points x, y; got shape {points.shape}")
    if not numbers.near(points, numbers.SIDE, numbers.SIDE):
        raise ValueError("an outline has a coordinate that is not a finite number, or that no image can have")
    filled = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(filled, [np.rint(points).astype(np.int32)], 1)
    return filled.astype(bool)


def _simulate(folder):
    from phantoms.thyroid import ddti

    ddti.write(folder)


def _simulate_healthy(folder):
    from phantoms.thyroid import ddti

    ddti.write_healthy(folder)


def _found(folder, skipped):
    """Return ({number: path of its record}, {stem: path of an image}) of all files below `folder`."""
    records, images = {}, {}
    for path in places.files(folder, (".xml",)):
        number = numbers.whole(path.stem)
        if number is None:
            skipped.append(Skipped(path.name, None, "XML file whose name is no number"))
        elif number in records:
            raise ValueError(f"{path} and {records[number]} are the same case, in several folders. Keep one of them.")
        else:
            records[number] = path
    if not records:
        raise places.missing(folder, "record <case>.xml of the DDTI set")
    for path in places.files(folder, places.IMAGES):
        images.setdefault(path.stem.lower(), path)
    return records, images


def _parse(path):
    try:
        root = ElementTree.parse(path, forbid_dtd=True).getroot()
    except ElementTree.ParseError as error:
        what = text.not_the_file(path.read_bytes()[:200]) or f"broken XML ({error})"
        raise ValueError(f"{path.name}: {what}. {store.advice(path)}") from error
    except DefusedXmlException as error:
        raise ValueError(
            f"{path.name}: declares a document type or entities, which no record needs. Refused."
        ) from error
    if root.tag != "case":
        raise ValueError(f"{path.name}: the root is <{root.tag}>, a record has <case>.")
    return root


def _text(element, tag):
    """Return the text of a child with single blanks, or "" where the child is missing or empty."""
    return " ".join((element.findtext(tag) or "").split())


def _record(number, root, views, unknown):
    """Return the Case of a parsed record; counts the values that are not known."""
    fields = {tag: _text(root, tag) for tag in Case._fields[1:-1]}
    for tag in WORDS:
        fields[tag] = SPELLINGS.get(fields[tag].lower(), fields[tag].lower())
    known = {
        "age": numbers.whole(fields["age"], 0, OLDEST),
        "sex": fields["sex"].upper() if fields["sex"].upper() in SEXES else None,
        "tirads": fields["tirads"].lower() if fields["tirads"].lower() in TIRADS else None,
    }
    unknown.update(f"{tag} {fields[tag][:20]!r}" for tag, value in known.items() if value is None and fields[tag])
    fields = {tag: value or None for tag, value in fields.items()} | known
    return Case(number=number, **fields, views=views)


def _mark(path, index, mark, images, skipped):
    """Return (image number, outlines) of a mark, or None where it was skipped."""

    def skip(reason):
        skipped.append(Skipped(path.name, index, reason))

    if not _text(mark, "image"):
        return skip("mark without an image number")
    k = numbers.whole(_text(mark, "image"))
    if k is None:
        written = _text(mark, "image")
        raise ValueError(f"{path.name}: mark {index}, <image> should be a whole number, it is {written!r}.")
    if f"{path.stem.lower()}_{k}" not in images:
        return skip("mark without its image")
    svg = (mark.findtext("svg") or "").strip()
    if not svg:
        return skip("mark without svg")
    try:
        regions = json.loads(svg)
    except (json.JSONDecodeError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and (error.pos >= len(svg) or error.msg.startswith("Unterminated")):
            return skip("svg cut off")
        raise ValueError(f"{path.name}: mark {index}, svg is not JSON: {error}.") from error
    outlines = _outlines(f"{path.name}: mark {index}, svg", regions)
    for _ in [outline for outline in outlines if len(outline) < 3]:
        skip("outline of fewer than three points")
    return k, [outline for outline in outlines if len(outline) >= 3]


def _outlines(where, regions):
    """Return the regions of an svg as int32 arrays (N, 2) of x, y."""
    try:
        if not isinstance(regions, list):
            raise TypeError(type(regions))
        outlines = [np.array([(p["x"], p["y"]) for p in r["points"]], float).reshape(-1, 2) for r in regions]
    except (TypeError, KeyError, ValueError, OverflowError) as error:
        raise ValueError(f'{where} is not a list of {{"points": [{{"x", "y"}}]}}.') from error
    if not all(numbers.near(outline, numbers.SIDE, numbers.SIDE) for outline in outlines):
        raise ValueError(f"{where} has a coordinate that is not a finite number, or that no image can have.")
    return [np.rint(outline).astype(np.int32) for outline in outlines]


def _view(path, file, outlines):
    """Return the View of an image file of a record."""
    image = pictures.read(file)
    height, width = image.shape[:2]
    for outline in outlines:
        if not ((outline >= 0) & (outline < [width, height])).all(axis=1).any():
            raise ValueError(f"{path.name}: an outline lies outside {file.name}, {width} x {height} pixels.")
    return View(file.stem, image, outlines)

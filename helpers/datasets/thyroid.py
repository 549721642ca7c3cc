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
from PIL import Image

from helpers.datasets import store

NAME = "ddti"
TIRADS = ("2", "3", "4a", "4b", "4c", "5")
SUSPICIOUS = ("4a", "4b", "4c", "5")  # one convention; some authors count 3 as suspicious too
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
    """One record; a field that is empty in the file is None. `tirads` is one of TIRADS, `sex` is "F" or "M"."""

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

    Raises what `store.folder` and `read` raise.
    """
    cases, skipped = read(store.folder(NAME, _simulate))
    views = [view for case in cases for view in case.views]
    nodules = sum(len(view.polygons) for view in views)
    line = f"{NAME}: {len(cases)} cases, {len(views)} images, {nodules} nodules; skipped {len(skipped)}"
    reasons = Counter(entry.reason for entry in skipped)
    print(": ".join([line, ", ".join(f"{n} {reason}" for reason, n in reasons.most_common())] if skipped else [line]))
    return cases


def read(folder):
    """Return (cases, skipped) of a folder in the DDTI layout: lists of Case and of Skipped.

    Skipped, because the public set has them: a mark whose svg is missing, empty or cut off, whose image number or
    image is missing; an outline of fewer than three points; an image without a mark or without a record. All else
    that is wrong raises ValueError, or OSError for a JPEG that is cut off, with file, field and what to do.
    FileNotFoundError where the folder holds no record.
    """
    folder, cases, skipped, used = _flat(Path(folder)), [], [], set()
    for path in sorted(folder.glob("*.xml")):
        root = _parse(path)
        polygons = {}  # image number: outlines; several marks may share an image
        for index, mark in enumerate(root.findall("mark"), start=1):
            found = _mark(path, index, mark, skipped)
            if found:
                polygons.setdefault(found[0], []).extend(found[1])
        used |= {f"{path.stem}_{k}" for k in polygons} | {
            f"{path.stem}_{_text(m, 'image')}" for m in root.findall("mark")
        }
        views = [_view(path, k, outlines) for k, outlines in sorted(polygons.items()) if outlines]
        cases.append(_record(path, root, views))
    records = {path.stem for path in folder.glob("*.xml")}
    for path in sorted(folder.glob("*.jpg")):
        if path.stem not in used:
            known = path.stem.rsplit("_", 1)[0] in records
            skipped.append(Skipped(path.name, None, "image without a mark" if known else "image without a record"))
    return sorted(cases, key=lambda case: case.number), skipped


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
    filled = np.zeros(shape, np.uint8)
    cv2.fillPoly(filled, [np.rint(points).astype(np.int32)], 1)
    return filled.astype(bool)


def _simulate(folder):
    from phantoms.thyroid import ddti

    ddti.write(folder)


def _flat(folder):
    """Return the folder that holds the records: `folder` or the one folder below it that an archive made."""
    places = sorted({path.parent for path in folder.rglob("*.xml")})
    if not places:
        raise FileNotFoundError(
            f"{folder}: no record <case>.xml here. Unpack the DDTI set into this folder, "
            f"or delete the folder, and the course will use a simulated set."
        )
    if len(places) > 1:
        raise ValueError(
            f"{folder}: records in several folders ({', '.join(p.name for p in places)}). Keep one of them."
        )
    return places[0]


def _parse(path):
    try:
        root = ElementTree.parse(path, forbid_dtd=True).getroot()
    except ElementTree.ParseError as error:
        raise ValueError(f"{path.name}: broken XML ({error}). Copy the file anew from the archive.") from error
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


def _whole(path, tag, text):
    if not text:
        return None
    if not text.isdecimal():
        raise ValueError(f"{path.name}: <{tag}> should be a whole number or empty, it is {text!r}.")
    return int(text)


def _record(path, root, views):
    """Return the Case of a parsed record."""
    fields = {tag: _text(root, tag) for tag in Case._fields[:-1]}
    number = _whole(path, "number", fields["number"] or path.stem)
    if str(number) != path.stem:
        raise ValueError(f"{path.name}: <number> is {number}, which is not the name of the file.")
    for tag in WORDS:
        fields[tag] = SPELLINGS.get(fields[tag].lower(), fields[tag].lower())
    for tag, allowed, text in (("sex", "FM", fields["sex"].upper()), ("tirads", TIRADS, fields["tirads"].lower())):
        if text and text not in allowed:
            raise ValueError(f"{path.name}: <{tag}> should be one of {', '.join(allowed)} or empty, it is {text!r}.")
        fields[tag] = text
    fields |= {"number": number, "age": _whole(path, "age", fields["age"])}
    return Case(**{tag: None if value == "" else value for tag, value in fields.items()}, views=views)


def _mark(path, index, mark, skipped):
    """Return (image number, outlines) of a mark, or None where it was skipped."""

    def skip(reason):
        skipped.append(Skipped(path.name, index, reason))

    k = _whole(path, f"mark {index}, image", _text(mark, "image"))
    if k is None:
        return skip("mark without an image number")
    if not path.with_name(f"{path.stem}_{k}.jpg").is_file():
        return skip("mark without its image")
    text = (mark.findtext("svg") or "").strip()
    if not text:
        return skip("mark without svg")
    try:
        regions = json.loads(text)
    except json.JSONDecodeError as error:
        if error.pos >= len(text) or error.msg.startswith("Unterminated"):
            return skip("svg cut off")
        raise ValueError(f"{path.name}: mark {index}, svg is not JSON: {error}.") from error
    try:
        outlines = [np.array([(p["x"], p["y"]) for p in r["points"]], float).reshape(-1, 2) for r in regions]
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError(f'{path.name}: mark {index}, svg is not a list of {{"points": [{{"x", "y"}}]}}.') from error
    if not all(np.isfinite(outline).all() for outline in outlines):
        raise ValueError(f"{path.name}: mark {index}, svg has a coordinate that is not a finite number.")
    for _ in [outline for outline in outlines if len(outline) < 3]:
        skip("outline of fewer than three points")
    return k, [np.rint(outline).astype(np.int32) for outline in outlines if len(outline) >= 3]


def _view(path, k, outlines):
    """Return the View of an image; raises OSError for a JPEG that cannot be read whole."""
    file = path.with_name(f"{path.stem}_{k}.jpg")
    try:
        image = np.array(Image.open(file).convert("RGB"))  # unlike cv2.imread, it refuses a file that is cut off
    except (OSError, SyntaxError) as error:
        raise OSError(f"{file.name}: not a whole JPEG ({error}). Copy the file anew from the archive.") from error
    height, width = image.shape[:2]
    for outline in outlines:
        if not ((outline >= 0) & (outline < [width, height])).all(axis=1).any():
            raise ValueError(f"{path.name}: an outline of image {k} lies outside the image, {width} x {height} pixels.")
    return View(file.stem, image, outlines)

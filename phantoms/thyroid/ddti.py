"""A simulated thyroid set in the layout of the public DDTI set, with the defects that the public set has.

One flat folder: `<case>.xml`, one a case, and `<case>_<k>.jpg`, RGB 560 x 360. A mark of a record holds the number k
of its image and the nodules' outlines as a JSON string. Pedraza et al. 2015, doi:10.1117/12.2073532.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree  # builds only; helpers.datasets.thyroid reads with defusedxml

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter1d

from phantoms.thyroid import neck, nodule, ultrasound

CASES = 160
QUALITY = 90  # of the JPEG
DEFECTS = {  # how many cases have which
    "svg cut off": 2,
    "mark without svg": 2,
    "svg empty": 2,
    "no such image": 3,
    "image without a mark": 3,
    "outline without points": 1,
    "two windows": 12,
}
VARIANTS = {  # other spellings of the same words
    "spongiform": "spongiform appareance",
    "isoechogenicity": "isoechogenicity ",
    "hypoechogenicity": "hypoechogenecity",
    "ill defined": "ill- defined",
    "well defined": "well defined ",
    "none": "non",
    "microcalcifications": "microcalcification",
    "macrocalcifications": "macrocalcification",
}
REPORTS = {
    "2": "Simulated. Benign, colloid nodule. Bethesda II",
    "4b": "Simulated. Atypia of undetermined significance. Bethesda III",
    "5": "Simulated. Papillary carcinoma. Bethesda VI",
}


def write(folder, seed=0, cases=CASES):
    """Write a set of `cases` cases into `folder`, which exists: the same files for the same seed, byte by byte.

    Raises ValueError where there are fewer cases than the defects need.
    """
    folder = Path(folder)
    rng = np.random.default_rng([seed, 0])
    if cases < 2 * sum(DEFECTS.values()):
        raise ValueError(f"a set needs at least {2 * sum(DEFECTS.values())} cases to hold its defects, got {cases}")
    numbers = np.sort(rng.choice(np.arange(2, cases * 5 // 4), cases - 1, replace=False))
    numbers = [1, *numbers.tolist()]  # case 1 has no TI-RADS, as in the public set
    names = [name for name, count in DEFECTS.items() for _ in range(count)]
    defects = dict(zip(rng.choice(numbers[1:], len(names), replace=False).tolist(), names, strict=True))
    with ThreadPoolExecutor(2) as pool:  # each case has a generator of its own, so the order does not count
        for _ in pool.map(lambda n: _case(folder, n, defects.get(n), np.random.default_rng([seed, n])), numbers):
            pass


def write_healthy(folder, seed=0, images=40):
    """Write `images` frames of necks without a nodule into `folder`, which exists: healthy_<k>.jpg, no records."""

    def one(k):
        rng = np.random.default_rng([seed, 10**6 + k])
        _save(Path(folder) / f"healthy_{k}.jpg", _picture([], False, rng)[0])

    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(one, range(1, images + 1)):
            pass


def look(rng):
    """Return a random nodule.Look; suspicious features come together more often than by chance."""
    suspicious = rng.random() < 0.45

    def pick(words, benign, malignant):
        weights = np.array(malignant if suspicious else benign, float)
        return str(rng.choice(words, p=weights / weights.sum()))

    composition = pick(list(nodule.CYSTIC), [30, 4, 26, 6, 18, 8, 8], [70, 6, 16, 4, 4, 0, 0])
    if composition in ("cystic", "spongiform"):
        echogenicity = "hypoechogenicity" if composition == "cystic" else "isoechogenicity"
        return nodule.Look(composition, echogenicity, "well defined smooth", "none", False)
    solid = composition not in ("mixed", "predominantly cystic")
    return nodule.Look(
        composition,
        pick(list(nodule.OFFSETS), [15, 61, 0, 24], [8, 60, 32, 0]),
        pick(list(nodule.MARGINS), [35, 35, 20, 0, 10, 0], [15, 5, 35, 25, 5, 15]),
        pick(["none", "microcalcifications", "macrocalcifications"], [88, 2, 10], [40, 47, 13]) if solid else "none",
        bool(rng.random() < (0.4 if suspicious else 0.05)),
    )


def tirads(look):
    """Return the TI-RADS category of a look by counting suspicious features (Kwak 2011, doi:10.1148/radiol.11110206).

    They are: solid, hypoechoic, margins not smooth, microcalcifications, taller than wide. None is 3, one 4a, two 4b,
    three or four 4c, five 5; a plain cyst or sponge is 2.
    """
    if look.composition in ("cystic", "spongiform"):
        return "2"
    features = (
        look.composition in ("solid", "dense"),
        "hypoechogenicity" in look.echogenicity,
        look.margins in ("ill defined", "microlobulated", "spiculated"),
        look.calcifications == "microcalcifications",
        look.tall,
    )
    return ("3", "4a", "4b", "4c", "4c", "5")[sum(features)]


def _case(folder, number, defect, rng):
    """Write the record and the images of one case."""
    main = look(rng)
    size = float(np.clip(np.exp(rng.normal(np.log(38), 0.58)), 16, 84))
    views = 2 if defect == "image without a mark" else int(rng.choice([1, 2, 3], p=[0.7, 0.25, 0.05]))
    record = ElementTree.Element("case")
    for tag, content in _fields(number, main, rng).items():
        ElementTree.SubElement(record, tag).text = content
    for k in range(1, views + 1):
        nodules = [(main, size)]
        if rng.random() < 0.1:
            nodules.append((look(rng), max(size * rng.uniform(0.4, 0.6), 14)))
        image, outlines = _picture(nodules, defect == "two windows" and k == 1, rng)
        _save(folder / f"{number}_{k}.jpg", image)
        if k == views and defect == "image without a mark":
            continue
        svg = json.dumps([{"points": o, "annotation": {}, "regionType": "freehand"} for o in outlines])
        mark = ElementTree.SubElement(record, "mark")
        ElementTree.SubElement(mark, "image").text = str(k)
        if k == 1 and defect == "svg cut off":
            svg = svg[:-20]
        elif k == 1 and defect == "svg empty":
            svg = ""
        elif k == 1 and defect == "outline without points":
            svg = json.dumps([{"points": [], "annotation": {}, "regionType": "freehand"}])
        if not (k == 1 and defect == "mark without svg"):
            ElementTree.SubElement(mark, "svg").text = svg
    if defect == "no such image":
        record.append(mark := ElementTree.Element("mark"))
        ElementTree.SubElement(mark, "image").text = str(views + 1)
        ElementTree.SubElement(mark, "svg").text = svg
    ElementTree.indent(record)
    (folder / f"{number}.xml").write_bytes(ElementTree.tostring(record, "utf-8", xml_declaration=True))


def _fields(number, look, rng):
    """Return the text fields of a record in the public order, some empty, some in another spelling."""

    def word(text):
        if rng.random() < 0.08:
            return ""
        return VARIANTS.get(text, text) if rng.random() < 0.2 else text

    category = "" if number == 1 or rng.random() < 0.22 else tirads(look)
    return {
        "number": str(number),
        "age": "" if rng.random() < 0.1 else str(int(np.clip(rng.normal(50, 15), 16, 88))),
        "sex": "" if rng.random() < 0.06 else ("M" if rng.random() < 0.18 else "F"),
        "composition": word(look.composition),
        "echogenicity": word(look.echogenicity),
        "margins": word(look.margins),
        "calcifications": word(look.calcifications),
        "tirads": category,
        "reportbacaf": REPORTS.get(category, "") if rng.random() < 0.5 else "",
        "reporteco": "Simulated. Taller than wide." if look.tall else "",
    }


def _picture(nodules, two, rng):
    """Return the frame, RGB uint8 (360, 560, 3), and the outlines of its nodules, each a list of {"x", "y"}."""
    kinds = ["transverse", "longitudinal"] if two else [str(rng.choice(["transverse", "longitudinal"], p=[0.6, 0.4]))]
    height, width = int(rng.integers(290, 326)), 262 if two else int(rng.integers(296, 332))
    top, left = int(rng.integers(8, 20)), 6 if two else int(rng.integers(112, 128))
    windows, outlines = [], []
    for column, kind in enumerate(kinds):
        seen = neck.view(nodules[: 1 if two else None], kind, (height, width), rng)
        corner = left + column * (width + 4)
        windows.append((seen.image, corner, top))
        outlines += [_by_hand(contour, (height, width), (corner, top), rng) for contour in seen.contours]
    lines = [
        f"{rng.integers(7, 15)} MHz",
        f"D {rng.uniform(3, 5):.1f} cm",
        f"G {rng.integers(40, 80)} %",
        "",
        "SIMULATED",
    ]
    return ultrasound.screen(windows, rng, lines), outlines


def _by_hand(contour, shape, corner, rng):
    """Return a contour as an expert draws it: smooth, one or two pixels off, some hundred points, inside the image."""
    contour = gaussian_filter1d(contour, 0.012 * len(contour), axis=0, mode="wrap")  # spikes and dents are rounded off
    around = float(np.linalg.norm(np.diff(contour, axis=0), axis=1).sum())
    count = int(np.clip(around * rng.uniform(0.5, 0.9), 24, 300))
    points = contour[np.linspace(0, len(contour), count, endpoint=False).astype(int)]
    turn = np.arange(count) * 2 * np.pi / count
    wobble = sum(rng.normal(0, 0.012) * np.cos(k * turn + rng.uniform(0, 6.3)) for k in (0, 2, 3, 5))
    middle = points.mean(axis=0)
    points = middle + (points - middle) * (1 + wobble)[:, None]
    points = np.clip(points, 0, [shape[1] - 1, shape[0] - 1]) + corner
    return [{"x": int(x), "y": int(y)} for x, y in np.rint(points)]


def _save(path, image):
    """Write an RGB image as JPEG; raises OSError where the file cannot be written."""
    good, data = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not good:
        raise OSError(f"{path}: OpenCV could not encode the image")
    path.write_bytes(data.tobytes())

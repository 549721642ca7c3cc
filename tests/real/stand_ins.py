"""Small stand-ins for the real sets, written as the real files are: the same layout, columns, names and defects.

Every picture is noise with a bright field or drawn shapes; nothing of a real set is copied.
"""

import json
import random

import cv2
import nibabel
import numpy as np

BOM = "\ufeff"


def picture(path, height, width, seed, grey=True, kind=None):
    """Write a picture of tissue-like noise between black borders; kind: the format, where the suffix lies."""
    rng = np.random.default_rng(seed)
    image = cv2.GaussianBlur(rng.integers(20, 220, (height, width, 3), dtype=np.uint8), (0, 0), 1.2)
    if grey:
        image = np.repeat(image[..., :1], 3, axis=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    good, data = cv2.imencode(kind or path.suffix.lower(), image)
    assert good
    path.write_bytes(data.tobytes())


def ring(x, y, size, seed):
    """Return an outline of 60 points around x, y as DDTI writes it."""
    rng = random.Random(seed)
    angles = np.arange(60) * 2 * np.pi / 60
    radius = size * (1 + 0.1 * np.cos(3 * angles + rng.random()))
    return [{"x": int(x + r * np.cos(a)), "y": int(y + r * np.sin(a))} for r, a in zip(radius, angles, strict=True)]


def ddti(folder, cases=40):
    """Write a set like DDTI's; return what the reader should find: cases, images, nodules, skipped, unknown."""
    folder.mkdir(parents=True, exist_ok=True)
    images, nodules, skipped, unknown = 0, 0, 0, 0
    for number in range(1, cases + 1):
        views = 1 + number % 3 // 2
        sex = "u" if number % 10 == 0 else "" if number % 7 == 0 else "F" if number % 4 else "M"
        unknown += sex == "u"
        tirads = "" if number == 1 or number % 5 == 0 else ("2", "3", "4a", "4b", "4c", "5")[number % 6]
        marks = ""
        for k in range(1, views + 1):
            frame = np.zeros((360, 560, 3), np.uint8)
            picture(folder / "x.png", 310, 312, number * 10 + k, grey=number % 20 != 0)
            frame[8:318, 120:432] = cv2.imread(str(folder / "x.png"))
            (folder / "x.png").unlink()
            cv2.imwrite(str(folder / f"{number}_{k}.jpg"), frame)
            points = [ring(250 + 5 * (number % 9), 160, 45, number)] + (
                [ring(350, 250, 20, k)] if number % 6 == 0 else []
            )
            svg = json.dumps([{"points": p, "annotation": {}, "regionType": "freehand"} for p in points])
            if number in (17, 25) and k == 1:
                svg = svg[: -len('pe": "freehand"}]')]  # as in 197.xml and 205.xml
            if number == 30 and k == 1:
                svg = ""
            whole = svg.endswith("]")
            images, nodules, skipped = images + whole, nodules + whole * len(points), skipped + (not whole)
            marks += f"<mark><image>{k}</image>{f'<svg>{svg}</svg>' if svg else ''}</mark>"
        if number == 12:  # a mark of an image that does not exist
            marks, skipped = marks + f"<mark><image>{views + 1}</image><svg>{svg}</svg></mark>", skipped + 1
        (folder / f"{number}.xml").write_text(
            f"<case><number>{number}</number><age>{'' if number % 6 == 0 else 20 + number}</age><sex>{sex}</sex>"
            f"<composition>{('solid', 'predominantly solid', 'spongiform appareance', '')[number % 4]}</composition>"
            f"<echogenicity>isoechogenicity </echogenicity><margins>ill- defined</margins>"
            f"<calcifications>non</calcifications><tirads>{tirads}</tirads><reportbacaf/><reporteco/>{marks}</case>"
        )
    cv2.imwrite(str(folder / "399_1.jpg"), frame)  # an image without a record
    return cases, images, nodules, skipped + 1, unknown


def covidx(folder, count=60):
    """Write a set like COVIDx: no list for validation, names with blanks and brackets, sources, one folder too deep."""
    root = folder / "archive"
    for split, number in (("train", count), ("test", count // 2)):
        lines = []
        for k in range(number):
            patient, source = f"{split}-{k * 2 // 3}", ("cohen", "rsna", "sirm", "bimcv")[k % 4]
            name, label = f"{source}-{k}.PNG" if k % 9 == 0 else f"{source}-{k}.png", ("positive", "negative")[k % 2]
            listed = name
            if source == "sirm":
                patient, name = f"COVID {k}", f"COVID({k}).png"
                listed = name
            picture(root / split / name, 64 + k, 80, k)
            lines.append(f"{patient} {listed} {label} {source}")
        lines.append(f"999 gone{split}.png negative rsna")
        (root / f"{split}.txt").write_text(BOM + "\n".join(lines) + "\n", encoding="utf-8")
    return count, count // 2


def covid_ct(folder):
    """Write a set like COVID-CT with the tables of its patients; return (images of each split, patients)."""
    sizes, rows = {"train": 12, "val": 6, "test": 8}, {"COVID": [], "NonCOVID": []}
    number = 0
    for split, count in sizes.items():
        for label in rows:
            names = []
            for k in range(count):
                number += 1
                stem = f"2020.02.{number:02d}.{k}-p{number}-{60 + k}%{k % 3}" if label == "COVID" else str(number)
                name = f"{stem}.png" if label == "COVID" else f"{stem}.jpg"
                on_disk = f"{stem}.jpeg" if number % 11 == 0 else name
                picture(folder / "Images-processed" / f"CT_{label}" / on_disk, 60 + number, 90, number)
                names.append(name)
                patient = f"Patient {number // 2}"
                named = stem if number % 5 == 0 else name  # some rows of the public table have no suffix
                rows[label].append(f"{named},{patient},{40 + k},M" if label == "COVID" else f"{name},{patient}")
            path = folder / "Data-split" / label / f"{split}CT_{label}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(names) + "\n\n")
    (folder / "COVID-CT-MetaInfo.csv").write_text(
        BOM
        + "File name, Patient ID,Age, Gender ,Severity,Captions\n"
        + "\n".join(f'{r},,"a, b"' for r in rows["COVID"]),
        encoding="utf-8",
    )
    (folder / "NonCOVID-CT-MetaInfo.csv").write_text("image name,patient id\n" + "\n".join(rows["NonCOVID"]))
    patients = len({r.split(",")[1] for r in rows["COVID"]}) + len({r.split(",")[1] for r in rows["NonCOVID"]})
    return {split: 2 * count for split, count in sizes.items()}, patients


def volumes(folder):
    """Write four volumes as in the 20-case set: nested x.nii/x.nii, half of them grey, paths of another machine."""
    lines = [BOM + "ct_scan, lung_mask,infection_mask,lung_and_infection_mask"]
    for k in range(4):
        rng, shape = np.random.default_rng(k), (64, 60, 40)
        x, y, z = np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij")
        body, lungs = x**2 + y**2 < 0.8, (np.abs(x) - 0.4) ** 2 / 0.06 + y**2 / 0.25 + z**2 / 0.9 < 1
        hu = np.where(body, 40, -1000) + np.where(lungs, -890, 0) + rng.normal(0, 25, shape)
        sick = lungs & ((x - 0.4) ** 2 + y**2 + z**2 < 0.05)
        hu[sick] += 350
        mask = np.where(sick, 3, np.where(lungs, np.where(x < 0, 2, 1), 0)).astype(np.uint8)
        org, stem = ("coronacases", f"00{k + 1}") if k < 2 else ("radiopaedia", f"{k}_85902_1")
        name = f"{org}_org_{stem}.nii" if k < 2 else f"{org}_org_covid-19-pneumonia-{stem}.nii"
        ct = hu.astype(np.int16) if k < 2 else (255 * np.clip((hu + 1350) / 1500, 0, 1)).astype(np.uint8)
        for part, file, values in (("ct_scans", name, ct), ("lung_and_infection_mask", f"{org}_{stem}.nii", mask)):
            place = folder / part / file if k % 2 else folder / part
            place.mkdir(parents=True, exist_ok=True)
            nibabel.Nifti1Image(values, np.diag([-4.0, -4.0, 6.0, 1.0])).to_filename(place / file)
        lines.append(f"../input/covid19-ct-scans/ct_scans/{name},,,../input/x/lung_and_infection_mask/{org}_{stem}.nii")
    (folder / "metadata.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


FER = {"Training": 240, "PublicTest": 56, "PrivateTest": 56}


def fer2013(folder, plus=True):
    """Write faces like those of icml_face_data.csv, with its blanks, and the votes of FER+ beside them."""
    rng, rows, votes = np.random.default_rng(0), [], []
    for usage, count in FER.items():
        for k in range(count):
            face = cv2.resize(rng.integers(0, 256, (6, 6), dtype=np.uint8), (48, 48))
            rows.append(f"{k % 7}, {usage},{' '.join(map(str, face.ravel()))}")
            votes.append(
                f"{usage},fer{len(votes):07}.png," + ("10,0,0,0,0,0,0,0,0,0" if k % 2 else "5,5,0,0,0,0,0,0,0,0")
            )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "icml_face_data.csv").write_text(BOM + "emotion, Usage, pixels\n" + "\n".join(rows), encoding="utf-8")
    if plus:
        names = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
        (folder / "fer2013new.csv").write_text("\n".join([names, *votes]) + "\n")


def fer_folders(folder, names=("Train", "Test"), validation=False):
    """Write the folder form, in capitals, with what macOS leaves; pixel values tell class and part."""
    classes = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
    parts = [(names[0], 30), (names[1], 8)] + ([("validation", 4)] if validation else [])
    for part, count in parts:
        for label, name in enumerate(classes):
            for k in range(count):
                path = folder / "archive" / part / name / f"{k}.jpg"
                path.parent.mkdir(parents=True, exist_ok=True)
                cv2.imwrite(str(path), np.full((48, 48), 30 * label + 20, np.uint8))
    junk = folder / "__MACOSX" / "train" / "happy" / "._0.jpg"
    junk.parent.mkdir(parents=True)
    junk.write_bytes(b"\x00\x05\x16\x07")


def coco(folder):
    """Write scenes with images of several sizes, ids with gaps, a crowd, a box without area and a byte order mark."""
    for split, count in (("train", 12), ("val", 3), ("test", 4)):
        images, annotations = [], []
        for k in range(count):
            height, width = 120 + 10 * (k % 4), 160 - 10 * (k % 3)
            picture(folder / split / f"{k:012}.JPG", height, width, k, grey=False)
            images.append({"id": 100 + k, "file_name": f"{k:012}.jpg", "width": width, "height": height})
            for n, category in enumerate((1, 3, 90)):
                x, y = 10 + 40 * n, 20 + 3 * k
                annotations.append({"id": len(annotations) + 1, "image_id": 100 + k, "category_id": category})
                annotations[-1] |= {"bbox": [x, y, 35.5, 40], "iscrowd": 0, "area": 1420}
                annotations[-1]["segmentation"] = [[x, y, x + 35.5, y, x + 35.5, y + 40, x, y + 40]]
        annotations.append(annotations[0] | {"id": 9000, "bbox": [0.0, 47, 0.0, 133]})
        names = [{"id": 90, "name": "toothbrush"}, {"id": 1, "name": "person"}, {"id": 3, "name": "car"}]
        file = folder / "annotations" / f"instances_{split}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            BOM + json.dumps({"images": images, "annotations": annotations, "categories": names}), encoding="utf-8"
        )

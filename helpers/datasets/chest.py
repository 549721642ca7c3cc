"""Chest images about COVID-19 in three public layouts: radiographs (COVIDx), CT slices (COVID-CT), CT volumes (NIfTI).

The real sets go into data/covidx/, data/covid-ct/ and data/covid-ct-volumes/; without them simulated ones stand in.
Wang et al. 2020, doi:10.1038/s41598-020-76550-z. Zhao et al. 2020, arXiv:2003.13865. Ma et al. 2021,
doi:10.1002/mp.14676. No picture here, and nothing learnt from one, says anything about a person.

>>> from helpers.datasets import chest
>>> films = chest.radiographs()
>>> picture = chest.image(films["train"][0])        # uint8 (H, W)
"""

import csv
import warnings
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import nibabel
import numpy as np
from PIL import Image

from helpers.datasets import store

SPLITS = ("train", "val", "test")
LABELS = ("COVID-19", "normal", "pneumonia", "positive", "negative")  # of COVIDx, its older and its newer lists
COVID = ("COVID-19", "positive", "COVID")
BACKGROUND, LEFT, RIGHT, INFECTION = range(4)  # in lung_and_infection_mask


class Picture(NamedTuple):
    """One image file. label: as in its list, or "COVID" and "NonCOVID" for slices; source: who made it, or ""."""

    path: Path
    patient: str
    label: str
    source: str

    @property
    def covid(self):
        return self.label in COVID


class Volume(NamedTuple):
    """One CT with its masks, slices from the feet up: [k] is (H, W) with the patient's right on the left, front on top.

    ct: int16 (D, H, W), CT numbers where `unit` is "HU"; 8-bit grey of an unknown scale where it is "grey".
    mask: uint8 (D, H, W), BACKGROUND, LEFT, RIGHT or INFECTION. spacing: (z, y, x) in mm.
    """

    name: str
    ct: np.ndarray
    mask: np.ndarray
    spacing: tuple
    unit: str


def radiographs():
    """Return {"train", "val", "test": list of Picture}; prints which set it is and its size.

    Raises what `store.folder` and `read_radiographs` raise.
    """
    return _counted("covidx", read_radiographs(store.folder("covidx", _simulate("radiographs"))))


def slices():
    """Return {"train", "val", "test": list of Picture}; prints which set it is and its size.

    Raises what `store.folder` and `read_slices` raise.
    """
    return _counted("covid-ct", read_slices(store.folder("covid-ct", _simulate("slices"))))


def volumes():
    """Return a list of Volume; prints which set it is. Warns, and raises, as `read_volumes` does."""
    found = read_volumes(store.folder("covid-ct-volumes", _simulate("volumes")))
    print(f"covid-ct-volumes: {len(found)} volumes; unit {dict(Counter(volume.unit for volume in found))}")
    return found


def clinical():
    """Return the clinical table of the simulated slices, a list of dict of text, one an image; prints its length.

    Raises FileNotFoundError where the set has no clinical.csv: the public one has none.
    """
    file = store.folder("covid-ct", _simulate("slices")) / "clinical.csv"
    if not file.is_file():
        raise FileNotFoundError(f"{file}: the set has no clinical table. Only the simulated one has.")
    rows = _rows(file, ("image", "patient"))
    print(f"clinical.csv: {len(rows)} images, {len({row['patient'] for row in rows})} patients")
    return rows


def read_radiographs(folder):
    """Return {split: list of Picture} of a folder in COVIDx's layout: <split>.txt and <split>/<file>.

    Each line of a list is `patient file label source`; a blank in the patient's or the file's name is not allowed.
    Raises FileNotFoundError, naming it, for a missing list or image, and ValueError, naming list and line, for a line
    of another form, a label that is not in LABELS, or a file that is listed twice.
    """
    folder, found = Path(folder), {}
    for split in SPLITS:
        file = folder / f"{split}.txt"
        found[split], seen = [], set()
        for number, line in enumerate(_lines(file), start=1):
            parts = line.split()
            if len(parts) != 4:
                raise ValueError(f"{file.name}, line {number}: {len(parts)} words, not patient, file, label, source.")
            patient, name, label, source = parts
            if label not in LABELS:
                raise ValueError(f"{file.name}, line {number}: label {label!r} is none of {', '.join(LABELS)}.")
            if name in seen:
                raise ValueError(f"{file.name}, line {number}: {name} is listed twice. Remove one of the lines.")
            seen.add(name)
            found[split].append(Picture(_exists(folder / split / name, file.name), patient, label, source))
    return found


def read_slices(folder):
    """Return {split: list of Picture} of a folder in COVID-CT's layout, labels "COVID" and "NonCOVID".

    Images-processed/CT_<label>/<file>; Data-split/<label>/<split>CT_<label>.txt with one file name a line. `patient`
    is the name up to its last "%": in the public set that is the paper and the figure, which is not quite a patient.
    Raises FileNotFoundError, naming it, for a missing list or image.
    """
    folder, found = Path(folder), {split: [] for split in SPLITS}
    for split in SPLITS:
        for label in ("COVID", "NonCOVID"):
            file = folder / "Data-split" / label / f"{split}CT_{label}.txt"
            for name in _lines(file):
                path = _exists(folder / "Images-processed" / f"CT_{label}" / name, file.name)
                found[split].append(Picture(path, Path(name).stem.rpartition("%")[0] or name, label, ""))
    return found


def read_volumes(folder):
    """Return a list of Volume from a folder in the layout of the 20-case set, in the order of its metadata.csv.

    A path in metadata.csv is taken by its last two parts, folder and file; the file may lie in a folder of its name.
    A CT stored as uint8 holds grey, not CT numbers: the reader warns (UserWarning) and does not guess a scale.
    Raises FileNotFoundError for a missing file and ValueError for a column that is missing, a mask of another shape
    than its CT, a mask with other values than 0 to 3, and a CT that is not three-dimensional.
    """
    folder, found = Path(folder), []
    for row in _rows(folder / "metadata.csv", ("ct_scan", "lung_and_infection_mask")):
        file, other = (_nifti(folder, row[key]) for key in ("ct_scan", "lung_and_infection_mask"))
        image, labels = nibabel.load(file), nibabel.load(other)
        if len(image.shape) != 3:
            raise ValueError(f"{file.name}: a CT has three axes, this file has the shape {image.shape}.")
        if labels.shape != image.shape:
            raise ValueError(f"{other.name}: mask {labels.shape}, but {file.name} is {image.shape}. They must agree.")
        mask = np.asarray(labels.dataobj)
        if not np.isin(mask, (BACKGROUND, LEFT, RIGHT, INFECTION)).all():
            raise ValueError(f"{other.name}: values {np.unique(mask)[:6].tolist()}, but a mask holds 0, 1, 2 and 3.")
        unit = "grey" if image.get_data_dtype() == np.uint8 else "HU"
        if unit == "grey":
            warnings.warn(f"{file.name}: 8-bit grey, not HU; thresholds in HU mean nothing in it.", stacklevel=2)
        ct, mask = (_upright(voxels, image.affine) for voxels in (np.rint(image.get_fdata(dtype=np.float32)), mask))
        right, front, up = nibabel.io_orientation(image.affine)[:, 0].argsort()
        spacing = tuple(float(image.header.get_zooms()[axis]) for axis in (up, front, right))
        found.append(Volume(file.stem, ct.astype(np.int16), mask.astype(np.uint8), spacing, unit))
    return found


def image(picture):
    """Return a Picture as uint8 (H, W), grey. Raises OSError, naming the file, where it cannot be read whole."""
    try:
        return np.array(Image.open(picture.path).convert("L"))
    except (OSError, SyntaxError) as error:
        raise OSError(f"{picture.path.name}: not a whole image ({error}). Copy the file anew.") from error


def mask(picture, kind):
    """Return where a radiograph shows the `kind` "lung" or "infection", bool (H, W).

    Read from lung_masks/ and infection_masks/ beside the lists; COVIDx has none, the simulated set has. Raises
    FileNotFoundError where there is none and ValueError for another kind.
    """
    if kind not in ("lung", "infection"):
        raise ValueError(f'the kind of a mask is "lung" or "infection", not {kind!r}')
    path = picture.path.parents[1] / f"{kind}_masks" / picture.path.name
    return image(picture._replace(path=_exists(path, f"{kind}_masks"))) > 127


def _simulate(name):
    def write(folder):
        from phantoms.chest import sets

        getattr(sets, name)(folder)

    return write


def _counted(name, found):
    pictures = [picture for split in SPLITS for picture in found[split]]
    patients = len({picture.patient for picture in pictures})
    sizes = ", ".join(f"{len(found[split])} {split}" for split in SPLITS)
    print(f"{name}: {sizes} images of {patients} patients")
    return found


def _upright(voxels, affine):
    """Return voxels (X, Y, Z) as (Z, Y, X): from the feet up, from the front back, from the patient's right to left."""
    voxels = nibabel.orientations.apply_orientation(voxels, nibabel.io_orientation(affine))  # to right, front, head
    return voxels.transpose(2, 1, 0)[:, ::-1, ::-1]


def _nifti(folder, text):
    parts = Path(text.replace("\\", "/")).parts[-2:]
    path = folder.joinpath(*parts)
    return _exists(path / path.name if path.is_dir() else path, "metadata.csv")


def _rows(file, needed):
    """Return the rows of a csv file as dictionaries; raises FileNotFoundError, or ValueError for a missing column."""
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing: it belongs to the set.")
    with file.open(newline="", encoding="utf-8") as stream:
        reader = csv.DictReader(stream)
        for column in needed:
            if column not in (reader.fieldnames or ()):
                raise ValueError(f"{file.name}: no column {column!r}; it has {reader.fieldnames}.")
        return list(reader)


def _lines(file):
    """Return the lines of a list that are not empty."""
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing: the split cannot be made up. Copy it from the set's repository.")
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _exists(path, listed):
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing, but {listed} names it. Unpack the set again.")
    return path

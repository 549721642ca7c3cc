"""CT volumes with masks in the layout of the 20-case set COVID-19-CT-Seg: NIfTI files and a table of their paths.

Ma et al. 2021, doi:10.1002/mp.14676.
"""

import gzip
import warnings
import zlib
from pathlib import Path
from typing import NamedTuple

import nibabel
import numpy as np

from helpers.datasets import places, store, text

BACKGROUND, LEFT, RIGHT, INFECTION = range(4)  # in lung_and_infection_mask
LARGEST = 2**30  # voxels of a file
MOST = 2**24  # voxels of a Volume
GZIP = b"\x1f\x8b"


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


def read(folder):
    """Return a list of Volume from a folder in the layout of the 20-case set, in the order of its metadata.csv.

    A path in metadata.csv is taken by its last two parts, folder and file; the file may lie in a folder of its name,
    and may be packed (.nii.gz) or not, whatever the table says. A CT stored as uint8 holds grey, not CT numbers: the
    reader warns (UserWarning) and does not guess a scale. Of a volume with more than MOST voxels every second one of
    each axis is kept, every third where that is still more, and `spacing` says so: twenty whole ones take 5 GB.
    Raises FileNotFoundError for a missing file and ValueError, naming the file, for one that is damaged or no NIfTI,
    a column that is missing, a mask of another shape than its CT or with other values than 0 to 3, and a CT that is
    not three-dimensional, has no orientation, or holds numbers that are not finite or do not fit into int16.
    """
    root = places.root(folder, lambda names: "metadata.csv" in names, "metadata.csv of the volumes")
    file, found = places.child(root, "metadata.csv"), []
    for number, row in enumerate(text.rows(file, ("ct_scan", "lung_and_infection_mask")), start=2):
        where = f"metadata.csv, line {number}"
        ct, mask = (_nifti(root, row[key], where) for key in ("ct_scan", "lung_and_infection_mask"))
        found.append(_volume(ct, mask))
    if not found:
        raise ValueError(f"{file} names no volume: copy it anew.")
    return found


def _volume(file, other):
    """Return the Volume of a CT and its mask, two paths."""
    image, labels = _loaded(file), _loaded(other)
    if len(image.shape) != 3:
        raise ValueError(f"{file.name}: a CT has three axes, this file has the shape {image.shape}.")
    if labels.shape != image.shape:
        raise ValueError(f"{other.name}: mask {labels.shape}, but {file.name} is {image.shape}. They must agree.")
    mask = _voxels(other, labels)
    if not np.isin(mask, (BACKGROUND, LEFT, RIGHT, INFECTION)).all():
        raise ValueError(f"{other.name}: values {np.unique(mask)[:6].tolist()}, but a mask holds 0, 1, 2 and 3.")
    unit = "grey" if image.get_data_dtype() == np.uint8 else "HU"
    if unit == "grey":
        warnings.warn(f"{file.name}: 8-bit grey, not HU; thresholds in HU mean nothing in it.", stacklevel=4)
    ct, (least, most) = np.rint(_voxels(file, image)), (-32768, 32767)
    if not np.isfinite(ct).all() or ct.min() < least or ct.max() > most:
        raise ValueError(f"{file.name}: CT numbers from {ct.min():g} to {ct.max():g}, beyond {least} to {most}.")
    ct, mask = (_upright(file, voxels, image.affine) for voxels in (ct, mask))
    right, front, up = nibabel.io_orientation(image.affine)[:, 0].argsort()
    step = next(step for step in range(1, 99) if ct[::step, ::step, ::step].size <= MOST)
    ct, mask = (voxels[::step, ::step, ::step] for voxels in (ct, mask))
    spacing = tuple(step * float(image.header.get_zooms()[axis]) for axis in (up, front, right))
    return Volume(
        file.name.removesuffix(".gz").removesuffix(".nii"), ct.astype(np.int16), mask.astype(np.uint8), spacing, unit
    )


def _loaded(path):
    """Return a NIfTI file opened, not yet read."""
    _unpacks(path)
    try:
        found = nibabel.load(path)
        if int(np.prod(found.shape, dtype=np.int64)) > LARGEST or min(found.shape, default=0) < 1:
            raise ValueError(f"{path.name}: a shape of {found.shape}, more than a volume can have.")
        return found
    except (nibabel.filebasedimages.ImageFileError, nibabel.spatialimages.HeaderDataError, OSError, EOFError) as error:
        with path.open("rb") as file:
            start = file.read(200)
        what = text.not_the_file(start) if not start.startswith(GZIP) else ""
        raise ValueError(f"{path.name} is {what or f'no NIfTI file ({error})'}. {store.advice(path)}") from error


def _unpacks(path):
    """Raise ValueError where a packed file does not unpack to its end, whose check sum nibabel does not read."""
    with path.open("rb") as file:
        if file.read(len(GZIP)) != GZIP:
            return
    try:
        with gzip.open(path) as file:
            while file.read(2**24):
                pass
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{path.name} is cut off or damaged ({error}). {store.advice(path)}") from error


def _voxels(path, image):
    """Return all voxels of an opened NIfTI file, float32."""
    try:
        return image.get_fdata(dtype=np.float32)
    except (OSError, EOFError, ValueError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path.name} is cut off or damaged ({error}). {store.advice(path)}") from error


def _upright(file, voxels, affine):
    """Return voxels (X, Y, Z) as (Z, Y, X): from the feet up, from the front back, from the patient's right to left."""
    axes = nibabel.io_orientation(affine) if np.isfinite(affine).all() else np.full((3, 2), np.nan)
    if not np.isfinite(axes).all():
        raise ValueError(f"{file.name}: its header does not say how the patient lies. {store.advice(file)}")
    voxels = nibabel.orientations.apply_orientation(voxels, axes)  # to right, front, head
    return voxels.transpose(2, 1, 0)[:, ::-1, ::-1]


def _nifti(folder, name, where):
    """Return the path of a volume that the table names by folder and file."""
    parts = Path(name.replace("\\", "/")).parts[-2:]
    path = places.inside(folder, "/".join(parts), where)
    place = places.child(folder, path.parent.name) if len(parts) == 2 else folder
    plain = path.name.removesuffix(".gz")
    for name in (path.name, plain, f"{plain}.gz"):
        for candidate in (places.child(place, name), places.child(places.child(place, name), name)):
            if candidate.is_file():
                return candidate
        inner = places.child(place, name)
        for other in (plain, f"{plain}.gz"):
            if inner.is_dir() and (inner / other).is_file():
                return inner / other
    raise FileNotFoundError(f"{path} is missing, but {where} names it. {store.advice(path)}")

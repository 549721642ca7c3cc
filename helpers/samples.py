"""Real images that ship inside installed packages, so that a lesson downloads nothing.

>>> from helpers import samples
>>> samples.load("coins").shape
(303, 384)
"""

from functools import cache
from importlib import util
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image


class Sample(NamedTuple):
    """One entry of the collection: which package holds the file, its name there, what it shows, its terms."""

    package: str
    file: str
    shows: str
    licence: str


NASA = "public domain (NASA)"
NO_KNOWN = "no known copyright restrictions"
NOT_STATED = "not stated by scikit-image"
CC_BY = "CC BY 2.0"
DICOM = "free use (pydicom's test files)"

SAMPLES = {
    "astronaut": Sample("scikit-image", "astronaut", "Eileen Collins, portrait", NASA),
    "brick": Sample("scikit-image", "brick", "brick wall, a texture", "CC0"),
    "camera": Sample("scikit-image", "camera", "man with a camera on a tripod", "CC0"),
    "cat": Sample("scikit-image", "cat", "Chelsea the cat", "CC0"),
    "cell": Sample("scikit-image", "cell", "a cell in saline, quantitative phase", "CC0"),
    "clock": Sample("scikit-image", "clock", "wall clock, blurred by camera motion", "public domain"),
    "coffee": Sample("scikit-image", "coffee", "cup of coffee on a table", "CC0"),
    "coins": Sample("scikit-image", "coins", "24 Greek coins from Pompeii", NO_KNOWN),
    "faces": Sample("scikit-image", "lfw_subset", "100 face crops, then 100 crops of background", "LFW, for research"),
    "grass": Sample("scikit-image", "grass", "grass, a texture", "CC0"),
    "gravel": Sample("scikit-image", "gravel", "gravel, a texture", "CC0"),
    "horse": Sample("scikit-image", "horse", "silhouette of a horse, a binary image", "CC0"),
    "hubble": Sample("scikit-image", "hubble_deep_field", "Hubble eXtreme Deep Field", NASA),
    "microaneurysms": Sample("scikit-image", "microaneurysms", "detail of a retina with lesions", "CC0"),
    "moon": Sample("scikit-image", "moon", "surface of the moon, low contrast", NOT_STATED),
    "page": Sample("scikit-image", "page", "printed page, uneven light", NOT_STATED),
    "retina": Sample("scikit-image", "retina", "fundus photograph of a normal left eye", "CC0"),
    "rocket": Sample("scikit-image", "rocket", "launch of a Falcon 9", "public domain (SpaceX)"),
    "stereo_left": Sample(
        "scikit-image", "stereo_motorcycle", "motorcycle, left camera", "Middlebury 2014, for research"
    ),
    "stereo_right": Sample(
        "scikit-image", "stereo_motorcycle", "motorcycle, right camera", "Middlebury 2014, for research"
    ),
    "text": Sample("scikit-image", "text", "handwriting seen at an angle", "public domain"),
    "tissue": Sample("scikit-image", "immunohistochemistry", "colon tissue, DAB and haematoxylin stain", NO_KNOWN),
    "china": Sample("scikit-learn", "china.jpg", "Chinese temple, photograph by danielbuechele", CC_BY),
    "flower": Sample("scikit-learn", "flower.jpg", "flower, photograph by vultilion", CC_BY),
    "digits": Sample("scikit-learn", "digits", "1,797 handwritten digits, grey levels 0 to 16", "CC BY 4.0 (UCI)"),
    "ct_head": Sample("pydicom", "693_J2KI.dcm", "CT of the head, one slice, Hounsfield units", DICOM),
    "ct_spine": Sample("pydicom", "CT_small.dcm", "CT of a vertebra, one slice, Hounsfield units", DICOM),
    "mr_abdomen": Sample("pydicom", "examples_overlay.dcm", "MR of the abdomen, rescaled to 0 to 255", DICOM),
    "ultrasound_heart": Sample("pydicom", "examples_ybr_color.dcm", "heart, ultrasound clip of 30 frames", DICOM),
    "ultrasound_node": Sample("pydicom", "examples_jpeg2k.dcm", "lymph node, power Doppler ultrasound", DICOM),
}


def names():
    """Return the known names in alphabetical order, as a list of str."""
    return sorted(SAMPLES)


def load(name):
    """Return one real image by name.

    Returns a new array: RGB (H, W, 3) or grey (H, W), uint8 in 0..255. The exceptions are what the file holds:
    "horse" is bool (H, W); "ct_head" and "ct_spine" are int16 (H, W) in Hounsfield units; "faces" is
    (200, 25, 25) uint8; "digits" is (1797, 8, 8) uint8 in 0..16; "ultrasound_heart" is (30, H, W, 3) uint8.

    Raises ValueError for an unknown name (the message lists the known ones) and FileNotFoundError, naming
    the package, where the installed package does not hold the file.
    """
    if name not in SAMPLES:
        raise ValueError(f"no sample is called {name!r}. Known names: {', '.join(names())}")
    return _read(name).copy()


def catalogue():
    """Return a pandas.DataFrame with one row a sample: name, shows, shape, dtype, package, file, licence."""
    import pandas

    rows = []
    for name in names():
        image, sample = _read(name), SAMPLES[name]
        rows.append((name, sample.shows, image.shape, str(image.dtype), sample.package, sample.file, sample.licence))
    return pandas.DataFrame(rows, columns=["name", "shows", "shape", "dtype", "package", "file", "licence"])


@cache
def _read(name):
    sample = SAMPLES[name]
    read = {"scikit-image": _from_scikit_image, "scikit-learn": _from_scikit_learn, "pydicom": _from_pydicom}
    try:
        image = read[sample.package](sample.file, name)
    except (ImportError, OSError) as error:
        raise FileNotFoundError(
            f"{name}: the package {sample.package} does not hold {sample.file!r} ({error}). "
            f"Install it anew: pip install --force-reinstall {sample.package}"
        ) from error
    image.flags.writeable = False
    return image


def _from_scikit_image(file, name):
    from skimage import data

    image = getattr(data, file)()
    if name.startswith("stereo"):
        image = image[0 if name == "stereo_left" else 1]
    return np.rint(image * 255).astype(np.uint8) if image.dtype.kind == "f" else np.array(image)


def _from_scikit_learn(file, name):
    if file == "digits":
        from sklearn import datasets

        return datasets.load_digits().images.astype(np.uint8)
    package = util.find_spec("sklearn")  # the photographs are read without the second that importing it takes
    if package is None:
        raise ImportError("scikit-learn is not installed")
    with Image.open(Path(package.origin).parent / "datasets" / "images" / file) as image:
        return np.array(image)


def _from_pydicom(file, name):
    import pydicom
    from pydicom.data import get_testdata_file

    path = get_testdata_file(file, download=False)
    if path is None:
        raise FileNotFoundError(file)
    record = pydicom.dcmread(path)
    pixels = record.pixel_array
    if record.Modality == "CT":
        hounsfield = pixels * float(record.RescaleSlope) + float(record.RescaleIntercept)
        return hounsfield.clip(-1024, 3071).astype(np.int16)
    if record.Modality == "MR":
        return np.rint(pixels / pixels.max() * 255).astype(np.uint8)
    return np.array(pixels)

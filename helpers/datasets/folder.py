"""A check of a folder of images, before keras.utils.image_dataset_from_directory reads it.

Keras lists the files by name only and decodes them inside tf.data, so that one bad file stops the training with an
error of the graph. check_images opens every file first and names the one that is wrong.
"""

from pathlib import Path

from helpers.datasets import pictures

SUFFIXES = {".bmp", ".gif", ".jpeg", ".jpg", ".png"}  # what image_dataset_from_directory takes


def check_images(folder):
    """Return {class: number of images} for a folder with one subfolder a class, once every image has been decoded.

    Files with other suffixes are passed over, as Keras does. Raises FileNotFoundError where the folder does not
    exist, holds no subfolder, or a subfolder holds no image, and ValueError, naming the file, where Keras would stop
    at it: what `pictures.check` refuses, and what a file manager left, which Keras takes for an image.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not a folder: give the one that holds a subfolder for each class.")
    classes = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if not classes:
        raise FileNotFoundError(f"{folder} holds no subfolder: put the images of each class in a folder of its name.")
    return {path.name: _count(path) for path in classes}


def _count(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
    if not files:
        kinds = ", ".join(sorted(SUFFIXES))
        raise FileNotFoundError(f"{folder} holds no image ({kinds}): put some there or remove the folder.")
    for path in files:
        pictures.check(path)
    return len(files)

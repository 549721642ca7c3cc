"""Make data/backgrounds from photographs of mate-backgrounds, scikit-image and scikit-learn; rerun: the same bytes.

apt-get download mate-backgrounds; dpkg -x mate-backgrounds_*.deb mate
python -m tools.make_backgrounds mate/usr/share/backgrounds

tools/backgrounds.csv says which part of which photograph is taken: none that shows one of the objects of
data/cutouts large. left, top and width are parts of the photograph; the piece is as high as 4:3 asks for.
"""

import io
import sys
from pathlib import Path

import skimage
import sklearn
from PIL import Image

from helpers.datasets import backgrounds, text
from tools.make_cutouts import table, write

LIST = Path(__file__).with_name("backgrounds.csv")
QUALITY = 88


def main(mate, folder=backgrounds.FOLDER, chosen=LIST):
    """Write the listed photographs and their table; `mate` is usr/share/backgrounds of the unpacked package."""
    roots = {
        "mate": Path(mate) / "mate",
        "skimage": Path(skimage.__file__).parent / "data",
        "sklearn": Path(sklearn.__file__).parent / "datasets" / "images",
    }
    rows = []
    for row in text.rows(chosen):
        root, _, name = row["source"].partition("/")
        with Image.open(roots[root] / name) as image:
            write(Path(folder) / row["file"], jpeg(piece(image.convert("RGB"), row)))
        rows.append({name: row[name] for name in backgrounds.COLUMNS})
    write(Path(folder) / backgrounds.TABLE, table(rows))
    print(f"{len(rows)} backgrounds")


def piece(image, row):
    """Return the part of the image that a row names, backgrounds.SIZE; nothing is squeezed."""
    width, height = backgrounds.SIZE
    left, top, part = (float(row[name]) for name in ("left", "top", "width"))
    wide = min(image.width * part, image.width * (1 - left))
    high = wide * height / width
    room = image.height * (1 - top)
    if high > room:
        wide, high = room * width / height, room
    box = (image.width * left, image.height * top, image.width * left + wide, image.height * top + high)
    return image.resize(backgrounds.SIZE, Image.Resampling.LANCZOS, box=box)


def jpeg(image):
    """Return the bytes of a JPEG file."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the folder usr/share/backgrounds of the unpacked package.")
    main(sys.argv[1])

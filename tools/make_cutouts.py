"""Make data/cutouts and data/asl from Tux Paint's stamps. It was run once; rerun, it writes the same bytes.

apt-get download tuxpaint-stamps-default; dpkg -x tuxpaint-stamps-default_*.deb stamps
python -m tools.make_cutouts stamps/usr/share/tuxpaint/stamps

tools/cutouts.csv says which stamps are taken, after a look at every one: photographs alone. Its captions are short,
and its Greek ones were corrected; the original ones are kept beside them.
"""

import csv
import io
import os
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from helpers.datasets import cutouts, text

LIST = Path(__file__).with_name("cutouts.csv")
LONGEST = 256  # pixels of the longest side; a smaller stamp keeps its size
SPECK = 0.01  # a piece of an object that is smaller than this part of its largest piece was left over by the cutting
QUALITY = 90  # of the colours; alpha is kept exactly
HANDS = "symbols/alphabets/asl"
HAND_SIGNS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"0123456789"]


def main(stamps, folder=cutouts.FOLDER, asl=cutouts.ASL, chosen=LIST):
    """Write the chosen stamps of a folder as WebP with a csv into `folder`, and the hand signs, as PNG, into `asl`.

    Raises FileNotFoundError or ValueError, naming the stamp, where a listed one is missing or is no picture.
    """
    stamps, rows = Path(stamps), []
    for row in text.rows(chosen):
        stamp = stamps / row.pop("source")
        original_en, original_el = captions(stamp.with_suffix(".txt"))
        name = f"{'-'.join(row['caption_en'].lower().split()[1:])}.webp"  # the caption without its article
        rows.append({"file": name} | row | {"original_en": original_en, "original_el": original_el})
        write(Path(folder) / name, webp(shrink(cut(stamp, without_specks))))
    write(Path(folder) / cutouts.TABLE, table(rows))
    signs = []
    for sign in HAND_SIGNS:
        prefix = "zzz_" if sign.isdigit() else ""
        signs.append({"file": f"{sign.lower()}.png", "sign": sign, "kind": "digit" if prefix else "letter"})
        write(Path(asl) / signs[-1]["file"], drawing(stamps / HANDS / f"asl_{prefix}{sign.lower()}.png"))
    write(Path(asl) / cutouts.ASL_TABLE, table(signs))
    print(f"{len(rows)} cut-outs, {len(signs)} hand signs")


def captions(path):
    """Return the English and the Greek caption of a stamp's text file; "" where there is none."""
    lines = text.read(path).splitlines()
    greek = [line.removeprefix("el.utf8=").strip() for line in lines if line.startswith("el.utf8=")]
    return lines[0].strip(), greek[0] if greek else ""


def cut(path, change=None):
    """Return a stamp as a Pillow image with alpha, without the transparent border; change: what is done to it first."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: give the folder usr/share/tuxpaint/stamps of the package.")
    image = Image.open(path).convert("RGBA")
    image = change(image) if change else image
    rows, columns = (np.flatnonzero((np.asarray(image)[..., 3] > 127).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        raise ValueError(f"{path} has no opaque pixel: take it off {LIST.name}.")
    return image.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))


def without_specks(image):
    """Return the image with alpha 0 in each piece below SPECK of the largest, neighbours counted with their corners."""
    pixels = np.array(image)
    _, labels, stats, _ = cv2.connectedComponentsWithStats((pixels[..., 3] > 20).astype(np.uint8), connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    small = areas < SPECK * areas[1:].max(initial=0)
    small[0] = False
    pixels[small[labels], 3] = 0
    return Image.fromarray(pixels)


def shrink(image):
    """Return the image with its longest side at most LONGEST pixels; colours are weighted by alpha."""
    scale = LONGEST / max(image.size)
    if scale >= 1:
        return image
    return image.resize([max(1, round(side * scale)) for side in image.size], Image.Resampling.LANCZOS)


def webp(image):
    """Return the bytes of a WebP file of an image with alpha."""
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, alpha_quality=100, method=6)
    return file.getvalue()


def drawing(path):
    """Return the bytes of a PNG of a hand sign, grey: black lines on white."""
    image = shrink(cut(path))
    white = Image.new("RGBA", [side + 16 for side in image.size], "white")
    white.paste(image, (8, 8), image)
    file = io.BytesIO()
    white.convert("L").save(file, "PNG", optimize=True)
    return file.getvalue()


def table(rows):
    """Return the bytes of a csv file of dictionaries with the same keys."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("utf-8")


def write(path, content):
    """Write bytes to a file by a rename; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the folder usr/share/tuxpaint/stamps of the unpacked package.")
    main(sys.argv[1])

"""Text of a data set, read in one way: UTF-8, with or without a byte order mark; an error names the file and the line.

Lists of names, csv tables and JSON all come through here, so that a web page or a pointer that was saved in place of
a file is recognised everywhere.
"""

import csv
import json
from pathlib import Path

SIGNS = {  # how a file that is not the data begins: what it is
    b"version https://git-lfs": "a pointer of Git LFS, not the file: fetch it with git lfs pull",
    b"<!doctype html": "a web page, not the file: download the file itself",
    b"<html": "a web page, not the file: download the file itself",
    b"\x00\x05\x16\x07": "a note that macOS puts beside a file: delete it",
    b"PK\x03\x04": "a zip archive: unpack it",
    b"\x1f\x8b": "packed with gzip: unpack it",
}
BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def not_the_file(start):
    """Return what a file is, and what to do, where its first bytes are none of data; "" where nothing is known."""
    start = start.removeprefix(BOM).lstrip().lower()
    return next((what for sign, what in SIGNS.items() if start.startswith(sign.lower())), "")


def read(path):
    """Return the text of a file, without a byte order mark.

    Raises FileNotFoundError where it is missing, and ValueError, naming the file, where it is a folder, a web page, a
    pointer, an archive, or no UTF-8 text.
    """
    return "".join(stream(path))


def stream(path):
    """Yield the lines of a file, with their ends, one by one, as a table may have 300 MB. Raises what `read` raises."""
    path = Path(path)
    if path.is_dir():
        raise ValueError(f"{path} is a folder, a file of that name is expected: move its content out of it.")
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: it belongs to the set.")
    with path.open("rb") as file:
        start = file.read(200)
        what = not_the_file(start)
        if what:
            raise ValueError(f"{path} is {what}.")
        if start[:2] in UTF_16:
            raise ValueError(f"{path} is UTF-16: open it in an editor and save it as UTF-8.")
        file.seek(len(BOM) if start.startswith(BOM) else 0)
        for number, line in enumerate(file, start=1):
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise ValueError(f"{path}, line {number}: not UTF-8 text. Save the file as UTF-8.") from error
            if "\0" in text:
                raise ValueError(f"{path}, line {number}, holds zero bytes and is no text: copy it anew, as UTF-8.")
            yield text


def lines(path):
    """Return [(number, line)] of a file, from 1, without blanks at the ends and without empty lines. See `read`."""
    found = enumerate(read(path).splitlines(), start=1)
    return [(number, line.strip()) for number, line in found if line.strip()]


def rows(path, needed=()):
    """Return the rows of a csv file, dictionaries of text; blanks around names and values are dropped.

    A row that is too short has "" at its end. Raises ValueError where a column of `needed` is missing or the file is
    no csv, and what `read` raises.
    """
    path, found = Path(path), []
    reader = csv.reader(stream(path))
    try:
        names = [name.strip() for name in next(reader, [])]
        for column in needed:
            if column not in names:
                raise ValueError(f"{path.name}: no column {column!r}; it has {names}.")
        for row in reader:
            if row:
                cells = [cell.strip() for cell in row] + [""] * len(names)
                found.append(dict(zip(names, cells, strict=False)))
    except csv.Error as error:
        raise ValueError(f"{path.name}, line {reader.line_num}: no csv ({error}). Copy the file anew.") from error
    return found


def from_json(path):
    """Return the object of a JSON file. Raises ValueError where it is no JSON, and what `read` raises."""
    content = read(path)
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no JSON ({error}): copy or download it again.") from error

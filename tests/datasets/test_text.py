"""helpers.datasets.text: one way to read text; what a file is not is said by its name."""

import pytest

from helpers.datasets import text


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path, start):
    path = tmp_path / "a.csv"
    path.write_bytes(start + "όνομα,b\nx,1\n".encode())
    assert text.read(path) == "όνομα,b\nx,1\n"
    assert text.rows(path, ("όνομα",)) == [{"όνομα": "x", "b": "1"}]
    assert text.lines(path) == [(1, "όνομα,b"), (2, "x,1")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("a\n".encode("utf-16"), "UTF-16: .*save it as UTF-8"),
        (b"good\nstra\xdfe\n", "line 2: not UTF-8"),
        (b"a\nb\0c\n", "line 2, holds zero bytes"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n", "pointer of Git LFS"),
        (b"\n <!DOCTYPE HTML><html></html>", "web page"),
        (b"\xef\xbb\xbf<html lang=en>", "web page"),
        (b"PK\x03\x04rest", "zip archive: unpack it"),
        (b"\x1f\x8brest", "packed with gzip"),
        (b"\x00\x05\x16\x07rest", "macOS"),
    ],
)
def test_what_is_no_text_is_named_with_the_reason(tmp_path, data, reason):
    path = tmp_path / "list.txt"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=rf"list\.txt.*{reason}"):
        text.read(path)


def test_a_folder_and_a_missing_file_are_named(tmp_path):
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(ValueError, match=r"a\.txt is a folder"):
        text.read(tmp_path / "a.txt")
    with pytest.raises(FileNotFoundError, match=r"b\.txt is missing"):
        text.read(tmp_path / "b.txt")


def test_blanks_short_and_long_rows_and_quoted_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a, b ,c\n1, 2\n\n"x\ny",5,6,7\n')
    assert text.rows(path) == [{"a": "1", "b": "2", "c": ""}, {"a": "x\ny", "b": "5", "c": "6"}]
    with pytest.raises(ValueError, match=r"a\.csv: no column 'd'; it has \['a', 'b', 'c'\]"):
        text.rows(path, ("a", "d"))


def test_a_field_without_end_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a\n" + "x" * 200_000)
    with pytest.raises(ValueError, match=r"a\.csv, line 2: no csv"):
        text.rows(path)


@pytest.mark.parametrize("content", ["{", "[" * 100_000, "9" * 5000, ""])
def test_broken_json_is_named(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"a\.json is no JSON"):
        text.from_json(path)

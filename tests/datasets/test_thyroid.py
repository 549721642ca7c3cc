"""helpers.datasets.thyroid: the DDTI layout, its known defects, and what else can be wrong with a file."""

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from skimage import draw, io, morphology

from helpers import cache
from helpers.datasets import thyroid
from phantoms.thyroid import ddti

SQUARE = [(10, 20), (49, 20), (49, 59), (10, 59)]


def region(points):
    return {"points": [{"x": x, "y": y} for x, y in points], "annotation": {}, "regionType": "freehand"}


def marked(svg, image="1"):
    return f"<mark><image>{image}</image>{'' if svg is None else f'<svg>{svg}</svg>'}</mark>"


@pytest.fixture
def record(tmp_path):
    """Write case 7 with one image and return its folder: record(mark, age="47", tirads=…)."""

    def write(mark=None, **fields):
        fields = {"number": "7", "age": "47", "sex": "F", "tirads": "4a"} | fields
        body = "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields.items())
        mark = marked(json.dumps([region(SQUARE)])) if mark is None else mark
        (tmp_path / "7.xml").write_text(f"<case>{body}{mark}</case>")
        io.imsave(tmp_path / "7_1.jpg", np.full((80, 100, 3), 90, np.uint8), check_contrast=False)
        return tmp_path

    return write


def reasons(folder):
    return [entry.reason for entry in thyroid.read(folder)[1]]


def test_a_record_and_its_mask(record):
    (case,), skipped, unknown = thyroid.read(record(composition="solid", reporteco=""))
    assert case[:4] == (7, 47, "F", "solid") and case.tirads == "4a" and case.reporteco is None
    assert not skipped and not unknown
    (view,) = case.views
    assert view.name == "7_1" and view.image.shape == (80, 100, 3) and view.image.dtype == np.uint8
    mask = thyroid.mask(view)
    assert mask.dtype == bool and mask.shape == (80, 100) and mask.sum() == 40 * 40
    assert mask[20:60, 10:50].all()


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_polygon_mask_agrees_with_scikit_image(seed):
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 40))
    polygon = np.rint([50, 40] + 30 * rng.uniform(0.6, 1) * np.c_[np.cos(angle), np.sin(angle)])
    ours = thyroid.polygon_mask(polygon, (80, 100))
    other = draw.polygon2mask((80, 100), polygon[:, ::-1])
    border = np.zeros_like(ours)
    for (x, y), (u, v) in zip(polygon.astype(int), np.roll(polygon, -1, 0).astype(int), strict=True):
        border[draw.line(y, x, v, u)] = True
    near = morphology.dilation(border, np.ones((3, 3)))
    assert not ((ours != other) & ~near).any()  # they may differ at the border only


def test_two_nodules_and_two_marks_of_one_image(record):
    other = [(60, 60), (80, 60), (80, 70)]
    folder = record(marked(json.dumps([region(SQUARE), region(other)])) + marked(json.dumps([region(other)])))
    assert [len(p) for p in thyroid.read(folder)[0][0].views[0].polygons] == [4, 3, 3]


@pytest.mark.parametrize(
    "tag, written, meant",
    [
        ("echogenicity", "isoechogenicity ", "isoechogenicity"),
        ("echogenicity", "marked hypoechogenecity", "marked hypoechogenicity"),
        ("composition", "Spongiform  appareance", "spongiform"),
        ("margins", "ill- defined", "ill defined"),
        ("calcifications", "non", "none"),
        ("calcifications", "microcalcification", "microcalcifications"),
        ("tirads", "4A", "4a"),
        ("tirads", "", None),
        ("age", "", None),
        ("sex", " f ", "F"),
        ("margins", "a word of its own", "a word of its own"),
    ],
)
def test_spellings_and_empty_fields(record, tag, written, meant):
    assert getattr(thyroid.read(record(**{tag: written}))[0][0], tag) == meant


WHOLE = json.dumps([region(SQUARE)])


@pytest.mark.parametrize(
    "mark, reason",
    [
        *[(marked(WHOLE[:-cut]), "svg cut off") for cut in range(1, 60)],
        (marked(None), "mark without svg"),
        (marked("  "), "mark without svg"),
        (marked(WHOLE, image="3"), "mark without its image"),
        (marked(WHOLE, image=""), "mark without an image number"),
        (marked(json.dumps([region([])])), "outline of fewer than three points"),
        (marked(json.dumps([region(SQUARE[:2])])), "outline of fewer than three points"),
        ("", "image without a mark"),
    ],
)
def test_defects_of_the_public_set_are_skipped_and_counted(record, mark, reason):
    folder = record(mark)
    assert reason in reasons(folder)
    assert thyroid.read(folder)[0][0].views == []


def test_a_set_of_which_most_is_skipped_is_refused(record, tmp_path, monkeypatch):
    folder = record(marked(None) + marked("  "))
    monkeypatch.setattr(thyroid.store, "folder", lambda *_: folder)
    with pytest.raises(ValueError, match="2 of 2 entries cannot be used, 2 of them: mark without svg"):
        thyroid.load()


def test_missing_jpeg_is_counted(record):
    folder = record()
    (folder / "7_1.jpg").unlink()
    assert thyroid.read(folder)[1] == [thyroid.Skipped("7.xml", 1, "mark without its image")]


def test_image_without_a_record_is_counted(record):
    folder = record()
    (folder / "8_1.jpg").write_bytes((folder / "7_1.jpg").read_bytes())
    assert thyroid.read(folder)[1] == [thyroid.Skipped("8_1.jpg", None, "image without a record")]


@pytest.mark.parametrize(
    "fields, mark, message",
    [
        ({}, marked(WHOLE, image="one"), r"7\.xml: mark 1, <image> .*'one'"),
        ({}, marked("{'points': []}"), r"7\.xml: mark 1, svg is not JSON"),
        ({}, marked('[{"points": [{"x": 1}]}]'), r"7\.xml: mark 1, svg is not a list"),
        ({}, marked('{"points": 3}'), r"7\.xml: mark 1, svg is not a list"),
        ({}, marked('[{"points": [{"x": NaN, "y": 2}]}]'), r"7\.xml: mark 1, svg has a coordinate"),
        ({}, marked('[{"points": [{"x": 1e300, "y": 2}]}]'), r"7\.xml: mark 1, svg has a coordinate"),
        ({}, marked("{}"), r"7\.xml: mark 1, svg is not a list"),
        ({}, marked("[" * 100_000), r"7\.xml: mark 1, svg is not JSON"),
        ({}, marked(json.dumps([region([(400, 5), (450, 5), (450, 40)])])), r"7\.xml: .*lies outside 7_1\.jpg"),
    ],
)
def test_other_faults_name_file_and_field(record, fields, mark, message):
    with pytest.raises(ValueError, match=message):
        thyroid.read(record(mark, **fields))


def test_part_of_an_outline_outside_is_cut_off(record):
    folder = record(marked(json.dumps([region([(-10, -10), (19, -10), (19, 19), (-10, 19)])])))
    assert thyroid.mask(thyroid.read(folder)[0][0].views[0]).sum() == 20 * 20


BOMB = '<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><case><age>&b;</age></case>'
REMOTE = '<?xml version="1.0"?><!DOCTYPE case SYSTEM "http://localhost/x.dtd"><case/>'


@pytest.mark.parametrize(
    "text, message",
    [
        ("<case><age>4", "broken XML"),
        ("", "broken XML"),
        (BOMB, "entities"),
        (REMOTE, "entities"),
        ("<annotation/>", "root is <annotation>"),
    ],
)
def test_bad_xml(record, text, message):
    folder = record()
    (folder / "7.xml").write_text(text)
    with pytest.raises(ValueError, match=rf"7\.xml: .*{message}"):
        thyroid.read(folder)


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_jpeg_that_is_cut_off(record, keep):
    folder = record()
    path = folder / "7_1.jpg"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ValueError, match=r"7_1\.jpg is no.* (whole )?image"):
        thyroid.read(folder)


def test_grey_jpeg_becomes_rgb(record):
    folder = record()
    io.imsave(folder / "7_1.jpg", np.full((80, 100), 90, np.uint8), check_contrast=False)
    assert thyroid.read(folder)[0][0].views[0].image.shape == (80, 100, 3)


def test_empty_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="no record.*Unpack the set"):
        thyroid.read(tmp_path)


def test_records_one_folder_down_and_in_two(record):
    folder = record()
    below = folder / "DDTI-Pedraza"
    below.mkdir()
    for name in ("7.xml", "7_1.jpg"):
        (folder / name).rename(below / name)
    assert len(thyroid.read(folder)[0]) == 1
    (folder / "7.xml").write_bytes((below / "7.xml").read_bytes())
    with pytest.raises(ValueError, match="several folders"):
        thyroid.read(folder)


@pytest.mark.parametrize("points", [[], [(1, 1), (2, 2)], [1, 2, 3]])
def test_polygon_mask_refuses(points):
    with pytest.raises(ValueError, match="at least three points"):
        thyroid.polygon_mask(points, (10, 10))


@pytest.mark.parametrize("far", [np.nan, np.inf, 1e12])
def test_polygon_mask_refuses_what_no_image_holds(far):
    with pytest.raises(ValueError, match="coordinate"):
        thyroid.polygon_mask([(1, 1), (2, 8), (far, 3)], (10, 10))


@pytest.mark.parametrize(
    ("field", "value"),
    [("sex", "u"), ("sex", "FM"), ("age", "old"), ("age", "999999"), ("age", "9" * 5000), ("tirads", "4d")],
)
def test_a_value_that_no_record_should_have_is_unknown_and_counted(record, field, value):
    (case,), skipped, unknown = thyroid.read(record(**{field: value}))
    assert getattr(case, field) is None and len(case.views) == 1 and not skipped
    assert unknown == {f"{field} {value[:20]!r}": 1}


def test_the_name_of_the_file_is_the_number(record):
    assert thyroid.read(record(number="8"))[0][0].number == 7


def test_records_and_images_apart_capitals_and_what_a_file_manager_leaves(record):
    folder = record()
    for name, place in (("7.xml", "xml"), ("7_1.jpg", "raw_JPG")):
        (folder / place).mkdir()
        (folder / name).rename(folder / place / name)
    (folder / "raw_JPG" / "7_1.jpg").rename(folder / "raw_JPG" / "7_1.JPG")
    (folder / "xml" / "._7.xml").write_bytes(b"\x00\x05\x16\x07")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "7.xml").write_text("<case/>")
    (folder / "xml" / "notes.xml").write_text("<notes/>")
    (case,), skipped, _ = thyroid.read(folder)
    assert [view.name for view in case.views] == ["7_1"]
    assert skipped == [thyroid.Skipped("notes.xml", None, "XML file whose name is no number")]


def test_an_archive_that_is_not_unpacked_is_named(tmp_path):
    (tmp_path / "DDTI.zip").write_bytes(b"PK")
    with pytest.raises(FileNotFoundError, match=r"DDTI\.zip is not unpacked"):
        thyroid.read(tmp_path)


def test_a_web_page_in_place_of_a_record_is_named(record):
    folder = record()
    (folder / "7.xml").write_text("<!DOCTYPE html><html><p>Sign in<br></html>")
    with pytest.raises(ValueError, match=r"7\.xml: .*(web page|document type)"):
        thyroid.read(folder)


def test_load_reports_the_simulated_set(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(cache, "PROJECT", tmp_path / "data" / "cache")
    monkeypatch.setattr(thyroid, "_simulate", lambda folder: ddti.write(folder, cases=52))
    cases = thyroid.load()
    which, size = capsys.readouterr().out.splitlines()
    assert "simulated" in which
    views = [view for case in cases for view in case.views]
    assert size.startswith(f"ddti: 52 cases, {len(views)} images, ") and "skipped 13: " in size
    (place,) = (tmp_path / "data" / "cache").glob("ddti-????????")
    found = Counter(entry.reason for entry in thyroid.read(place)[1])
    planted = ddti.DEFECTS
    assert found == {
        "mark without svg": planted["mark without svg"] + planted["svg empty"],
        "svg cut off": planted["svg cut off"],
        "mark without its image": planted["no such image"],
        "image without a mark": planted["image without a mark"],
        "outline of fewer than three points": planted["outline without points"],
    }
    for view in views:
        assert 100 < thyroid.mask(view).sum() < 0.4 * view.image[..., 0].size
    words = {getattr(case, field) for case in cases for field in thyroid.WORDS}
    assert None in words and not words & set(thyroid.SPELLINGS)


def test_healthy_frames(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(cache, "PROJECT", tmp_path / "data" / "cache")
    monkeypatch.setattr(thyroid, "_simulate_healthy", lambda folder: ddti.write_healthy(folder, images=11))
    frames = thyroid.healthy()
    assert len(frames) == 11 and frames[0].shape == (360, 560, 3) and frames[0].dtype == np.uint8
    assert "simulated" in capsys.readouterr().out

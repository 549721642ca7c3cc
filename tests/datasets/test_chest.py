"""helpers.datasets.chest: three public layouts, and what can be wrong with their files."""

import shutil
import warnings

import cv2
import nibabel
import numpy as np
import pytest

from helpers.datasets import chest, covid_ct, covidx, ct_volumes
from phantoms.chest import sets as phantom

TABLE = {"train": {"hospital-a": (2, 1, 1)}, "val": {"hospital-b": (1, 1, 0)}, "test": {"hospital-c": (1, 0, 1)}}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chest")
    for name in ("films", "slices", "volumes"):
        (folder / name).mkdir()
    phantom.radiographs(folder / "films", patients=TABLE)
    phantom.slices(folder / "slices", patients={"train": 3, "val": 1, "test": 1})
    phantom.volumes(folder / "volumes", count=2)
    return folder


@pytest.fixture
def films(written, tmp_path):
    return shutil.copytree(written / "films", tmp_path / "films")


@pytest.fixture
def volumes(written, tmp_path):
    return shutil.copytree(written / "volumes", tmp_path / "volumes")


def test_radiographs_are_read_as_listed(written):
    found, skipped, notes = covidx.read(written / "films")
    assert not skipped and not notes
    assert list(found) == ["train", "val", "test"]
    lines = (written / "films" / "train.txt").read_text().splitlines()
    first = found["train"][0]
    assert len(found["train"]) == len(lines)
    assert [first.patient, first.path.name, first.label, first.source] == lines[0].split()
    assert first.covid == (first.label == "COVID-19")
    assert chest.image(first).ndim == 2
    assert chest.mask(first, "lung").shape == chest.image(first).shape
    patients = [{picture.patient for picture in found[split]} for split in found]
    assert not patients[0] & patients[1] and not patients[0] & patients[2]


def test_masks_agree_with_the_disease(written):
    pictures = sum(covidx.read(written / "films")[0].values(), [])
    for picture in pictures:
        shown = chest.mask(picture, "infection").any()
        assert not (picture.label == "normal" and shown)
        assert shown or picture.label != "pneumonia"
    with pytest.raises(ValueError, match="heart"):
        chest.mask(pictures[0], "heart")


def test_a_missing_list_is_named_and_validation_is_cut_from_training(films):
    (films / "val.txt").unlink()
    before = (films / "train.txt").read_text().splitlines()
    found, skipped, notes = covidx.read(films)
    assert "one training patient in 10" in notes[0] and not skipped
    assert len(found["train"]) + len(found["val"]) == len(before)
    assert not {p.patient for p in found["train"]} & {p.patient for p in found["val"]}
    (films / "test.txt").unlink()
    with pytest.raises(FileNotFoundError, match=r"no list test\.txt.*labels"):
        covidx.read(films)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("p1 a.png flu hospital-a", r"line 1: label 'flu'.*COVID-19, normal"),
        ("p1 a.png", r"line 1: 2 words"),
        ("p1 a.png normal hospital a", r"line 1: 5 words"),
        ("p1 ../../../etc/passwd normal", r"line 1: '../../../etc/passwd' is no path inside"),
        ("p1 /etc/passwd normal a", r"line 1: '/etc/passwd' is no path inside"),
    ],
)
def test_a_line_of_another_form_is_named(films, line, message):
    (films / "train.txt").write_text(line + "\n")
    with pytest.raises(ValueError, match=rf"train\.txt, {message}"):
        covidx.read(films)


def test_missing_images_and_double_lines_are_skipped_and_counted(films, monkeypatch):
    lines = (films / "test.txt").read_text()
    (films / "test.txt").write_text(lines + lines + "p9 gone.png normal hospital-c\n")
    found, skipped, _ = covidx.read(films)
    assert skipped == {"listed twice": len(lines.splitlines()), "image is not in the set": 1}
    assert len(found["test"]) == len(lines.splitlines())
    monkeypatch.setattr(chest.store, "folder", lambda *_, **__: films)
    (films / "test.txt").write_text("".join(f"p{k} gone{k}.png normal hospital-c\n" for k in range(99)))
    with pytest.raises(ValueError, match="99 of .* cannot be used, 99 of them: image is not in the set"):
        chest.radiographs()


def test_newer_labels_and_colour_images_are_read(films):
    rgb = np.dstack([np.full((4, 6), 100, np.uint8)] * 3)
    cv2.imwrite(str(films / "train" / "x.png"), rgb)
    (films / "train.txt").write_text("7 x.png positive rsna\n8 y.png negative rsna\n")
    shutil.copy(films / "train" / "x.png", films / "train" / "y.png")
    found = covidx.read(films)[0]["train"]
    assert [picture.covid for picture in found] == [True, False]
    assert np.array_equal(chest.image(found[0]), rgb[..., 0])


def test_a_cut_off_image_is_refused(films):
    picture = covidx.read(films)[0]["train"][0]
    picture.path.write_bytes(picture.path.read_bytes()[:200])
    with pytest.raises(ValueError, match=f"{picture.path.name} is not a whole image"):
        chest.image(picture)


def test_a_set_without_masks_says_so(films):
    shutil.rmtree(films / "infection_masks")
    with pytest.raises(FileNotFoundError, match="infection_masks"):
        chest.mask(covidx.read(films)[0]["train"][0], "infection")


def test_examples_are_the_first_of_their_label_from_the_source_that_is_asked_for():
    rows = [
        ("a", "COVID-19", "x"),
        ("b", "normal", "y"),
        ("c", "COVID-19", "y"),
        ("d", "normal", "y"),
        ("e", "pneumonia", "x"),
    ]
    found = chest.examples([chest.Picture(None, *row) for row in rows], "y")
    assert [(label, picture.patient) for label, picture in found.items()] == [
        ("normal", "b"),
        ("COVID-19", "c"),
        ("pneumonia", "e"),
    ]


def test_slices_follow_their_lists_and_keep_patients_apart(written, tmp_path):
    found, skipped, notes = covid_ct.read(written / "slices")
    assert not skipped and not notes
    listed = (written / "slices" / "Data-split" / "COVID" / "trainCT_COVID.txt").read_text().splitlines()
    assert [p.path.name for p in found["train"] if p.covid] == listed
    assert {p.label for p in found["test"]} == {"COVID", "NonCOVID"}
    assert {p.patient for p in found["train"]}.isdisjoint(p.patient for p in found["test"])
    assert len({p.patient for p in found["train"]}) == 6
    copy = shutil.copytree(written / "slices", tmp_path / "slices")
    (copy / "Data-split" / "NonCOVID" / "testCT_NonCOVID.txt").unlink()
    with pytest.raises(FileNotFoundError, match="testCT_NonCOVID"):
        covid_ct.read(copy)


def test_volumes_stand_upright_and_grey_ones_warn(written):
    with pytest.warns(UserWarning, match="radiopaedia.*8-bit grey"):
        first, second = ct_volumes.read(written / "volumes")
    assert (first.unit, second.unit) == ("HU", "grey")
    assert first.ct.shape == first.mask.shape == (32, 96, 96) and first.spacing == pytest.approx((9, 3.75, 3.75))
    lung = first.mask > 0
    assert np.median(first.ct[lung]) < -700 and second.ct.min() >= 0 and second.ct.max() <= 255
    columns = [np.nonzero(first.mask == side)[2].mean() for side in (chest.RIGHT, chest.LEFT)]
    assert columns[0] < columns[1]  # the patient's right is on the left
    assert lung[16].sum() > lung[0].sum()
    bone = np.nonzero(first.ct[20] > 200)
    assert bone[0].mean() > np.nonzero(lung[20])[0].mean()  # the spine is at the back


def test_turned_axes_and_a_nested_file_give_the_same_volume(volumes):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = ct_volumes.read(volumes)[0]
        for file in sorted(volumes.rglob("corona*.nii")):
            image = nibabel.as_closest_canonical(nibabel.load(file))
            turned = nibabel.Nifti1Image(np.asarray(image.dataobj), image.affine)
            turned.to_filename(file.with_suffix(".tmp.nii"))
            file.unlink()
            file.mkdir()
            file.with_suffix(".tmp.nii").rename(file / file.name)
        after = ct_volumes.read(volumes)[0]
    assert np.array_equal(before.ct, after.ct) and np.array_equal(before.mask, after.mask)


def test_a_mask_of_another_shape_is_refused(volumes):
    file = volumes / "lung_and_infection_mask" / "coronacases_001.nii"
    nibabel.Nifti1Image(np.zeros((96, 96, 30), np.uint8), np.eye(4)).to_filename(file)
    with pytest.raises(ValueError, match=r"\(96, 96, 30\).*coronacases_org_001\.nii is \(96, 96, 32\)"):
        ct_volumes.read(volumes)


def test_a_mask_with_other_values_a_missing_file_and_a_missing_column_are_named(volumes):
    file = volumes / "lung_and_infection_mask" / "coronacases_001.nii"
    nibabel.Nifti1Image(np.full((96, 96, 32), 255, np.uint8), np.eye(4)).to_filename(file)
    with pytest.raises(ValueError, match=r"coronacases_001\.nii.*255"):
        ct_volumes.read(volumes)
    file.unlink()
    with pytest.raises(FileNotFoundError, match=r"coronacases_001\.nii"):
        ct_volumes.read(volumes)
    (volumes / "metadata.csv").write_text("ct,mask\n")
    with pytest.raises(ValueError, match="no column 'ct_scan'"):
        ct_volumes.read(volumes)

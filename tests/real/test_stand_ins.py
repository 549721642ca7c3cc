"""The readers on stand-ins that have the layout and the defects of the real sets: counts as they were written."""

import shutil
import warnings

import numpy as np
import pytest
import stand_ins

from helpers.datasets import chest, cutout_scenes as scenes, emotion, thyroid


def printed(capsys):
    return capsys.readouterr().out.splitlines()


def test_ddti_is_read_whole_with_its_defects(data, capsys):
    cases, images, nodules, skipped, unknown = stand_ins.ddti(data / "ddti")
    found = thyroid.load()
    lines = printed(capsys)
    assert lines[1].startswith(f"ddti: {cases} cases, {images} images, {nodules} nodules; skipped {skipped}: ")
    assert "2 svg cut off" in lines[1] and "1 mark without its image" in lines[1]
    assert lines[2] == f"values taken as unknown: {unknown} sex 'u'"
    assert thyroid.source() == "DDTI" and {case.sex for case in found} == {"F", "M", None}
    view = found[0].views[0]
    assert view.image.shape == (360, 560, 3) and 2000 < thyroid.mask(view).sum() < 10_000


def test_ddti_with_records_and_images_apart_and_one_folder_too_deep(data, capsys):
    stand_ins.ddti(data / "flat")
    for path in (data / "flat").iterdir():
        place = data / "DDTI" / "thyroid" / ("xml" if path.suffix == ".xml" else "raw_jpg")
        place.mkdir(parents=True, exist_ok=True)
        path.rename(place / (path.name if path.suffix == ".xml" else path.with_suffix(".JPG").name))
    thyroid.load()
    apart = printed(capsys)
    assert apart[0] == "ddti: the set in data/DDTI"
    shutil.rmtree(data / "DDTI")
    stand_ins.ddti(data / "ddti")
    thyroid.load()
    assert printed(capsys)[1:] == apart[1:]


def test_covidx_without_a_list_for_validation(data, capsys):
    train, test = stand_ins.covidx(data / "covidx")
    films = chest.radiographs()
    lines = printed(capsys)
    assert "skipped 2: 2 image is not in the set" in lines[1] and "one training patient in 10" in lines[2]
    assert (len(films["train"]) + len(films["val"]), len(films["test"])) == (train, test)
    patients = [{picture.patient for picture in films[split]} for split in films]
    assert patients[1] and not patients[0] & patients[1]
    named = {picture.path.name: picture for picture in films["test"]}
    assert named["COVID(2).png"].patient == "COVID 2" and named["COVID(2).png"].source == "sirm"
    assert all(chest.image(picture).dtype == np.uint8 for picture in films["test"][:3])
    assert not chest.has_masks(films)
    with pytest.raises(FileNotFoundError, match="COVIDx has no masks"):
        chest.mask(films["test"][0], "lung")


VERSIONS = {  # of the lists of COVIDx: the form of a line, and what it should give
    "split_v1": ("8 {} viral", "8", "pneumonia", ""),
    "COVIDx2": ("8 {} normal", "8", "normal", ""),
    "COVIDx4": ("a1b2 {} COVID-19", "a1b2", "COVID-19", ""),
    "COVIDx7A": ("419639-000025 {} COVID-19 ricord", "419639-000025", "COVID-19", "ricord"),
    "COVIDx8B": ("COVID 1 {} positive sirm", "COVID 1", "positive", "sirm"),
    "COVIDx_CXR-3A": ("sub-S0 9 {} negative bimcv", "sub-S0 9", "negative", "bimcv"),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "name", ["a.png", "COVID(1).png", "COVID-19 (1).png", "SARS-10.1148rg.242035193-g04-day0.jpeg"]
)
def test_every_version_of_the_lists(data, version, name):
    line, patient, label, source = VERSIONS[version]
    for split in ("train", "test"):
        stand_ins.picture(data / "covidx" / "data" / split / name, 20, 30, 0)
        labels = data / "covidx" / "data" / "labels"
        labels.mkdir(exist_ok=True)
        (labels / f"{split}_{version}.txt").write_text(line.format(name) + "\n")
    (found,) = chest.radiographs()["test"]
    assert (found.patient, found.path.name, found.label, found.source) == (patient, name, label, source)


def test_two_versions_of_the_lists_at_once_are_named(data):
    stand_ins.covidx(data / "covidx")
    root = data / "covidx" / "archive"
    (root / "train.txt").rename(root / "train_COVIDx9A.txt")
    shutil.copy(root / "train_COVIDx9A.txt", root / "train_COVIDx9B.txt")
    with pytest.raises(ValueError, match=r"several lists for train \(train_COVIDx9A.txt, train_COVIDx9B.txt\)"):
        chest.radiographs()


def test_covid_ct_counts_patients_by_its_tables(data, capsys):
    sizes, patients = stand_ins.covid_ct(data / "covid-ct" / "COVID-CT-master")
    chest.slices()
    expected = ", ".join(f"{count} {split}" for split, count in sizes.items())
    assert printed(capsys) == [
        "covid-ct: the set in data/covid-ct",
        f"covid-ct: {expected} images of {patients} patients",
    ]
    rows = chest.clinical()
    assert rows[0] == {
        "image": "2020.02.01.0-p1-60%0.png",
        "patient": "Patient 0",
        "age": "40",
        "sex": "M",
        "severity": "",
    }


def test_covid_ct_without_its_tables_says_what_stands_for_the_patient(data, capsys):
    stand_ins.covid_ct(data / "covid-ct")
    (data / "covid-ct" / "COVID-CT-MetaInfo.csv").unlink()
    chest.slices()
    assert "26 images are of no known patient" in printed(capsys)[2]
    with pytest.raises(FileNotFoundError, match="no clinical table"):
        chest.clinical()


def test_covid_ct_whose_images_are_still_packed(data):
    stand_ins.covid_ct(data / "covid-ct")
    for name in ("CT_COVID", "CT_NonCOVID"):
        shutil.rmtree(data / "covid-ct" / "Images-processed" / name)
        (data / "covid-ct" / "Images-processed" / f"{name}.zip").write_bytes(b"PK")
    with pytest.raises(FileNotFoundError, match=r"CT_COVID\.zip is not unpacked"):
        chest.slices()


def test_volumes_nested_grey_and_from_another_machine(data):
    stand_ins.volumes(data / "covid-ct-volumes")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = chest.volumes()
    assert [volume.unit for volume in found] == ["HU", "HU", "grey", "grey"]
    assert len([one for one in caught if "8-bit grey" in str(one.message)]) == 2
    assert found[1].name == "coronacases_org_002" and found[0].ct.shape == (40, 60, 64)
    right, left = (np.nonzero(found[0].mask == side)[2].mean() for side in (chest.RIGHT, chest.LEFT))
    assert right < left


def test_a_large_volume_is_thinned_and_its_voxels_grow(data, monkeypatch):
    stand_ins.volumes(data / "covid-ct-volumes")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = chest.volumes()[0]
        monkeypatch.setattr(chest.ct_volumes, "MOST", 20_000)
        thin = chest.volumes()[0]
    assert thin.ct.size <= 20_000 and np.array_equal(thin.ct, whole.ct[::2, ::2, ::2])
    assert thin.spacing == pytest.approx([2 * side for side in whole.spacing])


def test_fer2013_with_blanks_a_mark_and_votes(data, capsys):
    stand_ins.fer2013(data / "fer2013")
    faces = emotion.load()
    counts = ", ".join(f"{usage} {count}" for usage, count in stand_ins.FER.items())
    assert printed(capsys)[1:] == [
        f"352 faces: {counts}",
        "with the votes of FER+ for neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, NF",
    ]
    assert faces.votes.shape == (352, 10) and faces.part("PublicTest").votes.shape == (56, 10)
    voted = emotion.voted(faces)
    assert voted[:2].tolist() == [-1, emotion.NAMES.index("neutral")]  # a tie, and ten of ten


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text[: text.rindex("Private")], "351 rows for 352 faces"),
        (lambda text: text.replace("Training", "PublicTest", 1), "not in the same order"),
        (lambda text: text.replace("5,5,0", "5,x,0", 1), "votes should be whole numbers"),
    ],
)
def test_votes_that_do_not_belong_to_the_faces(data, change, reason):
    stand_ins.fer2013(data / "fer2013")
    file = data / "fer2013" / "fer2013new.csv"
    file.write_text(change(file.read_text()))
    with pytest.raises(ValueError, match=rf"fer2013new\.csv.*{reason}"):
        emotion.load()


def test_votes_alone_are_no_faces(data):
    stand_ins.fer2013(data / "fer2013")
    (data / "fer2013" / "icml_face_data.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"holds the votes of FER\+, no faces: put fer2013\.csv beside"):
        emotion.load()
    (data / "fer2013" / "fer2013new.csv").rename(data / "fer2013" / "fer2013.csv")
    with pytest.raises(ValueError, match=r"table of FER\+: put fer2013\.csv beside"):
        emotion.load()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 301072745\n", "pointer of Git LFS"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        ("emotion,pixels,Usage\n".encode("utf-16"), "UTF-16"),
        (None, "is a folder"),
    ],
)
def test_what_people_save_as_fer2013_csv(data, content, reason):
    file = data / "fer2013" / "fer2013.csv"
    file.parent.mkdir()
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    with pytest.raises(ValueError, match=rf"fer2013\.csv.*{reason}"):
        emotion.load()


@pytest.mark.parametrize("validation", [False, True])
def test_folders_in_capitals_with_macosx_and_perhaps_validation(data, validation):
    stand_ins.fer_folders(data / "fer2013", validation=validation)
    faces = emotion.load()
    assert len(faces.x) == 7 * (38 + 4 * validation) and (faces.x[:, 0, 0] == 30 * faces.y + 20).all()
    (x_train, _), (x_valid, _), (x_test, _) = faces.split()
    assert (len(x_train), len(x_valid), len(x_test)) == ((210, 28, 56) if validation else (189, 21, 56))


def test_coco_with_gaps_in_the_ids_sizes_and_a_box_without_area(data, capsys):
    stand_ins.coco(data / "cutout_scenes")
    found = scenes.load()
    assert found.names == ["person", "car", "toothbrush"] and scenes.source() == "your own set"
    assert printed(capsys)[1:] == [
        "cutout_scenes: 12 train, 3 val, 4 test images, 57 objects of 3 classes",
        "skipped 3: box without area",
    ]
    for scene in found.train:
        assert scenes.image(scene).shape == (scene.height, scene.width, 3)
        assert (abs(scenes.masks(scene).sum(axis=(1, 2)) - 35.5 * 40) < 100).all()

"""helpers.datasets.cutout_scenes: a set of one's own, its captions and questions, broken files refused by name."""

import json
import shutil

import cv2
import numpy as np
import pytest

from helpers import cache
from helpers.datasets import cutout_scenes


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A set of one's own of one image a split, in data/cutout_scenes; no captions and questions but for `train`."""
    monkeypatch.setattr(cache, "PROJECT", tmp_path / "data" / "cache")
    folder = tmp_path / "data" / "cutout_scenes"
    (folder / "annotations").mkdir(parents=True)
    for split in cutout_scenes.COUNTS:
        (folder / split).mkdir()
        cv2.imwrite(str(folder / split / "a.png"), np.zeros((30, 40, 3), np.uint8))
        write(
            folder / "annotations" / f"instances_{split}.json",
            images=[{"id": 5, "file_name": "a.png", "width": 40, "height": 30}],
            annotations=[{"id": 1, "image_id": 5, "category_id": 1, "bbox": [1, 2, 10, 12]}],
            categories=[{"id": 1, "name": "cat"}],
        )
    write(folder / "annotations" / "captions_train.json", annotations=[{"id": 1, "image_id": 5, "caption": "a cat"}])
    return folder


def write(path, **data):
    path.write_text(json.dumps(data), encoding="utf-8")


def test_a_set_of_ones_own_is_taken(own, capsys):
    data = cutout_scenes.load()
    assert "the set in data/cutout_scenes" in capsys.readouterr().out
    assert data.names == ["cat"] and data.train[0].boxes.tolist() == [[1, 2, 11, 14]]
    assert cutout_scenes.source() == "your own set"


def test_captions_as_coco_has_them_need_no_language(own):
    assert cutout_scenes.captions("train") == {5: [cutout_scenes.Caption("", "", "a cat")]}
    assert cutout_scenes.captions("val") == {} and cutout_scenes.questions("train") == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [({}, "no list 'annotations'"), ({"annotations": [{"image_id": 5}]}, "entry 0 of annotations has no 'caption'")],
)
def test_a_broken_file_of_captions_is_named(own, data, message):
    write(own / "annotations" / "captions_train.json", **data)
    with pytest.raises(ValueError, match=message) as error:
        cutout_scenes.captions("train")
    assert "captions_train.json" in str(error.value)


def test_a_split_without_annotations_is_named(own):
    (own / "annotations" / "instances_val.json").unlink()
    with pytest.raises(FileNotFoundError, match="instances_val.json"):
        cutout_scenes.load()


def test_other_categories_in_a_split_are_refused(own):
    shutil.copy(own / "annotations" / "instances_val.json", own / "annotations" / "instances_test.json")
    path = own / "annotations" / "instances_test.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["categories"][0]["name"] = "dog"
    write(path, **data)
    with pytest.raises(ValueError, match="instances_test.json has the categories"):
        cutout_scenes.load()


@pytest.mark.parametrize("times", [0, 3, "2"])
def test_only_two_sizes_are_made(times):
    with pytest.raises(ValueError, match="times"):
        cutout_scenes.load(times)


def test_an_unknown_split_is_refused(own):
    with pytest.raises(ValueError, match="split 'tset'"):
        cutout_scenes.captions("tset")

"""phantoms.scene of cut-outs: whole numbers everywhere, masks that fit, one layout for every size, true words."""

import itertools
import json
import re

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from helpers.datasets import coco, cutout_scenes, cutouts
from phantoms.scene import cutout_scene as phantom, layout, light, paint, sampling, words

SPLITS = {"train": 40, "val": 10, "test": 10}


@pytest.fixture(scope="module")
def sources():
    return {split: source._replace(count=SPLITS[split]) for split, source in cutout_scenes.sources().items()}


@pytest.fixture(scope="module")
def small(tmp_path_factory, sources):
    folder = tmp_path_factory.mktemp("scenes")
    phantom.write(folder, sources, list(cutout_scenes.NAMES))
    return folder


def annotations(folder, what, split):
    return json.loads((folder / "annotations" / f"{what}_{split}.json").read_text(encoding="utf-8"))


# pictures in whole numbers


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_bilinear_is_that_of_the_textbook_to_a_grey_level(seed):
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 256, (9, 11, 3), dtype=np.uint8)
    u, v = rng.integers(0, 320, (2, 5, 7)) / 32  # of columns 0..10; rows are taken up to 8
    v = v * 0.8
    found = sampling.bilinear(image, u, v)
    v = np.floor(v * 32 + 0.5) / 32
    x, y = np.minimum(u.astype(int), 9), np.minimum(v.astype(int), 7)
    fx, fy = (u - x)[..., None], (v - y)[..., None]
    upper = image[y, x] * (1 - fx) + image[y, x + 1] * fx
    lower = image[y + 1, x] * (1 - fx) + image[y + 1, x + 1] * fx
    assert np.abs(found - (upper * (1 - fy) + lower * fy)).max() <= 1


@given(st.integers(0, 255), st.integers(0, 255))
def test_a_product_of_bytes_is_divided_and_rounded(a, b):
    assert sampling.divided(np.array([a * b], np.uint16))[0] == (a * b + 127) // 255


def test_a_layer_over_a_canvas_is_porter_and_duff():
    rng = np.random.default_rng(0)
    image, alpha = rng.integers(0, 256, (6, 6, 3), dtype=np.uint8), rng.integers(0, 256, (6, 6), dtype=np.uint8)
    canvas = rng.integers(0, 256, (10, 12, 3), dtype=np.uint8)
    found, place = canvas.copy(), (slice(2, 8), slice(3, 9))
    sampling.over(found, sampling.layer(image, alpha)[0][1:-1, 1:-1], place)
    part = alpha[..., None] / 255
    assert np.abs(found[place] - (image * part + canvas[place] * (1 - part))).max() <= 1.5
    canvas[place] = found[place]
    assert (found == canvas).all()  # nothing else changed


@pytest.mark.parametrize(("scale", "degrees", "mirror"), [(0.5, 0, False), (0.3, 25, False), (0.4, -10, True)])
def test_an_object_lies_where_opencv_puts_it(scale, degrees, mirror):
    alpha = np.zeros((100, 60), np.uint8)
    alpha[10:95, 5:30], alpha[60:90, 30:55] = 255, 255
    thing = layout.item(np.full((100, 60, 3), 200, np.uint8), alpha, "thing", "a block")
    centre = np.array([70.0, 60.0])
    found = layout.whole(thing, sampling.similarity(scale, degrees, mirror), centre)
    shown = alpha[:, ::-1] if mirror else alpha
    matrix = cv2.getRotationMatrix2D((29.5, 49.5), degrees, scale)
    matrix[:, 2] += centre - 0.5 - (29.5, 49.5)
    expected = cv2.warpAffine(np.ascontiguousarray(shown), matrix, (layout.WIDTH, layout.HEIGHT)) > 127
    assert (found & expected).sum() / (found | expected).sum() > 0.93


def test_an_object_beside_the_scene_is_not_seen():
    thing = layout.item(np.zeros((20, 20, 3), np.uint8), np.full((20, 20), 255, np.uint8), "thing", "x")
    assert not layout.whole(thing, sampling.similarity(1), np.array([-40.0, 50.0])).any()


def test_a_dark_place_makes_an_object_darker_and_a_bright_one_brighter():
    part = np.dstack([np.full((8, 8, 3), 120, np.uint8), np.full((8, 8, 1), 255, np.uint8)])
    dark, bright = (light.lit(part, np.full((8, 8, 3), level, np.uint8), 55) for level in (10, 240))
    assert dark[..., :3].mean() < 100 < 120 < bright[..., :3].mean()
    assert (dark[..., 3] == 255).all()


# the set


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path, small, sources):
    for name, seed in (("again", 0), ("other", 1)):
        (tmp_path / name).mkdir()
        phantom.write(tmp_path / name, sources, list(cutout_scenes.NAMES), seed=seed)
    files = sorted(path.relative_to(small) for path in small.rglob("*") if path.is_file())
    assert len(files) == sum(SPLITS.values()) + 9
    assert all((tmp_path / "again" / file).read_bytes() == (small / file).read_bytes() for file in files)
    assert any((tmp_path / "other" / file).read_bytes() != (small / file).read_bytes() for file in files)


def test_a_larger_set_shows_the_same_scenes(tmp_path, small, sources):
    phantom.write(tmp_path, sources, list(cutout_scenes.NAMES), times=2)
    one, two = (annotations(folder, "instances", "train") for folder in (small, tmp_path))
    assert [a["object"] for a in one["annotations"]] == [a["object"] for a in two["annotations"]]
    pairs = zip(one["annotations"], two["annotations"], strict=True)
    far = [np.abs(2 * np.array(a["bbox"]) - b["bbox"]).max() for a, b in pairs]
    assert np.median(far) <= 2 and np.percentile(far, 90) <= 12  # a thin tip may be seen in the larger one only
    for what in ("captions", "questions"):
        assert [list(a.values())[2:] for a in annotations(small, what, "test")[key(what)]] == [
            list(a.values())[2:] for a in annotations(tmp_path, what, "test")[key(what)]
        ]
    small_picture, picture = (cv2.imread(str(folder / "train/000001.jpg")) for folder in (small, tmp_path))
    shrunk = cv2.resize(picture, (layout.WIDTH, layout.HEIGHT), interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk.astype(int) - small_picture).mean() < 8


def key(what):
    return {"captions": "annotations", "questions": "questions"}[what]


def test_masks_fit_their_objects(small):
    found, names, skipped = coco.read(small / "annotations/instances_train.json", small / "train")
    assert names == list(cutout_scenes.NAMES) and not skipped
    raw = iter(annotations(small, "instances", "train")["annotations"])
    for scene in found:
        masks = coco.masks(scene)
        assert masks.sum(axis=0).max(initial=0) <= 1  # what one object covers, no other shows
        for box, mask, entry in zip(scene.boxes, masks, itertools.islice(raw, len(masks)), strict=True):
            x1, y1, x2, y2 = box.astype(int)
            assert mask.sum() == entry["area"] >= layout.LEAST and mask.sum() == mask[y1:y2, x1:x2].sum()
            assert mask[y1].any() and mask[y2 - 1].any() and mask[:, x1].any() and mask[:, x2 - 1].any()
            assert layout.VISIBLE <= entry["visible"] <= 1


def test_an_object_shows_its_own_colours_inside_its_mask(sources):
    """Without it, the picture differs inside the mask and, but for its shadow, nowhere else."""
    rng = np.random.default_rng(3)
    scene = next(one for one in (layout.arrange(sources["train"], rng) for _ in range(50)) if len(one.objects) == 1)
    shadowless = scene._replace(shadow=(0.0, 0.0001))
    with_it, without = (
        paint.paint(one, np.random.default_rng(5))[0].astype(int)
        for one in (shadowless, shadowless._replace(objects=[]))
    )
    differs = np.abs(with_it - without).max(axis=2) > 12
    mask = scene.objects[0].mask
    assert differs[mask].mean() > 0.6
    far = ~cv2.dilate(mask.astype(np.uint8), np.ones((15, 15))).astype(bool)
    assert differs[far].mean() < 0.03


@pytest.mark.parametrize("split", SPLITS)
def test_every_split_has_objects_and_backgrounds_of_its_own(small, split):
    own = {one.file for one in cutouts.load(split)}
    data = annotations(small, "instances", split)
    assert {entry["object"] for entry in data["annotations"]} <= own
    others = [{i["background"] for i in annotations(small, "instances", s)["images"]} for s in SPLITS if s != split]
    assert not {image["background"] for image in data["images"]} & set.union(*others)


def test_sizes_are_in_keeping_where_that_is_asked_for(sources):
    def ratio(keeping):
        rng, sides = np.random.default_rng(0), {"mammal": [], "food": []}
        for _ in range(150):
            for one in layout.arrange(sources["train"], rng, keeping).objects:
                sides.setdefault(one.item.kind, []).append(np.log(one.side))
        return np.exp(np.mean(sides["mammal"]) - np.mean(sides["food"]))

    assert ratio(0) < 1.25 < ratio(1)


def test_a_source_without_objects_is_refused(tmp_path, sources):
    with pytest.raises(ValueError, match="test: give at least one object"):
        phantom.write(tmp_path, {"test": sources["test"]._replace(items=[])}, list(cutout_scenes.NAMES))


# captions and questions


@pytest.fixture(scope="module")
def said(small):
    """For each scene of training: {caption or Greek caption of an object: its annotation}, captions, questions."""
    names = {one.file: one for one in cutouts.load("train")}
    found = {number: ({}, {}, [], []) for number in range(1, SPLITS["train"] + 1)}
    for entry in annotations(small, "instances", "train")["annotations"]:
        one, there = names[entry["object"]], found[entry["image_id"]]
        there[0][one.caption_en] = there[1][one.caption_el] = there[1][one.object_el] = entry
    for entry in annotations(small, "captions", "train")["annotations"]:
        found[entry["image_id"]][2].append(entry)
    for entry in annotations(small, "questions", "train")["questions"]:
        found[entry["image_id"]][3].append(entry)
    return found


def holds(relation, first, second):
    """True where the bounding boxes of two annotations stand to one another as a word says."""
    (x1, y1), (x2, y2) = (np.array(e["bbox"][:2]) + np.array(e["bbox"][2:]) / 2 for e in (first, second))
    masks = []
    for entry in (first, second):
        left, top, width, height = entry["bbox"]
        masks.append((left, top, left + width, top + height))
    (a1, b1, a2, b2), (c1, d1, c2, d2) = masks
    touch = min(a2, c2) - max(a1, c1) >= 0 and min(b2, d2) - max(b1, d1) >= 0
    return {"left of": x1 < x2, "right of": x1 > x2, "above": y1 < y2, "below": y1 > y2, "in front of": touch}[relation]


def test_relations_parse_back_to_the_layout_in_both_languages(said):
    checked = 0
    for english, greek, captions, _ in said.values():
        for entry in (one for one in captions if one["kind"] == "relation"):
            objects, column = (english, 0) if entry["language"] == "en" else (greek, 1)
            pairs = [(pair[column], pair[0]) for pair in words.RELATIONS.values()]
            parsed = [
                (objects[first], name, objects[second])
                for phrase, name in pairs
                for first, _, second in [entry["caption"].partition(f" {phrase} ")]
                if first in objects and second in objects
            ]
            assert len(parsed) == 1, entry["caption"]
            first, name, second = parsed[0]
            assert holds(name, first, second), entry["caption"]
            checked += 1
    assert checked >= 20


def test_lists_name_every_object_once(said):
    for english, greek, captions, _ in said.values():
        for entry in (one for one in captions if one["kind"] == "list"):
            objects, last = (english, " and ") if entry["language"] == "en" else (greek, " και ")
            names = [name for name in objects if objects is english or name in entry["caption"]]
            rest = entry["caption"]
            for name in sorted(objects, key=len, reverse=True):  # some are called differently after "από"
                rest = re.sub(rf"(^|(?<= )){re.escape(name)}(?=$|,| )", "", rest, count=1)
            commas = max(len(english) - 2, 0)
            assert names and rest == ", " * commas + last * (len(english) > 1), entry["caption"]


def test_answers_follow_from_the_annotations(said):
    kinds = dict(enumerate(cutout_scenes.NAMES, start=1))
    asked = {words.ONE_OF[kind][0]: kind for kind in kinds.values()}
    seen = set()
    for english, _, _, questions in said.values():
        for entry in (one for one in questions if one["language"] == "en"):
            question, answer = entry["question"], entry["answer"]
            there = {kinds[one["category_id"]] for one in english.values()}
            if entry["kind"] == "count":
                assert answer == str(len(english))
            elif entry["kind"] == "is there":
                kind = asked[re.fullmatch(r"is there (.+)\?", question)[1]]
                assert answer == ("yes" if kind in there else "no")
            elif entry["kind"] == "side":
                first, second = re.fullmatch(r"is (.+) left or right of (.+)\?", question).groups()
                assert holds(f"{answer} of", english[first], english[second])
            elif entry["kind"] == "colour":
                noun = re.fullmatch(r"what colour is the (.+)\?", question)[1]
                assert sum(noun in caption and answer in caption.split() for caption in english) == 1
            seen.add(entry["kind"])
    assert seen >= {"count", "is there", "side", "colour"}


def test_both_languages_ask_the_same(said):
    for *_, questions in said.values():
        kinds = {language: [q["kind"] for q in questions if q["language"] == language] for language in ("en", "el")}
        assert kinds["en"] == kinds["el"]


def test_the_colours_of_the_answers_are_those_of_the_greek_captions():
    """The stem of each colour's Greek word stands in a Greek caption of an object of that colour."""
    stems = {colour: greek[:4] for colour, greek in words.COLOURS.items()}
    found = {colour: set() for colour in stems}
    for one in (one for part in cutouts.load().values() for one in part):
        named = words.Words(one.file, one.class_en, one.class_el, one.caption_en, one.caption_el, one.object_el)
        colour = words.colour_of(named)
        if colour:
            found[colour].add(stems[colour] in one.caption_el)
    missing = [colour for colour, has in found.items() if has and has != {True}]
    assert not missing

"""Questions and captions as texts."""

from pathlib import Path

import numpy as np
import pytest

from helpers import asking
from helpers.datasets.coco import Scene
from helpers.datasets.cutout_scenes import Question

NAMES = ["cow", "hen"]


def scene(labels, boxes, id=7):
    none = np.zeros(len(labels), bool)
    return Scene(id, Path("a.jpg"), 80, 100, np.array(boxes, float).reshape(-1, 4), np.array(labels), none, none, [])


def test_questions_of_kinds_follow_from_boxes_and_labels():
    split = [scene([0, 1, 1], [[0, 0, 20, 20], [80, 0, 100, 20], [10, 0, 30, 20]]), scene([], [])]
    found = [one[1:] for one in asking.of_kinds(split, NAMES, [0])]
    assert ("where", "is the cow left or right?", "left") in found
    assert not [one for one in found if one[0] == "where" and "hen" in one[1]]  # two hens: which is meant?
    assert ("count", "how many objects are there?", "3") in found
    empty = asking.of_kinds(split, NAMES, [1])
    assert [one.answer for one in empty] == ["no", "no"] and {one.scene for one in empty} == {1}


@pytest.mark.parametrize(("box", "asked"), [([30, 0, 70, 20], 0), ([60, 0, 80, 20], 1)])
def test_an_object_in_the_middle_is_not_asked_for_its_side(box, asked):
    found = asking.of_kinds([scene([0], [box])], NAMES, [0])
    assert sum(one.kind == "where" for one in found) == asked


def test_written_questions_are_english_and_keep_their_scene():
    written = {7: [Question("el", "count", "πόσα;", "1"), Question("en", "count", "how many?", "1")]}
    assert asking.as_written([scene([0], [[0, 0, 9, 9]])], written, [0]) == [asking.Ask(0, "count", "how many?", "1")]


def test_shares_are_of_each_kind_and_their_mean():
    questions = [asking.Ask(0, kind, "", "") for kind in ("a", "a", "b")]
    assert asking.by_kind(np.array([True, False, True]), questions, "x") == {"x, a": 0.5, "x, b": 1.0, "x, mean": 0.75}


def test_words_become_numbers_and_unknown_words_are_left_out():
    numbers = asking.numbered(["Is it a hen?", "a cow"])
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    rows = asking.encode(["a pear hen", "cow cow cow"], numbers, 2)
    assert rows.tolist() == [[numbers["a"], numbers["hen"]], [numbers["cow"]] * 2]


def test_a_box_touches_the_cells_that_it_reaches_into():
    assert asking.touched([0, 0, 50, 40], 80, 100, 2, 2).tolist() == [True, False, False, False]
    assert asking.touched([49, 39, 51, 41], 80, 100, 2, 2).all()


def test_attention_on_the_box_and_the_share_of_its_places():
    split, asked = [scene([1], [[0, 0, 50, 40]])], [asking.Ask(0, "where", "is the hen left or right?", "left")]
    on, area = asking.attended(split, NAMES, asked, np.array([[0.7, 0.1, 0.1, 0.1]]), (2, 2))
    assert on.tolist() == [0.7] and area.tolist() == [0.25]


@pytest.mark.parametrize(
    ("caption", "objects", "relation"),
    [
        ("a turkey, a traffic cone and an onion", ["turkey", "traffic cone", "onion"], None),
        ("a red and yellow apple", ["apple"], None),
        ("a red post box in front of a paintbrush", ["post box", "paintbrush"], "in front of"),
        ("a nothing of nothing", [], None),
    ],
)
def test_objects_and_relations_are_read_from_captions(caption, objects, relation):
    assert asking.objects_in(caption) == objects
    assert asking.relation_in(caption) == relation


def test_facts_are_counted():
    lists = [("a turkey and an onion", "a turkey and a traffic cone", ["turkey", "traffic cone"])]
    relations = [("a turkey left of an onion", "a turkey left of a traffic cone", ["turkey", "traffic cone"])]
    found = asking.facts(lists, relations)
    assert found["objects found"] == 0.5 and found["objects invented"] == 0.5
    assert found["captions with an invented object"] == 1
    assert found["relation right"] == 1 and found["relation and objects right"] == 0


def test_a_ridge_a_text_learns_what_is_linear_and_nothing_else():
    rng = np.random.default_rng(0)
    maps = {"train": rng.normal(size=(90, 6, 4)), "test": rng.normal(size=(40, 6, 4))}
    numbers = {"learn": range(50), "choose": range(50, 70), "known": range(70, 90), "new": range(40)}

    def answer(part, k):  # the left column of a grid of 2 rows, 3 columns
        seen = maps["test" if part == "new" else "train"][k]
        return "left" if seen[[0, 3], 0].sum() > 0 else "right"

    parts = {part: [asking.Ask(k, "where", "which side?", answer(part, k)) for k in ks] for part, ks in numbers.items()}
    found = asking.by_ridge(maps, parts, (2, 3))
    assert found["known"].mean() > 0.8 and found["new"].mean() > 0.8
    shuffled = parts | {
        "learn": [a._replace(answer=b.answer) for a, b in zip(parts["learn"], parts["learn"][::-1], strict=True)]
    }
    assert asking.by_ridge(maps, shuffled, (2, 3))["new"].mean() < 0.8

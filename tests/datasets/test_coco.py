"""helpers.datasets.coco and helpers.detection.evaluation: COCO's format, and the score."""

import json
from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco_mask

from helpers.datasets import coco, outlines
from helpers.detection import boxes
from helpers.detection.evaluation import evaluate
from phantoms.scene import instance

SQUARE = [[2, 1, 8, 1, 8, 5, 2, 5]]  # a polygon over columns 2..7 and rows 1..4


@dataclass
class File:
    """A file of one 10 x 6 image with annotations as given, written anew by each `read`."""

    folder: object

    def read(self, *annotations, **lists):
        cv2.imwrite(str(self.folder / "a.png"), np.full((6, 10, 3), (10, 20, 200), np.uint8))
        data = {
            "images": [{"id": 7, "file_name": "a.png", "width": 10, "height": 6}],
            "annotations": [
                {"id": 3 + k, "image_id": 7, "category_id": 90, **one} for k, one in enumerate(annotations)
            ],
            "categories": [{"id": 90, "name": "late"}, {"id": 1, "name": "early"}],
        }
        self.path = self.folder / "instances.json"
        self.path.write_text(json.dumps(data | lists))
        return coco.read(self.path, self.folder)


@pytest.fixture
def file(tmp_path):
    return File(tmp_path)


@given(hnp.arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_run_lengths_are_those_of_pycocotools(mask):
    counts = instance.run_lengths(mask)
    packed = coco_mask.frPyObjects({"counts": counts, "size": list(mask.shape)}, *mask.shape)
    assert packed == coco_mask.encode(np.asfortranarray(mask, np.uint8))
    assert sum(counts) == mask.size


# COCO's format


def test_polygon_run_lengths_and_compressed_run_lengths_give_the_same_mask(file):
    expected = np.zeros((6, 10), bool)
    expected[1:5, 2:8] = True
    packed = coco_mask.encode(np.asfortranarray(expected, np.uint8))
    forms = [
        SQUARE,
        {"size": [6, 10], "counts": instance.run_lengths(expected)},
        {"size": [6, 10], "counts": packed["counts"].decode()},
        [SQUARE[0][:4] + [8, 3, 2, 3], [2, 3, 8, 3, 8, 5, 2, 5]],  # in two pieces
        None,  # a file for boxes alone
    ]
    (scene,), names, _ = file.read(*({"bbox": [2, 1, 6, 4], "segmentation": form} for form in forms))
    np.testing.assert_array_equal(coco.masks(scene), [expected] * 5)
    np.testing.assert_array_equal(scene.boxes, [[2, 1, 8, 5]] * 5)
    assert names == ["early", "late"] and scene.labels.tolist() == [1] * 5
    assert (scene.id, scene.height, scene.width) == (7, 6, 10)


def test_crowds_are_flagged_images_are_rgb_and_may_be_empty(file):
    runs = {"size": [6, 10], "counts": [0, 60]}
    (scene,), _, _ = file.read({"bbox": [0, 0, 10, 6], "segmentation": runs, "iscrowd": 1}, {"bbox": [0, 0, 2, 2]})
    assert scene.crowd.tolist() == [True, False]
    np.testing.assert_allclose(coco.image(scene)[0, 0], [200, 20, 10])
    (empty,), _, _ = file.read()
    assert empty.boxes.shape == (0, 4) and coco.masks(empty).shape == (0, 6, 10)


def test_a_box_without_area_is_skipped(file):
    (scene,), _, skipped = file.read({"bbox": [1, 1, 3, 0.0]}, {"bbox": [1, 1, 3, 2]})
    assert skipped == [3] and len(scene.boxes) == 1
    (scene,), _, skipped = file.read({"bbox": [0.0, 4, 0.0, 13]}, {"bbox": [1, 1, 3, 2]})  # as CVAT writes some
    assert skipped == [3] and len(scene.boxes) == 1


def test_boxes_written_in_another_way_are_refused_with_the_reason(file):
    with pytest.raises(ValueError, match="2 of 3 boxes leave their image. Are they x1, y1, x2, y2"):
        file.read({"bbox": [9, 5, 10, 6]}, {"bbox": [8, 5, 10, 6]}, {"bbox": [0, 0, 4, 4]})
    with pytest.raises(ValueError, match="between 0 and 1"):
        file.read({"bbox": [0.1, 0.1, 0.5, 0.9]}, {"bbox": [0, 0, 1, 1]})


def test_a_byte_order_mark_and_a_name_in_other_letters_do_not_matter(file):
    file.read({"bbox": [1, 1, 3, 2]})
    file.path.write_bytes(b"\xef\xbb\xbf" + file.path.read_bytes())
    (file.folder / "a.png").rename(file.folder / "A.PNG")
    (scene,), _, _ = coco.read(file.path, file.folder)
    assert coco.image(scene).shape == (6, 10, 3)


def test_a_cut_jpeg_is_refused(file):
    (scene,), _, _ = file.read()
    noise = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    path = scene.path.with_suffix(".jpg")
    cv2.imwrite(str(path), noise)
    whole = scene._replace(path=path, height=64, width=96)
    assert coco.image(whole).shape == (64, 96, 3)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 10])
    with pytest.raises(ValueError, match="a.jpg is not a whole image"):
        coco.image(whole)


@given(hnp.arrays(bool, st.tuples(st.integers(1, 40), st.integers(1, 40))))
def test_compressed_run_lengths_are_read_as_pycocotools_does(mask):
    packed = coco_mask.encode(np.asfortranarray(mask, np.uint8))
    entry = {"bbox": [0, 0, 1, 1], "segmentation": {"size": list(mask.shape), "counts": packed["counts"].decode()}}
    assert outlines.rle("x", entry, *mask.shape) == packed


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        ({"bbox": [1, 1, -3, 2]}, "annotation 3 has the box"),
        ({"bbox": [1, 1, float("nan"), 2]}, "annotation 3 has the box"),
        ({"bbox": [10, 1, 3, 2]}, "annotation 3 has the box"),
        ({"bbox": ["5", "1", "3", "2"]}, "annotation 3 has the box"),
        ({"bbox": [1, 1, 1e999, 2]}, "annotation 3 has the box"),
        ({"bbox": [1, 1, 1e9, 2]}, "annotation 3 has the box|leave their image"),
        ({"bbox": [1, 1, 3, 2], "image_id": [7]}, "annotation 3 belongs to image"),
        ({"bbox": [1, 1, 3]}, "annotation 3 has the box"),
        ({"bbox": None}, "annotation 3 has the box"),
        ({"bbox": [1, 1, 3, 2], "image_id": 8}, "annotation 3 belongs to image 8"),
        ({"bbox": [1, 1, 3, 2], "category_id": 2}, "annotation 3 has category 2"),
        ({}, "id 3.* no 'bbox'"),
        ({"bbox": [1, 1, 3, 2], "segmentation": {"size": [6, 10], "counts": [1, 2]}}, "annotation 3: .*3 pixels"),
        ({"bbox": [1, 1, 3, 2], "segmentation": {"size": [5, 12], "counts": [60]}}, "annotation 3: .*size"),
        ({"bbox": [1, 1, 3, 2], "segmentation": {"counts": [60]}}, "annotation 3: segmentation"),
        ({"bbox": [1, 1, 3, 2], "segmentation": [[1, 2]]}, "annotation 3: segmentation"),
        *[
            ({"bbox": [1, 1, 3, 2], "segmentation": form}, f"annotation 3: segmentation.*{reason}")
            for form, reason in [
                ([[float("nan"), 1, 4, 1, 4, 3]], "finite"),
                ([[1, 1, 2e8, 3.5e8, 4, 3]], "far outside"),
                ([[1, 1, 4, 3]], "4 numbers"),
                ([[1, 1, 4, 1, 4]], "5 numbers"),
                ([1, 1, 4, 1, 4, 3], "flat"),
                ("1 1 4 1", "polygons or run lengths"),
                ({"size": [6, 10], "counts": "zzzz###~~~~~"}, "run lengths"),
                ({"size": [6, 10], "counts": ""}, "run lengths"),
                ({"size": [6, 10], "counts": "1"}, "pixels"),
                ({"size": [6, 10], "counts": [30.0, 30.0]}, "whole numbers"),
                ({"size": [6, 10], "counts": [-1, 61]}, "whole numbers"),
            ]
        ],
    ],
)
def test_a_bad_annotation_is_named(file, annotation, reason):
    with pytest.raises(ValueError, match=reason) as caught:
        file.read(annotation)
    assert str(file.path) in str(caught.value)


@pytest.mark.parametrize(
    ("lists", "error", "reason"),
    [
        ({"images": [{"id": 7, "file_name": "b.png", "width": 10, "height": 6}]}, FileNotFoundError, "b.png .*image 7"),
        ({"images": [{"id": 7, "file_name": "a.png", "height": 6}]}, ValueError, "id 7.* no 'width'"),
        ({"categories": [{"id": 1, "name": "a"}] * 2}, ValueError, "categories has the id 1 twice"),
        ({"categories": None}, ValueError, "no list 'categories'"),
        ({"annotations": [None]}, ValueError, "annotations entry 0 is None"),
        ({"images": [None]}, ValueError, "images entry 0 is None"),
        ({"categories": [{"id": 1, "name": "a"}, {"id": "2", "name": "b"}]}, ValueError, "categories has ids .* text"),
        ({"categories": [{"id": [1], "name": "a"}]}, ValueError, "categories entry 0 has the id"),
        *[
            ({"images": [{"id": 7, "file_name": name, "width": 10, "height": 6}]}, ValueError, "no path inside")
            for name in ("../a.png", "/etc/passwd", "C:/a.png", 5, "")
        ],
        *[
            (
                {"images": [{"id": 7, "file_name": "a.png", "width": width, "height": 6}]},
                ValueError,
                "image 7 has the size",
            )
            for width in (0, -80, 1e8, 10**12, 5.5, "10", None, True)
        ],
    ],
)
def test_a_bad_list_is_named(file, lists, error, reason):
    with pytest.raises(error, match=reason):
        file.read(**lists)


def test_bad_files_and_images_are_named(file, tmp_path):
    with pytest.raises(FileNotFoundError, match="gone.json is missing"):
        coco.read(tmp_path / "gone.json", tmp_path)
    for text in ("{", "[]"):
        (tmp_path / "bad.json").write_text(text)
        with pytest.raises(ValueError, match="bad.json"):
            coco.read(tmp_path / "bad.json", tmp_path)
    (scene,), _, _ = file.read()
    with pytest.raises(ValueError, match="a.png is 10 x 6, image 7 should be 12 x 6"):
        coco.image(scene._replace(width=12))
    scene.path.write_bytes(b"no image")
    with pytest.raises(ValueError, match="a.png is no image"):
        coco.image(scene)


# the score


def truth(*objects, crowd=(), number=1):
    """A scene 100 x 100 with (box, label) objects, whose masks are the boxes."""
    rows = [box for box, _ in objects]
    masks = np.zeros((100, 100, len(objects)), np.uint8, order="F")
    for k, (left, top, right, bottom) in enumerate(rows):
        masks[top:bottom, left:right, k] = 1
    labels = np.array([label for _, label in objects], int)
    flags = np.isin(np.arange(len(objects)), crowd)
    array = np.array(rows, float).reshape(-1, 4)
    return coco.Scene(number, None, 100, 100, array, labels, flags, flags, coco_mask.encode(masks) if objects else [])


A, B, FAR = [10, 10, 30, 30], [50, 50, 90, 90], [0, 60, 20, 80]


def test_a_perfect_detector_has_1_and_none_has_0():
    one = truth((A, 0), (B, 1))
    table = evaluate([one], [([A, B], [0.9, 0.8], [0, 1])], ["a", "b", "c"])
    assert table.loc["mean"].tolist() == pytest.approx([2, 1, 1])
    assert table.loc["c"].isna().tolist() == [False, True, True]
    assert evaluate([one], [([], [], [])], ["a", "b"])["AP50"].tolist() == [0, 0, 0]
    assert evaluate([one], [([A, B], [0.9, 0.8], [1, 0])], ["a", "b"]).loc["mean", "AP50"] == 0


def test_known_average_precision():
    # By falling score: right, wrong, right. Precision 1 up to recall 1/2 (51 of 101 points), then 2/3.
    scene = truth((A, 0), (B, 0))
    table = evaluate([scene], [([A, FAR, B], [0.9, 0.8, 0.7], [0, 0, 0])], ["a"])
    assert table.loc["a", "AP50"] == pytest.approx((51 + 50 * 2 / 3) / 101)
    # Of IoU 0.82 it counts at the thresholds 0.5 to 0.8, seven of ten.
    table = evaluate([truth(([0, 0, 50, 50], 0))], [([[0, 0, 50, 41]], [1], [0])], ["a"])
    assert table.loc["a", ["AP50", "AP"]].tolist() == pytest.approx([1, 0.7])


def test_a_second_detection_of_the_same_object_is_wrong_and_a_crowd_is_neither():
    again = ([A, A, B], [0.9, 0.8, 0.7], [0, 0, 0])
    assert evaluate([truth((A, 0), (B, 0))], [again], ["a"]).loc["a", "AP50"] == pytest.approx((51 + 50 * 2 / 3) / 101)
    crowd = truth((A, 0), (B, 0), crowd=[1])
    inside = [[52, 52, 60, 60], [62, 62, 70, 70]]
    table = evaluate([crowd], [([A, *inside], [0.5, 0.9, 0.8], [0, 0, 0])], ["a"])
    assert table.loc["a"].tolist() == pytest.approx([1, 1, 1])


def test_with_masks_their_overlap_counts():
    scene, half = truth((B, 0)), np.zeros((1, 100, 100), bool)
    half[0, 50:90, 50:68] = True
    assert evaluate([scene], [([B], [1], [0])], ["a"]).loc["a", "AP"] == pytest.approx(1)
    assert evaluate([scene], [([B], [1], [0], half)], ["a"]).loc["a", "AP50"] == 0
    assert evaluate([scene], [([B], [1], [0], coco.masks(scene))], ["a"]).loc["a", "AP"] == pytest.approx(1)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999), st.floats(0.1, 10))
def test_the_score_depends_on_the_order_of_the_scores_alone(seed, scale):
    rng = np.random.default_rng(seed)
    start = rng.integers(0, 60, (6, 2))
    rows = np.hstack([start, start + rng.integers(10, 40, (6, 2))])
    scene = truth(*[(row, 0) for row in rows[:4].tolist()])
    found = boxes.clip(rows + rng.uniform(-4, 4, rows.shape), 100, 100)
    scores = rng.permutation(6) / 6
    one = evaluate([scene], [(found, scores, [0] * 6)], ["a"])
    other = evaluate([scene], [(found, scores * scale - 1, [0] * 6)], ["a"])
    assert one.equals(other)
    assert one[["AP50", "AP"]].stack().between(0, 1).all()


def test_nothing_is_printed_and_what_is_given_stays(capsys):
    scene, detections = truth((A, 0)), [(np.array([A], float), np.array([0.5]), np.array([0]))]
    evaluate([scene], detections, ["a"])
    assert capsys.readouterr().out == ""
    np.testing.assert_array_equal(detections[0][0], [A])
    assert len(scene.rles) == 1


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (([A], [0.5], [1]), "scene 5: a label is not in 0..0"),
        (([A], [float("nan")], [0]), "scene 5: score 0 is not finite"),
        (([A], [0.5, 0.4], [0]), "scene 5: 1 boxes, 2 scores, 1 labels"),
        (([A, [5, 5, 5, 9]], [0.5, 0.4], [0, 0]), "scene 5: box 1 .* has no area"),
        (([A], [0.5], [0], np.ones((1, 50, 100))), r"scene 5: masks of \(50, 100\)"),
    ],
)
def test_bad_detections_are_named(entry, reason):
    with pytest.raises(ValueError, match=reason):
        evaluate([truth((A, 0), number=5)], [entry], ["a"])


def test_lengths_and_kinds_must_agree():
    scene = truth((A, 0))
    with pytest.raises(ValueError, match="2 scenes and 1 detections"):
        evaluate([scene, scene], [([], [], [])], ["a"])
    with pytest.raises(ValueError, match="masks for all scenes or for none"):
        evaluate([scene, scene], [([A], [1], [0]), ([A], [1], [0], coco.masks(scene))], ["a"])

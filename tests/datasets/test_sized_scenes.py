"""helpers.datasets.sized_scenes: images, boxes and masks of any size brought to one."""

import cv2
import numpy as np
import pytest
from pycocotools import mask as coco_mask

from helpers.datasets import coco, sized_scenes


def scene(tmp_path, height, width, boxes=((10, 20, 30, 60),)):
    """Return a Scene with a grey picture on which the objects are white, from a file."""
    picture, rles = np.full((height, width, 3), 50, np.uint8), []
    for x1, y1, x2, y2 in boxes:
        picture[y1:y2, x1:x2] = 255
        mask = np.zeros((height, width), np.uint8, order="F")
        mask[y1:y2, x1:x2] = 1
        rles.append(coco_mask.encode(mask))
    path = tmp_path / f"{height}x{width}.png"
    cv2.imwrite(str(path), picture)
    none, rows = np.zeros(len(rles), bool), np.array(boxes, float).reshape(-1, 4)
    return coco.Scene(1, path, height, width, rows, np.zeros(len(rles), int), none, none, rles)


@pytest.mark.parametrize(("height", "width"), [(128, 160), (512, 640), (100, 400), (300, 90), (257, 321)])
def test_picture_box_and_mask_agree(tmp_path, height, width):
    found = sized_scenes.fit(scene(tmp_path, height, width))
    picture, (mask,) = sized_scenes.image(found), sized_scenes.masks(found)
    assert picture.shape == (256, 320, 3) and mask.shape == (256, 320)
    factor = min(256 / height, 320 / width)
    assert np.allclose(found.boxes, np.array([[10, 20, 30, 60]]) * factor)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    assert np.allclose([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], found.boxes[0], atol=factor + 1)
    inside = cv2.erode(mask.astype(np.uint8), np.ones((5, 5))) > 0
    assert inside.any() and (picture[inside] > 240).all()


def test_a_scene_of_that_size_is_left_as_it_is(tmp_path):
    one = scene(tmp_path, 256, 320)
    assert sized_scenes.fit(one) is one and sized_scenes.image(one).shape == (256, 320, 3)


def test_the_margin_is_grey_and_what_grows_too_small_is_left_out(tmp_path):
    found = sized_scenes.fit(scene(tmp_path, 2560, 1600, [(0, 0, 100, 100), (300, 300, 315, 400)]))
    assert len(found.boxes) == len(found.labels) == len(found.rles) == 1
    assert (sized_scenes.image(found)[:, 161:] == sized_scenes.GREY).all()


def test_a_box_that_leaves_its_image_is_cut(tmp_path):
    one = scene(tmp_path, 512, 640)
    found = sized_scenes.fit(one._replace(boxes=np.array([[600.0, 20, 644, 60]])))
    assert found.boxes.tolist() == [[300, 10, 320, 30]]


def test_an_image_without_objects(tmp_path):
    found = sized_scenes.fit(scene(tmp_path, 100, 100, ()))
    assert found.boxes.shape == (0, 4) and sized_scenes.masks(found).shape == (0, 256, 320)

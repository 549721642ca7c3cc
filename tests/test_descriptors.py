"""Classical descriptors: what they see, what they do not, and what they refuse."""

import ast

import cv2
import numpy as np
import pytest

from helpers import descriptors
from tools import lessons

PHOTO = np.random.default_rng(0).integers(0, 256, (40, 48, 3)).astype(np.uint8)


@pytest.mark.parametrize("describe", [descriptors.colours, descriptors.texture])
def test_a_histogram_has_the_sum_1_and_takes_floats_too(describe):
    assert describe(PHOTO).sum() == pytest.approx(1)
    assert describe(PHOTO / np.float32(255)) == pytest.approx(describe(PHOTO), abs=0.02)


def test_colours_do_not_care_where_a_colour_is_and_differ_for_red_and_blue():
    assert descriptors.colours(PHOTO[::-1]) == pytest.approx(descriptors.colours(PHOTO))
    red = np.zeros((8, 8, 3), np.uint8) + np.uint8([200, 0, 0])
    assert np.abs(descriptors.colours(red) - descriptors.colours(red[..., ::-1])).sum() == pytest.approx(2)


def test_texture_tells_stripes_from_noise_but_not_light_from_dark():
    stripes = np.tile(np.uint8([50, 50, 200, 200]), (40, 10))
    noise = PHOTO[..., 0]
    assert np.abs(descriptors.texture(stripes) - descriptors.texture(noise)).sum() > 0.5
    assert descriptors.texture(stripes // 2) == pytest.approx(descriptors.texture(stripes))


def test_edges_of_an_upright_and_a_level_line_differ():
    line = np.zeros((64, 64), np.uint8)
    line[:, 30:34] = 255
    assert descriptors.edges(line).shape == (1568,)
    assert np.abs(descriptors.edges(line) - descriptors.edges(line.T)).sum() > 1
    assert descriptors.edges(np.kron(line, np.ones((2, 2), np.uint8))) == pytest.approx(descriptors.edges(line))


def test_rings_find_the_fineness_of_stripes():
    x = np.arange(32)
    coarse, fine = (np.tile(np.uint8(127 + 100 * np.sin(2 * np.pi * n * x / 32)), (32, 1)) for n in (2, 10))
    more = descriptors.rings(fine) - descriptors.rings(coarse)
    assert more.argmax() == 10 and more.argmin() == 2


@pytest.mark.parametrize("bad", [np.zeros(5), np.zeros((4, 4, 2)), np.full((4, 4), 7.0), np.zeros((4, 4), int)])
def test_what_is_no_picture_is_refused(bad):
    for describe in (descriptors.texture, descriptors.edges, descriptors.rings):
        with pytest.raises(ValueError, match="a picture is"):
            describe(bad)


def test_grey_has_no_colours():
    with pytest.raises(ValueError, match="RGB"):
        descriptors.colours(PHOTO[..., 0])


def test_hog_of_many_pictures_is_what_lesson_09b_builds():
    cells = [cell.source for cell in lessons.read_text("09b_emotion_data").cells if cell.cell_type == "code"]
    defined = [node for cell in cells for node in ast.parse(cell).body if isinstance(node, ast.FunctionDef)]
    names = {"cv2": cv2, "np": np}
    exec(ast.unparse(next(node for node in defined if node.name == "gradients")), names)
    faces = np.random.default_rng(0).integers(0, 256, (3, 48, 48)).astype(np.uint8)
    for cell in (4, 6, 8):
        np.testing.assert_array_equal(descriptors.gradients(faces, cell), names["gradients"](faces, cell))
    with pytest.raises(ValueError, match="divide"):
        descriptors.gradients(faces, 7)

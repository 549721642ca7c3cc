"""The U-Net of lesson 03b and its loss; the preparation of ultrasound frames (lesson 03a)."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from sklearn.model_selection import GroupShuffleSplit

from helpers import ultrasound
from helpers.datasets import thyroid
from helpers.networks import unet


def test_parameters_by_hand():
    def block(a, b):
        return 9 * a * b + 9 * b * b + 8 * b

    down = block(1, 8) + block(8, 16) + block(16, 32) + block(32, 64) + block(64, 128)
    up = sum(4 * 2 * maps * maps + maps + block(2 * maps, maps) for maps in (64, 32, 16, 8))
    assert unet.unet().count_params() == down + up + 9 == 487_881


@pytest.mark.parametrize(("shape", "depth"), [((64, 80, 1), 4), ((32, 48, 3), 2)])
def test_output_is_a_probability_for_each_pixel(shape, depth):
    model = unet.unet(shape, width=2, depth=depth)
    out = model.predict(np.random.default_rng(0).random((2, *shape), np.float32), verbose=0)
    assert out.shape == (2, *shape[:2], 1)
    assert 0 <= out.min() <= out.max() <= 1


def test_a_size_that_does_not_divide_is_refused():
    with pytest.raises(ValueError, match="divide by 16"):
        unet.unet((90, 80, 1))


def test_loss_by_hand():
    truth = np.float32([1, 1, 0, 0]).reshape(1, 2, 2, 1)
    guess = np.float32([0.9, 0.5, 0.2, 0]).reshape(1, 2, 2, 1)
    entropy = -(np.log(0.9) + np.log(0.5) + np.log(0.8)) / 4
    assert float(unet.dice_bce(truth, guess)) == pytest.approx(entropy + 1 - 3.8 / 4.6, abs=1e-4)
    assert float(unet.dice_bce(truth, truth)) == pytest.approx(0, abs=1e-4)


def frame(box, image=90):
    """Return a frame (360, 560, 3) with tissue in box = (top, bottom, left, right), a text line and a grey bar."""
    canvas = np.zeros((360, 560, 3), np.uint8)
    canvas[20:30, 4:60] = 235
    canvas[230:310, 90:100] = 200
    canvas[box[0] : box[1], box[2] : box[3]] = image
    return canvas


@settings(max_examples=25)
@given(st.integers(5, 20), st.integers(300, 340), st.integers(105, 140), st.integers(400, 550))
def test_crop_finds_the_tissue_beside_text_and_bar(top, bottom, left, right):
    rows, columns = ultrasound.crop(frame((top, bottom, left, right)))
    assert (rows, columns) == (slice(top, bottom), slice(left, right))


def test_crop_refuses_a_black_frame():
    with pytest.raises(ValueError, match="no tissue"):
        ultrasound.crop(np.zeros((360, 560, 3), np.uint8))


def test_prepare_keeps_the_place_and_the_share_of_the_nodule():
    outline = np.array([[180, 85], [259, 85], [259, 164], [180, 164]])  # 80 × 80 of 320 × 320 pixels
    view = thyroid.View("1_1", frame((5, 325, 100, 420)), [outline])
    image, mask = ultrasound.prepare(view)
    assert image.shape == mask.shape == (64, 64) and image.dtype == np.float32 and mask.dtype == bool
    assert np.array_equal(np.argwhere(mask)[[0, -1]], [[16, 16], [31, 31]])
    assert image == pytest.approx(90 / 255)


def test_arrays_have_a_row_for_each_image():
    view = thyroid.View("1_1", frame((5, 325, 100, 420)), [np.array([[180, 85], [260, 85], [260, 165]])])
    blank = dict.fromkeys(thyroid.Case._fields)
    cases = [thyroid.Case(**blank | {"number": n, "views": [view] * k}) for n, k in ((7, 2), (9, 0), (4, 1))]
    x, y, patients = ultrasound.arrays(cases)
    assert x.shape == y.shape == (3, 64, 64, 1) and patients.tolist() == [7, 7, 4]
    assert set(np.unique(y)) == {0, 1}


@settings(max_examples=50)
@given(st.lists(st.integers(0, 30), min_size=60, max_size=90), st.integers(0, 5))
def test_split_keeps_groups_together_and_uses_every_row_once(groups, seed):
    groups = np.array(groups + list(range(20)))
    parts = ultrasound.split(groups, seed)
    assert (sum(part.astype(int) for part in parts) == 1).all()
    sets = [set(groups[part]) for part in parts]
    assert not (sets[0] & sets[1] or sets[0] & sets[2] or sets[1] & sets[2])
    _, test = next(GroupShuffleSplit(1, test_size=0.2, random_state=0).split(groups, groups=groups))
    assert abs(len(sets[2]) - len(set(groups[test]))) <= 1


def test_split_refuses_too_few_groups():
    with pytest.raises(ValueError, match="too few"):
        ultrasound.split([1, 1, 2])

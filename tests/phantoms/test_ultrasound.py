"""phantoms: the physics of the simulated ultrasound, and the layout and defects of the simulated thyroid set."""

import json
from collections import Counter
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from phantoms.thyroid import ddti, levels, neck, nodule, ultrasound
from phantoms.thyroid.tissue import Tissue, blob

FLAT = np.zeros((300, 300), np.float32)


def generator(seed=0):
    return np.random.default_rng(seed)


def test_one_look_is_rayleigh():
    envelope = ultrasound.speckle(FLAT, generator())
    assert envelope.mean() / envelope.std() == pytest.approx(1.91, abs=0.04)
    decibels = 20 * np.log10(envelope)
    assert decibels.std() == pytest.approx(5.57, abs=0.12)
    sparse = envelope[::12, ::16].ravel()  # far apart: independent
    assert stats.kstest(sparse, stats.rayleigh(scale=1 / np.sqrt(2)).cdf).pvalue > 0.01


@given(level=st.floats(-50, 0))
@settings(max_examples=5, deadline=None)
def test_log_speckle_does_not_depend_on_brightness(level):
    decibels = 20 * np.log10(ultrasound.speckle(FLAT + level, generator(1)))
    assert decibels.std() == pytest.approx(5.57, abs=0.12)
    assert 10 * np.log10((10 ** (decibels / 10)).mean()) == pytest.approx(level, abs=0.15)


def test_four_looks_halve_the_spread_of_the_power():
    power = ultrasound.speckle(FLAT, generator(), looks=4) ** 2
    assert power.std() / power.mean() == pytest.approx(0.5, abs=0.03)


def test_power_is_the_same_at_every_depth():
    power = np.mean([ultrasound.speckle(FLAT, generator(s)) ** 2 for s in range(8)], axis=(0, 2))
    assert np.abs(np.convolve(power, np.ones(30) / 30, "valid") - 1).max() < 0.1


def test_speckle_is_wider_than_deep_and_widens_with_depth():
    power = ultrasound.speckle(FLAT, generator()) ** 2

    def correlation(a, b):
        return np.corrcoef(a.ravel(), b.ravel())[0, 1]

    top, bottom = power[:80], power[-80:]
    assert correlation(bottom[:, 3:], bottom[:, :-3]) > correlation(top[:, 3:], top[:, :-3]) + 0.2
    assert correlation(top[:, 2:], top[:, :-2]) > correlation(top[2:], top[:-2]) + 0.05


@pytest.mark.parametrize("echo, looks", [(np.zeros(5), 1), (np.zeros((5, 5, 3)), 1), (np.zeros((5, 5)), 0)])
def test_speckle_refuses(echo, looks):
    with pytest.raises(ValueError, match="looks"):
        ultrasound.speckle(echo, generator(), looks)


def test_attenuation_adds_up_with_depth():
    excess = np.zeros((100, 60), np.float32)
    excess[20:30] = 0.5
    below = ultrasound.attenuate(np.zeros((100, 60)), excess)
    assert below[10] == pytest.approx(0, abs=1e-6)
    assert below[60] == pytest.approx(-5, abs=1e-4)


def test_decibels_undo_the_compression():
    levels = np.array([[-45.0, -20, -3]])
    image = ultrasound.compress(10 ** (levels / 20), 55, 2, 1.4)
    assert ultrasound.decibels(image, 55, 2, 1.4) == pytest.approx(levels, abs=0.3)


def test_log_compression_has_known_levels():
    image = ultrasound.compress(np.array([[1.0, 10**-1.5, 10**-3, 1e-9, 10.0]]), span=60, gamma=1)
    assert image.tolist() == [[255, 128, 0, 0, 255]]


def beside_and_below(composition, calcifications="none"):
    """Mean echo level, dB, in a box below the nodule and in one beside it, after attenuation."""
    scene = Tissue((300, 300), generator(4))
    scene.echo[:] = levels.DEEP
    look = nodule.Look(composition, "isoechogenicity", "well defined smooth", calcifications, False)
    nodule.draw(scene, look, np.array([150, 120]), np.array([40, 30]))
    image = 20 * np.log10(ultrasound.speckle(ultrasound.attenuate(scene.echo, scene.excess), generator(5), 3))
    return image[165:250, 110:190].mean(axis=0), image[165:250, :70].mean()


def test_fluid_enhances_what_lies_behind():
    below, beside = beside_and_below("cystic")
    assert 4 < below[30:50].mean() - beside < 9
    solid, level = beside_and_below("solid")
    assert solid.mean() == pytest.approx(level, abs=0.7)


def test_calcification_throws_a_shadow():
    below, beside = beside_and_below("solid", "macrocalcifications")
    assert below.min() < beside - 6
    assert below.max() > beside - 2  # beside the bar there is none


@pytest.mark.parametrize("word", [w for w in nodule.OFFSETS])
def test_echogenicity_is_a_level(word):
    scene = Tissue((240, 240), generator(2))
    scene.echo[:] = levels.GLAND
    look = nodule.Look("solid", word, "well defined", "none", False)
    nodule.draw(scene, look, np.array([120, 120]), np.array([60, 50]))
    inside = blob(scene, (120, 120), (36, 30)) > 0
    low, high = nodule.OFFSETS[word]
    assert low - 1 < scene.echo[inside].mean() - levels.GLAND < high + 1


@pytest.mark.parametrize(
    "words, category",
    [
        (("cystic", "hypoechogenicity", "well defined smooth", "none", False), "2"),
        (("mixed", "isoechogenicity", "well defined", "macrocalcifications", False), "3"),
        (("solid", "isoechogenicity", "well defined", "none", False), "4a"),
        (("solid", "hypoechogenicity", "well defined", "none", False), "4b"),
        (("solid", "marked hypoechogenicity", "spiculated", "none", False), "4c"),
        (("solid", "hypoechogenicity", "microlobulated", "microcalcifications", True), "5"),
    ],
)
def test_tirads_counts_suspicious_features(words, category):
    assert ddti.tirads(nodule.Look(*words)) == category


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ddti")
    ddti.write(folder, seed=3, cases=52)
    return folder


def test_same_seed_same_files(written, tmp_path):
    assert len(list(written.glob("*.xml"))) == 52
    ddti._case(tmp_path, 1, None, np.random.default_rng([3, 1]))
    again = sorted(tmp_path.iterdir())
    assert len(again) >= 2
    for path in again:
        assert path.read_bytes() == (written / path.name).read_bytes()


def test_another_seed_differs():
    image, other = (neck.view([], "transverse", (300, 300), generator(s)).image for s in (1, 2))
    assert not np.array_equal(image, other)


def test_frames_are_grey_rgb_with_black_borders_text_and_marks(written):
    for path in written.glob("*.jpg"):
        image = cv2.imread(str(path))
        assert image.shape == (360, 560, 3)
        assert (np.ptp(image.astype(int), axis=2) <= 2).all()
        assert np.median(image[:, 545:]) < 5 and np.median(image[350:]) < 5
        assert image[335:].max() > 120, f"{path.name}: the label below the image is missing"


def test_defects_are_in_the_files(written):
    found = Counter()
    for path in written.glob("*.xml"):
        root = ElementTree.parse(path).getroot()
        marks = root.findall("mark")
        for mark in marks:
            svg = mark.find("svg")
            picture = written / f"{path.stem}_{mark.findtext('image')}.jpg"
            found["no such image"] += not picture.exists()
            found["mark without svg"] += svg is None
            found["svg empty"] += svg is not None and not svg.text
            if svg is not None and svg.text:
                try:
                    found["outline without points"] += any(not r["points"] for r in json.loads(svg.text))
                except json.JSONDecodeError:
                    found["svg cut off"] += 1
            if picture.exists():
                found["two windows"] += cv2.imread(str(picture))[60:250, 20:80].mean() > 20
        found["image without a mark"] += len(list(written.glob(f"{path.stem}_*.jpg"))) > len(marks)
    assert dict(found) == ddti.DEFECTS
    first = ElementTree.parse(written / "1.xml").getroot()
    assert not first.findtext("tirads")


def test_too_few_cases_for_the_defects(tmp_path):
    with pytest.raises(ValueError, match="at least 50"):
        ddti.write(tmp_path, cases=49)


def test_healthy_frames_have_no_record(tmp_path):
    ddti.write_healthy(tmp_path, images=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["healthy_1.jpg", "healthy_2.jpg"]
    seen = neck.view([], "transverse", (300, 300), generator())
    assert seen.contours == [] and seen.gland.mean() > 0.05

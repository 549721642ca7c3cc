"""phantoms.thorax, .lesion, .xray, .nifti, .clinic, .chest: physics, anatomy, and the files as others read them."""

import csv
import math

import cv2
import nibabel
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from phantoms.chest import clinic, lesion, nifti, sets, thorax, xray

WHERE = thorax.grid((40, 48, 60), (8.0, 5.0, 6.0))


@pytest.fixture(scope="module")
def body():
    return thorax.build(np.random.default_rng(1), 55, "M")


@pytest.fixture(scope="module")
def healthy(body):
    return thorax.scan(body, WHERE)


@pytest.fixture(scope="module")
def ill(body):
    return thorax.scan(body, WHERE, lesion.covid(np.random.default_rng(2), body, 0.4))


def test_water_of_ten_centimetres_lets_through_what_beer_and_lambert_say():
    path = xray.project(np.zeros((2, 20, 3), np.float32), step=5.0)
    assert np.exp(-path) == pytest.approx(math.exp(-0.206 * 10), rel=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1000, 1500), min_size=1, max_size=12), st.floats(0.5, 8))
def test_what_lies_behind_one_another_adds_up_and_light_multiplies(column, step):
    hu = np.array(column, np.float32)[None, :, None]
    whole = xray.project(hu, step)
    parts = sum(xray.project(hu[:, k : k + 1], step) for k in range(hu.shape[1]))
    assert whole == pytest.approx(parts, rel=1e-4, abs=1e-6)
    assert xray.project(hu, 2 * step) == pytest.approx(2 * whole, rel=1e-4)


def test_attenuation_is_linear_below_bone_steeper_above_and_nothing_for_air():
    mu = xray.attenuation(np.array([-1000, -500, 0, 100, 1000], np.float32))
    assert mu[:4] == pytest.approx([0, 0.103, 0.206, 0.2266], abs=1e-6)
    assert mu[4] > 2 * 0.206


def test_tissues_have_the_ct_numbers_of_textbooks(body, healthy):
    lung = healthy.hu[healthy.lung > 0.99]
    assert -920 < np.median(lung) < -800
    assert np.mean((lung > -950) & (lung < -700)) > 0.9  # the rest are vessels
    assert healthy.hu.min() == -1000 and 400 < healthy.hu.max() < 1500
    z, y, x = (np.abs(axis - at).argmin() for axis, at in zip(WHERE, (body.heart[1], -20, body.heart[0]), strict=True))
    assert 20 < healthy.hu[z, y, x] < 80  # heart


def test_a_healthy_lung_shows_no_infection_and_a_litre_size_that_a_person_has(healthy):
    litres = healthy.lung.sum() * 8 * 5 * 6 / 1e6
    assert 3 < litres < 8 and not healthy.infected.any()


def test_the_grid_does_not_change_the_anatomy(body, healthy):
    fine = thorax.scan(body, thorax.grid((64, 80, 90), (5.0, 3.0, 4.0)))
    assert fine.lung.sum() * 60 == pytest.approx(healthy.lung.sum() * 240, rel=0.03)
    part = thorax.scan(body, WHERE._replace(z=WHERE.z[10:20]))
    assert np.allclose(part.hu, healthy.hu[10:20])


def test_ground_glass_lies_in_its_range_at_the_rim_low_and_on_both_sides(body, ill):
    core = (ill.infected > 0.6) & (ill.lung > 0.99)
    glass = ill.hu[core]
    assert -750 < np.median(glass) < -300
    assert np.mean(glass < 60) > 0.95
    z, _, x = (np.average(axis, weights=ill.infected.sum(axis=tuple({0, 1, 2} - {k}))) for k, axis in enumerate(WHERE))
    lungs = np.average(WHERE.z, weights=ill.lung.sum(axis=(1, 2)))
    assert z > lungs  # below the middle
    sides = ill.infected[..., WHERE.x < 0].sum(), ill.infected[..., WHERE.x > 0].sum()
    assert min(sides) > 0.2 * max(sides)
    outer = np.abs(WHERE.x) > 0.5 * body.width
    share = ill.infected[..., outer].sum() / ill.infected.sum()
    assert share > ill.lung[..., outer].sum() / ill.lung.sum()


def test_lobar_pneumonia_is_one_sided_and_denser_than_the_cut_at_minus_300(body):
    tissue = thorax.scan(body, WHERE, lesion.lobar(np.random.default_rng(3), body, 0.8))
    core = tissue.hu[(tissue.infected > 0.95) & (tissue.lung > 0.99)]
    assert np.median(core) > -300
    sides = tissue.infected[..., WHERE.x < 0].sum(), tissue.infected[..., WHERE.x > 0].sum()
    assert min(sides) < 0.02 * max(sides)


def test_severity_fills_more_of_the_lung_and_none_leaves_it_healthy(body):
    assert lesion.covid(np.random.default_rng(0), body, 0.0) == []
    means = []
    for severity in (0.2, 0.6, 1.0):
        found = [lesion.covid(np.random.default_rng(seed), body, severity) for seed in range(5)]
        means.append(np.mean([thorax.scan(body, WHERE, patches).infected.sum() for patches in found]))
    assert means[0] < means[1] < means[2]


def test_the_heart_is_on_the_right_of_the_picture_and_the_right_dome_higher(body, healthy):
    path, _, _ = sets.shadow(body, [])
    assert (
        healthy.lung[..., WHERE.x < 0].sum() > 1.03 * healthy.lung[..., WHERE.x > 0].sum()
    )  # the heart is in the left
    assert body.domes[0] < body.domes[1]
    assert path[:, [0, -1]].max() < 0.2 < path[64].max()


@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32"])
def test_nibabel_reads_what_nifti_writes(tmp_path, dtype):
    volume = np.random.default_rng(0).integers(0, 200, (5, 4, 3)).astype(dtype)
    nifti.write(tmp_path / "v.nii", volume, (1.5, 2.5, 9.0))
    image = nibabel.load(tmp_path / "v.nii")
    assert np.array_equal(np.asarray(image.dataobj), volume)
    assert image.get_data_dtype() == np.dtype(dtype)
    assert image.header.get_zooms() == (1.5, 2.5, 9.0)
    assert nibabel.aff2axcodes(image.affine) == ("L", "P", "S")
    assert image.header.get_xyzt_units()[0] == "mm"
    with pytest.raises(ValueError, match="float64"):
        nifti.write(tmp_path / "w.nii", volume.astype(float), (1, 1, 1))


def test_patients_differ_as_the_tables_say():
    rng = np.random.default_rng(0)
    people = {disease: [clinic.patient(rng, disease) for _ in range(1500)] for disease in clinic.CONTACT}
    for disease, group in people.items():
        assert np.mean([p.contact for p in group]) == pytest.approx(clinic.CONTACT[disease], abs=0.05)
        assert np.median([p.leucocytes_per_nl for p in group]) == pytest.approx(clinic.LEUCOCYTES[disease][0], rel=0.06)
    silent = np.mean([p.severity == 0 for p in people["covid"]])
    assert silent == pytest.approx(clinic.NORMAL_PICTURE, abs=0.03)
    assert all(p.severity == 0 for p in people["normal"]) and all(p.severity > 0 for p in people["pneumonia"])
    assert np.median([p.lymphocytes_per_nl for p in people["covid"]]) < 1.5


def test_a_film_has_its_hospitals_size_border_and_marker(body):
    path, lung, _ = sets.shadow(body, [])
    for name, source in xray.SOURCES.items():
        picture, (mask,) = xray.film(path, source, np.random.default_rng(0), [lung])
        assert picture.shape == mask.shape == (source.side, source.side) and picture.dtype == np.uint8
        assert (picture[: source.border] == 0).all()
        text = xray.film(path, source._replace(marker=""), np.random.default_rng(0))[0]
        rows, columns = np.nonzero(picture != text)
        assert len(rows) > 20, name
        assert rows.mean() / source.side == pytest.approx(source.place[0], abs=0.12)
        assert mask.mean() > 0.1


def test_the_same_seed_gives_the_same_files_and_lists_fit_the_table(tmp_path):
    table = {"train": {"hospital-a": (2, 1, 1)}, "val": {"hospital-b": (1, 1, 0)}, "test": {"hospital-c": (1, 0, 1)}}
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        sets.radiographs(tmp_path / name, patients=table)
    one, two = (sorted((tmp_path / name).rglob("*.*")) for name in ("one", "two"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
    rows = [line.split() for line in (tmp_path / "one" / "train.txt").read_text().splitlines()]
    assert len({row[0] for row in rows}) == 4 and {row[3] for row in rows} == {"hospital-a"}
    labels = [dict((row[0], row[2]) for row in rows)[patient] for patient in {row[0] for row in rows}]
    assert sorted(labels) == ["COVID-19", "COVID-19", "normal", "pneumonia"]


def test_slices_hold_the_lung_and_the_table_names_every_image(tmp_path):
    sets.slices(tmp_path, patients={"train": 2, "val": 1, "test": 1})
    with (tmp_path / "clinical.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    images = {path.name: path for path in tmp_path.rglob("*.png")}
    assert {row["image"] for row in rows} == set(images)
    picture = cv2.imread(str(images[rows[0]["image"]]), cv2.IMREAD_GRAYSCALE)
    assert 0.1 < np.mean((picture > 40) & (picture < 140)) < 0.9


@pytest.mark.parametrize("seed", range(6))
def test_a_slice_is_a_chest_by_its_numbers(seed):
    """Lungs fill the chest; the histogram has the peaks of lung, fat and muscle; bone is there, windpipe and table."""
    rng = np.random.default_rng(seed)
    body = thorax.build(rng, int(rng.integers(25, 85)), "FM"[seed % 2])
    where = thorax.grid((1, 180, 180), (3.0, 2.0, 2.0), (body.apex + 75, -180.0, -180.0))
    tissue = thorax.scan(body, where)
    inside = (tissue.hu > -990) | (tissue.lung > 0)
    assert 0.30 < tissue.lung.sum() / inside.sum() < 0.62  # of the body
    counts, edges = np.histogram(tissue.hu, np.arange(-995, 1000, 10))
    peaks = {
        name: edges[counts[(edges[:-1] >= low) & (edges[:-1] < high)].argmax() + (edges < low).sum()] + 5
        for name, low, high in (("lung", -950, -700), ("fat", -150, -50), ("muscle", 0, 90))
    }
    assert -900 < peaks["lung"] < -800 and -125 < peaks["fat"] < -80 and 30 < peaks["muscle"] < 65, peaks
    assert 0.01 < np.mean(tissue.hu[inside] > 150) < 0.12
    before = (tissue.hu < -900).sum()
    thorax.lay_on_table(tissue.hu, body, where)
    assert (tissue.hu < -900).sum() < before
    middle = tissue.hu[0, :, 85:95]
    assert (middle < -900)[np.abs(where.y - 15) < 25].sum() > 20  # the windpipe


def test_the_windpipe_divides_and_vessels_reach_the_rim(body):
    where = thorax.grid((1, 180, 180), (3.0, 2.0, 2.0), (body.apex + 70, -180.0, -180.0))
    below = where._replace(z=where.z + 36)
    counts = []
    for one in (where, below):
        hu = thorax.scan(body, one).hu[0]
        outside = thorax.scan(body, one).lung[0] < 0.02
        middle = (np.abs(one.x) < 60)[None] & (np.abs(one.y - 10) < 45)[:, None]
        counts.append(cv2.connectedComponents(((hu < -700) & outside & middle).astype(np.uint8))[0] - 1)
    assert counts[0] == 1 and counts[1] >= 2
    tissue = thorax.scan(body, WHERE)
    vessel = (tissue.hu > -600) & (tissue.lung > 0.99)
    outer = np.abs(WHERE.x) > 0.62 * (body.width - body.wall)
    assert vessel[..., outer].sum() > 0.08 * vessel.sum()


def test_heights_say_nothing_about_the_disease_unless_they_are_chosen(tmp_path):
    heights = {}
    for kind in ("even", "chosen"):
        (tmp_path / kind).mkdir()
        sets.slices(tmp_path / kind, patients={"train": 12, "val": 1, "test": 1}, heights=kind)
        with (tmp_path / kind / "clinical.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        ill = np.array([row["disease"] == "covid" for row in rows])
        heights[kind] = np.array([float(row["height"]) for row in rows])
        assert len(rows) == 28 * sets.SLICES
        part = np.abs(np.median(heights[kind][ill]) - np.median(heights[kind][~ill]))
        assert part < 0.12 if kind == "even" else part > 0.08, (kind, part)
    with pytest.raises(ValueError, match="even"):
        sets.slices(tmp_path / "even", heights="high")

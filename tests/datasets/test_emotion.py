"""helpers.datasets.emotion: FER2013's two forms, what is said of a bad file, and the simulated faces."""

import csv

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from helpers.datasets import emotion
from phantoms.face import drawing, fer2013, geometry

FEW = {"Training": 6, "PublicTest": 1, "PrivateTest": 1}
RNG = np.random.default_rng(0)
GOOD = " ".join(map(str, RNG.integers(0, 256, 48 * 48)))


def table(path, *rows, header="emotion,pixels,Usage"):
    path.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fer2013")
    fer2013.write(folder, people=FEW)
    return folder


def test_csv_gives_its_pixels_row_by_row(tmp_path):
    path = table(tmp_path / "fer2013.csv", (3, GOOD, "Training"), (6, GOOD[::-1].strip(), "PrivateTest"))
    text = path.read_text(encoding="utf-8").splitlines()[1].split(",")[1]
    if max(map(int, GOOD[::-1].split())) > 255:  # the reversed digits are only there to be another picture
        path = table(tmp_path / "fer2013.csv", (3, GOOD, "Training"), (6, GOOD, "PrivateTest"))
    faces = emotion.read(tmp_path)
    assert faces.x.shape == (2, 48, 48) and faces.x.dtype == np.uint8
    assert faces.x[0, 1, 0] == int(text.split()[48])
    assert [emotion.NAMES[k] for k in faces.y] == ["happy", "neutral"]
    assert faces.usage.tolist() == ["Training", "PrivateTest"] and faces.person is None


def test_the_variant_with_blanks_and_another_order_reads_the_same(tmp_path):
    plain = emotion.read_csv(table(tmp_path / "fer2013.csv", (0, GOOD, "PublicTest")))
    other = table(tmp_path / "icml_face_data.csv", (0, " PublicTest", " " + GOOD), header="emotion, Usage, pixels")
    assert all(np.array_equal(a, b) for a, b in zip(plain[:3], emotion.read_csv(other)[:3], strict=True))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((7, GOOD, "Training"), ("row 3", "emotion", "'7'")),
        (("", GOOD, "Training"), ("row 3", "emotion", "''")),
        ((3, GOOD, "Test"), ("row 3", "Usage", "'Test'")),
        ((3, GOOD + " 5", "Training"), ("row 3", "2305 pixels", "2304")),
        ((3, GOOD.rsplit(" ", 1)[0], "Training"), ("row 3", "2303 pixels")),
        ((3, "256 " + GOOD.split(" ", 1)[1], "Training"), ("row 3", "pixel 0 is 256", "above 255")),
        ((3, "4294967297 " + GOOD.split(" ", 1)[1], "Training"), ("row 3", "pixel 0 is 4294967297", "above 255")),
        ((3, "1" * 30 + " " + GOOD.split(" ", 1)[1], "Training"), ("row 3", "pixel 0 is", "above 255")),
        ((3, "1 " * 100_000, "Training"), ("row 3", "no csv")),
        ((3, "-1 " + GOOD.split(" ", 1)[1], "Training"), ("row 3", "'-'")),
        ((3, "1.5 " + GOOD.split(" ", 1)[1], "Training"), ("row 3", "'.'")),
        ((3, "", "Training"), ("row 3", "0 pixels")),
        ((3, "Training"), ("row 3", "2 fields")),
    ],
)
def test_a_bad_row_is_named(tmp_path, row, words):
    path = table(tmp_path / "fer2013.csv", (3, GOOD, "Training"), row)
    with pytest.raises(ValueError) as caught:
        emotion.read_csv(path)
    assert all(word in str(caught.value) for word in ("fer2013.csv", *words))


def test_a_file_without_usage_or_faces_is_refused(tmp_path):
    with pytest.raises(ValueError, match="'usage'.*fer2013.csv"):
        emotion.read_csv(table(tmp_path / "fer2013.csv", (3, GOOD), header="emotion,pixels"))
    with pytest.raises(ValueError, match="no face"):
        emotion.read_csv(table(tmp_path / "fer2013.csv"))
    with pytest.raises(FileNotFoundError, match="no fer2013.csv or"):
        emotion.read(tmp_path / "nothing")


def folders(root):
    """Write the folder form: two faces of each class, the first pixel tells the class."""
    for part in ("train", "test"):
        for k, name in enumerate(emotion.NAMES):
            place = root / part / name
            place.mkdir(parents=True)
            for n in range(2):
                cv2.imwrite(str(place / f"{n}.png"), np.full((48, 48), 10 * k, np.uint8))


def test_folders_give_the_ids_of_the_csv_not_the_alphabet(tmp_path):
    folders(tmp_path)
    faces = emotion.read(tmp_path)
    assert (faces.x[:, 0, 0] == 10 * faces.y).all() and len(faces.x) == 28
    alphabet = sorted(emotion.NAMES)
    assert [alphabet.index(name) for name in ("neutral", "sad", "surprise")] == [4, 5, 6]
    assert [emotion.NAMES.index(name) for name in ("neutral", "sad", "surprise")] == [6, 4, 5]


def test_folders_split_without_overlap(tmp_path):
    folders(tmp_path)
    (x_train, _), (x_valid, _), (x_test, _) = emotion.read(tmp_path).split()
    assert (len(x_train), len(x_valid), len(x_test)) == (13, 1, 14)


def test_bad_folders_are_named(tmp_path):
    folders(tmp_path)
    (tmp_path / "test" / "bored").mkdir()
    with pytest.raises(ValueError, match="test/bored"):
        emotion.read(tmp_path)
    (tmp_path / "test" / "bored").rmdir()
    (tmp_path / "train" / "sad" / "0.png").write_bytes(b"")
    with pytest.raises(ValueError, match=r"sad/0\.png is no image"):
        emotion.read(tmp_path)
    cv2.imwrite(str(tmp_path / "train" / "sad" / "0.png"), np.zeros((40, 48), np.uint8))
    with pytest.raises(ValueError, match=r"train/sad/0\.png is \(40, 48\)"):
        emotion.read(tmp_path)


def test_simulated_set_is_what_it_says(simulated):
    faces = emotion.read(simulated)
    assert len(faces.x) == 80 and faces.x.dtype == np.uint8
    assert [int((faces.usage == usage).sum()) for usage in emotion.USAGES] == [60, 10, 10]
    parts = [set(faces.part(usage).person.tolist()) for usage in emotion.USAGES]
    assert not parts[0] & parts[1] and not parts[0] & parts[2] and not parts[1] & parts[2]
    assert (np.bincount(faces.person) == fer2013.EACH).all()
    assert (faces.x.reshape(80, -1).std(axis=1) > 5).all()  # something is on every picture
    assert ((faces.strength == 0) == (faces.drawn == emotion.NAMES.index("neutral"))).all()


def test_the_same_seed_writes_the_same_bytes(simulated, tmp_path):
    fer2013.write(tmp_path, people={"Training": 1})
    for name in ("fer2013.csv", "drawn.csv"):
        lines = (tmp_path / name).read_bytes().splitlines()
        assert lines == (simulated / name).read_bytes().splitlines()[: len(lines)]


def test_a_drawn_table_of_another_length_is_refused(simulated, tmp_path):
    for name in ("fer2013.csv", "drawn.csv"):
        (tmp_path / name).write_bytes((simulated / name).read_bytes())
    with (tmp_path / "drawn.csv").open("a") as file:
        file.write("happy,9,100,0.5\n")
    with pytest.raises(ValueError, match="81 rows for 80 faces"):
        emotion.read(tmp_path)
    assert len(list(csv.reader((tmp_path / "drawn.csv").open()))) == 82


def test_labels_slip_as_often_and_where_the_table_says():
    rng = np.random.default_rng(0)
    for name, (share, others) in fer2013.SLIPS.items():
        labels = np.array([fer2013.mislabel(name, rng) for _ in range(1000)])
        assert np.mean(labels != name) == pytest.approx(share, abs=0.04)
        assert set(labels) <= {name, *others} and sum(others.values()) == pytest.approx(1)


def test_shares_of_the_classes_are_those_of_fer2013():
    assert sum(fer2013.COUNTS) == 35887 and fer2013.NAMES == emotion.NAMES


@pytest.mark.parametrize("name", [name for name in emotion.NAMES if name != "neutral"])
def test_every_emotion_changes_the_face(name):
    calm, moved = emotion.portrait(size=96), emotion.portrait(emotion.units(name), size=96)
    assert np.abs(calm.astype(int) - moved).mean() > 2


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(geometry.UNITS)), st.integers(0, 50))
def test_every_action_unit_moves_every_face(unit, person):
    calm, moved = emotion.portrait(person=person), emotion.portrait({unit: 1.0}, person=person)
    assert moved.shape == (192, 192) and np.count_nonzero(calm != moved) > 40


def test_lip_corners_rise_with_unit_12_and_fall_with_15():
    who = geometry.person(np.random.default_rng(0))
    calm, smile, frown = (geometry.mouth(who, units)[1] for units in ({}, {12: 1}, {15: 1}))
    assert smile[0, 1] - smile[10, 1] < calm[0, 1] - calm[10, 1] < frown[0, 1] - frown[10, 1]
    assert smile[0, 0] < calm[0, 0]  # and the mouth is wider


def test_left_and_right_are_mirror_images():
    image = emotion.portrait(emotion.units("surprise"), light=(0, -0.5)).astype(int)
    assert np.abs(image - image[:, ::-1]).mean() < 7  # but for the light in the eyes and the strands of hair


def test_unknown_units_and_emotions_are_refused():
    with pytest.raises(ValueError, match="action unit 99"):
        emotion.portrait({99: 1})
    with pytest.raises(ValueError, match="action unit 12 = 1.5"):
        emotion.portrait({12: 1.5})
    with pytest.raises(ValueError, match="'bored'"):
        emotion.units("bored")
    for strength in (5, -0.1, float("nan")):
        with pytest.raises(ValueError, match="strength"):
            emotion.units("happy", strength)
    for wrong in ({"size": 0}, {"size": -5}, {"size": 2.5}, {"size": 10**6}, {"person": -1}, {"person": 1.5}):
        with pytest.raises(ValueError, match=f"{next(iter(wrong))} is .*: give"):
            emotion.portrait(**wrong)
    assert drawing.draw(geometry.person(RNG)).shape == (48, 48)


def set_of_persons(counts):
    """Return Faces without pictures: two faces a person, {usage: persons}."""
    usage = np.repeat(list(counts), [2 * count for count in counts.values()])
    person = np.repeat(np.arange(sum(counts.values())), 2)
    return emotion.Faces(np.zeros((len(person), 1, 1), np.uint8), np.zeros(len(person), np.uint8), usage, person=person)


def test_persons_stand_in_one_part_of_a_draw_and_test_once():
    faces, tested = set_of_persons({"Training": 8, "PublicTest": 1, "PrivateTest": 1}), []
    for draw in range(5):
        parts = [set(faces.person[rows]) for rows in emotion.persons(faces, draw, 8)]
        assert [len(part) for part in parts] == [8, 1, 1] and len(set.union(*parts)) == 10
        tested += parts[2]
    assert len(set(tested)) == 5
    train, valid, test = emotion.persons(faces, 0, 3)
    assert (len(train), set(faces.usage[valid]), set(faces.usage[test])) == (6, {"PublicTest"}, {"PrivateTest"})
    assert not np.array_equal(train, emotion.persons(faces, 1, 3)[0])


def test_draws_that_do_not_exist_are_refused():
    faces = set_of_persons({"Training": 8, "PublicTest": 1, "PrivateTest": 1})
    for draw, count, words in [(5, 8, "draw 5"), (0, 9, "9 persons"), (-1, 8, "whole number"), (0, 0, "whole number")]:
        with pytest.raises(ValueError, match=words):
            emotion.persons(faces, draw, count)
    with pytest.raises(ValueError, match="simulated=True"):
        emotion.persons(faces._replace(person=None), 0, 8)

"""helpers.datasets.origin: the key of a simulated set changes when what it is made from changes, and only then."""

import subprocess
import sys
import textwrap

import pytest

from helpers.datasets import chest, cutout_scenes, emotion, origin, thyroid


def files(write):
    return {name for name in origin.sources(write) if name.startswith("phantoms")}


@pytest.mark.parametrize(
    ("write", "room"),
    [
        (thyroid._simulate, "thyroid"),
        (chest._simulate("radiographs"), "chest"),
        (emotion._simulate, "face"),
        (cutout_scenes._simulate, "scene"),
    ],
)
def test_a_set_is_made_from_its_own_room_alone(write, room):
    assert files(write) and all(name.startswith(f"phantoms.{room}.") for name in files(write))


def test_rooms_are_reached_whole():
    assert {"phantoms.chest.sets", "phantoms.chest.clinic", "phantoms.chest.vessels"} <= files(
        chest._simulate("slices")
    )
    assert {"phantoms.face.fer2013", "phantoms.face.canvas"} <= files(emotion._simulate)


def test_parameters_and_input_of_the_scenes_count():
    made_from = origin.sources(cutout_scenes._simulate)
    for name in ("COUNTS", "NAMES", "sources"):
        assert f"helpers.datasets.cutout_scenes.{name}" in made_from
    assert {"helpers.datasets.cutouts.load", "helpers.datasets.backgrounds.load"} <= set(made_from)
    assert not {"helpers.datasets.coco.read", "helpers.datasets.cutout_scenes.of_folder"} & set(made_from)


def test_the_three_sets_of_the_chest_have_keys_of_their_own():
    assert len({origin.key(chest._simulate(name)) for name in ("radiographs", "slices", "volumes")}) == 3


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of one reader and two simulators; change(module, old, new) edits a file, key() asks."""
    texts = {
        "phantoms/one/ddti.py": "from phantoms.one import tissue\n\ndef write(folder):\n    tissue.draw(folder)\n",
        "phantoms/one/tissue.py": "GREY = 3\n\ndef draw(folder):\n    pass\n",
        "phantoms/two/faces.py": "SKIN = 1\n",
        "helpers/reader.py": """
            from phantoms.two import faces
            COUNT = 5
            OTHER = 6

            def _simulate(folder):
                from phantoms.one import ddti

                ddti.write(folder, COUNT)

            def read(folder):
                return OTHER, faces.SKIN
            """,
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(textwrap.dedent(text))
    monkeypatch.setattr(origin, "PROJECT", tmp_path)

    def write(folder):
        """Stands for helpers.reader._simulate."""

    write.__module__, write.__qualname__ = "helpers.reader", "_simulate"

    def key(*changes, inputs=()):
        for name, old, new in changes:
            path = tmp_path / name
            assert old in path.read_text()
            path.write_text(path.read_text().replace(old, new))
        origin._parsed.cache_clear()
        return origin.key(write, inputs)

    yield key
    origin._parsed.cache_clear()


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (("phantoms/one/ddti.py", "draw(folder)", "draw(folder, 2)"), True),
        (("phantoms/one/tissue.py", "GREY = 3", "GREY = 4"), True),
        (("helpers/reader.py", "COUNT = 5", "COUNT = 6"), True),
        (("helpers/reader.py", "write(folder, COUNT)", "write(folder, COUNT + 1)"), True),
        (("helpers/reader.py", "OTHER = 6", "OTHER = 7"), False),
        (("helpers/reader.py", "return OTHER", "return -OTHER"), False),
        (("phantoms/two/faces.py", "SKIN = 1", "SKIN = 2"), False),
    ],
)
def test_what_changes_the_key(project, change, counts):
    assert (project() != project(change)) is counts


def test_input_data_count(project, tmp_path):
    data = tmp_path / "data.gz"
    data.write_bytes(b"one")
    before = project(inputs=[data])
    data.write_bytes(b"two")
    assert before != project(inputs=[data]) != project()


def test_the_key_is_the_same_in_another_process():
    code = "from helpers.datasets import chest, origin; print(origin.key(chest._simulate('slices')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=origin.PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == origin.key(chest._simulate("slices"))

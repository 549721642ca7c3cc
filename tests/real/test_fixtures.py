"""The readers on small real files; skipped where these are absent."""

import json

import nibabel
import numpy as np
import pytest
from pycocotools.coco import COCO

from helpers.datasets import clothes, coco, ct_volumes, emotion, ferplus, text


def test_idx_plain_and_packed(fixtures):
    for name, magic in (
        ("t10k-images-idx3-ubyte", clothes.IMAGES_MAGIC),
        ("t10k-labels-idx1-ubyte", clothes.LABELS_MAGIC),
    ):
        plain = clothes.read_idx(fixtures / "idx_apache2" / name, magic)
        assert len(plain) and np.array_equal(plain, clothes.read_idx(fixtures / "idx_apache2" / f"{name}.gz", magic))


def test_a_ct_of_another_layout_reads_as_nibabel_does(fixtures, tmp_path):
    source = fixtures / "nifti_apache2" / "example_ct_sm.nii.gz"
    for part in ("ct_scans", "lung_and_infection_mask"):
        (tmp_path / part).mkdir()
    (tmp_path / "ct_scans" / "a.nii.gz").write_bytes(source.read_bytes())
    image = nibabel.load(source)
    mask = np.zeros(image.shape, np.uint8)
    mask[: image.shape[0] // 2] = 1
    nibabel.Nifti1Image(mask, image.affine).to_filename(tmp_path / "lung_and_infection_mask" / "a.nii.gz")
    (tmp_path / "metadata.csv").write_text(
        "ct_scan,lung_and_infection_mask\nct_scans/a.nii,lung_and_infection_mask/a.nii\n"
    )
    (found,) = ct_volumes.read(tmp_path)
    ras = nibabel.as_closest_canonical(image)
    expected = np.rint(ras.get_fdata()).transpose(2, 1, 0)[:, ::-1, ::-1]
    step = round(found.spacing[0] / ras.header.get_zooms()[2])
    np.testing.assert_array_equal(found.ct, expected[::step, ::step, ::step])


@pytest.fixture
def cvat(fixtures, tmp_path):
    """A copy of a CVAT export, as data, with empty files in place of its photographs."""
    data = json.loads((fixtures / "cvat_mit" / "annotations" / "instances_default.json").read_text())
    for entry in data["images"]:
        path = tmp_path / entry["file_name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"not passed on")
    return data


def read(data, folder):
    file = folder / "instances.json"
    file.write_text(json.dumps(data))
    return coco.read(file, folder), COCO(file)


def test_an_export_whose_boxes_are_wrong_is_refused(cvat, tmp_path):
    with pytest.raises(ValueError, match="10 of 28 boxes leave their image"):
        read(cvat, tmp_path)


def test_its_outlines_read_as_pycocotools_does(cvat, tmp_path):
    for entry in cvat["annotations"][:-1]:
        points = np.array(entry["segmentation"][0]).reshape(-1, 2)
        entry["bbox"] = [*points.min(axis=0), *np.ptp(points, axis=0)]
    cvat["annotations"][-1]["bbox"] = [0.0, 474, 0.0, 1332]  # one of its boxes
    (found, names, skipped), known = read(cvat, tmp_path)
    assert names == [entry["name"] for entry in known.loadCats(sorted(known.getCatIds()))]
    assert skipped == [cvat["annotations"][-1]["id"]]
    for scene in found:
        kept = [entry for entry in known.loadAnns(known.getAnnIds(imgIds=scene.id)) if entry["id"] not in skipped]
        for mask, entry in zip(coco.masks(scene), kept, strict=True):
            np.testing.assert_array_equal(mask, known.annToMask(entry).astype(bool))


def test_rows_of_ferplus(fixtures):
    file = fixtures / "ferplus_mit" / "fer2013new_first100.csv"
    usage = np.array([row["Usage"] for row in text.rows(file)])
    votes = ferplus.read(file, usage)
    assert votes.shape == (len(usage), 10) and np.isin(votes.sum(axis=1), range(9, 12)).mean() > 0.95
    faces = emotion.Faces(np.zeros((len(usage), 48, 48), np.uint8), np.zeros(len(usage), np.uint8), usage, votes=votes)
    assert emotion.voted(faces)[7] == emotion.NAMES.index("happy")


def test_a_pointer_of_git_lfs(fixtures):
    with pytest.raises(ValueError, match="pointer of Git LFS"):
        emotion.read(fixtures / "git_lfs_pointer")

"""helpers.datasets.ct_volumes: what can be wrong with a NIfTI file, and what the table says of it."""

import gzip
import re

import nibabel
import numpy as np
import pytest

from helpers.datasets import ct_volumes

SHAPE = (8, 7, 6)
AFFINE = np.diag([-4.0, -4.0, 6.0, 1.0])


def write(folder, ct=None, mask=None, name="a.nii.gz", table=None, affine=AFFINE):
    """Write a set of one volume; return the path of its CT."""
    ct = np.full(SHAPE, -850, np.int16) if ct is None else ct
    mask = np.ones(ct.shape, np.uint8) if mask is None else mask
    for part, values in (("ct_scans", ct), ("lung_and_infection_mask", mask)):
        (folder / part).mkdir(exist_ok=True)
        nibabel.Nifti1Image(values, affine).to_filename(folder / part / name)
    table = table or f"../x/ct_scans/{name},../x/lung_and_infection_mask/{name}"
    (folder / "metadata.csv").write_text(f"ct_scan,lung_and_infection_mask\n{table}\n")
    return folder / "ct_scans" / name


def refused(folder, reason, name="a.nii.gz"):
    with pytest.raises(ValueError, match=rf"{re.escape(name)}.*{reason}"):
        ct_volumes.read(folder)


def test_a_volume_and_its_spacing(tmp_path):
    write(tmp_path)
    (found,) = ct_volumes.read(tmp_path)
    assert found.name == "a" and found.ct.shape == (6, 7, 8) and found.ct.dtype == np.int16 and (found.ct == -850).all()
    assert found.spacing == (6.0, 4.0, 4.0) and found.unit == "HU" and (found.mask == 1).all()


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.95])
def test_a_cut_file_is_named(tmp_path, keep):
    rng = np.random.default_rng(0)
    path = write(tmp_path, rng.integers(-1000, 1000, (30, 30, 30)).astype(np.int16))
    data = path.read_bytes()
    path.write_bytes(data[: int(keep * len(data))])
    refused(tmp_path, "damaged|cut off")


def test_a_damaged_file_is_named(tmp_path):
    rng = np.random.default_rng(0)
    path = write(tmp_path, rng.integers(-1000, 1000, (30, 30, 30)).astype(np.int16))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
    path.write_bytes(data)
    refused(tmp_path, "damaged|cut off")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"hello", "no NIfTI"), (b"", "no NIfTI"), (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS")],
)
def test_a_file_that_is_no_nifti_is_named(tmp_path, content, reason):
    write(tmp_path, name="a.nii").write_bytes(content)
    refused(tmp_path, reason, "a.nii")


@pytest.mark.parametrize("value", [40_000, -40_000, 1e6, np.nan, np.inf])
def test_a_number_that_no_ct_has_is_named(tmp_path, value):
    ct = np.full(SHAPE, -850, np.float32)
    ct[1, 2, 3] = value
    write(tmp_path, ct)
    refused(tmp_path, "beyond -32768 to 32767")


def test_a_mask_that_is_not_finite_and_a_fourth_axis_are_named(tmp_path):
    mask = np.ones(SHAPE, np.float32)
    mask[0, 0, 0] = np.nan
    write(tmp_path, mask=mask)
    refused(tmp_path, "a mask holds 0, 1, 2 and 3")
    write(tmp_path, np.zeros((*SHAPE, 2), np.int16))
    refused(tmp_path, "three axes")


def test_a_header_without_orientation_is_named(tmp_path):
    path = write(tmp_path, name="a.nii")
    data = bytearray(path.read_bytes())
    data[280:328] = bytes(48)  # the three rows of the affine
    path.write_bytes(data)
    refused(tmp_path, "how the patient lies|damaged", "a.nii")


def test_a_header_that_announces_terabytes_is_named(tmp_path):
    path = write(tmp_path, name="a.nii")
    data = bytearray(path.read_bytes())
    data[42:48] = np.array([30_000, 30_000, 30_000], "<i2").tobytes()
    path.write_bytes(data)
    refused(tmp_path, "more than a volume can have|damaged", "a.nii")


@pytest.mark.parametrize(("on_disk", "listed"), [("a.nii.gz", "a.nii"), ("a.nii", "a.nii.gz"), ("A.NII", "a.nii")])
def test_a_file_packed_or_named_otherwise_than_the_table_says_is_found(tmp_path, on_disk, listed):
    if on_disk.isupper():
        write(tmp_path, name="a.nii", table=f"ct_scans/{listed},lung_and_infection_mask/{listed}")
        for part in ("ct_scans", "lung_and_infection_mask"):
            (tmp_path / part / "a.nii").rename(tmp_path / part / on_disk)
    else:
        write(tmp_path, name=on_disk, table=f"ct_scans/{listed},lung_and_infection_mask/{listed}")
    assert len(ct_volumes.read(tmp_path)) == 1


def test_a_short_row_and_an_empty_table_are_named(tmp_path):
    write(tmp_path, table="ct_scans/a.nii.gz")
    with pytest.raises(ValueError, match=r"metadata\.csv, line 2: '' is no path"):
        ct_volumes.read(tmp_path)
    (tmp_path / "metadata.csv").write_text("ct_scan,lung_and_infection_mask\n")
    with pytest.raises(ValueError, match=r"metadata\.csv names no volume"):
        ct_volumes.read(tmp_path)


def test_a_file_of_the_name_that_only_looks_packed(tmp_path):
    path = write(tmp_path)
    path.write_bytes(gzip.compress(b"no volume"))
    refused(tmp_path, "no NIfTI")


def test_the_set_one_folder_too_deep(tmp_path):
    (tmp_path / "archive").mkdir()
    write(tmp_path / "archive")
    assert len(ct_volumes.read(tmp_path)) == 1

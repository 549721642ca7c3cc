"""Three simulated sets about COVID-19 in the layouts of public ones: radiographs, CT slices, CT volumes.

radiographs: COVIDx, text lists `patient file label source` and a folder of images a split. Wang et al. 2020,
doi:10.1038/s41598-020-76550-z. slices: COVID-CT, folders of images and lists of names. Zhao et al. 2020,
arXiv:2003.13865. volumes: the 20-case set, NIfTI with masks. Ma et al. 2021, doi:10.1002/mp.14676.
"""

import csv
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from phantoms.chest import clinic, lesion, nifti, thorax, xray

LABELS = {"covid": "COVID-19", "normal": "normal", "pneumonia": "pneumonia"}
# Patients of each source and split: COVID-19, normal, pneumonia. Hospital C appears in the test alone.
RADIOGRAPHS = {
    "train": {"hospital-a": (60, 20, 10), "hospital-b": (30, 40, 20)},
    "val": {"hospital-a": (14, 9, 5), "hospital-b": (14, 9, 5)},
    "test": {"hospital-a": (20, 13, 7), "hospital-b": (20, 13, 7), "hospital-c": (40, 26, 14)},
}
VIEWS = (0.75, 0.25)  # probability of one image, of two
SLICED = {"train": 72, "val": 30, "test": 60}  # patients with COVID-19 in the slices, and as many without
SLICES, SIDE = 4, 176  # slices of a patient, from the top of the lungs to the bottom; pixels of a side
TOP = 45.0  # mm below the top of the lungs: the highest slice
VOLUMES = 8
SPACING = (9.0, 3.75, 3.75)  # mm, z, y, x
FIELD = thorax.grid((128, 36, 128), (2.75, 6.6, 2.8), (0.0, -118.0, -179.0))
SLABS = 4
LUNG_PART, INFECTED_MM = 0.45, 9.0  # of the chest's depth; thickness, for the masks of a radiograph


def radiographs(folder, seed=0, patients=None):
    """Write radiographs in COVIDx's layout into `folder`, which exists: the same files for the same seed.

    <split>.txt, <split>/<file>, and what the public set lacks: lung_masks/<file>, infection_masks/<file> (0 and 255).
    patients: RADIOGRAPHS or another table of the same form.
    """
    tasks = []
    for split, sources in (patients or RADIOGRAPHS).items():
        (folder / split).mkdir()
        for source, counts in sources.items():
            for disease, count in zip(LABELS, counts, strict=True):
                tasks += [(split, source, disease)] * count
    for name in ("lung_masks", "infection_masks"):
        (folder / name).mkdir()
    order = np.random.default_rng([seed, 1]).permutation(len(tasks))  # numbers say nothing about the disease
    jobs = [(folder, seed, int(number), *task) for number, task in zip(order, tasks, strict=True)]
    with ThreadPoolExecutor(2) as pool:
        lines = list(pool.map(lambda job: _radiographs_of(*job), jobs))
    for split in patients or RADIOGRAPHS:
        found = sorted(line for job, group in zip(jobs, lines, strict=True) if job[3] == split for line in group)
        (folder / f"{split}.txt").write_text("\n".join(found) + "\n", encoding="utf-8")


def slices(folder, seed=0, patients=None, heights="even"):
    """Write CT slices in COVID-CT's layout into `folder`, which exists, and clinical.csv, which the public set lacks.

    Names hold blanks and "%" as the public ones do. clinical.csv: image, patient, height (0 at the diaphragm, 1 at the
    highest slice), shown (part of the lung in this slice that is diseased), and the fields of clinic.Patient.
    heights: "even", slices spread over the lungs, whatever the disease; or "chosen", a trap: whoever has COVID-19 is
    cut where the disease is, as authors choose a picture, and everybody else at the same few heights. Raises
    ValueError for another word.
    """
    if heights not in ("even", "chosen"):
        raise ValueError(f'the heights are "even" or "chosen", not {heights!r}')
    jobs = []
    for group, diseases in (("COVID", ("covid",)), ("NonCOVID", ("normal", "normal", "pneumonia"))):
        (folder / "Images-processed" / f"CT_{group}").mkdir(parents=True)
        (folder / "Data-split" / group).mkdir(parents=True)
        for split, count in (patients or SLICED).items():
            start = len(jobs)
            jobs += [
                (folder, seed, start + k, group, split, diseases[k % len(diseases)], heights) for k in range(count)
            ]
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda job: _slices_of(*job), jobs))
    for group in ("COVID", "NonCOVID"):
        for split in patients or SLICED:
            names = [
                row[0] for job, found in zip(jobs, rows, strict=True) if job[3:5] == (group, split) for row in found
            ]
            (folder / "Data-split" / group / f"{split}CT_{group}.txt").write_text(
                "\n".join(names) + "\n", encoding="utf-8"
            )
    _table(
        folder / "clinical.csv",
        ["image", "patient", "height", "shown", *clinic.Patient._fields],
        [r for found in rows for r in found],
    )


def volumes(folder, seed=0, count=VOLUMES):
    """Write CT volumes in the layout of the 20-case set into `folder`, which exists.

    ct_scans/, lung_mask/, infection_mask/, lung_and_infection_mask/ and metadata.csv. The first half holds CT numbers
    as int16; the other half, as in the public set, 8-bit grey, from which they cannot be told.
    """
    folders = ("ct_scans", "lung_mask", "infection_mask", "lung_and_infection_mask")
    for name in folders:
        (folder / name).mkdir()
    rows = []
    for number in range(count):
        rng = np.random.default_rng([seed, 3, number])
        person = clinic.patient(rng, "covid")
        body = thorax.build(rng, person.age, person.sex)
        severity = (0.15, 0.85, 0.45, 1.0, 0.0)[number % 5]
        where = thorax.grid((32, 96, 96), SPACING, (20.0, -180.0, -180.0))
        tissue = thorax.scan(body, where, lesion.covid(rng, body, severity))
        thorax.lay_on_table(tissue.hu, body, where)
        hu = _noisy(tissue.hu, rng, 24)
        lung = (tissue.lung > 0.5) * np.where(where.x < 0, 2, 1).astype(np.uint8)  # 1 left, 2 right
        infected = ((tissue.infected > 0.35) & (lung > 0)).astype(np.uint8)
        if number < (count + 1) // 2:
            name, mask = f"coronacases_org_{number + 1:03}.nii", f"coronacases_{number + 1:03}.nii"
        else:
            stem = f"{number + 1}_{85900 + number}_0.nii"
            name, mask = f"radiopaedia_org_covid-19-pneumonia-{stem}", f"radiopaedia_{stem}"
            hu = _lung_window(hu)
        contents = (hu, lung, infected, np.where(infected, np.uint8(3), lung))
        for part, file, voxels in zip(folders, (name, mask, mask, mask), contents, strict=True):
            volume = voxels[::-1].transpose(2, 1, 0)  # z upwards; x, y, z
            nifti.write(folder / part / file, volume, SPACING[::-1])
        rows.append(
            [f"../input/covid19-ct-scans/{part}/{f}" for part, f in zip(folders, (name, *[mask] * 3), strict=True)]
        )
    _table(folder / "metadata.csv", ["ct_scan", "lung_mask", "infection_mask", "lung_and_infection_mask"], rows)


def patient(rng, disease):
    """Return (clinic.Patient, thorax.Anatomy, lesions) of a random patient with a disease."""
    person = clinic.patient(rng, disease)
    body = thorax.build(rng, person.age, person.sex)
    if disease == "covid":
        return person, body, lesion.covid(rng, body, person.severity)
    return person, body, lesion.lobar(rng, body, person.severity) if disease == "pneumonia" else []


def shadow(body, lesions):
    """Return (Σ µ·t, lung, infection) of a thorax seen from the front: float32 and two bool arrays (128, 128)."""
    step = float(FIELD.y[1] - FIELD.y[0])
    paths, lungs, infections = [], [], []
    for z in np.split(FIELD.z, SLABS):  # a slab fits the processor's cache
        tissue = thorax.scan(body, FIELD._replace(z=z), lesions)
        paths.append(xray.project(tissue.hu, step))
        lungs.append(tissue.lung.sum(axis=1) * step)
        infections.append(tissue.infected.sum(axis=1) * step)
    lung = np.concatenate(lungs) > LUNG_PART * 2 * (body.depth - body.wall)
    return np.concatenate(paths), lung, np.concatenate(infections) > INFECTED_MM


def _radiographs_of(folder, seed, number, split, source, disease):
    """Write the images of one patient; return their lines for the list."""
    rng = np.random.default_rng([seed, 2, number])
    person, body, lesions = patient(rng, disease)
    path, *masks = shadow(body, lesions)
    lines = []
    for view in range(int(rng.choice([1, 2], p=VIEWS))):
        picture, laid = xray.film(path, xray.SOURCES[source], rng, masks)
        file = f"p{number:04}-{view + 1}.png"
        _save(folder / split / file, picture)
        for name, mask in zip(("lung_masks", "infection_masks"), laid, strict=True):
            _save(folder / name / file, mask.astype(np.uint8) * 255)
        lines.append(f"p{number:04} {file} {LABELS[disease]} {source}")
    return lines


def _slices_of(folder, seed, number, group, split, disease, heights):
    """Write the slices of one patient; return their rows of the table."""
    rng = np.random.default_rng([seed, 4, number])
    person, body, lesions = patient(rng, disease)
    top, bottom = body.apex + TOP, body.domes[0]
    even = top + (np.arange(SLICES) + rng.uniform(0, 1, SLICES)) / SLICES * (bottom - top)
    lesion_z = [lesions[k].centre[0] for k in rng.integers(len(lesions), size=SLICES)] if lesions else []
    usual = np.array([top + 15, top + 30, bottom - 55, bottom - 40])  # where others are cut, whatever they have
    places = even
    if heights == "chosen":
        places = np.clip(lesion_z, top, bottom) if disease == "covid" and lesions else usual + rng.normal(0, 6, SLICES)
    rows = []
    for view, z in enumerate(np.sort(places)[::-1]):
        grey, shown = cut(body, lesions, float(z), rng)
        size = int(SIDE * rng.uniform(0.9, 1.4))
        grey = cv2.resize(grey, (size, size * grey.shape[0] // grey.shape[1]), interpolation=cv2.INTER_CUBIC)
        file = f"patient {number:03}%{view}.png"
        _save(folder / "Images-processed" / f"CT_{group}" / file, grey)
        height = (bottom - z) / (bottom - top)
        rows.append([file, f"{number:03}", f"{height:.3f}", f"{shown:.3f}", *person])
    return rows


def cut(body, lesions, z, rng):
    """Return (grey uint8 (146, 176) in the lung window, diseased part of the lung 0..1) of a slice z mm down."""
    where = thorax.grid((1, SIDE, SIDE), (3.0, 360 / SIDE, 360 / SIDE), (z - 1.5, -175.0, -180.0))
    tissue = thorax.scan(body, where, lesions)
    thorax.lay_on_table(tissue.hu, body, where)
    lung = float(tissue.lung.sum())
    return _lung_window(_noisy(tissue.hu, rng, 30)[0])[12:158], float(tissue.infected.sum()) / max(lung, 1.0)


def _noisy(hu, rng, sigma):
    """Return CT numbers int16 as a scanner gives them: a little blur in the slice, and noise."""
    out = np.empty(hu.shape, np.int16)
    for k, layer in enumerate(hu):
        grain = cv2.GaussianBlur(rng.standard_normal(layer.shape, np.float32), (0, 0), 0.7)
        blurred = cv2.GaussianBlur(layer, (0, 0), 0.6)
        out[k] = np.rint(np.clip(blurred + grain * np.float32(sigma / grain.std()), -1024, 3071))
    return out


def _lung_window(hu):
    """Return CT numbers as grey, uint8: -1350 HU is black, 150 HU white."""
    return (255 * np.clip((hu + 1350) / 1500, 0, 1)).astype(np.uint8)


def _table(path, names, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([names, *rows])


def _save(path, image):
    """Write a grey image as PNG; raises OSError where it cannot be written."""
    good, data = cv2.imencode(".png", image)
    if not good:
        raise OSError(f"{path}: OpenCV could not encode the image")
    path.write_bytes(data.tobytes())

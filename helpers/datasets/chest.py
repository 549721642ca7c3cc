"""Chest images about COVID-19 in three public layouts: radiographs (COVIDx), CT slices (COVID-CT), CT volumes (NIfTI).

The real sets go into data/covidx/, data/covid-ct/ and data/covid-ct-volumes/; without them simulated ones stand in.
Wang et al. 2020, doi:10.1038/s41598-020-76550-z. Zhao et al. 2020, arXiv:2003.13865. Ma et al. 2021,
doi:10.1002/mp.14676. No picture here, and nothing learnt from one, says anything about a person.

>>> from helpers.datasets import chest
>>> films = chest.radiographs()
>>> picture = chest.image(films["train"][0])        # uint8 (H, W)
"""

from collections import Counter

from helpers.datasets import covid_ct, covidx, ct_volumes, pictures, places, store, text
from helpers.datasets.covidx import COVID, LABELS, SPLITS, Picture  # noqa: F401
from helpers.datasets.ct_volumes import BACKGROUND, INFECTION, LEFT, RIGHT, Volume  # noqa: F401

NAMES = {"covidx": "radiographs", "covid-ct": "slices", "covid-ct-volumes": "volumes"}
PUBLIC = {"covidx": "COVIDx", "covid-ct": "COVID-CT", "covid-ct-volumes": "COVID-19-CT-Seg"}
HEALTHY_FIRST = ("normal", "negative", "NonCOVID", "COVID-19", "positive", "COVID", "pneumonia")
SECONDS = {"covidx": 20, "covid-ct": 15, "covid-ct-volumes": 1}  # that a simulation takes, about


def radiographs(simulated=False):
    """Return {"train", "val", "test": list of Picture}; prints which set it is, its size, and what was skipped.

    simulated: take the simulated set in any case, for what only it has. Raises what `store.folder` and
    `covidx.read` raise, and ValueError where most of the set had to be skipped.
    """
    return _counted("covidx", _folder("covidx", simulated), covidx.read)


def slices(simulated=False, heights="even"):
    """Return {"train", "val", "test": list of Picture}; prints which set it is, its size, and what was skipped.

    simulated: as for `radiographs`. heights: of the simulated set, see phantoms.chest.sets.slices; with "chosen" it is
    a trap, and never the public set. Raises what `store.folder` and `covid_ct.read` raise, and ValueError where most of
    the set had to be skipped.
    """
    return _counted("covid-ct", _sliced(simulated, heights), covid_ct.read)


def volumes():
    """Return a list of Volume; prints which set it is. Warns, and raises, as `ct_volumes.read` does."""
    found = ct_volumes.read(_folder("covid-ct-volumes"))
    print(f"covid-ct-volumes: {len(found)} volumes; unit {dict(Counter(volume.unit for volume in found))}")
    return found


def source(name):
    """Return where a set is from, "simulated" or its public name; name: a key of PUBLIC."""
    return store.source(name, PUBLIC[name])


def clinical(simulated=False, heights="even"):
    """Return the clinical table of the slices, a list of dict of text, one an image; prints its length.

    The simulated one, clinical.csv, has the fields image, patient, height and shown, which phantoms.chest.sets.slices
    explains, and those of phantoms.chest.clinic.Patient. Of the public set COVID-CT-MetaInfo.csv is read: image,
    patient, age, sex, severity, of the patients with COVID-19 alone; what is not known is "". simulated, heights: as
    for `slices`. Raises FileNotFoundError where the set has neither.
    """
    folder = _sliced(simulated, heights)
    tables = {file.name.lower(): file for file in places.files(folder, (".csv",))}
    file = tables.get(covid_ct.SIMULATED) or tables.get("covid-ct-metainfo.csv")
    if file is None:
        raise FileNotFoundError(
            f"{folder} has no clinical table: copy COVID-CT-MetaInfo.csv there (from a table of Excel: save it as csv)."
        )
    rows = text.rows(file, ("image", "patient")) if file.name == covid_ct.SIMULATED else covid_ct.details(file)
    print(f"{file.name}: {len(rows)} images, {len({row['patient'] for row in rows})} patients")
    return rows


def examples(pictures_of, source):
    """Return {label: the first Picture with it} of a list, one of `source` where there is one; healthy ones first."""
    found = {}
    for picture in sorted(pictures_of, key=lambda picture: picture.source != source):
        found.setdefault(picture.label, picture)
    return {label: found[label] for label in HEALTHY_FIRST if label in found}


def image(picture):
    """Return a Picture as uint8 (H, W), grey, upright. Raises what `pictures.read` raises."""
    return pictures.read(picture.path, grey=True)


def mask(picture, kind):
    """Return where a radiograph shows the `kind` "lung" or "infection", bool (H, W).

    Read from lung_masks/ and infection_masks/ beside the lists; COVIDx has none, the simulated set has: see
    `has_masks`. Raises FileNotFoundError where there is none and ValueError for another kind.
    """
    if kind not in ("lung", "infection"):
        raise ValueError(f'the kind of a mask is "lung" or "infection", not {kind!r}')
    path = _mask_path(picture, kind)
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: COVIDx has no masks of the {kind}; the simulated set has.")
    return image(picture._replace(path=path)) > 127


def has_masks(films):
    """Return True where the radiographs, {split: list of Picture}, come with masks of lung and infection."""
    pictures_of = [picture for split in films.values() for picture in split]
    return all(_mask_path(pictures_of[0], kind).is_file() for kind in ("lung", "infection"))


def _folder(name, simulated=False):
    return store.folder(name, _simulate(NAMES[name]), SECONDS[name], simulated=simulated)


def _sliced(simulated, heights):
    if heights == "even":
        return _folder("covid-ct", simulated)
    write = _simulate("slices", heights=heights)
    return store.folder("covid-ct", write, SECONDS["covid-ct"], simulated=True, variant=f"-{heights}")


def _simulate(name, **options):
    def write(folder):
        from phantoms.chest import sets

        getattr(sets, name)(folder, **options)

    return write


def _counted(name, folder, read):
    """Return what read(folder) finds; prints its size and what was skipped."""
    found, skipped, notes = read(folder)
    every = [picture for split in SPLITS for picture in found[split]]
    store.refuse_if_most_is_skipped(folder, len(every), skipped)
    if not every:
        raise ValueError(f"{folder}: the lists of the set are empty. Copy them anew.")
    sizes = ", ".join(f"{len(found[split])} {split}" for split in SPLITS)
    line = f"{name}: {sizes} images of {len({picture.patient for picture in every})} patients"
    if skipped:
        line += f"; skipped {sum(skipped.values())}: {', '.join(f'{n} {reason}' for reason, n in skipped.items())}"
    print(line, *notes, sep="\n")
    return found


def _mask_path(picture, kind):
    return picture.path.parents[1] / f"{kind}_masks" / picture.path.name

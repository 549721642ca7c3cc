"""The terms of the course, collected from its lessons: English to Greek and Greek to English.

A lesson that explains a term writes it as *term (όρος)*, in slanted letters; the first lesson that does so is linked.
"""

import re
import unicodedata
from typing import NamedTuple

from tools import lessons

TERM = re.compile(r"\*([^*()\n]{2,60}?)\s\(([^*()\n]*[α-ωά-ώ][^*()\n]*)\)\*")


class Term(NamedTuple):
    """A term: English, Greek, and the stem of the lesson that explains it."""

    english: str
    greek: str
    stem: str


def terms(folder=lessons.TEXTS):
    """Return the Terms of the lessons in a folder, in the order of the lessons; each pair once."""
    found = {}
    for path in sorted(folder.glob("[0-9]*.md")):
        text = re.sub(r"(?<!\n)\n(?!\n)", " ", path.read_text(encoding="utf-8"))
        for english, greek in TERM.findall(text):
            found.setdefault((english.lower(), greek.lower()), Term(english, greek, path.stem))
    return list(found.values())


def twice(found):
    """Return {English term: its Greek translations} of the terms that have more than one."""
    words = {}
    for term in found:
        words.setdefault(term.english.lower(), set()).add(term.greek.lower())
    return {english: sorted(greek) for english, greek in words.items() if len(greek) > 1}


def page(found):
    """Return the Markdown of the glossary: two tables, each term linked to its lesson."""
    parts = ["# Glossary", "", "Each term is linked to the lesson that explains it first.", ""]
    for heading, first, second in (("English to Greek", 0, 1), ("Greek to English", 1, 0)):
        parts += [f"## {heading}", "", f"| {' | '.join(heading.split(' to '))} | lesson |", "| --- | --- | --- |"]
        for term in sorted(found, key=lambda term: plain(term[first])):
            number = term.stem.partition("_")[0]
            parts.append(f"| {term[first]} | {term[second]} | [{number}](notebooks/{term.stem}.ipynb) |")
        parts.append("")
    return "\n".join(parts)


def plain(text):
    """Return a text in small letters without accents, to sort by."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

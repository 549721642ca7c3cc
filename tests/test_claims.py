"""Every claim of the lectures that needs a correction, or was recomputed, is covered by a cell of its lesson."""

import csv

import nbformat

from tools import lessons

CLAIMS = list(csv.DictReader((lessons.TEXTS / "claims.csv").open(encoding="utf-8")))


def test_ledger_is_complete():
    assert len({row["id"] for row in CLAIMS}) == len(CLAIMS) == 286
    assert all(row["verdict"] and row["lesson"] for row in CLAIMS)


def test_finished_lessons_cover_their_claims():
    tags, finished = set(), set()
    for stem in lessons.stems():
        finished.add(stem[:2])
        for cell in nbformat.read(lessons.notebook_path(stem), as_version=4).cells:
            tags.update(cell.metadata.get("tags", []))
    needed = {
        f"claim-{row['id']}"
        for row in CLAIMS
        if row["lesson"] in finished and (row["verdict"] != "OK" or "R" in row["basis"])
    }
    assert needed, "no finished lesson has claims"
    assert sorted(needed - tags) == []
    assert (
        sorted(tag for tag in tags if tag.startswith("claim-") and tag[6:] not in {row["id"] for row in CLAIMS}) == []
    )

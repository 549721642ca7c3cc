"""A data folder of its own for each test, and the real fixtures where they are."""

import os
from pathlib import Path

import pytest

from helpers import cache

FIXTURES = Path(os.environ.get("COURSE_FIXTURES", Path(__file__).resolve().parents[3] / "shared" / "fixtures"))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The folder data/ of a project below tmp_path."""
    monkeypatch.setattr(cache, "PROJECT", tmp_path / "data" / "cache")
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def fixtures():
    """The folder of real files whose licence allows it; tests that need it are skipped where it is absent."""
    if not FIXTURES.is_dir():
        pytest.skip("no folder of real fixtures")
    return FIXTURES

"""Lessons that promise to run on the real sets: their cells on the stand-ins, every training cut to one epoch."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import stand_ins

from helpers import cache
from tools.lessons import stems

pytestmark = pytest.mark.once

LEAST = {  # lesson: code cells that run, at least
    "03a": 15,
    "03b": 20,
    "06a": 20,
    "06b": 20,
    "06c": 18,
    "06d": 18,
    "06e": 24,
    "06f": 15,
    "08a": 12,
    "08b": 10,
    "09b": 15,
    "09c": 18,
}
NAMES = {name: stems(name)[0] for name in LEAST}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    data = tmp_path_factory.mktemp("real") / "data"
    stand_ins.ddti(data / "ddti", cases=24)
    stand_ins.covidx(data / "covidx")
    stand_ins.covid_ct(data / "covid-ct")
    stand_ins.volumes(data / "covid-ct-volumes")
    stand_ins.fer2013(data / "fer2013")
    stand_ins.coco(data / "cutout_scenes")
    (data / "cache").symlink_to(cache.PROJECT)  # sets that a lesson takes from the simulation in any case
    script = Path(__file__).with_name("run_lessons.py")
    command = [sys.executable, str(script), str(data), *NAMES.values()]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_runs_on_the_real_layout(results, name):
    count, error = results[NAMES[name]]
    assert not error, error
    assert count >= LEAST[name]

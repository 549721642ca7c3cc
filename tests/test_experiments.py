"""tools.experiments: what is missing is run, an interrupt loses nothing, changed cells are noticed."""

import pytest

from helpers import evidence
from tools import experiments, lessons


class Interrupted(BaseException):
    """Stands for Ctrl-C."""


def experiment(run, arms=("a", "b"), draws=(0, 1)):
    return {"sizes": evidence.Experiment("sizes", arms, draws, run)}


def score(arm, draw):
    return {"accuracy": draw + (arm == "b") / 2}


def test_every_arm_and_draw_is_run_once(tmp_path):
    path, asked = tmp_path / "99z.csv", []

    def run(arm, draw):
        asked.append((arm, draw))
        return score(arm, draw)

    experiments.run(experiment(run), path, "one")
    experiments.run(experiment(run), path, "one")
    assert sorted(asked) == [("a", 0), ("a", 1), ("b", 0), ("b", 1)]
    lines = experiments.stored(path)
    assert [(line["arm"], line["draw"], line["value"]) for line in lines] == [
        ("a", "0", "0"),
        ("a", "1", "1"),
        ("b", "0", "0.5"),
        ("b", "1", "1.5"),
    ]


def test_an_interrupt_loses_only_the_run_it_stops(tmp_path):
    path, count = tmp_path / "99z.csv", iter(range(10))

    def run(arm, draw):
        if next(count) == 2:
            raise Interrupted
        return score(arm, draw)

    with pytest.raises(Interrupted):
        experiments.run(experiment(run), path, "one")
    assert len(experiments.stored(path)) == 2 and not list(tmp_path.glob("*.part"))
    experiments.run(experiment(run), path, "one")
    assert len(experiments.stored(path)) == 4 and next(count) == 5


def test_draws_of_changed_cells_are_run_again(tmp_path):
    path = tmp_path / "99z.csv"
    experiments.run(experiment(score), path, "one")
    experiments.run(experiment(lambda arm, draw: {"accuracy": 9}), path, "two")
    assert {(line["value"], line["digest"]) for line in experiments.stored(path)} == {("9", "two")}
    experiments.run(experiment(score, arms=("b",)), path, "two")
    assert {line["arm"] for line in experiments.stored(path)} == {"a", "b"}  # nothing ran: nothing is written


def test_units_have_a_line_each(tmp_path):
    path = tmp_path / "99z.csv"
    experiments.run(experiment(lambda arm, draw: {"dice": {"p1": 0.5, "p2": 1}}, ("a",), (0,)), path, "one")
    assert [(line["unit"], line["value"]) for line in experiments.stored(path)] == [("p1", "0.5"), ("p2", "1")]


def test_a_recheck_keeps_what_agrees_and_names_what_does_not(tmp_path):
    path = tmp_path / "99z.csv"
    experiments.run(experiment(score), path, "one")
    assert experiments.recheck(experiment(lambda arm, draw: {"accuracy": 0.5}), path, "two") == ["sizes"]
    assert {line["digest"] for line in experiments.stored(path)} == {"one"}
    assert experiments.recheck(experiment(lambda arm, draw: {"accuracy": 0.01}), path, "two") == []
    assert {line["digest"] for line in experiments.stored(path)} == {"two"}


def test_the_digest_follows_the_code_and_not_its_comments(tmp_path, monkeypatch):
    monkeypatch.setattr(lessons, "TEXTS", tmp_path)

    def digest(code):
        (tmp_path / "99z_x.md").write_text(
            f"```{{code-cell}}\n:tags: [experiment]\n\n{code}\n```\n\n```{{code-cell}}\nother = 1\n```\n",
            encoding="utf-8",
        )
        return experiments.digest("99z_x")

    assert digest("rate = 1") == digest("rate = 1  # per step") != digest("rate = 2")


def test_an_unknown_lesson_or_experiment_is_named(capsys):
    with pytest.raises(SystemExit, match="'99' names 0 lessons"):
        experiments.main(["99"])
    with pytest.raises(SystemExit, match="00_start_here declares no experiment"):
        experiments.main(["00"])

"""Run the experiments of a lesson and store their draws in data/results: python -m tools.experiments 05b [NAME].

The lesson's setup cell and its cells tagged `experiment` run outside the notebook, in order; those cells declare one
evidence.Experiment or more. Each arm and draw that the table misses is run, and the table is written after each, so an
interrupt loses only the run that it stops. A draw whose cells have changed since is stale: it is run again.

With --recheck, the first arm and draw of each stale experiment is run again; where it agrees with what is stored to
within 0.02, the stored draws are kept as made by the present cells. For changes that change no number, such as a name.
"""

import argparse
import ast
import csv
import hashlib
import os
import sys
import time

from helpers import evidence
from tools import lessons

AGREE = 0.02


def digest(stem):
    """Return 8 hex digits of the code of a lesson's cells tagged `experiment`; comments and layout do not count."""
    cells = [cell for cell in lessons.read_text(stem).cells if "experiment" in cell.metadata.get("tags", [])]
    code = "\n".join(ast.dump(ast.parse(cell.source)) for cell in cells if cell.cell_type == "code")
    return hashlib.sha256(code.encode()).hexdigest()[:8]


def declared(stem):
    """Return the experiments that a lesson declares, {name: evidence.Experiment}, with their cells run."""
    names = lessons.run_cells(stem, ("setup",))
    if "progress" in names:
        names["progress"] = _no_progress
    lessons.run_cells(stem, ("experiment",), names)
    found = [value for value in names.values() if isinstance(value, evidence.Experiment)]
    return {experiment.name: experiment for experiment in found}


def rows(experiment, arm, draw, made_by):
    """Run one arm and draw; return its lines of the table, a list of dicts."""
    lines = []
    for metric, value in experiment.run(arm, draw).items():
        for unit, number in value.items() if isinstance(value, dict) else [("", value)]:
            values = experiment.name, arm, draw, unit, metric, f"{float(number):.6g}", made_by
            lines.append(dict(zip(evidence.COLUMNS, values, strict=True)))
    return lines


def stored(path):
    """Return the lines of a table, a list of dicts of str; none where there is no table."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, lines):
    """Write the table beside its place and rename it: a reader sees the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, evidence.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    os.replace(part, path)


def run(experiments, path, made_by, only=None):
    """Run what the table at `path` misses or holds from other cells; write it after each arm and draw."""
    done = {_key(line) for line in stored(path) if line["digest"] == made_by}
    missing = [
        (experiment, arm, draw)
        for experiment in experiments.values()
        if only in (None, experiment.name)
        for draw in experiment.draws
        for arm in experiment.arms
        if (experiment.name, arm, str(draw)) not in done
    ]
    began = time.perf_counter()
    for number, (experiment, arm, draw) in enumerate(missing, 1):
        new = rows(experiment, arm, draw, made_by)
        kept = [line for line in stored(path) if _key(line) != (experiment.name, arm, str(draw))]
        write(path, _sorted(kept + new, experiments))
        each = (time.perf_counter() - began) / number
        left = f"{each * (len(missing) - number) / 60:.0f} min left"
        values = ", ".join(f"{line['metric']} {line['value']}" for line in new[:4])
        print(f"{number} of {len(missing)}, {left}: {experiment.name} · {arm} · draw {draw}: {values}", flush=True)


def recheck(experiments, path, made_by):
    """Keep the stale draws of each experiment whose first arm and draw, run again, agrees; return those that do not."""
    differing = []
    for experiment in experiments.values():
        arm, draw = experiment.arms[0], experiment.draws[0]
        old = [line for line in stored(path) if _key(line) == (experiment.name, arm, str(draw))]
        new = {(line["metric"], line["unit"]): float(line["value"]) for line in rows(experiment, arm, draw, made_by)}
        agree = [abs(new[line["metric"], line["unit"]] - float(line["value"])) <= AGREE for line in old]
        if not old or not all(agree):
            differing.append(experiment.name)
            continue
        lines = stored(path)
        write(path, [line | {"digest": made_by} if line["experiment"] == experiment.name else line for line in lines])
    return differing


def _key(line):
    return line["experiment"], line["arm"], str(line["draw"])


def _sorted(lines, experiments):
    """Return the lines in the order of the declarations; those of arms and experiments that are gone are dropped."""
    pairs = [(name, arm) for name, experiment in experiments.items() for arm in experiment.arms]
    places = {pair: place for place, pair in enumerate(pairs)}
    known = [line for line in lines if (line["experiment"], line["arm"]) in places]
    return sorted(known, key=lambda line: (places[line["experiment"], line["arm"]], int(line["draw"])))


def _no_progress(*_, **__):
    import keras

    return keras.callbacks.Callback()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Run the experiments of a lesson that are missing or stale.")
    parser.add_argument("lesson", help="such as 05b")
    parser.add_argument("name", nargs="?", help="of one experiment; all by default")
    parser.add_argument("--recheck", action="store_true", help="keep stale draws where one run again agrees")
    options = parser.parse_args(arguments)
    stems = lessons.stems(options.lesson)
    if len(stems) != 1:
        sys.exit(f"{options.lesson!r} names {len(stems)} lessons: give the number of one, such as 05b.")
    experiments, path = declared(stems[0]), evidence.RESULTS / f"{options.lesson}.csv"
    if not experiments or options.name and options.name not in experiments:
        sys.exit(f"{stems[0]} declares {', '.join(map(repr, experiments)) or 'no experiment'}.")
    if options.recheck:
        differing = recheck(experiments, path, digest(stems[0]))
        sys.exit(
            f"Not the same as stored: {', '.join(differing)}. Run them again without --recheck." if differing else 0
        )
    run(experiments, path, digest(stems[0]), options.name)


if __name__ == "__main__":
    main()

"""What a run over the notebooks tells at its end: how many cells were validated, and which printed numbers moved."""

import os

import pytest

from tools import compare_runs

os.environ["COURSE_PROGRESS"] = "off"  # what tests and validated notebooks do is nobody's progress


def pytest_addoption(parser):
    parser.addoption("--list-moved", action="store_true", help="list printed numbers that differ from the notebooks'")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call" and getattr(item, "test_outputs", None) is not None and item.config.option.list_moved:
        before, after = (compare_runs.printed(outputs) for outputs in (item.cell.outputs, item.test_outputs))
        report.user_properties += [("moved", pair) for pair in compare_runs.moved(before, after)]
    return report


def pytest_terminal_summary(terminalreporter):
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    cells = [report for report in reports if ".ipynb::" in report.nodeid]
    for report in sorted(cells, key=lambda report: report.nodeid):
        moved = [pair for name, pair in report.user_properties if name == "moved"]
        if moved:
            terminalreporter.write_line(f"moved: {report.nodeid.partition('notebooks/')[2]}")
        for before, after in moved:
            terminalreporter.write_line(f"    - {before}\n    + {after}")
    passed = sum(report.passed for report in cells)
    if passed:
        terminalreporter.write_line(f"notebook cells validated: {passed}")

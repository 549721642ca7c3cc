"""The last line of a run over the notebooks: how many cells were validated."""


def pytest_terminal_summary(terminalreporter):
    cells = [report for report in terminalreporter.stats.get("passed", []) if ".ipynb::" in report.nodeid]
    if cells:
        terminalreporter.write_line(f"notebook cells validated: {len(cells)}")

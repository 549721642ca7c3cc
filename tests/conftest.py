"""What the tests of the lessons share; and the count of notebook cells at the end of a run with nbval."""

import pytest

from tools import lessons


def pytest_terminal_summary(terminalreporter):
    cells = [report for report in terminalreporter.stats.get("passed", []) if ".ipynb" in report.nodeid]
    if cells:
        terminalreporter.write_line(f"notebook cells validated: {len(cells)}")


@pytest.fixture(params=lessons.stems())
def stem(request):
    """The name of each lesson in turn."""
    return request.param

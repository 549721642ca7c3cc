"""Write build/nbgrader: the lessons as assignments of nbgrader, a point an exercise. python -m tools.grading [01e]

The student edition, in which the stub of an exercise is the cell that is handed in, and its check, which students may
run but not change, the one that gives the point. nbgrader 0.9: nbgrader.readthedocs.io
"""

import sys

import nbformat

from tools import lessons
from tools.book.pages import CHECKS
from tools.student import student_edition, tags

TARGET = lessons.ROOT / "build" / "nbgrader"
COURSE = "pixels"
SETTINGS = f'''"""nbgrader's settings for the course: the stubs are stubs already, so nothing is cut out of them."""

c = get_config()  # noqa: F821, defined by nbgrader
c.CourseDirectory.course_id = "{COURSE}"
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.ExecutePreprocessor.timeout = 300
'''


def assignment(notebook):
    """Return a lesson as the notebook of an assignment, and its number of points."""
    edition, points = student_edition(notebook), 0
    for cell in edition.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "exercise" in tags(cell):
            cell.metadata["nbgrader"] = marks(f"answer_{cell.id}", solution=True)
        elif "check" in tags(cell):
            (name,) = CHECKS.findall(cell.source)
            before, call = cell.source.rsplit(f"{name}(", 1)
            cell.source = f"{before}report = {name}({call}\nassert report.passed, report"
            cell.metadata["nbgrader"] = marks(name, grade=True, locked=True, points=1)
            points += 1
    return edition, points


def marks(name, solution=False, grade=False, locked=False, points=None):
    """Return the metadata with which nbgrader marks a cell."""
    found = {"schema_version": 3, "grade_id": name.replace("-", "_"), "task": False}
    found |= {"solution": solution, "grade": grade, "locked": locked}
    found["cell_type"] = "code"
    return found | ({"points": points} if points is not None else {})


def main(start=""):
    """Write the assignments of the lessons whose name begins with `start`, and nbgrader_config.py beside them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "nbgrader_config.py").write_text(SETTINGS, encoding="utf-8")
    for path in lessons.notebooks(start):
        notebook, points = assignment(nbformat.read(path, 4))
        target = TARGET / "source" / path.stem / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)
        print(f"{path.stem}: {points} points")


if __name__ == "__main__":
    main(*sys.argv[1:])

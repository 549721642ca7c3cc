"""The exercises of lesson 07c."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_closest():
    """Exercise 1: the closest meeting."""

    def meeting(first, second, bridge=True, outside=False, last=False):
        """Return the closest meeting; bridge: gaps are filled; outside: tracks go on for ever; last wins a tie."""
        frames = range(min(*first, *second), max(*first, *second) + 1)
        best = None
        for frame in frames:
            places = []
            for track in (first, second):
                known = sorted(track)
                inside = known[0] <= frame <= known[-1] if bridge else frame in track
                if inside or outside:
                    values = np.array([track[k] for k in known], float)
                    places.append([np.interp(frame, known, values[:, axis]) for axis in (0, 1)])
            if len(places) == 2:
                gap = float(np.hypot(*np.subtract(*places)))
                if best is None or gap < best[1] - 1e-9 or (last and gap <= best[1] + 1e-9):
                    best = frame, gap
        return best

    def squared(first, second):
        """Return the meeting with the squared distance."""
        found = meeting(first, second)
        return found and (found[0], found[1] ** 2)

    gap = {0: (0, 5), 2: (2, 5)}, {1: (1, 6)}
    cross = {0: (0, 5), 1: (1, 5), 2: (2, 5), 3: (3, 5)}, {0: (3, 8), 3: (0, 2)}
    still = {4: (0, 5), 5: (0, 5), 6: (0, 5)}, {3: (3, 9), 5: (3, 9), 7: (3, 9)}
    never = {0: (0, 5), 1: (0, 5)}, {2: (0, 5), 3: (0, 5)}
    return check.Exercise(
        "closest",
        cases=[
            check.case(*gap, expected=(1, 1.0), name="a gap in one track"),
            check.case(*cross, expected=meeting(*cross), name="two paths that cross"),
            check.case(*still, expected=(4, 5.0), name="a tie"),
            check.case(*never, expected=None, name="never at the same time"),
        ],
        mistakes=[
            check.mistake(
                "inside a gap the track goes on along a straight line", lambda a, b: meeting(a, b, bridge=False)
            ),
            check.mistake(
                "before its first and after its last frame a track is nowhere", lambda a, b: meeting(a, b, outside=True)
            ),
            check.mistake("the first frame wins a tie", lambda a, b: meeting(a, b, last=True)),
            check.mistake("the distance, not its square: take the root", squared),
        ],
    )


@exercise
def check_apply():
    """Exercise 2: apply a homography."""

    def mapped(matrix, points, turn=False, divide=True, last=1.0, horizon=np.nan):
        """Return the images of points, rightly or with one thing wrong; horizon: what is said there."""
        full = np.column_stack([points, np.full(len(points), last)]) @ (matrix if turn else np.transpose(matrix))
        if not divide:
            return full[:, :2]
        far = full[:, 2:] == 0
        return np.where(far, np.sign(full[:, :2]) * horizon, full[:, :2] / np.where(far, 1, full[:, 2:]))

    tilt = np.array([[1, 0, 0], [0, 1, 0], [0, 0.5, 1]])
    floor = np.array([[2.0, 0.3, 5], [0.1, 1.5, -4], [0.002, 0.01, 1]])
    points = np.array([[10.0, 20], [40, 5], [0, 0]])
    return check.Exercise(
        "apply_homography",
        cases=[
            check.case(tilt, np.array([[2.0, 2]]), expected=np.array([[1.0, 1]]), name="the point of the prompt"),
            check.case(floor, points, expected=mapped(floor, points), name="three points"),
            check.case(3 * floor, points, expected=mapped(floor, points), name="three times the matrix: the same"),
            check.case(
                tilt, np.array([[3.0, -2], [2, 2]]), expected=np.array([[np.nan] * 2, [1, 1]]), name="on the horizon"
            ),
            check.case(floor, points[:0], expected=np.zeros((0, 2)), name="no points"),
        ],
        mistakes=[
            check.mistake("divide by the third number", lambda m, p: mapped(m, p, divide=False)),
            check.mistake(
                "the matrix stands on the left: rows of points need its transpose", lambda m, p: mapped(m, p, True)
            ),
            check.mistake("the third number of a point is 1", lambda m, p: mapped(m, p, last=0.0) if len(p) else p),
            check.mistake("on the horizon a point has no place: NaN", lambda m, p: mapped(m, p, horizon=np.inf)),
            check.mistake("on the horizon a point has no place: NaN", lambda m, p: mapped(m, p, horizon=0)),
        ],
    )


@exercise
def check_pixel():
    """Exercise 3: what does a pixel cost?"""
    far = np.array([4.0, 8, 16])
    return check.Exercise(
        "metres_a_pixel",
        cases=[
            check.case(8.0, 3.0, 160.0, expected=64 / 480, name="8 metres ahead"),
            check.case(far, 3.0, 160.0, expected=far**2 / 480, name="z doubles twice"),
            check.case(10.0, 6.0, 320.0, expected=100 / 1920, name="a higher camera, a longer lens"),
        ],
        mistakes=[
            check.mistake("that is the slope of the row, d row / dz: turn it over", lambda z, e, f: f * e / z**2),
            check.mistake("sideways a pixel is worth z / focal; along z it is more", lambda z, e, f: z / f),
            check.mistake("it grows with the square of z", lambda z, e, f: z / (f * e)),
            check.mistake("the size of the slope, without its sign", lambda z, e, f: -(z**2) / (f * e)),
        ],
    )

"""The exercises of lesson 03a."""

import json

import cv2
import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_parse_mark():
    """Exercise 1: parse one mark."""

    def read_svg(svg, order=("x", "y")):
        regions = json.loads(svg) if svg.endswith("]") else []
        return [np.array([[p[k] for k in order] for p in r["points"]]) for r in regions]

    one = '[{"points": [{"x": 2, "y": 1}, {"x": 7, "y": 1}, {"x": 7, "y": 5}]}]'
    two = one[:-1] + ', {"points": [{"x": 9, "y": 8}]}]'
    return check.Exercise(
        "parse_mark",
        cases=[
            check.case(one, expected=[np.array([[2, 1], [7, 1], [7, 5]])], name="one region"),
            check.case(two, expected=[np.array([[2, 1], [7, 1], [7, 5]]), np.array([[9, 8]])], name="two regions"),
            check.case("", expected=[], name="empty"),
            check.case(one[:30], expected=[], name="cut off"),
        ],
        mistakes=[
            check.mistake("x and y are swapped: x comes first", lambda svg: read_svg(svg, ("y", "x"))),
            check.mistake("only the last region is returned", lambda svg: read_svg(svg)[-1:]),
        ],
    )


@exercise
def check_polygon_to_mask():
    """Exercise 2: from polygon to mask."""

    def filled(points, shape, swap=False, value=1, kind=bool):
        canvas = np.zeros(shape, np.uint8)
        cv2.fillPoly(canvas, [np.int32(points)[:, ::-1] if swap else np.int32(points)], value)
        return canvas.astype(kind)

    rectangle = np.array([[1, 1], [4, 1], [4, 3], [1, 3]])
    inside = np.pad(np.ones((3, 4), bool), ((1, 1), (1, 2)))
    beyond = np.pad(np.ones((3, 2), bool), ((2, 0), (4, 0)))
    return check.Exercise(
        "polygon_to_mask",
        cases=[
            check.case(rectangle, (5, 7), expected=inside, name="rectangle"),
            check.case(rectangle + [3, 1], (5, 6), expected=beyond, name="over the edge"),
        ],
        mistakes=[
            check.mistake("x and y are swapped: x is the column", lambda p, s: filled(p, s, swap=True)),
            check.mistake("that is uint8; return bool", lambda p, s: filled(p, s, kind=np.uint8)),
            check.mistake("that holds 0 and 255; return bool", lambda p, s: filled(p, s, value=255, kind=np.uint8)),
        ],
    )


@exercise
def check_split_by_group():
    """Exercise 3: a split by group."""

    def parted(groups, chosen, flip=False):
        chosen = np.isin(groups, chosen)
        parts = np.flatnonzero(~chosen), np.flatnonzero(chosen)
        return parts[::-1] if flip else parts

    return check.Exercise(
        "split_by_group",
        cases=[
            check.case(
                np.array([7, 7, 3, 9, 3]), [3], expected=(np.array([0, 1, 3]), np.array([2, 4])), name="one group"
            ),
            check.case(
                np.array([5, 2, 5, 8]), [8, 5], expected=(np.array([1]), np.array([0, 2, 3])), name="two groups"
            ),
        ],
        mistakes=[
            check.mistake("training and test are exchanged", lambda g, t: parted(g, t, flip=True)),
            check.mistake(
                "that takes one row a group: the rest of the group is on the other side",
                lambda g, t: parted(np.arange(len(g)), [np.flatnonzero(g == one)[0] for one in t]),
            ),
            check.mistake("those are the groups, not their rows", lambda g, t: tuple(g[k] for k in parted(g, t))),
        ],
    )

"""Answers to the exercises of lesson 06d."""

import math

import numpy as np

from tests.answers import Answers


def pool_by_loop(feature_map, top, bottom, left, right, size):
    found = np.zeros((size, size), feature_map.dtype)
    high, wide = bottom - top, right - left
    for i in range(size):
        for j in range(size):
            y, x = top + i * high // size, left + j * wide // size
            down, along = top + math.ceil((i + 1) * high / size), left + math.ceil((j + 1) * wide / size)
            found[i, j] = feature_map[y:down, x:along].max()
    return found


def pool_by_axes(feature_map, top, bottom, left, right, size):
    part = feature_map[top:bottom, left:right]
    for axis in (0, 1):
        n, moved = part.shape[axis], np.moveaxis(part, axis, 0)
        bins = [moved[i * n // size : -(-(i + 1) * n // size)].max(axis=0) for i in range(size)]
        part = np.moveaxis(np.stack(bins), 0, axis)
    return part


def loss_by_loop(offsets, true_offsets, labels):
    found = []
    for one, true, label in zip(offsets, true_offsets, labels, strict=True):
        errors = [abs(a - b) for a, b in zip(one, true, strict=True)]
        found.append(sum(e * e / 2 if e < 1 else e - 0.5 for e in errors) if label else 0.0)
    return np.array(found)


def loss_by_minimum(offsets, true_offsets, labels):
    error = np.abs(offsets - true_offsets)
    small = np.minimum(error, 1)
    return (small * (error - small / 2)).sum(axis=1) * (labels != 0)


def assign_by_masks(overlaps, high=0.7, low=0.3):
    labels = np.full(len(overlaps), -1)
    labels[overlaps.max(axis=1) < low] = 0
    labels[(overlaps >= high).any(axis=1)] = 1
    labels[overlaps.argmax(axis=0)] = 1
    return labels


def assign_by_loop(overlaps, high=0.7, low=0.3):
    firsts = {max(range(len(overlaps)), key=lambda k, m=m: overlaps[k][m]) for m in range(len(overlaps[0]))}
    rows = enumerate(map(max, overlaps))
    return np.array([1 if k in firsts or best >= high else 0 if best < low else -1 for k, best in rows])


ANSWERS = {
    "check_pool": Answers(
        right={"a loop": pool_by_loop, "one axis after the other": pool_by_axes},
        wrong={
            "the largest of all": lambda m, t, b, le, r, s: np.full((s, s), m[t:b, le:r].max()),
            "the corners": lambda m, t, b, le, r, s: m[t : t + s, le : le + s],
            "zeros": lambda m, t, b, le, r, s: np.zeros((s, s)),
        },
        announced={
            "the end of a bin is rounded up": lambda m, t, b, le, r, s: np.array(
                [
                    [
                        m[
                            t + i * (b - t) // s : t + (i + 1) * (b - t) // s,
                            le + j * (r - le) // s : le + (j + 1) * (r - le) // s,
                        ].max()
                        for j in range(s)
                    ]
                    for i in range(s)
                ]
            ),
        },
    ),
    "check_loss": Answers(
        right={"a loop": loss_by_loop, "a minimum": loss_by_minimum},
        wrong={
            "zeros": lambda o, t, u: np.zeros(len(o)),
            "absolute": lambda o, t, u: np.abs(o - t).sum(axis=1) * (u > 0),
            "the mean of the four": lambda o, t, u: loss_by_loop(o, t, u) / 4,
        },
        announced={
            "background has no box to learn": lambda o, t, u: loss_by_loop(o, t, np.ones(len(u))),
        },
    ),
    "check_assign": Answers(
        right={"masks": assign_by_masks, "a loop": assign_by_loop},
        wrong={
            "all background": lambda o, h=0.7, v=0.3: np.zeros(len(o), int),
            "not asked": lambda o, h=0.7, v=0.3: np.full(len(o), -1),
            "fixed limits": lambda o, h=0.7, v=0.3: assign_by_masks(o),
        },
        announced={
            "the best anchor of each object": lambda o, h=0.7, v=0.3: np.where(
                o.max(axis=1) >= h, 1, np.where(o.max(axis=1) < v, 0, -1)
            ),
        },
    ),
}

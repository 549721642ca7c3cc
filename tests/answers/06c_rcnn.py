"""Answers to the exercises of lesson 06c."""

import numpy as np
from sklearn.linear_model import Ridge

from helpers.detection import boxes
from tests.answers import Answers


def recall_by_loop(proposals, truth, count, level=0.5):
    found = [any(boxes.iou([box], [one])[0, 0] >= level for box in proposals[:count]) for one in truth]
    return sum(found) / len(found)


def recall_by_any(proposals, truth, count, level=0.5):
    return np.mean(np.any(boxes.iou(truth, proposals[:count]) >= level, axis=1))


def part_by_masks(overlap, is_truth):
    found = np.zeros(len(overlap), int)
    found[overlap < 0.3] = -1
    found[is_truth] = 1
    return found


def part_by_loop(overlap, is_truth):
    return np.array([1 if true else -1 if value < 0.3 else 0 for value, true in zip(overlap, is_truth, strict=True)])


def ridge_by_sklearn(x, targets, penalty):
    found = Ridge(alpha=penalty, fit_intercept=False, solver="svd").fit(x, targets).coef_
    return found.reshape(targets.shape[1], x.shape[1]).T


def ridge_by_more_rows(x, targets, penalty):
    rows = np.vstack([x, np.sqrt(penalty) * np.eye(x.shape[1])])
    return np.linalg.lstsq(rows, np.vstack([targets, np.zeros((x.shape[1], targets.shape[1]))]), rcond=None)[0]


ANSWERS = {
    "check_recall": Answers(
        right={"a loop": recall_by_loop, "any": recall_by_any},
        wrong={
            "always half": lambda p, t, n, v=0.5: 0.5,
            "a count": lambda p, t, n, v=0.5: (boxes.iou(p[:n], t).max(axis=0) >= v).sum(),
            "the mean overlap": lambda p, t, n, v=0.5: boxes.iou(p[:n], t).max(axis=0).mean(),
            "the level is fixed": lambda p, t, n, v=0.5: (boxes.iou(p[:n], t).max(axis=0) >= 0.5).mean(),
        },
        announced={
            "that is the share of proposals": lambda p, t, n, v=0.5: (boxes.iou(p[:n], t).max(axis=1) >= v).mean(),
        },
    ),
    "check_part": Answers(
        right={"masks": part_by_masks, "a loop": part_by_loop},
        wrong={
            "all negative": lambda o, t: np.full(len(o), -1),
            "the first is positive": lambda o, t: np.where(np.arange(len(o)) == 0, 1, -1),
            "a threshold of 0.5": lambda o, t: np.where(t, 1, np.where(o < 0.5, -1, 0)),
        },
        announced={
            "positive are the true boxes alone": lambda o, t: np.where(o >= 0.99, 1, np.where(o < 0.3, -1, 0)),
        },
    ),
    "check_ridge": Answers(
        right={"scikit-learn": ridge_by_sklearn, "more rows": ridge_by_more_rows},
        wrong={
            "zeros": lambda x, t, p: np.zeros((x.shape[1], t.shape[1])),
            "the prompt's number": lambda x, t, p: np.full((x.shape[1], t.shape[1]), 2.0),
            "with a constant": lambda x, t, p: Ridge(alpha=p + 1e-9).fit(x, t).coef_.T,
        },
        announced={
            "the penalty is left out": lambda x, t, p: np.linalg.lstsq(x, t, rcond=None)[0],
        },
    ),
}

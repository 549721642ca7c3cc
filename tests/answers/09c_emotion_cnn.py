"""Answers to the exercises of lesson 09c."""

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from tests.answers import Answers


def by_counting(losses, patience):
    best, kept, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(losses, 1):
        if loss < best:
            best, kept, waited = loss, epoch, 0
        else:
            waited += 1
            if waited == patience:
                return kept
    return kept


def by_slices(losses, patience):
    losses = np.asarray(losses, float)
    for epoch in range(len(losses)):
        kept = int(losses[: epoch + 1].argmin())
        if epoch - kept >= patience:
            return kept + 1
    return int(losses.argmin()) + 1


def by_rises(losses, patience):
    """Counts rises against the epoch before in place of the best."""
    waited = 0
    for epoch in range(1, len(losses)):
        waited = waited + 1 if losses[epoch] > losses[epoch - 1] else 0
        if waited == patience:
            return int(np.argmin(losses[: epoch + 1])) + 1
    return int(np.argmin(losses)) + 1


def last_seen(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1
    return len(losses)


def by_columns(matrix, k):
    tp = matrix[k][k]
    called, true = sum(row[k] for row in matrix), sum(matrix[k])
    precision, recall = tp / max(called, 1), tp / max(true, 1)
    return precision, recall, 2 * tp / max(called + true, 1)


def by_library(matrix, k):
    truth = np.repeat(np.arange(len(matrix)), matrix.sum(axis=1))
    called = np.concatenate([np.repeat(np.arange(len(matrix)), row) for row in matrix])
    found = precision_recall_fscore_support(truth, called, labels=[k], zero_division=0)
    return tuple(float(value[0]) for value in found[:3])


def swapped(matrix, k):
    precision, recall, f1 = by_columns(matrix, k)
    return recall, precision, f1


def mean_of_both(matrix, k):
    precision, recall, _ = by_columns(matrix, k)
    return precision, recall, (precision + recall) / 2


def face_by_face(votes):
    return sum(max(row) / sum(row) for row in votes.tolist()) / len(votes)


def by_shares(votes):
    shares = votes / votes.sum(axis=1, keepdims=True)
    return np.take_along_axis(shares, shares.argmax(axis=1)[:, None], axis=1).mean()


ANSWERS = {
    "check_epoch": Answers(
        right={"counting": by_counting, "slices": by_slices},
        wrong={
            "the last that it saw": last_seen,
            "rises in place of the best": by_rises,
            "the example": lambda losses, patience: 2,
        },
        announced={
            "epochs after the stop are never seen": lambda losses, patience: int(np.argmin(losses)) + 1,
            "epochs count from 1": lambda losses, patience: by_counting(losses, patience) - 1,
        },
    ),
    "check_scores": Answers(
        right={"columns": by_columns, "scikit-learn": by_library},
        wrong={
            "the accuracy": lambda m, k: (np.trace(m) / m.sum(),) * 3,
            "the first class": lambda m, k: by_columns(m, 0),
        },
        announced={
            "rows are true, columns predicted: you have them swapped": swapped,
            "F1 is the harmonic mean, not the arithmetic one": mean_of_both,
        },
    ),
    "check_possible": Answers(
        right={"face by face": face_by_face, "shares": by_shares},
        wrong={"always": lambda votes: 1.0, "the example": lambda votes: 0.775, "nothing": lambda votes: None},
        announced={
            "decide face by face": lambda votes: votes.sum(axis=0).max() / votes.sum(),
            "each face counts once": lambda votes: votes.max(axis=1).sum() / votes.sum(),
        },
    ),
}

"""Models judged and chosen by what they find in scenes that are held out."""

import numpy as np

from helpers.detection import boxes as box_tools, evaluation

ROUNDS = (4, 8, 16, 32)  # epochs of heads and of an RPN


def judge(found, seen, names):
    """Return {"AP50": ..., "AP": ...}, the means over `names` classes of the detections of a list of Seen."""
    table = evaluation.evaluate([one.scene for one in seen], found, range(names))
    return table.loc["mean", ["AP50", "AP"]].fillna(0).to_dict()


def best(models, held, names, detect, metric):
    """Return the key of the model whose detections detect(model, seen) of the Seen in `held` have the best metric."""
    return max(models, key=lambda key: judge([detect(models[key], one) for one in held], held, names)[metric])


def recall(proposals, seen, count, level):
    """Return the share of the objects of a list of Seen that the first `count` proposals overlap by `level`."""
    overlaps = [
        box_tools.iou(found[:count], one.scene.boxes).max(axis=0, initial=0)
        for found, one in zip(proposals, seen, strict=True)
    ]
    return float((np.concatenate(overlaps) >= level).mean())


def fit_in_rounds(model, rounds, value, **how):
    """Fit a model to rising numbers of epochs, keep the weights with the best value(); return their epochs."""
    done, kept, chosen = 0, (-1.0, None), 0
    for epochs in rounds:
        model.fit(epochs=epochs, initial_epoch=done, verbose=0, **how)
        now = value()
        done, (kept, chosen) = epochs, ((now, model.get_weights()), epochs) if now > kept[0] else (kept, chosen)
    model.set_weights(kept[1])
    return chosen

"""What becomes of the objects of scenes under a detector: exclusive kinds that sum to one.

After Hoiem et al., Diagnosing error in object detectors, ECCV 2012, doi:10.1007/978-3-642-33712-3_25, seen from the
objects: there, and in the YOLO paper, each of the best detections is sorted.
"""

import numpy as np

from helpers.detection import boxes as box_tools

KINDS = ("correct", "confused", "loose", "missed", "background")


def kinds(scenes, found):
    """Return the share of each kind, {kind: 0..1}; they sum to 1.

    scenes: with boxes (M, 4) and labels (M,). found: (boxes, scores, labels) of each. Taken are as many detections as
    there are objects, the best of all scenes. An object is *correct* where one of its class overlaps it by 0.5 or
    more; else *confused* where one of another class does; else *loose* where one of its class overlaps it by 0.1 or
    more; else *missed*. *Background* is a detection that overlaps no object by 0.1.
    Raises ValueError where lengths differ, or where there are no objects.
    """
    count = sum(len(one.boxes) for one in scenes)
    if len(scenes) != len(found) or not count:
        raise ValueError(f"{len(scenes)} scenes with {count} objects, {len(found)} detections: give one for each scene")
    scores = np.sort(np.concatenate([one[1] for one in found]))[::-1]
    least = scores[min(count, len(scores)) - 1] if len(scores) else np.inf
    totals = np.zeros(len(KINDS))
    for one, (boxes, scores, labels) in zip(scenes, found, strict=True):
        boxes, labels = boxes[scores >= least], labels[scores >= least]
        overlap, own = box_tools.iou(one.boxes, boxes), _own_overlap(one, boxes, labels)
        fate = np.select([own >= 0.5, overlap.max(axis=1, initial=0) >= 0.5, own >= 0.1], [0, 1, 2], 3)
        totals += np.bincount(fate, minlength=len(KINDS))
        totals[4] += (overlap.max(axis=0, initial=0) < 0.1).sum()
    return dict(zip(KINDS, (totals / totals.sum()).tolist(), strict=True))


def found_by_scene(scenes, found):
    """Return the share of each scene's objects that are found, {scene id: 0..1}; scenes without objects are left out.

    scenes: with id, boxes (M, 4) and labels (M,). found: (boxes, scores, labels) of each, the best first. Of each scene
    the M best detections count; an object is found where one of its class overlaps it by 0.5 or more.
    """
    shares = {}
    for one, (boxes, _, labels) in zip(scenes, found, strict=True):
        few = len(one.boxes)
        if few:
            shares[one.id] = float((_own_overlap(one, boxes[:few], labels[:few]) >= 0.5).mean())
    return shares


def _own_overlap(scene, boxes, labels):
    """Return the largest overlap of each object with a detection of its own class, (M,); 0 where there is none."""
    same = np.asarray(scene.labels)[:, None] == labels
    return np.where(same, box_tools.iou(scene.boxes, boxes), 0).max(axis=1, initial=0)

"""The score of a detector: average precision as COCO computes it, by pycocotools.

Lin et al. Microsoft COCO. ECCV 2014, arXiv:1405.0312; the definition: cocodataset.org, Detection Evaluation.
"""

import contextlib
import io

import numpy as np
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from helpers import validate
from helpers.detection import boxes as box_formats

MOST = 100  # detections of a scene that count, the best first


def evaluate(scenes, detections, names):
    """Return the average precision of detections: pandas.DataFrame, one row a name and a last row "mean".

    scenes: list of helpers.datasets.coco.Scene. names: of the labels. detections: one entry a scene, in the same
    order, (boxes (K, 4), scores (K,), labels (K,)) or (boxes, scores, labels, masks bool (K, H, W)); with masks the
    overlap is that of the masks. The MOST best of a scene count. A crowd in the truth is neither found nor missed.

    Columns: "objects", how many there are; "AP50", average precision at IoU 0.5; "AP", its mean over IoU 0.5, 0.55,
    ..., 0.95. 0..1; NaN for a name without objects, which the mean leaves out: mAP@.5 is .loc["mean", "AP50"].

    Raises ValueError, naming the scene's id, where lengths disagree, a box is degenerate, a score is not finite, a
    label has no name, or masks have another size than the scene; or where only some scenes come with masks.
    """
    import pandas

    if len(scenes) != len(detections):
        raise ValueError(f"{len(scenes)} scenes and {len(detections)} detections: give one entry for each scene")
    with_masks = {len(entry) == 4 for entry in detections}
    if len(with_masks) > 1:
        raise ValueError("only some detections come with masks: give masks for all scenes or for none")
    truth = [one for scene in scenes for one in _truth(scene)]
    found = [one for scene, entry in zip(scenes, detections, strict=True) for one in _found(scene, len(names), *entry)]
    counts = np.bincount([one["category_id"] for one in truth if not one["iscrowd"]], minlength=len(names))
    kind = "segm" if with_masks == {True} else "bbox"
    precision = _precision(scenes, truth, found, len(names), kind)  # (IoU thresholds, 101 recalls, names)
    scores = {"objects": counts, "AP50": precision[0].mean(axis=0), "AP": precision.mean(axis=(0, 1))}
    table = pandas.DataFrame(scores, index=list(names))
    table.loc[counts == 0, ["AP50", "AP"]] = np.nan
    table.loc["mean"] = {"objects": counts.sum(), "AP50": table["AP50"].mean(), "AP": table["AP"].mean()}
    return table.astype({"objects": int})


def _precision(scenes, truth, found, count, kind):
    """Return the precision at each IoU threshold and recall for each label, (10, 101, count)."""
    if not found or not truth:
        return np.zeros((10, 101, count))
    images = [{"id": scene.id, "height": scene.height, "width": scene.width} for scene in scenes]
    frame = {"images": images, "categories": [{"id": label} for label in range(count)]}
    with contextlib.redirect_stdout(io.StringIO()):
        both = []
        for annotations in (truth, found):
            coco = COCO()
            coco.dataset = frame | {"annotations": [one | {"id": k} for k, one in enumerate(annotations, start=1)]}
            coco.createIndex()
            both.append(coco)
        run = COCOeval(*both, iouType=kind)
        run.params.maxDets = [MOST]
        run.evaluate()
        run.accumulate()
    return run.eval["precision"][:, :, :, 0, 0]  # any area; -1 where a label has no objects


def _truth(scene):
    areas = coco_mask.area(scene.rles) if scene.rles else []
    rows = zip(box_formats.to_xywh(scene.boxes), scene.labels, scene.crowd, scene.rles, areas, strict=True)
    for box, label, crowd, rle, area in rows:
        common = {"image_id": scene.id, "category_id": int(label), "bbox": box.tolist(), "area": float(area)}
        yield common | {"iscrowd": int(crowd), "segmentation": rle}


def _found(scene, count, boxes, scores, labels, masks=None):
    where = f"scene {scene.id}"
    try:
        boxes = box_formats.to_xywh(boxes)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    scores = validate.numbers(scores, f"{where}: scores").ravel()
    labels = validate.numbers(labels, f"{where}: labels").ravel()
    if not len(boxes) == len(scores) == len(labels) or masks is not None and len(masks) != len(boxes):
        sizes = f"{len(boxes)} boxes, {len(scores)} scores, {len(labels)} labels"
        raise ValueError(
            f"{where}: {sizes}{'' if masks is None else f', {len(masks)} masks'}: give one of each a detection"
        )
    if not np.isfinite(scores).all():
        raise ValueError(f"{where}: score {np.flatnonzero(~np.isfinite(scores))[0]} is not finite: give numbers")
    if not np.isin(labels, np.arange(count)).all():
        raise ValueError(f"{where}: a label is not in 0..{count - 1}: labels are positions in the names")
    rles = [None] * len(boxes)
    if masks is not None and len(boxes):
        masks = np.asarray(masks)
        if masks.dtype != bool and not np.isin(masks, (0, 1)).all():
            raise ValueError(f"{where}: masks of {masks.dtype}, not bool or 0 and 1: compare with a threshold first")
        if masks.shape[1:] != (scene.height, scene.width):
            raise ValueError(f"{where}: masks of {masks.shape[1:]}, not {(scene.height, scene.width)}: resize them")
        rles = coco_mask.encode(np.asfortranarray(masks.transpose(1, 2, 0), np.uint8))
    for box, score, label, rle in zip(boxes, scores, labels, rles, strict=True):
        common = {"image_id": scene.id, "category_id": int(label), "bbox": box.tolist(), "score": float(score)}
        area = float(box[2] * box[3]) if rle is None else float(coco_mask.area(rle))
        yield common | {"iscrowd": 0, "area": area, "segmentation": rle}

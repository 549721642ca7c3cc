"""Simulated photographs of several real objects on real photographs, in COCO's layout, with captions and questions.

    annotations/instances_train.json, ..._val.json, ..._test.json
    annotations/captions_train.json, questions_train.json, ...
    train/000001.jpg, val/..., test/...      RGB, layout.HEIGHT x WIDTH times the size asked for

The mask of an annotation is what is visible of the object, as uncompressed run lengths. Beside COCO's fields it has
`object`, the file of the cut-out, `visible`, 0..1, and `difficult`, 1 for an object that is small or mostly covered;
an image has `background`, the file of the photograph. A caption has COCO's fields and `language` and `kind`; a
question has those of VQA (Antol et al., ICCV 2015, arXiv:1505.00468) and the same two, with its answer.
Lin et al. Microsoft COCO. ECCV 2014, arXiv:1405.0312.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from phantoms.scene import instance, layout, paint, words

QUALITY = 90  # of the JPEG


def write(folder, sources, kinds, times=1, seed=0):
    """Write a set into `folder`, which exists: the same files for the same seed; the annotations on any processor.

    sources: {split: layout.Source}, its items' `what` words.Words, its backgrounds' words.Place. kinds: the
    categories, whose ids count from 1. times: how many times layout.HEIGHT x WIDTH; the layout does not depend on it.
    Raises ValueError for a Source without objects or backgrounds, OSError where a file cannot be written.
    """
    folder = Path(folder)
    (folder / "annotations").mkdir()
    categories = [{"id": k, "name": kind} for k, kind in enumerate(kinds, start=1)]
    for part, (split, source) in enumerate(sources.items()):
        if not source.items or not source.backgrounds:
            raise ValueError(f"{split}: give at least one object and one background.")
        (folder / split).mkdir()
        numbers = range(1, source.count + 1)
        with ThreadPoolExecutor() as pool:  # OpenCV and NumPy let other threads run meanwhile
            drawn = list(pool.map(partial(_draw, folder / split, source, (seed, part), times), numbers))
        images, annotations, captions, questions = [], [], [], []
        for number, (image, objects, said, asked) in zip(numbers, drawn, strict=True):
            images.append({"id": number} | image)
            for kind, entry in objects:
                key = {"id": len(annotations) + 1, "image_id": number, "category_id": kinds.index(kind) + 1}
                annotations.append(key | entry)
            captions += [{"id": len(captions) + k, "image_id": number} | one for k, one in enumerate(said, 1)]
            questions += [{"question_id": len(questions) + k, "image_id": number} | q for k, q in enumerate(asked, 1)]
        _save(folder, "instances", split, {"images": images, "annotations": annotations, "categories": categories})
        _save(folder, "captions", split, {"images": images, "annotations": captions})
        _save(folder, "questions", split, {"images": images, "questions": questions})


def _draw(folder, source, seed, times, number):
    """Write scene `number` of a split; return its image entry, annotations with their kinds, captions, questions."""
    scene = layout.arrange(source, np.random.default_rng([*seed, number]))
    picture, masks = paint.paint(scene, np.random.default_rng([*seed, number, times]), times)
    file = folder / f"{number:06}.jpg"
    if not cv2.imwrite(str(file), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY]):
        raise OSError(f"{file} cannot be written: is the disk full?")
    height, width = picture.shape[:2]
    image = {"file_name": file.name, "width": width, "height": height, "background": scene.background[1].file}
    objects = [(one.item.kind, annotate(one, mask)) for one, mask in zip(scene.objects, masks, strict=True)]
    asked = words.questions(scene, np.random.default_rng([*seed, number, 0]))
    return image, objects, words.captions(scene), asked


def annotate(one, mask):
    """Return COCO's fields of a layout.Placed, whose visible mask is bool (H, W), and object, visible, difficult."""
    own = {"object": one.item.what.file, "visible": one.visible, "difficult": int(one.difficult)}
    return instance.fields(mask) | own


def _save(folder, what, split, data):
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    (folder / "annotations" / f"{what}_{split}.json").write_text(text, encoding="utf-8")

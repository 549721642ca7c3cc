"""A one-look detector: a small head on the map of a frozen trunk answers for every cell of a grid.

Built step by step in lesson 07b. The trunk is helpers.networks.detectors.two_scales, trained on ImageNet; its map of a
scene is computed once. Targets and answers are those of helpers.detection.grid, (rows, columns, 5 + C).

>>> trunk, model = detectors.two_scales(), yolo.head(classes=5)
>>> maps = yolo.features(trunk, images)                                   # (N, H / 16, W / 16, 304)
>>> yolo.fit(model, maps, yolo.targets(scenes, 5), epochs=30)
>>> boxes, scores, labels = yolo.detect(yolo.answers(model, maps)[0], (128, 160))

Redmon et al., CVPR 2016, arXiv:1506.02640. Tian et al., ICCV 2019, arXiv:1904.01355 (several cells a box). Rezatofighi
et al., CVPR 2019, arXiv:1902.09630 (the overlap as the loss).
"""

import numpy as np

from helpers.detection import boxes as box_tools, grid
from helpers.networks import batches
from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras
    from keras import layers, ops

STRIDE = 16  # pixels a cell
REACH = 0.3  # of grid.encode: neighbours that learn a box too
TYPICAL = np.float32([0.3, 0.375])  # width and height of the one typical box, parts of the image


def features(trunk, images, batch=16):
    """Return the trunk's maps of images of one size, uint8 (N, H, W, 3): (N, H / STRIDE, W / STRIDE, C) float16."""
    return batches.predict(trunk, images, batch).astype(np.float16)


def targets(scenes, classes, reach=REACH):
    """Return what the cells of scenes of one size should say, float32 (N, H / STRIDE, W / STRIDE, 5 + classes)."""
    found = []
    for one in scenes:
        shape = one.height // STRIDE, one.width // STRIDE
        found.append(grid.encode(one.boxes, one.labels, shape, (one.height, one.width), classes, reach))
    return np.float32(found)


def head(classes, channels=304, filters=64):
    """Return the head, a keras.Model of any map size: (N, rows, columns, channels) to raw (N, rows, columns, 5 + C)."""
    maps = keras.Input((None, None, channels), name="maps")
    tensor = layers.Dropout(0.2)(layers.BatchNormalization(momentum=0.95)(maps))
    for kernel in (1, 3):
        tensor = layers.Conv2D(filters, kernel, padding="same", use_bias=False)(tensor)
        tensor = layers.ReLU()(layers.BatchNormalization(momentum=0.95)(tensor))
    return keras.Model(maps, layers.Conv2D(5 + classes, 1, name="raw")(tensor))


def cells(raw):
    """Return confidence, x, y, w, h and class probabilities (…, 5 + C) of raw numbers; x, y may lie a cell outside."""
    sides = (2 * ops.sigmoid(raw[..., 3:5])) ** 2 * TYPICAL  # up to four times the typical side, never without slope
    parts = [ops.sigmoid(raw[..., :1]), 3 * ops.sigmoid(raw[..., 1:3]) - 1, sides, ops.softmax(raw[..., 5:])]
    return ops.concatenate(parts, axis=-1)


def overlaps(first, second):
    """Return IoU and GIoU of the boxes of two arrays of cells (…, rows, columns, 5 + C), (…, rows, columns) each."""
    (a1, a2), (b1, b2) = _edges(first), _edges(second)
    shared = ops.prod(ops.maximum(ops.minimum(a2, b2) - ops.maximum(a1, b1), 0), axis=-1)
    union = ops.prod(a2 - a1, axis=-1) + ops.prod(b2 - b1, axis=-1) - shared + 1e-9  # never 0
    hull = ops.prod(ops.maximum(a2, b2) - ops.minimum(a1, b1), axis=-1) + 1e-9
    return shared / union, shared / union - (hull - union) / hull


def loss(target, raw):
    """Return the loss of a batch (N, rows, columns, 5 + C): the mean over scenes of the sum over cells."""
    here = target[..., 0]
    confidence = ops.softplus(raw[..., 0]) - here * raw[..., 0]  # binary cross-entropy of the sigmoid
    box = 3 * (1 - overlaps(target, cells(raw))[1])
    kind = -ops.sum(target[..., 5:] * ops.log_softmax(raw[..., 5:], axis=-1), axis=-1)
    return ops.mean(ops.sum(confidence + here * (box + kind), axis=(1, 2)))


def fit(model, maps, wanted, epochs, batch=16, loss=loss, callbacks=()):
    """Train a head on maps and targets: AdamW, with a rate that rises for an epoch and falls along a cosine."""
    steps = -(-len(maps) // batch)
    rate = keras.optimizers.schedules.CosineDecay(
        1e-4, max((epochs - 1) * steps, 1), warmup_target=2e-3, warmup_steps=steps
    )
    model.compile(keras.optimizers.AdamW(rate, weight_decay=0.01, clipnorm=10), loss, jit_compile=False)
    model.fit(maps, wanted, batch_size=batch, epochs=epochs, verbose=0, callbacks=list(callbacks))


def answers(model, maps):
    """Return the cells (N, rows, columns, 5 + C) that a head says about maps, a NumPy array."""
    return np.asarray(cells(batches.predict(model, np.asarray(maps, np.float32), 50)))


def detect(said, size, threshold=0.02, iou_threshold=0.5):
    """Return (boxes, scores, labels) of one answer (rows, columns, 5 + C), after suppression, the best first.

    size: height and width of the image in pixels.
    """
    boxes, scores, labels = grid.decode(said, size, threshold)
    kept = box_tools.nms(boxes, scores, labels, iou_threshold)
    return boxes[kept], scores[kept], labels[kept]


def _edges(said):
    """Return the upper left and the lower right corner of each cell's box, in parts of the image."""
    rows, columns = said.shape[-3:-1]
    corner = np.float32(np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1))
    centre, half = (said[..., 1:3] + corner) / np.float32([columns, rows]), said[..., 3:5] / 2
    return centre - half, centre + half

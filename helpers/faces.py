"""From a photograph to what a network for facial expressions wants: face boxes and crops.

Haar cascades: Viola and Jones, CVPR 2001; the file ships inside OpenCV.
"""

import functools
from pathlib import Path

import cv2
import numpy as np

from helpers import validate
from helpers.detection import boxes as box_tools

CASCADE = "haarcascade_frontalface_default.xml"


def find(image, width=240, smallest=0.12, neighbours=4):
    """Return the boxes of frontal faces, int (N, 4) as (x1, y1, x2, y2) in pixels, the largest first.

    image: (H, W, 3) RGB or (H, W) grey, uint8. The search runs on a copy at most `width` pixels wide, which is what
    makes it fast; faces narrower than `smallest` × the width of the image are not looked for. neighbours: how many
    overlapping hits make a face. Raises ValueError for another dtype or shape.
    """
    grey, width = _grey(image), validate.whole(width, "width", 20)
    smallest, neighbours = validate.number(smallest, "smallest", 0, 1), validate.whole(neighbours, "neighbours", 0)
    factor = max(1.0, grey.shape[1] / width)
    small = cv2.resize(grey, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA) if factor > 1 else grey
    side = max(20, round(smallest * small.shape[1]))
    found = _cascade().detectMultiScale(small, 1.1, neighbours, minSize=(side, side))
    boxes = box_tools.from_xywh(found) * factor
    order = np.argsort(-(boxes[:, 2] - boxes[:, 0]), kind="stable")
    return np.rint(boxes[order]).astype(int).clip(0, [*grey.shape[::-1]] * 2)


def crop(image, box, size=64, margin=0.0):
    """Return the face in a box as a network input, float32 (size, size, 1) in -1..1.

    box: (x1, y1, x2, y2) in pixels; it is made square around its centre and grown by `margin` × its longer side on each
    edge; beyond the image the border is repeated. Raises ValueError for a box without area.
    """
    grey, size = _grey(image), validate.whole(size, "size")
    margin = validate.number(margin, "margin", -0.49)
    ((x1, y1, x2, y2),) = box_tools.check([box])
    if max(x2 - x1, y2 - y1) > 100 * max(grey.shape):
        raise ValueError(f"box {tuple(box)} is far larger than the image {grey.shape}: give pixels of this image")
    side = max(x2 - x1, y2 - y1) * (1 + 2 * margin)
    corner = np.array([(x1 + x2) / 2, (y1 + y2) / 2]) - side / 2
    if side > 2 * size:  # halve first, so that the warp does not skip pixels
        step = 2 ** int(np.log2(side / size))
        grey = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
        side, corner = side / step, corner / step
    turn = np.float32([[size / side, 0, -corner[0] * size / side], [0, size / side, -corner[1] * size / side]])
    face = cv2.warpAffine(grey, turn, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return (face.astype(np.float32) / 127.5 - 1)[..., None]


def webcam(count, number=0):
    """Yield up to `count` RGB frames, uint8 (H, W, 3), of a camera; none where there is none."""
    camera = cv2.VideoCapture(number)
    try:
        for _ in range(count):
            good, frame = camera.read()
            if not good:
                return
            yield cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
    finally:
        camera.release()


def _grey(image):
    image = validate.photograph(image, "the photograph", grey=True)
    return image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)


@functools.cache
def _cascade():
    path = Path(cv2.data.haarcascades) / CASCADE
    detector = cv2.CascadeClassifier(str(path))
    if detector.empty():
        raise FileNotFoundError(f"{path} is missing: pip install --force-reinstall opencv-contrib-python-headless")
    return detector

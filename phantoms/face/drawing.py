"""Simulated faces in grey: skin, brows, lids, lips, nose and hair, moved by the action units of FACS.

Drawn with OpenCV in the manner of a portrait: flat shapes from back to front, and soft strokes of shade between.
They are drawings: nobody's photograph, nobody's emotion. Geometry in phantoms.geometry.
"""

import cv2
import numpy as np

from phantoms.face import features, geometry
from phantoms.face.canvas import Canvas, arc, between


def draw(p, units=None, size=48, pose=(0, 0, 0), light=(0.25, -0.5), scene=(150, 60), offset=(0, 0), zoom=1.0):
    """Return a face, uint8 (size, size).

    p: geometry.Person. units: {number of an action unit: intensity 0 to 1}. pose: yaw (positive: to the right of the
    image), pitch (positive: up), roll, in radians, up to about 0.35. light: where it comes from, (right, down), each
    -1 to 1. scene: grey level of the background and how much it darkens downwards. offset: of the face's centre, in
    half-widths; zoom: of the face. Raises ValueError for a unit that is not drawn or an intensity outside 0 to 1.
    """
    units = dict(units or {})
    for number, intensity in units.items():
        if number not in geometry.UNITS or not 0 <= intensity <= 1:
            raise ValueError(f"action unit {number} = {intensity}: known are {list(geometry.UNITS)}, each 0 to 1")
    side = size * (2 if size < 160 else 1)
    face = Canvas(side, pose, offset, zoom, p)
    rows = np.linspace(scene[0] + scene[1] / 2, scene[0] - scene[1] / 2, side).clip(0, 255)
    face.image[:] = rows[:, None].astype(np.uint8)
    _behind(face, p)
    outline = geometry.head(p, units)
    face.fill(outline, p.skin, flat=True, skin=True)
    features.soften(face, p, units, outline)
    features.nose(face, p, units)
    face.paint()
    _light(face, p, light)
    for number in (-1, 1):
        features.eye(face, p, units, number)
        face.fill(geometry.brow(p, units, number), between(p.hair_tone, p.skin, 0.12))
    features.mouth(face, p, units)
    _hair(face, p)
    if p.glasses:
        _glasses(face, p)
    face.paint()
    return face.image if side == size else cv2.resize(face.image, (size, size), interpolation=cv2.INTER_AREA)


def landmarks(p, units=None, size=48, pose=(0, 0, 0), offset=(0, 0), zoom=1.0):
    """Return where draw() puts the points of geometry.LANDMARKS, (22, 2) as x and y in pixels, parts of pixels too.

    The arguments are those of draw(), which raises for units that it does not know.
    """
    side = size * (2 if size < 160 else 1)
    stands_out = {"nose, tip": 0.3, "chin": -9}  # the rim of the head stays flat, as it is drawn
    extra = np.array([stands_out.get(name, 0) for name in geometry.LANDMARKS], float)
    points = Canvas(side, pose, offset, zoom, p).place(geometry.landmarks(p, dict(units or {})), extra)
    return (points + 0.5) * size / side - 0.5


def _behind(face, p):
    """Draw hair behind the head, neck, shoulders and ears."""
    if p.hair in ("long", "curly"):
        wide, low = (1.25, 1.7) if p.hair == "long" else (1.42, 0.75)
        face.fill(
            [*arc(0, -0.2, wide * p.width, 1.18, 180, 360, 19), (wide, low), (-wide, low)],
            p.hair_tone * 0.72,
            flat=True,
        )
    neck = np.array([(-0.62, 0.6), (0.62, 0.6), (0.66, 1.7), (1.3, 2.1), (-1.3, 2.1), (-0.66, 1.7)])
    face.fill(neck, p.skin * 0.72, flat=True, skin=True)
    face.fill(
        [(-2.2, 1.95), (-0.75, 1.58), (0, 1.86), (0.75, 1.58), (2.2, 1.95), (2.2, 3), (-2.2, 3)], p.cloth, flat=True
    )
    if p.hair not in ("long", "curly"):
        for side in (-1, 1):
            ear = arc(side * p.width * 0.99, 0.12, 0.13, 0.27, 0, 340, 14)
            face.fill(ear, p.skin * 0.86, flat=True, skin=True)
            face.line(arc(side * p.width, 0.1, 0.07, 0.17, 180, 360), p.skin * 0.6, 0.03, flat=True)


def _light(face, p, light):
    """Lay the shades over the skin, and light from one side on an ellipsoid."""
    side = len(face.image)
    width = 0.11 * face.scale
    small = cv2.resize(face.wide, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    wide = cv2.resize(cv2.GaussianBlur(small, (0, 0), width / 2), (side, side)).astype(np.float32)
    fine = cv2.GaussianBlur(face.fine, (0, 0), max(0.6, 0.022 * face.scale)).astype(np.float32)
    x = ((np.arange(side, dtype=np.float32) - face.centre[0]) / face.scale)[None] / np.float32(1.25)
    y = ((np.arange(side, dtype=np.float32) - face.centre[1]) / face.scale)[:, None] / np.float32(1.6)
    z = np.sqrt(np.maximum(1 - x**2 - y**2, 0.04))
    bright = 0.66 + 0.4 * z + 0.36 * (light[0] * x + light[1] * y) - 0.06
    contrast = 0.35 + 0.65 * p.skin / 200  # dark skin shows less shade, and more gloss
    gain = bright * (1 + ((wide - 128) * 0.0075 + (fine - 128) * 0.006) * contrast)
    share = face.skin.astype(np.float32) / 255
    base = face.image
    if p.beard:
        hairy = cv2.GaussianBlur(face.beard, (0, 0), 0.06 * face.scale).astype(np.float32) / 255 * share
        base = base + hairy * (p.hair_tone - base)
    face.image[:] = (base * (1 + share * (gain - 1))).clip(0, 255)


def _hair(face, p):
    """Draw the hair in front: from the rim of the head to the hairline."""
    if p.hair == "bald":
        return
    grow = {"short": 0.08, "long": 0.13, "fringe": 0.12, "curly": 0.2, "back": 0.06}[p.hair]
    start, stop = {
        "short": (184, 356),
        "long": (150, 390),
        "fringe": (168, 372),
        "curly": (165, 375),
        "back": (180, 360),
    }[p.hair]
    outer = arc(0, 0, p.width + grow, 1.22 + grow, start, stop, 25)
    line = 0.5 if p.hair == "fringe" else p.hairline
    turn = np.radians(np.linspace(stop, start, 25))
    side = np.abs(np.cos(turn)) ** (6 if p.hair == "fringe" else 3.5)
    inner = np.stack(
        [
            p.width * 0.93 * np.cos(turn),
            np.where(np.sin(turn) < 0, -line * (1 - side) + 0.1 * side * np.sin(turn), 1.2 * np.sin(turn)),
        ],
        1,
    )
    if p.hair in ("short", "fringe"):
        inner[:, 1] += 0.03 * np.sin(np.arange(25) * 2.1)
    face.fill(np.concatenate([outer, inner]), p.hair_tone)
    for k, share in enumerate((0.25, 0.5, 0.75)):
        strand = outer * (1 - share) + inner[::-1] * share
        face.line(strand[3 + k : -4], min(p.hair_tone * 1.25 + 8, 250), 0.02)
        face.line(strand[4 + k : -3] * 0.985, p.hair_tone * 0.75, 0.018)


def _glasses(face, p):
    tone = 30 if p.skin > 100 else 190
    for side in (-1, 1):
        face.line(arc(side * p.eye_gap, 0.02, 0.31, 0.23, 0, 360, 20), tone, 0.035, extra=0.1)
        face.line([(side * (p.eye_gap + 0.31), -0.02), (side * p.width * 0.99, -0.05)], tone, 0.03)
    face.line([(-p.eye_gap + 0.31, -0.03), (p.eye_gap - 0.31, -0.03)], tone, 0.035, extra=0.15)

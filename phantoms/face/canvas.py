"""A canvas in the coordinates of a face: shapes and shades are noted, turned by the pose, and painted in one go."""

import functools

import cv2
import numpy as np

FILL = 0.375  # half-width of the face as a share of the side of the picture


class Canvas:
    """A picture and a way to draw on it in the coordinates of the face, turned by the pose."""

    def __init__(self, side, pose, offset, zoom, p):
        self.image = np.empty((side, side), np.uint8)
        self.wide = np.full((side, side), 128, np.uint8)  # shade, to be blurred: 128 leaves the skin as it is
        self.fine = np.full((side, side), 128, np.uint8)
        self.skin = np.zeros((side, side), np.uint8)
        self.beard = np.zeros((side, side), np.uint8) if p.beard else None
        yaw, pitch, roll = pose
        self.scale = FILL * side * zoom
        self.centre = np.array([0.5 * side + offset[0] * self.scale, 0.47 * side + offset[1] * self.scale])
        self.turn = np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]]) * self.scale
        self.depth = 0.85 * np.sin(yaw), -0.85 * np.sin(pitch)
        self.width, self.height = p.width, p.height
        self.notes = []

    def fill(self, points, tone, extra=0.0, flat=False, skin=False):
        """Note a filled outline. extra: how far it stands out of the face; flat: it stays with yaw and pitch."""
        self.notes.append((self.image, points, grey(tone), 0, None if flat else extra))
        if skin:
            self.notes.append((self.skin, points, 255, 0, None if flat else extra))

    def line(self, points, tone, width, extra=0.0, flat=False):
        self.notes.append((self.image, points, grey(tone), self._thick(width), None if flat else extra))

    def stroke(self, points, strength, width, fine=True, extra=0.0):
        """Note a shade along a line, later blurred: strength below 0 darkens, above 0 lightens."""
        layer = self.fine if fine else self.wide
        self.notes.append((layer, points, grey(128 + strength), self._thick(width), extra))

    def spot(self, x, y, half_x, half_y, strength, fine=False, extra=0.0):
        """Note an ellipse of shade, later blurred."""
        layer = self.fine if fine else self.wide
        self.notes.append((layer, arc(x, y, half_x, half_y, 0, 336, 15), grey(128 + strength), 0, extra))

    def paint(self):
        """Place all that was noted on the picture, in one go, and draw it: this is what takes the time."""
        points = np.concatenate([note[1] for note in self.notes])
        counts = [len(note[1]) for note in self.notes]
        extra = np.repeat([-9.0 if note[4] is None else note[4] for note in self.notes], counts)
        points = np.rint(self.place(points, extra) * 16).astype(np.int32)
        start = 0
        for (layer, _, tone, thick, _), count in zip(self.notes, counts, strict=True):
            where = [points[start : start + count]]
            start += count
            if thick:
                cv2.polylines(layer, where, False, tone, thick, cv2.LINE_AA, 4)
            else:
                cv2.fillPoly(layer, where, tone, cv2.LINE_AA, 4)
        self.notes = []

    def place(self, points, extra):
        """Return points (N, 2) of the face in pixels of the picture, turned; extra: (N,), -9 for what stays flat."""
        front = np.sqrt(np.maximum(1 - (points[:, 0] / self.width) ** 2 - (points[:, 1] / self.height) ** 2, 0))
        turned = points + np.where(extra == -9, 0, front + extra)[:, None] * self.depth
        return turned @ self.turn + self.centre

    def _thick(self, width):
        return max(1, round(width * self.scale))


def grey(tone):
    return int(min(max(tone, 0), 255))


def between(a, b, share):
    return a + (b - a) * share


def arc(x, y, half_x, half_y, start, stop, count=9):
    """Return points on an ellipse between two angles in degrees (0 to the right, 90 down)."""
    return circle(start, stop, count) * (half_x, half_y) + (x, y)


@functools.cache
def circle(start, stop, count):
    turn = np.radians(np.linspace(start, stop, count))
    return np.stack([np.cos(turn), np.sin(turn)], 1)

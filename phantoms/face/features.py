"""The features of a simulated face: folds and shades of the skin, eyes, nose and mouth, on a canvas.Canvas."""

import numpy as np

from phantoms.face import geometry
from phantoms.face.canvas import arc, between, circle, grey


def soften(face, p, units, outline):
    """Shade the skin: sockets, cheeks, folds and wrinkles, and the shadow at the rim."""
    a = {k: units.get(k, 0) for k in geometry.UNITS}
    age, drop = 0.25 + 0.75 * p.age, 0.22 * a[26]
    face.stroke(np.concatenate([outline, outline[:1]]), -62, 0.16, fine=False)
    smile, cheek = max(a[12], a[6]), 0.36 - 0.1 * a[6] - 0.05 * a[12]
    for side in (-1, 1):
        x = side * p.eye_gap
        face.spot(x * 0.95, -0.1, 0.24, 0.13, -34)
        face.spot(side * 0.2, -0.06, 0.07, 0.11, -34)
        face.spot(side * 0.56, cheek, 0.2, 0.14, 26 + 26 * smile)
        face.spot(side * 0.7, 0.66, 0.12, 0.25, -22)
        face.stroke(arc(x, 0.13, 0.2, 0.07, 20, 160), -18 - 26 * age - 22 * a[6], 0.03)
        fold = np.array(
            [(0.2 + p.nose_width * 0.3, 0.42), (0.36, 0.5), (0.46 + 0.06 * a[12], 0.66), (0.47 + 0.12 * a[12], 0.86)]
        )
        fold[:2, 1] -= 0.05 * a[9]
        deep = 12 + 20 * age + 38 * a[12] + 34 * a[9] + 24 * a[10] + 14 * a[20]
        face.stroke(fold * np.array([side, 1]) + np.array([0, 0.04 * (p.mouth_height - 0.8)]), -deep, 0.05)
        if a[6] > 0.15 or p.age > 0.5:
            for tilt in (-0.07, 0.0, 0.07):
                start = x + side * (p.eye_size + 0.05)
                face.stroke(
                    [(start, -0.02 + tilt * 0.6), (start + side * 0.14, tilt * 1.6)], -60 * max(a[6], p.age - 0.4), 0.02
                )
        if a[9] > 0.1:
            for y in (-0.05, 0.04, 0.13):
                face.stroke([(side * 0.04, y), (side * 0.17, y - 0.07)], -95 * a[9], 0.03, extra=0.1)
        if a[4] > 0.1:
            face.stroke([(side * 0.07, -0.2), (side * 0.09, -0.44)], -105 * a[4], 0.035)
            face.spot(side * 0.2, -0.2, 0.16, 0.07, -45 * a[4])
        face.spot(side * (p.mouth_width + 0.1), p.mouth_height + 0.14, 0.07, 0.08, -30 - 30 * a[15])
    rise = max(min(a[1], 1), a[2])
    for k, y in enumerate((-0.56, -0.66, -0.76)):
        depth = 14 * p.age + (60 if a[1] > 0.1 else 30) * rise
        half = 0.55 if a[2] > a[1] * 0.5 else 0.25
        face.stroke(
            [(-half, y + 0.03), (-half / 2, y), (0, y + 0.015), (half / 2, y), (half, y + 0.03)],
            -depth * (1 - 0.15 * k),
            0.03,
        )
    face.spot(0, -0.62, 0.45, 0.16, 22)
    chin = p.mouth_height + 0.3 + drop * 1.3
    face.spot(0, chin - 0.1, 0.2, 0.05, -42 - 35 * a[17])
    face.spot(0, chin + 0.04 - 0.03 * a[17], 0.17, 0.09, 26)
    for dx, dy in ((-0.1, 0.0), (0.1, 0.02), (0.0, 0.07), (-0.06, 0.09), (0.07, 0.1)):
        face.spot(dx, chin - 0.03 + dy, 0.025, 0.025, -50 * a[17], fine=True)
    if p.beard:
        face.notes.append((face.beard, _beard(p, drop), grey(60 + 160 * p.beard), 0, 0.0))
    if p.moustache or p.beard > 0.6:
        y = p.mouth_height - 0.13 - 0.05 * max(a[9], a[10]) - 0.02 * a[12]
        face.fill(
            [(-0.4, y + 0.16), (-0.18, y - 0.04), (0, y), (0.18, y - 0.04), (0.4, y + 0.16), (0, y + 0.1)],
            between(p.skin, p.hair_tone, 0.75),
        )


def _beard(p, drop):
    lower = arc(0, 0.45, p.width * 0.97, p.height - 0.45 + drop, 5, 175, 15)
    return np.concatenate([lower, [(-0.78, 0.62), (-0.45, 0.74), (0, 0.66), (0.45, 0.74), (0.78, 0.62)]])


def eye(face, p, units, side):
    """Draw the white, the iris between the lids, the lids, the lashes and the fold above."""
    upper, lower = geometry.eye(p, units, side)
    shape = np.concatenate([upper, lower[::-1]])
    white = between(p.skin, 250, 0.55) * 0.92
    face.fill(shape, white)
    middle = np.array([side * p.eye_gap, -0.012 - 0.02 * units.get(1, 0)])
    for radius, tone in ((0.083, p.iris), (0.04, 10)):
        disc = middle + radius * p.eye_size / 0.2 * circle(0, 336, 15)
        order = upper[:, 0].argsort()
        top = np.interp(disc[:, 0], upper[order, 0], upper[order, 1])
        bottom = np.interp(disc[:, 0], lower[order, 0], lower[order, 1])
        disc[:, 1] = np.clip(disc[:, 1], top, bottom)
        face.fill(disc, tone)
    face.fill(middle + np.array([0.03, -0.03]) + 0.016 * circle(0, 336, 15), 245)
    lash = between(p.skin * 0.3, 20, 0.5)
    face.line(upper, lash, 0.035)
    face.line(lower, p.skin * 0.62, 0.016)
    open_up = (lower[:, 1] - upper[:, 1]).max()
    face.line(upper[2:-1] - np.array([0, 0.045 + 0.1 * open_up]), p.skin * 0.66, 0.018)


def nose(face, p, units):
    """Draw the ridge, the wings and the nostrils."""
    low, half, up = p.nose_length - 0.06 * units.get(9, 0), p.nose_width, 0.03 * units.get(9, 0)
    half = half * (1 + 0.12 * units.get(9, 0) + 0.08 * units.get(12, 0))
    face.stroke([(0.0, -0.2), (0.0, low - 0.12)], 26, 0.09, extra=0.12)
    face.spot(0.0, low - 0.07, 0.1, 0.08, 38, fine=True, extra=0.3)
    face.stroke([(-0.1, -0.15), (-0.09, low - 0.25), (-half * 0.62, low - 0.1)], -20, 0.08, extra=0.1)
    face.stroke([(0.1, -0.15), (0.09, low - 0.25), (half * 0.62, low - 0.1)], -26, 0.08, extra=0.1)
    face.stroke([(-half * 0.8, low + 0.035), (0, low + 0.06), (half * 0.8, low + 0.035)], -60, 0.05, extra=0.12)
    for sign in (-1, 1):
        face.stroke(
            arc(
                sign * half * 0.78,
                low - 0.045 - up,
                half * 0.3,
                0.085,
                250 if sign > 0 else 290,
                430 if sign > 0 else 110,
            ),
            -75,
            0.03,
            extra=0.1,
        )
        face.spot(sign * half * 0.42, low + 0.015, half * 0.24, 0.035, -120, fine=True, extra=0.18)


def mouth(face, p, units):
    """Draw the opening with its teeth, the lips and the line between them."""
    top, top_edge, low_edge, bottom = geometry.mouth(p, units)
    gap = (low_edge - top_edge)[:, 1].max()
    tone = p.skin * (0.7 if p.skin > 110 else 0.78) - 4
    if gap > 0.015:
        face.fill(np.concatenate([top_edge, low_edge[::-1]]), 22)
        if not (units.get(26, 0) > 0.5 and units.get(12, 0) < 0.3 and units.get(20, 0) < 0.3):
            teeth = np.minimum(
                top_edge[:, 1] + 0.13 * (1 - np.abs(np.linspace(-1, 1, len(top))) ** 4), low_edge[:, 1] - 0.01
            )
            teeth = np.stack([top_edge[:, 0] * 0.94, np.maximum(teeth, top_edge[:, 1])], 1)
            face.fill(np.concatenate([top_edge[2:-2], teeth[2:-2][::-1]]), between(p.skin, 245, 0.8))
    face.fill(np.concatenate([top, top_edge[::-1]]), tone * 0.84)
    face.fill(np.concatenate([low_edge, bottom[::-1]]), tone)
    shine = low_edge * 0.45 + bottom * 0.55
    face.line(shine[7:-7], tone * 1.14, 0.025)
    face.line(top_edge, p.skin * 0.34, 0.018)
    if gap <= 0.015:
        face.line(top_edge, p.skin * 0.3, 0.022)
    for corner in (top_edge[:2], top_edge[-2:]):
        face.line(corner, p.skin * 0.36, 0.03)

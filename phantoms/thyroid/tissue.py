"""A map of tissue to draw on: echo levels and attenuation in dB, soft shapes, smooth random fields."""

import copy

import cv2
import numpy as np

from phantoms.thyroid import ultrasound


class Tissue:
    """Echo levels and excess attenuation of one view, both float32 (H, W) in dB, and the grids to draw on."""

    def __init__(self, shape, rng):
        self.rng, self.shape = rng, shape
        self.y, self.x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
        self.echo, self.excess = np.zeros(shape, np.float32), np.zeros(shape, np.float32)

    def near(self, centre, reach):
        """Return (Tissue, slices) of the square around `centre` (x, y): views, so drawing there draws here."""
        x, y, part = int(centre[0]), int(centre[1]), copy.copy(self)
        place = np.s_[max(y - reach, 0) : max(y + reach, 1), max(x - reach, 0) : max(x + reach, 1)]
        for name in ("x", "y", "echo", "excess"):
            setattr(part, name, getattr(self, name)[place])
        part.shape = part.x.shape
        return part, place

    def blend(self, weight, level):
        """Move the echo level towards `level` dB where `weight` (0..1) is high."""
        self.echo += weight * (level - self.echo)

    def noise(self, *sigma):
        """Return a smooth random field, std 1."""
        return ultrasound.texture(self.shape, self.rng, sigma)

    def wave(self, amplitude, sigma=60.0):
        """Return a smooth random curve over the columns, float32 (1, W), in pixels."""
        return amplitude * ultrasound.texture((2, self.shape[1]), self.rng, (1, sigma))[:1]


def step(distance, soft):
    """Return 0 outside, 1 inside, a smooth step of width `soft` pixels between; distance is positive inside."""
    return 1 / (1 + np.exp(np.minimum(distance * (-1.7 / float(soft)), 30)))


def edge(waves=(), spikes=()):
    """Return the radius of a wavy closed curve at 1,025 angles from 0 to 2π, float64, about 1.

    waves: (order, size, phase) of the cosines; spikes: (angle, height, width), narrow rays.
    """
    turn = np.linspace(0, 2 * np.pi, 1025)
    radius = 1 + sum((size * np.cos(order * turn + phase) for order, size, phase in waves), np.zeros(1025))
    for angle, height, width in spikes:
        away = np.abs((turn - angle + np.pi) % (2 * np.pi) - np.pi)
        radius += height * np.exp(-away / width)
    return radius


def blob(scene, centre, axes, rim=None, power=2.0, tilt=0.0):
    """Return the distance to the edge of an ellipse, positive inside, in pixels; rim: of `edge`, makes it wavy."""
    wide, tall, cosine, sine = float(axes[0]), float(axes[1]), float(np.cos(tilt)), float(np.sin(tilt))
    x, y = scene.x - float(centre[0]), scene.y - float(centre[1])
    x, y = (x * cosine + y * sine) / wide, (y * cosine - x * sine) / tall
    if power == 2:
        radius, angle = cv2.cartToPolar(x, y)
    else:
        radius, angle = (np.abs(x) ** power + np.abs(y) ** power) ** (1 / power), cv2.phase(x, y)
    if rim is not None:
        radius = radius / rim.astype(np.float32)[np.rint(angle * (1024 / (2 * np.pi))).astype(np.int32)]
    return (1 - radius) * float(np.sqrt(wide * tall))


def outline(centre, axes, rim, tilt=0.0):
    """Return the edge of the blob as points, float64 (1024, 2) of x, y: computed, not traced, so exact everywhere."""
    turn = np.linspace(0, 2 * np.pi, 1025)[:-1]
    x, y = axes[0] * rim[:-1] * np.cos(turn), axes[1] * rim[:-1] * np.sin(turn)
    return np.c_[x * np.cos(tilt) - y * np.sin(tilt), x * np.sin(tilt) + y * np.cos(tilt)] + centre

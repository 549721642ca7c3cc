"""The light and the contrast of a place, taken on by an object that is put there."""

import numpy as np

MATCH = 0.4  # how far: 0 not, 1 wholly
GAINS = (0.75, 1.15)  # the least and the most that it makes of an object's colours
CONTRASTS = (0.8, 1.1)  # the same of their spread
USUAL = 120, 55  # mean and standard deviation of a photograph, about


def lit(part, behind, spread):
    """Return an object as it looks at its place, uint8 (h, w, 4), colours times alpha and alpha.

    part: the object, in the same form. behind: what is behind it, uint8 (h, w, 3). spread: the standard deviation of
    the whole picture.
    """
    alpha = part[..., 3:].astype(np.int32)
    mean = part[..., :3].astype(np.int64).sum(axis=(0, 1)) * 255 / max(int(alpha.sum()), 1)
    place = behind.mean(axis=(0, 1))
    gain = np.clip(((0.5 * place + 0.5 * place.mean() + 20) / USUAL[0]) ** MATCH, *GAINS)
    keep = min(max((spread / USUAL[1]) ** (MATCH / 2), CONTRASTS[0]), CONTRASTS[1])
    scale, shift = np.rint(256 * gain * keep).astype(np.int32), np.rint(gain * mean * (1 - keep)).astype(np.int32)
    colours = ((part[..., :3] * scale + 128) >> 8) + shift * alpha // 255
    return np.dstack([np.clip(colours, 0, alpha), alpha]).astype(np.uint8)

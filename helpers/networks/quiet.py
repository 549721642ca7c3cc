"""Import TensorFlow without the lines that its native code writes about graphics cards and processors."""

import contextlib
import os


@contextlib.contextmanager
def native_logs_off():
    """Drop what native libraries write to file descriptor 2 inside the `with` block; Python's errors still appear.

    >>> with native_logs_off():
    ...     import json  # in a lesson: import keras
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)

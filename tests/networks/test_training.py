"""helpers.networks.training: the progress line says what the History says, on one line of the output."""

import numpy as np
import pytest

from helpers.networks import training
from helpers.networks.quiet import native_logs_off


class Line:
    """Stands for IPython's display handle: collects what the line shows, one text an update."""

    def __init__(self):
        self.texts, self.shown = [], 0

    def display(self, data, raw, display_id):
        assert raw and display_id
        self.shown += 1
        self.update(data, raw)
        return self

    def update(self, data, raw):
        assert raw
        self.texts.append(data["text/plain"])


@pytest.mark.parametrize(("total", "last"), [(None, "3 of 3"), (8, "3 of 8")])
def test_one_line_rewritten_each_epoch_with_the_numbers_of_the_history(monkeypatch, total, last):
    with native_logs_off():
        import keras
    line = Line()
    monkeypatch.setattr(training, "display", line.display)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros", use_bias=False)])
    model.compile(keras.optimizers.SGD(0.1), "mse", metrics=["mean_absolute_error"])
    x, y = np.ones((4, 1)), np.full((4, 1), 2.0)
    callback = training.progress(total)
    history = model.fit(x, y, epochs=3, verbose=0, validation_data=(x, y + 1), callbacks=[callback]).history
    assert line.shown == 1
    first, *rest = line.texts
    assert first == "training starts"
    assert rest[0].split(" · ")[1:3] == ["loss 4.000", "mean absolute error 2.000"]
    assert rest == [
        " · ".join(
            [f"epoch {n + 1} of {last.split()[-1]}"]
            + [f"{name.replace('_', ' ')} {values[n]:.3f}" for name, values in history.items()]
        )
        for n in range(3)
    ]
    assert rest[-1].startswith(f"epoch {last} · ") and "\n" not in "".join(rest)

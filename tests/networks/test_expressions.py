"""The network of helpers.networks.expressions is the one that lesson 09c builds."""

import numpy as np
import pytest

from helpers.networks import expressions
from tools import lessons


@pytest.fixture(scope="module")
def built():
    names = lessons.run_cells("09c_emotion_cnn", ("setup",))
    (source,) = [cell.source for cell in lessons.read_text("09c_emotion_cnn").cells if "def network(" in cell.source]
    exec(source, names)
    return names["network"]


@pytest.mark.parametrize("options", [{}, {"channels": (8, 16), "hidden": 5, "dropout": 0.5}])
def test_it_equals_the_network_of_lesson_09c(built, options):
    ours, theirs = expressions.network(**options), built(**options)
    kept = [[layer.get_config() for layer in model.layers] for model in (ours, theirs)]
    for configs in kept:
        for config in configs:
            config.pop("name")
    assert kept[0] == kept[1]


def test_it_answers_with_probabilities_and_takes_another_rate():
    model = expressions.network(rate=0.01)
    answer = model(np.zeros((2, 48, 48, 1), np.float32)).numpy()
    assert answer.shape == (2, 7)
    np.testing.assert_allclose(answer.sum(axis=1), 1, rtol=1e-5)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.01)

"""The update rules and the gradients that lesson 02c builds are those of Keras."""

import keras
import numpy as np
import pytest

from tools import lessons

THEIRS = {
    "SGD": lambda: keras.optimizers.SGD(0.1),
    "momentum": lambda: keras.optimizers.SGD(0.1, momentum=0.9),
    "Adagrad": lambda: keras.optimizers.Adagrad(0.1),
    "RMSProp": lambda: keras.optimizers.RMSprop(0.1),
    "Adam": lambda: keras.optimizers.Adam(0.1),
}


@pytest.fixture(scope="module")
def names():
    return lessons.run_cells("02c_how_a_network_learns", ("setup", "experiment"))


def test_every_rule_has_its_fellow(names):
    assert list(names["RULES"]) == list(THEIRS)


@pytest.mark.parametrize("rule", THEIRS)
def test_a_rule_steps_as_keras_does(rule, names):
    stretch, ours, memory = np.array([1.0, 20.0]), np.array([2.0, -1.0]), {}
    optimiser, theirs = THEIRS[rule](), keras.Variable(np.float32([2, -1]))
    for _ in range(15):
        ours = ours - 0.1 * names["RULES"][rule](stretch * ours, memory) if rule != "SGD" else 0.9 * ours
        gradient = stretch * theirs.numpy() if rule != "SGD" else theirs.numpy()
        optimiser.apply([np.float32(gradient)], [theirs])
    np.testing.assert_allclose(theirs.numpy(), ours, rtol=2e-3, atol=2e-3)

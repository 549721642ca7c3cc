"""helpers.detection.race: every way runs on every image, and its time is counted."""

import time

import numpy as np

from helpers.detection import race


def test_in_turn_runs_every_way_and_counts_its_time():
    order = []

    def way(name, seconds):
        def run(image):
            order.append((name, int(image[0, 0, 0])))
            time.sleep(seconds)

        return run

    images = [np.full((4, 4, 3), k, np.uint8) for k in range(3)]
    spent = race.in_turn({"slow": way("slow", 0.02), "quick": way("quick", 0)}, images)
    assert order[:2] == [("slow", 0), ("quick", 0)]  # to prepare
    assert order[2:] == [(name, k) for k in range(3) for name in ("slow", "quick")]
    assert spent["slow"] >= 20 > spent["quick"]

"""Answers to the exercises of lesson 10f."""

import numpy as np
from scipy.spatial.distance import cdist

from tests.answers import Answers


def by_the_noise(x, t, velocity):
    noise = x - t * velocity
    return noise + velocity


def by_a_mean(x, t, velocity):
    return t * x + (1 - t) * (x + velocity)


def the_velocity_alone(x, t, velocity):
    return velocity + 0 * x


def too_far(x, t, velocity):
    return np.add(x, velocity)


def backwards(x, t, velocity):
    return x - np.multiply(t, velocity)


def the_time_gone(x, t, velocity):
    return x + velocity * t


def by_a_ratio(spread):
    odds = 1 / np.where(np.asarray(spread) == 0, 1, spread)
    return np.where(np.asarray(spread) == 0, 1.0, odds / (1 + odds))


def by_a_power(spread):
    return np.power(1.0 + np.asarray(spread), -1)


def variances(spread):
    return 1 / (np.square(spread) + 1)


def the_other_way(spread):
    return np.asarray(spread) / (np.asarray(spread) + 1)


def by_a_line(spread):
    return np.clip(1 - np.asarray(spread) / 2, 0, 1)


def by_cdist(z_made, z_known):
    own = np.sort(cdist(z_known, z_known), axis=1)[:, 1]
    away = cdist(z_made, z_known)
    return np.mean(away.min(axis=1) < 0.5 * own[np.argmin(away, axis=1)])


def by_loops(z_made, z_known):
    count = 0
    for z in z_made:
        gaps = [np.linalg.norm(z - other) for other in z_known]
        best = int(np.argmin(gaps))
        others = [np.linalg.norm(z_known[best] - other) for k, other in enumerate(z_known) if k != best]
        count += 2 * gaps[best] < min(others)
    return count / len(z_made)


def itself_counts(z_made, z_known):
    own = cdist(z_known, z_known).min(axis=1)
    away = cdist(z_made, z_known)
    return float(np.mean(away.min(axis=1) < own[away.argmin(axis=1)] / 2))


def the_second_nearest(z_made, z_known):
    away = np.sort(cdist(z_made, z_known), axis=1)
    return float(np.mean(away[:, 0] < away[:, 1] / 2))


def whole_distance(z_made, z_known):
    own = np.sort(cdist(z_known, z_known), axis=1)[:, 1]
    away = cdist(z_made, z_known)
    return float(np.mean(away.min(axis=1) < own[away.argmin(axis=1)]))


def city_blocks(z_made, z_known):
    own = np.sort(cdist(z_known, z_known, "cityblock"), axis=1)[:, 1]
    away = cdist(z_made, z_known, "cityblock")
    return float(np.mean(away.min(axis=1) < own[away.argmin(axis=1)] / 2))


ANSWERS = {
    "check_guessed_end": Answers(
        right={"by the noise": by_the_noise, "a mean of two": by_a_mean},
        wrong={
            "where it stands": lambda x, t, velocity: x,
            "the velocity alone": the_velocity_alone,
            "all zeros": lambda x, t, velocity: np.zeros_like(x),
            "half of the rest": lambda x, t, velocity: x + (1 - t) * velocity / 2,
        },
        announced={
            "what is left is 1 − t": the_time_gone,
            "where the walk began": backwards,
            "as from t = 0": too_far,
        },
    ),
    "check_appears": Answers(
        right={"a ratio": by_a_ratio, "a power": by_a_power},
        wrong={
            "always a half": lambda spread: 0.5 + 0 * np.asarray(spread),
            "a line": by_a_line,
            "an exponential": lambda spread: np.exp(-np.log(2) * np.asarray(spread)),
            "the prompt's number": lambda spread: 0.5,
        },
        announced={"that takes the variance": variances, "a large spread appears early": the_other_way},
    ),
    "check_copied": Answers(
        right={"cdist": by_cdist, "loops": by_loops},
        wrong={
            "never": lambda z_made, z_known: 0.0,
            "always": lambda z_made, z_known: 1.0,
            "a fixed distance": lambda z_made, z_known: float(np.mean(cdist(z_made, z_known).min(axis=1) < 0.5)),
            "the second nearest": the_second_nearest,
            "city blocks": city_blocks,
        },
        announced={
            "at distance 0 from itself": itself_counts,
            "not the number": lambda z_made, z_known: by_loops(z_made, z_known) * len(z_made),
            "half of that distance": whole_distance,
        },
    ),
}

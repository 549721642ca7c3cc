"""Answers to the exercises of lesson 10a."""

import numpy as np

from tests.answers import Answers


def by_channels(image, patch):
    light = [image[..., k][patch].mean() for k in range(3)]
    return np.dstack([np.clip(image[..., k] * max(light) / light[k], 0, 1) for k in range(3)])


def by_average(image, patch):
    light = np.average(image.reshape(-1, 3), axis=0, weights=patch.ravel())
    return np.minimum(image * (light.max() / light), 1.0)


def grey_world(image, patch):
    light = image.mean(axis=(0, 1))
    return np.clip(image * light.max() / light, 0, 1)


def unclipped(image, patch):
    light = image[patch].mean(axis=0)
    return image * light.max() / light


def brightened(image, patch):
    return np.clip(image / image[patch].mean(axis=0), 0, 1)


def by_max(image, patch):
    light = image[patch].max(axis=0)
    return np.clip(image * light.max() / light, 0, 1)


def by_loop(strengths, accuracies):
    goal = accuracies[0] / 2
    for (s0, a0), (s1, a1) in zip(
        zip(strengths, accuracies, strict=True), zip(strengths[1:], accuracies[1:], strict=True), strict=False
    ):
        if a1 <= goal:
            return s0 + (a0 - goal) / (a0 - a1) * (s1 - s0)
    return None


def by_interp(strengths, accuracies):
    low = np.flatnonzero(np.asarray(accuracies) <= accuracies[0] / 2)
    if not low.size:
        return None
    k = low[0]
    return float(np.interp(-accuracies[0] / 2, [-accuracies[k - 1], -accuracies[k]], strengths[k - 1 : k + 1]))


def at_a_half(strengths, accuracies):
    low = np.flatnonzero(accuracies <= 0.5)
    if not low.size:
        return None
    k = low[0]
    return float(np.interp(-0.5, [-accuracies[k - 1], -accuracies[k]], strengths[k - 1 : k + 1]))


def whole_curve(strengths, accuracies):
    order = np.argsort(accuracies)
    return float(np.interp(accuracies[0] / 2, accuracies[order], strengths[order]))


def by_sums(probabilities, options):
    names = list(options)
    return names[int(np.argmax([probabilities[list(places)].sum() for places in options.values()]))]


def by_sorting(probabilities, options):
    return sorted(options, key=lambda name: -sum(probabilities[k] for k in options[name]))[0]


def by_best(probabilities, options):
    return max(options, key=lambda name: max(probabilities[k] for k in options[name]))


def by_mean(probabilities, options):
    return max(options, key=lambda name: np.mean([probabilities[k] for k in options[name]]))


def best_of_all(probabilities, options):
    best = int(np.argmax(probabilities))
    for name, places in options.items():
        if best in places:
            return name
    return best


def by_formula(pixels, focal, low, high, error):
    return low / ((pixels + error) / focal), high / ((pixels - error) / focal)


def by_extremes(pixels, focal, low, high, error):
    every = [focal * size / seen for size in (low, high) for seen in (pixels - error, pixels + error)]
    return [min(every), max(every)]


ANSWERS = {
    "check_balance": Answers(
        right={"channel by channel": by_channels, "a weighted average": by_average},
        wrong={
            "the picture itself": lambda image, patch: image,
            "the brightest pixel": by_max,
            "all grey": lambda image, patch: np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2),
        },
        announced={
            "that is the mean of the whole picture": grey_world,
            "clip to 0..1": unclipped,
            "the light's largest channel is 1": brightened,
        },
    ),
    "check_half": Answers(
        right={"a loop": by_loop, "interp": by_interp},
        wrong={
            "the last strength": lambda strengths, accuracies: strengths[-1],
            "interp over the whole curve": whole_curve,
            "the middle": lambda strengths, accuracies: float(np.median(strengths)),
        },
        announced={
            "half of the first accuracy, not 0.5": at_a_half,
            "return None": lambda strengths, accuracies: by_loop(strengths, accuracies) or float(strengths[-1]),
        },
    ),
    "check_choose": Answers(
        right={"sums": by_sums, "sorted": by_sorting},
        wrong={
            "the first option": lambda probabilities, options: next(iter(options)),
            "most names": lambda probabilities, options: max(options, key=lambda name: len(options[name])),
            "its place": lambda probabilities, options: list(options).index(by_sums(probabilities, options)),
        },
        announced={
            "the sum of their probabilities": by_best,
            "the sum, not the mean": by_mean,
            "only the options count": best_of_all,
        },
    ),
    "check_distance": Answers(
        right={"by formula": by_formula, "extremes of all four": by_extremes},
        wrong={
            "the prompt's numbers": lambda *given: (12.0, 16.0),
            "error in metres": lambda p, f, low, high, e: (f * low / p - e, f * high / p + e),
            "one distance": lambda p, f, low, high, e: f * (low + high) / 2 / p,
        },
        announced={
            "to both sides": lambda p, f, low, high, e: (f * low / p, f * high / p),
            "the most pixels it may have": lambda p, f, low, high, e: (f * low / (p - e), f * high / (p + e)),
            "solve for the distance": lambda p, f, low, high, e: ((p - e) * low / f, (p + e) * high / f),
        },
    ),
}

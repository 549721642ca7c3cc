"""The exercises of lesson 08c."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_effects():
    """Exercise 1: two effects."""

    def both(scores, hospital=0, disease=1):
        return scores[:, hospital].mean() - scores[:, 1 - hospital].mean(), (
            scores[..., disease].mean() - scores[..., 1 - disease].mean()
        )

    one = np.array([[[1.0, 2.0], [-3.0, -1.0]]])
    many = np.random.default_rng(0).normal(0, 2, (5, 2, 2))
    return check.Exercise(
        "effects",
        cases=[
            check.case(one, expected=(3.5, 1.5), name="by hand"),
            check.case(many, expected=both(many), name="five patients"),
        ],
        mistakes=[
            check.mistake("the two are the wrong way round: first the hospital, axis 1", lambda s: both(s)[::-1]),
            check.mistake("A minus B, not B minus A", lambda s: both(s, hospital=1)),
            check.mistake("ill minus healthy, not healthy minus ill", lambda s: both(s, disease=0)),
            check.mistake(
                "take the mean over all pairs, not over the healthy films alone or hospital A alone",
                lambda s: ((s[:, 0, 0] - s[:, 1, 0]).mean(), (s[:, 0, 1] - s[:, 0, 0]).mean()),
            ),
            check.mistake(
                "keep the sign: an effect may go either way",
                lambda s: (np.abs(s[:, 0] - s[:, 1]).mean(), np.abs(s[..., 1] - s[..., 0]).mean()),
            ),
        ],
    )


@exercise
def check_blind_spot():
    """Exercise 2: break Grad-CAM."""

    def arrays(got):
        return [np.asarray(one, float) for one in got]

    def shaped(got):
        maps, gradients = arrays(got)
        return maps.shape == gradients.shape and maps.ndim == 3 and maps.shape[:2] == (2, 2) and maps.shape[2] > 0

    def heat(got):
        maps, gradients = arrays(got)
        return np.maximum((maps * gradients.mean(axis=(0, 1))).sum(axis=2), 0)

    def right(test):
        def holds(got):
            try:
                return len(got) == 2 and shaped(got) and bool(test(got))
            except (TypeError, ValueError, IndexError):
                return False

        return holds

    positive = right(lambda got: np.isfinite(arrays(got)).all() and (arrays(got)[0] >= 0).all())
    dark = right(lambda got: np.isfinite(arrays(got)).all() and heat(got).max() < 1e-9)
    used = right(lambda got: (arrays(got)[0] * arrays(got)[1]).sum() >= 1 - 1e-9)
    return check.Exercise(
        "blind_spot",
        cases=[
            check.case(
                expected=check.that(
                    "two finite arrays (2, 2, K); no map below 0",
                    positive,
                    "return (maps, gradients), both (2, 2, K); the maps come out of a ReLU",
                ),
                name="shapes",
            ),
            check.case(
                expected=check.that(
                    "Grad-CAM is 0 at all four places", dark, "the mean gradient of a map must not be above 0"
                ),
                name="heat",
            ),
            check.case(
                expected=check.that(
                    "sum(maps * gradients) is at least 1", used, "put the map where its own gradient is positive"
                ),
                name="score",
            ),
        ],
    )


@exercise
def check_fair_weights():
    """Exercise 3: weigh instead of throwing away."""

    def cell(source, ill):
        return np.array([np.sum((source == s) & (ill == i)) for s, i in zip(source, ill, strict=True)])

    def fair(source, ill):
        return len(source) / (2 * len(np.unique(source)) * cell(source, ill))

    def by_label(source, ill):
        return len(ill) / (2 * np.where(ill, ill.sum(), (~ill).sum()))

    def in_source_only(source, ill):
        size = np.array([np.sum(source == s) for s in source])
        return size / (2 * cell(source, ill))

    hand = np.array(list("AAAABB")), np.array([1, 1, 1, 0, 1, 0], bool)
    three = np.array(list("CABBACABCAAB")), np.array([1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1], bool)
    return check.Exercise(
        "fair_weights",
        cases=[
            check.case(*hand, expected=fair(*hand), name="by hand"),
            check.case(*three, expected=fair(*three), name="three sources"),
        ],
        mistakes=[
            check.mistake("that balances the labels over all sources; do it inside each source", by_label),
            check.mistake("every source must weigh as much as any other, too", in_source_only),
            check.mistake("the mean weight is 1: divide by the mean", lambda s, i: 1 / cell(s, i)),
            check.mistake(
                "a crowded group needs the smaller weight: divide by its size", lambda s, i: 1.0 * cell(s, i)
            ),
        ],
    )

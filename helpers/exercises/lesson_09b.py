"""The exercises of lesson 09b."""

import numpy as np

from helpers import check
from helpers.exercises import exercise


@exercise
def check_image():
    """Exercise 1: from text to image."""

    def refuses(function):
        def attempt(text):
            try:
                function(text)
            except ValueError:
                return "ValueError"
            return "no error"

        return attempt

    ramp = " ".join(str(k % 256) for k in range(2304))
    ramp_image = (np.arange(2304) % 256).astype(np.uint8).reshape(48, 48)
    is_ramp = check.that(
        "a uint8 array (48, 48) with 0, 1, 2 … along the first row",
        lambda got: isinstance(got, np.ndarray) and got.dtype == np.uint8 and np.array_equal(got, ramp_image),
    )

    def plain(text, dtype=np.uint8):
        return np.array(text.split(), dtype=dtype).reshape(48, 48)

    return check.Exercise(
        "to_image",
        cases=[check.case(ramp, expected=is_ramp, name="0, 1, 2 … along the rows")],
        mistakes=[
            check.mistake("numbers run along the rows: no transpose", lambda text: plain(text).T),
            check.mistake("uint8 is asked for", lambda text: plain(text, np.int64)),
            check.mistake("the shape is (48, 48)", lambda text: np.array(text.split(), np.uint8)),
        ],
    )


@exercise
def check_translation():
    """Exercise 2: folder ids to csv ids."""
    fer = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
    return check.Exercise(
        "translation",
        cases=[
            check.case(fer, expected=np.array([0, 1, 2, 3, 6, 4, 5]), name="FER2013"),
            check.case(("b", "c", "a"), expected=np.array([2, 0, 1]), name="three classes"),
            check.case(("a", "b"), expected=np.array([0, 1]), name="nothing to translate"),
        ],
        mistakes=[
            check.mistake("the other way round: from csv id to folder id", lambda n: np.argsort(np.argsort(n))),
            check.mistake("that changes nothing: the ids are not the same", lambda n: np.arange(len(n))),
            check.mistake("that reverses the order", lambda n: np.argsort(n)[::-1].copy()),
        ],
    )


@exercise
def check_weights():
    """Exercise 3: class weights."""
    labels_a, labels_b = np.array([0, 0, 0, 1]), np.array([2, 2, 5, 5, 5, 5, 5, 5])
    return check.Exercise(
        "class_weights",
        cases=[
            check.case(labels_a, expected={0: 2 / 3, 1: 2.0}, name="three and one"),
            check.case(labels_b, expected={2: 2.0, 5: 2 / 3}, name="classes 2 and 5 only"),
            check.case(np.array([0, 1, 2]), expected={0: 1.0, 1: 1.0, 2: 1.0}, name="balanced already"),
        ],
        mistakes=[
            check.mistake(
                "that is the share: the rare class must weigh more",
                lambda y: {int(k): float(np.mean(y == k)) for k in set(y)},
            ),
            check.mistake(
                "K is missing in the denominator", lambda y: {int(k): len(y) / np.sum(y == k) for k in set(y)}
            ),
            check.mistake(
                "K is the number of classes that occur, not the largest label plus one",
                lambda y: {int(k): len(y) / ((y.max() + 1) * np.sum(y == k)) for k in set(y)},
            ),
        ],
    )


@exercise
def check_ceiling():
    """Exercise 4: the ceiling."""
    two, seven = (np.array([0.5, 0.5]), np.array([0.1, 0.3])), (np.full(7, 1 / 7), np.arange(7) / 20)
    return check.Exercise(
        "ceiling",
        cases=[
            check.case(*two, expected=0.8, name="two classes of equal size"),
            check.case(np.array([0.9, 0.1]), np.array([0.0, 1.0]), expected=0.9, name="one class is always wrong"),
            check.case(*seven, expected=0.85, name="seven classes"),
        ],
        mistakes=[
            check.mistake("that is the share of wrong labels", lambda p, e: float(np.sum(p * e))),
            check.mistake(
                "the largest error is not what counts: weigh each with its share", lambda p, e: float(1 - e.max())
            ),
            check.mistake("the mean over classes forgets their shares", lambda p, e: float(1 - e.mean())),
        ],
    )

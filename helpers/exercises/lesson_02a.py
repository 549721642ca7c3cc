"""The exercises of lesson 02a."""

import numpy as np

from helpers import check, samples
from helpers.exercises import exercise


@exercise
def check_fit():
    """Exercise 1: fit inside."""

    def scaled(size, target_size, choose):
        factor = choose(target_size[1] / size[0], target_size[0] / size[1])
        return round(size[0] * factor), round(size[1] * factor)

    return check.Exercise(
        "fit_inside",
        cases=[
            check.case((640, 427), (224, 224), expected=(224, 149), name="a wide photograph, a square target"),
            check.case((100, 200), (50, 400), expected=(25, 50), name="a tall photograph, a wide target"),
            check.case((20, 10), (30, 40), expected=(40, 20), name="a small photograph is enlarged"),
        ],
        mistakes=[
            check.mistake("that is the target itself: proportions are lost", lambda s, t: (t[1], t[0])),
            check.mistake("it covers the target: take the smaller of the two factors", lambda s, t: scaled(s, t, max)),
            check.mistake("target_size is (height, width)", lambda s, t: scaled(s, t[::-1], min)),
            check.mistake("return (width, height), PIL's order", lambda s, t: scaled(s, t, min)[::-1]),
        ],
    )


@exercise
def check_predict():
    """Exercise 2: predict shape and type."""
    depth = {"rgb": 3, "rgba": 4, "grayscale": 1}.get
    return check.Exercise(
        "predict_array",
        cases=[
            check.case(640, 427, "rgb", expected=((427, 640, 3), "float32"), name="the rocket"),
            check.case(6000, 4000, "grayscale", expected=((4000, 6000, 1), "float32"), name="the lecture's, in grey"),
            check.case(20, 10, "rgba", expected=((10, 20, 4), "float32"), name="with transparency"),
        ],
        mistakes=[
            check.mistake("an array is (height, width, …)", lambda w, h, c: ((w, h, depth(c)), "float32")),
            check.mistake(
                "the file holds bytes, img_to_array gives float32", lambda w, h, c: ((h, w, depth(c)), "uint8")
            ),
            check.mistake("Keras keeps a channel axis: 1 for grey, 4 for RGBA", lambda w, h, c: ((h, w, 3), "float32")),
        ],
    )


@exercise
def check_stretch():
    """Exercise 3: what the stretching does."""
    import keras

    def by_keras(image):
        return np.array(keras.utils.array_to_img(image)).reshape(image.shape)

    dull = 100 + 0.4 * samples.load("camera")[::4, ::4, None].astype("float32")
    constant = np.full((3, 4, 1), 90, "float32")
    return check.Exercise(
        "stretch",
        cases=[
            check.case(dull, expected=by_keras(dull), name="a dull photograph"),
            check.case(constant, expected=by_keras(constant), name="a constant image"),
            check.case(dull - 150, expected=by_keras(dull - 150), name="negative values too"),
        ],
        mistakes=[
            check.mistake("the range 0 to 1: times 255 at the end", lambda x: (x - x.min()) / max(np.ptp(x), 1)),
            check.mistake(
                "divide by what is left after subtracting",
                lambda x: ((x - x.min()) / x.max() * 255).astype(np.uint8),
            ),
            check.mistake("subtract the smallest value first", lambda x: (x / x.max() * 255).astype(np.uint8)),
        ],
    )

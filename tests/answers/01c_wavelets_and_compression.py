"""Answers to the exercises of lesson 01c."""

import numpy as np
import pywt
from scipy import signal

from tests.answers import Answers

SIGNS = [(1, 1, 1, 1), (1, 1, -1, -1), (1, -1, 1, -1), (1, -1, -1, 1)]


def haar_by_pywt(image):
    mean, details = pywt.dwt2(image, "haar")
    return np.array([mean, *details])


def haar_by_blocks(image):
    height, width = image.shape
    blocks = image.reshape(height // 2, 2, width // 2, 2).swapaxes(1, 2).reshape(height // 2, width // 2, 4)
    return np.moveaxis(blocks @ (np.array(SIGNS) / 2).T, 2, 0)


def haar_by_convolution(image):
    kernels = [np.reshape(signs, (2, 2)) / 2 for signs in SIGNS]
    return np.stack([signal.correlate2d(image.astype(float), kernel, "valid")[::2, ::2] for kernel in kernels])


def haar_in_bytes(image):
    a, b, c, d = image[::2, ::2], image[::2, 1::2], image[1::2, ::2], image[1::2, 1::2]
    return np.stack([a + b + c + d, a + b - c - d, a - b + c - d, a - b - c + d]) / 2


def message_by_loops(image):
    bits = "".join(str(value % 2) for value in image.ravel().tolist())
    length = int(bits[:16], 2)
    return bytes(int(bits[16 + 8 * n : 24 + 8 * n], 2) for n in range(length)).decode()


def message_by_weights(image):
    numbers = (image.reshape(-1)[: image.size // 8 * 8] % 2).reshape(-1, 8) @ (2 ** np.arange(7, -1, -1))
    length = numbers[0] * 256 + numbers[1]
    return str(bytes(numbers[2 : 2 + length].astype(np.uint8)), "utf-8")


def lowest_first(image):
    data = np.packbits(image.ravel() & 1, bitorder="little").tobytes()
    size = int.from_bytes(data[:2], "big")
    return data[2 : 2 + size].decode(errors="replace")


def no_end(image):
    return np.packbits(image.ravel() & 1).tobytes()[2:].decode(errors="replace")


def one_byte_of_length(image):
    data = np.packbits(image.ravel() & 1).tobytes()
    return data[2 : 2 + data[1]].decode(errors="replace")


def needed_by_counting(bands, decibels):
    left, error, dropped = sorted(abs(bands).ravel()), 0.0, 0
    while dropped < bands.size:
        error += left[dropped] ** 2
        if error / bands.size > 255**2 / 10 ** (decibels / 10):
            break
        dropped += 1
    return bands.size - dropped


def needed_by_tails(bands, decibels):
    squares = -np.sort(-(bands.ravel() ** 2))
    tails = squares.sum() - np.concatenate([[0], np.cumsum(squares)])  # left out when the n largest are kept
    allowed = bands.size * 255**2 / 10 ** (decibels / 10)
    return int(np.argmax(tails <= allowed * (1 + 1e-12)))


def needed_by_size(bands, decibels):
    values = np.sort(np.abs(bands).ravel())
    return int(bands.size - (np.cumsum(values) / bands.size <= 255**2 / 10 ** (decibels / 10)).sum())


ANSWERS = {
    "check_haar": Answers(
        right={"PyWavelets": haar_by_pywt, "blocks": haar_by_blocks, "convolution": haar_by_convolution},
        wrong={
            "the prompt's block": lambda image: np.array([10.0, 4, 2, 0]).reshape(4, 1, 1),
            "a list of shapes": lambda image: haar_by_pywt(image)[:, ::-1],
            "four times the mean": lambda image: np.stack([haar_by_pywt(image)[0]] * 4),
        },
        announced={
            "bytes wrap around": haar_in_bytes,
            "divide by 2, not by 4": lambda image: haar_by_pywt(image) / 2,
            "rows and columns swapped": lambda image: haar_by_pywt(image)[[0, 2, 1, 3]],
        },
    ),
    "check_message": Answers(
        right={"loops": message_by_loops, "weights": message_by_weights},
        wrong={
            "always the first": lambda image: "Hi",
            "bytes, no text": lambda image: message_by_loops(image).encode(),
            "only ASCII": lambda image: message_by_loops(image).encode("ascii", "ignore").decode(),
        },
        announced={
            "the highest bit of each number comes first": lowest_first,
            "stop at the length": no_end,
            "not of 8": one_byte_of_length,
        },
    ),
    "check_needed": Answers(
        right={"counting": needed_by_counting, "tails": needed_by_tails},
        wrong={
            "the prompt's numbers": lambda bands, decibels: 2 if decibels == 48 else 3,
            "all of them": lambda bands, decibels: bands.size,
            "one more": lambda bands, decibels: needed_by_counting(bands, decibels) + 1,
        },
        announced={
            "square the coefficients": needed_by_size,
            "that is the number you drop": lambda bands, decibels: bands.size - needed_by_counting(bands, decibels),
        },
    ),
}

"""How an answer differs from the expected one, in words. Used by helpers.check."""

import re

import numpy as np

SMALL = 20  # arrays up to this many elements are printed whole


def describe(value):
    """Return a short text for any value; arrays by dtype, shape and range."""
    if isinstance(value, np.ndarray) and value.size > SMALL:
        low, high = (f"{limit:g}" for limit in (np.min(value), np.max(value)))
        return f"{value.dtype} array {value.shape}, values {low} to {high}"
    if isinstance(value, np.ndarray):
        return f"{value.dtype} array {np.array2string(value, precision=4, separator=', ').replace(chr(10), '')}"
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.6g}"
    text = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
    return text if len(text) <= 200 else text[:197] + "..."


def difference(got, expected, rtol=1e-5, atol=1e-8):
    """Return "" where `got` equals `expected` within the tolerance, else a short text on how they differ.

    Numbers and arrays are compared by value: an int equals the same float, but a bool equals only a bool.
    Tuples and lists are compared element by element, dictionaries key by key, all else by ==.
    """
    if isinstance(expected, dict):
        return _dict_difference(got, expected, rtol, atol)
    if isinstance(expected, (list, tuple)) and not _numeric(expected):
        return _sequence_difference(got, expected, rtol, atol)
    if not _numeric(expected):
        return "" if type(got) is type(expected) and got == expected else "another value"
    if not _numeric(got):
        return f"{type(got).__name__} where a number or an array is expected"
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape:
        return f"shape {got.shape} where {expected.shape} is expected"
    if (got.dtype == bool) != (expected.dtype == bool):
        return f"dtype {got.dtype} where {expected.dtype} is expected"
    wrong = ~np.isclose(got.astype(complex), expected.astype(complex), rtol=rtol, atol=atol, equal_nan=True)
    if not wrong.any():
        return ""
    if wrong.ndim == 0:
        return "another value"
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    values = f"at {first} {describe(got[first])}, expected {describe(expected[first])}"
    return f"{wrong.sum()} of {wrong.size} values; first {values}"


def general_cause(got, expected):
    """Return the likely cause of a wrong number or array, as a sentence, or "" where none is recognised."""
    if not (_numeric(got) and _numeric(expected)):
        return ""
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape:
        if got.ndim > 1 and got.shape[:2] == expected.shape[1::-1] and got.shape[2:] == expected.shape[2:]:
            return "axes swapped: an image is (height, width), rows first"
        return "the values may be right, but the shape is not" if got.size == expected.size else ""
    got, expected = got.astype(float), expected.astype(float)
    if np.isnan(got).any() and not np.isnan(expected).any():
        return "not a number (nan): a division by zero?"
    causes = {
        "range 0 to 255 instead of 0 to 1": expected * 255,
        "range 0 to 1 instead of 0 to 255": expected / 255,
        "the sign is flipped": -expected,
        "the fraction is lost: // or int() where / is meant": np.floor(expected),
        "one too many": expected + 1,
        "one too few": expected - 1,
    }
    for cause, value in causes.items():
        if np.allclose(got, value) and not np.allclose(expected, value):
            return cause
    if got.ndim == 2 and got.shape[0] == got.shape[1] and np.allclose(got.T, expected):
        return "axes swapped: an image is (height, width), rows first"
    return ""


def _numeric(value):
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except ValueError:
        return False


def _sequence_difference(got, expected, rtol, atol):
    if not isinstance(got, (list, tuple)):
        return f"{type(got).__name__} where a {type(expected).__name__} is expected"
    if len(got) != len(expected):
        return f"{len(got)} elements where {len(expected)} are expected"
    for number, (mine, right) in enumerate(zip(got, expected, strict=True)):
        problem = difference(mine, right, rtol, atol)
        if problem:
            return f"element {number}: {problem}"
    return ""


def _dict_difference(got, expected, rtol, atol):
    if not isinstance(got, dict):
        return f"{type(got).__name__} where a dict is expected"
    missing = [key for key in expected if key not in got]
    if missing:
        return f"no key {missing[0]!r}"
    problems = {key: difference(got[key], expected[key], rtol, atol) for key in expected}
    return "; ".join(f"{key}: {problem}" for key, problem in problems.items() if problem)

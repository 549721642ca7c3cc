"""How an answer differs from the expected one, in words. Used by helpers.check."""

import contextlib
import re
from collections.abc import Iterator

import numpy as np

SMALL = 20  # arrays up to this many elements are printed whole
LONG = 1000  # of what has more elements, only their number is printed
NUMBERS = "biufc"  # the kinds of dtype that are numbers, bool among them


def describe(value):
    """Return a short text for any value; arrays by dtype, shape and range. Never raises."""
    try:
        return _described(value)
    except Exception:
        return f"a {type(value).__name__} that cannot be shown"


def _described(value):
    if isinstance(value, np.ndarray):
        return f"{value.dtype} array {_described_array(value)}"
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        text = f"{value:.6g}"
        return f"{text}.0" if text.lstrip("-").isdigit() else text  # 1.0 is not the int 1
    if isinstance(value, (list, tuple, set, frozenset, dict, str, bytes)) and len(value) > LONG:
        return f"{type(value).__name__} of {len(value)} elements"
    text = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
    return text if len(text) <= 200 else text[:197] + "..."


def _described_array(array):
    if array.size <= SMALL:
        return np.array2string(array, precision=4, separator=", ").replace("\n", "")
    if array.dtype.kind not in NUMBERS:
        return f"{array.shape}, beginning with {describe(array.flat[0])}"
    low, high = (f"{limit:g}" for limit in (np.min(array), np.max(array)))
    return f"{array.shape}, values {low} to {high}"


def difference(got, expected, rtol=1e-5, atol=1e-8):
    """Return "" where `got` equals `expected` within the tolerance, else a short text on how they differ.

    Numbers and arrays are compared by value: an int equals the same float, but a bool equals only a bool.
    Tuples and lists are compared element by element, dictionaries key by key, all else by ==. Never raises.
    """
    try:
        return _difference(got, expected, rtol, atol)
    except Exception as error:
        return f"a {type(got).__name__} that cannot be compared ({type(error).__name__})"


def _difference(got, expected, rtol, atol):
    if isinstance(expected, dict):
        return _dict_difference(got, expected, rtol, atol)
    if isinstance(expected, (list, tuple)) and not _numeric(expected):
        return _sequence_difference(got, expected, rtol, atol)
    if not _numeric(expected):
        return "" if isinstance(got, type(expected)) and _equal(got, expected) else "another value"
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


def _equal(got, expected):
    return bool(np.array_equal(got, expected)) if isinstance(expected, np.ndarray) else bool(got == expected)


def changed(before, after):
    """Return True where a number, text, array or container of these differs from `before`, bit for bit.

    What else an argument may be (a generator, a model) cannot be told and counts as unchanged.
    """
    if type(before) is not type(after):
        return True
    if isinstance(before, np.ndarray):
        same = before.shape == after.shape and before.dtype == after.dtype
        return not (same and (before.dtype.hasobject or before.tobytes() == after.tobytes()))
    if isinstance(before, dict):
        return list(before) != list(after) or any(changed(before[key], after[key]) for key in before)
    if isinstance(before, (list, tuple)):
        return len(before) != len(after) or any(map(changed, before, after))
    plain = (int, float, complex, str, bytes, bytearray, set, frozenset, np.generic)
    return isinstance(before, plain) and not (before == after or before != before)  # nan is not nan


def type_difference(got, expected):
    """Return "" where `got` has the type of `expected`, else a text on how they differ.

    An array needs the dtype, a number its kind: NumPy's integers count as int, its floats as float.
    """
    if isinstance(expected, np.ndarray):
        mine = got.dtype if isinstance(got, np.ndarray) else type(got).__name__
        return "" if mine == expected.dtype else f"{mine} where an array of {expected.dtype} is asked"
    if _kind(got) is not _kind(expected):
        return f"{type(got).__name__} where {_kind(expected).__name__} is asked"
    pairs = []
    if isinstance(expected, (list, tuple)):
        pairs = enumerate(zip(got, expected, strict=True))
    elif isinstance(expected, dict):
        pairs = ((repr(key), (got[key], expected[key])) for key in expected)
    problems = ((place, type_difference(*pair)) for place, pair in pairs)
    return next((f"element {place}: {problem}" for place, problem in problems if problem), "")


def general_cause(got, expected):
    """Return the likely cause of a wrong number or array, a sentence; "" where none is recognised. Never raises."""
    if isinstance(got, Iterator):
        return "values come one by one here: put them into a list, list(…)"
    with contextlib.suppress(Exception), np.errstate(all="ignore"):
        return _general_cause(got, expected)
    return ""


def _general_cause(got, expected):
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


def _kind(value):
    """Return the type of a value, Python's for a scalar of NumPy."""
    return type(value.item()) if isinstance(value, np.generic) else type(value)


def _numeric(value):
    try:
        return np.asarray(value).dtype.kind in NUMBERS
    except Exception:
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
    extra = [key for key in got if key not in expected]
    if extra:
        return f"the key {extra[0]!r} is not asked for"
    problems = {key: difference(got[key], expected[key], rtol, atol) for key in expected}
    return "; ".join(f"{key}: {problem}" for key, problem in problems.items() if problem)

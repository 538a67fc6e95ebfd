"""Six bugs and their fixes: the code that is shown stands beside the same code as it is run.

tests/parts/test_bugs.py runs the shown text and expects the very characters that the page shows. ``{x}`` is filled in
with the point, a float as Python writes it, and ``{n}`` with the integer nearest to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from numdiff.blackbox.calling import AnyFunction

H = 1e-4
"""Δx of the lecture, as the snippets write it."""


@dataclass(frozen=True)
class Snippet:
    """A few lines of code as text, and what they print when they are run with f at x: arguments of the last print."""

    code: str
    run: Callable[[AnyFunction, float], tuple[Any, ...]]


@dataclass(frozen=True)
class Bug:
    """A wrong snippet with the right one."""

    name: str
    wrong: Snippet
    fixed: Snippet


def _quotient(f: AnyFunction, x: Any, h: Any) -> Any:  # noqa: ANN401 - numbers of any kind
    """Return what every snippet writes out."""
    return (f(x + h) - f(x - h)) / (2 * h)


# --- a step that is lost

_TINY = """\
x = np.float64({x})
h = 1e-50
print((f(x + h) - f(x - h)) / (2*h))"""


def _tiny(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return (_quotient(f, np.float64(x), 1e-50),)


_FITTING = """\
x = np.float64({x})
h = np.cbrt(np.finfo(float).eps) * max(1, abs(x))
print((f(x + h) - f(x - h)) / (2*h))"""


def _fitting(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return (_quotient(f, point, np.cbrt(np.finfo(float).eps) * max(1, abs(point))),)


# --- the missing brackets

_UNBRACKETED = """\
x = np.float64({x})
h = 1e-4
print((f(x + h) - f(x - h)) / 2*h)"""


def _unbracketed(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return ((f(point + H) - f(point - H)) / 2 * H,)


_BRACKETED = """\
x = np.float64({x})
h = 1e-4
print((f(x + h) - f(x - h)) / (2*h))"""


def _bracketed(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return (_quotient(f, np.float64(x), H),)


# --- an integer array: a gradient loop puts x ± h into the array and calls f

_LOOP = """
h = 1e-4
keep = a[0]
a[0] = keep + h
right = f(np.float64(a[0]))
a[0] = keep - h
left = f(np.float64(a[0]))
print((right - left) / (2*h))"""


def _loop(f: AnyFunction, a: np.ndarray) -> tuple[Any, ...]:
    keep = a[0]
    a[0] = keep + H
    right = f(np.float64(a[0]))
    a[0] = keep - H
    left = f(np.float64(a[0]))
    return ((right - left) / (2 * H),)


_INTEGERS = "a = np.array([{n}])" + _LOOP


def _integers(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _loop(f, np.array([round(x)]))


_FLOATS = "a = np.array([{n}], dtype=float)" + _LOOP


def _floats(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _loop(f, np.array([round(x)], dtype=float))


# --- the same step for every x

_RELATIVE = """\
x = np.float64({x})
h = np.cbrt(np.finfo(float).eps) * abs(x)
print((f(x + h) - f(x - h)) / (2*h))"""


def _relative(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return (_quotient(f, point, np.cbrt(np.finfo(float).eps) * abs(point)),)


# --- across a kink

_ACROSS = """\
x = np.float64({x})
h = 1e-4
g = lambda t: np.maximum(f(t) - f(x), 0)
print((g(x + h) - g(x - h)) / (2*h))"""


def _bent(f: AnyFunction, x: Any) -> AnyFunction:  # noqa: ANN401
    return lambda t: np.maximum(f(t) - f(x), 0)


def _across(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return (_quotient(_bent(f, point), point, H),)


_SIDES = """\
x = np.float64({x})
h = 1e-4
g = lambda t: np.maximum(f(t) - f(x), 0)
left = (g(x) - g(x - h)) / h
right = (g(x + h) - g(x)) / h
print(left, right)"""


def _one_sided(f: AnyFunction, point: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return (f(point) - f(point - H)) / H, (f(point + H) - f(point)) / H


def _sides(f: AnyFunction, x: float) -> tuple[Any, ...]:
    point = np.float64(x)
    return _one_sided(_bent(f, point), point)


_OWN_SIDES = """\
x = np.float64({x})
h = 1e-4
left = (f(x) - f(x - h)) / h
right = (f(x + h) - f(x)) / h
print(left, right)"""


def _own_sides(f: AnyFunction, x: float) -> tuple[Any, ...]:
    return _one_sided(f, np.float64(x))


# --- one double makes everything double

_PROMOTED = """\
x = np.float32({x})
h = np.float64(1e-4)
quotient = (f(x + h) - f(x - h)) / (2*h)
print(quotient.dtype, quotient)"""


def _promoted(f: AnyFunction, x: float) -> tuple[Any, ...]:
    quotient = _quotient(f, np.float32(x), np.float64(H))
    return quotient.dtype, quotient


_KEPT = """\
x = np.float32({x})
h = np.float32(1e-4)
quotient = (f(x + h) - f(x - h)) / (2*h)
print(quotient.dtype, quotient)"""


def _kept(f: AnyFunction, x: float) -> tuple[Any, ...]:
    quotient = _quotient(f, np.float32(x), np.float32(H))
    return quotient.dtype, quotient


BUGS: tuple[Bug, ...] = (
    Bug("tiny", Snippet(_TINY, _tiny), Snippet(_FITTING, _fitting)),
    Bug("brackets", Snippet(_UNBRACKETED, _unbracketed), Snippet(_BRACKETED, _bracketed)),
    Bug("integers", Snippet(_INTEGERS, _integers), Snippet(_FLOATS, _floats)),
    Bug("absolute", Snippet(_BRACKETED, _bracketed), Snippet(_RELATIVE, _relative)),
    Bug("kink", Snippet(_ACROSS, _across), Snippet(_SIDES, _sides)),
    Bug("promoted", Snippet(_PROMOTED, _promoted), Snippet(_KEPT, _kept)),
)

OWN_KINK = Bug("own_kink", Snippet(_BRACKETED, _bracketed), Snippet(_OWN_SIDES, _own_sides))
"""Stands in for "kink" where the learner's f has one at x."""

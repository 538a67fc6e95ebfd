"""Other packages that differentiate numerically: asked if they are installed, and no requirement."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from threading import RLock
from types import MappingProxyType
from typing import Any

import numpy as np

from numdiff.blackbox.calling import AnyFunction

Answer = tuple[float, float]
"""The derivative, and the error that is claimed for it (NaN if none is)."""

_PEERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "scipy": ("scipy.differentiate", "derivative"),
        "numdifftools": ("numdifftools", "Derivative"),
        "jacobi": ("jacobi", "jacobi"),
    }
)
"""Module and function by id."""

NAMES: Mapping[str, str] = MappingProxyType({name: ".".join(place) for name, place in _PEERS.items()})
"""What the packages call their functions: the same in every language."""

_quiet = RLock()
"""Filters of warnings belong to the whole process: one peer at a time changes them."""


def _first(value: Any) -> float:  # noqa: ANN401 - whatever a package returns
    return float(np.ravel(value)[0])


def _scipy(call: Any, f: AnyFunction, x: float) -> Answer:  # noqa: ANN401
    found = call(f, x)
    return _first(found.df), _first(found.error)


def _numdifftools(call: Any, f: AnyFunction, x: float) -> Answer:  # noqa: ANN401
    found = call(f, full_output=True)(x)
    value, facts = found if len(found) == 2 else (found.estimate, found)  # up to 0.9.42: a pair
    return _first(value), _first(facts.error_estimate)


def _jacobi(call: Any, f: AnyFunction, x: float) -> Answer:  # noqa: ANN401
    value, error = call(f, x)
    return _first(value), _first(error)


_ASK: Mapping[str, Callable[[Any, AnyFunction, float], Answer]] = MappingProxyType(
    {"scipy": _scipy, "numdifftools": _numdifftools, "jacobi": _jacobi}
)


@cache
def installed() -> tuple[str, ...]:
    """Return the ids of the packages that can be imported and have the function: SciPy has it from 1.15 on."""
    return tuple(name for name in _PEERS if _function(name) is not None)


@cache
def _function(name: str) -> Any:  # noqa: ANN401
    module, attribute = _PEERS[name]
    if find_spec(module.split(".", maxsplit=1)[0]) is None:
        return None
    try:
        with _quiet, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError):
        return None


def ask(name: str, f: AnyFunction, x: float) -> Answer:
    """Return what a package says of f′(x).

    Raises
    ------
    ArithmeticError, ValueError, TypeError, RuntimeError, LookupError
        Whatever it raises where it cannot.
    """
    with _quiet, warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return _ASK[name](_function(name), f, x)


TROUBLES = (ArithmeticError, ValueError, TypeError, RuntimeError, LookupError)
"""What other packages raise where they cannot cope, and numdiff where f takes no complex numbers."""

"""The numbers in the glossary's formulas: all of them are computed, and cut or rounded where they are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivation.work import differentiate
from numdiff.function import parse
from numdiff.precise import context

_DIGITS = 15
_NAMES = {"double": "float64", "single": "float32", "half": "float16", "brain": "bfloat16"}


def _power_of_ten(number: float) -> str:
    """Return two digits of a number, times a power of ten, as LaTeX."""
    mantissa, _, exponent = f"{number:.1e}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"


def _euler() -> str:
    """Return e, cut after true digits."""
    with context(3 * _DIGITS) as mp:
        digits = mp.nstr(mp.floor(mp.e * 10**_DIGITS) / 10**_DIGITS, _DIGITS + 1, strip_zeros=False)
    return rf"{digits}\ldots"


@cache
def words() -> Mapping[str, str]:
    """Return what stands for the names in doubled braces, as LaTeX."""
    found: dict[str, str] = {}
    for name, dtype in _NAMES.items():
        epsilon = 2 * unit_roundoff(dtype)
        found[f"eps_{name}"] = _power_of_ten(epsilon)
        found[f"bits_{name}"] = str(round(math.log2(epsilon)))
    found["euler"] = _euler()
    first, second = np.float32(1.0000001), np.float32(1)
    found |= {"cancel_first": str(first), "cancel_second": f"{second:g}"}
    found["cancel_result"] = _power_of_ten(float(first - second))
    return MappingProxyType(found)


@cache
def derived(text: str, sign: str) -> str:
    """Return ``sign′(x) = …`` as LaTeX, with the derivative that the engine finds for a typed function."""
    return rf"{sign}'(x) = {differentiate(parse(text), 'x').result.latex()}"

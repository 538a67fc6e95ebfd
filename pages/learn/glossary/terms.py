"""The terms: what both languages share (terms.toml), the words of each (text/<language>.toml), computed numbers."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from numdiff.blackbox.precision import unit_roundoff
from numdiff.derivation.work import differentiate
from numdiff.function import parse
from numdiff.precise import context
from pages.parts.i18n import file_name, languages
from pages.parts.lessons.prose import fill

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
def numbers_of_formulas() -> Mapping[str, str]:
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


HERE = Path(__file__).parent
GROUPS = ("change", "numerical", "errors", "rules", "points", "several", "graph", "learning")
"""The headings of the index."""


@dataclass(frozen=True)
class Term:
    """A term, as far as it is the same in every language.

    Attributes
    ----------
    id, group : str
    formula : tuple of str
        Lines of LaTeX.
    picture : str
        Name of the picture, or nothing.
    explore : Mapping
        ``page``, and the fields of the link into that explorer, as the link has them.
    lesson : str
        ``slug.screen`` of the lesson where it comes in, or nothing.
    """

    id: str
    group: str
    formula: tuple[str, ...]
    picture: str
    explore: Mapping[str, str]
    lesson: str


@dataclass(frozen=True)
class Words:
    """What one language says about a term: its name, other names and spellings, and one sentence."""

    name: str
    also: tuple[str, ...]
    text: str


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _formula(given: Mapping[str, Any]) -> tuple[str, ...]:
    lines = [fill(given["formula"], numbers_of_formulas())] if "formula" in given else []
    if "derive" in given:
        lines.append(derived(given["derive"], given["sign"]))
    return tuple(lines)


@cache
def terms() -> Mapping[str, Term]:
    """Return all terms by id, in the order of the index."""
    return MappingProxyType(
        {
            name: Term(
                name,
                given["group"],
                _formula(given),
                given.get("picture", ""),
                MappingProxyType(given.get("explore", {})),
                given.get("lesson", ""),
            )
            for name, given in _toml("terms.toml").items()
        }
    )


@cache
def words(language: str) -> Mapping[str, Words]:
    """Return the words of a language, by id of the term."""
    return MappingProxyType(
        {
            name: Words(given["name"], tuple(given.get("also", ())), given["text"])
            for name, given in _toml(f"text/{file_name(language)}.toml").items()
            if name != "pictures"
        }
    )


@cache
def pictures(language: str) -> Mapping[str, str]:
    """Return what each picture shows, in words."""
    return MappingProxyType(_toml(f"text/{file_name(language)}.toml")["pictures"])


def plain(name: str) -> str:
    """Return a name without what stands in brackets after it."""
    return re.sub(r"\s*\(.*\)$", "", name)


def other(language: str) -> str:
    """Return the first of the other languages."""
    return next(choice for choice in languages() if choice != language)

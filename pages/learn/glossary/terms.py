"""The terms: what both languages share (terms.toml), and the words of each (text/<language>.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pages.learn.glossary import facts
from pages.parts.i18n import file_name, languages
from pages.parts.lessons.prose import fill

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
    lines = [fill(given["formula"], facts.words())] if "formula" in given else []
    if "derive" in given:
        lines.append(facts.derived(given["derive"], given["sign"]))
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

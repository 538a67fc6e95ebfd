"""What is looked up in the glossary, as its links have it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.parts.fields import Place, option

TERM = 60
"""Characters at most."""


@dataclass(frozen=True)
class View(Place):
    """What is looked up."""

    term: str = option("", lambda raw: raw if len(raw) <= TERM else None)

"""Which exercise the page of practice shows, as its links have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from numdiff.practice.exercise import KINDS
from pages.parts.fields import Place, integer_in, many_of, one_of, option, switch

SHEETS = ("lecture", "made")
"""The lecture's own exercises, or made from kinds, level and seed."""
LEVELS = ("1", "2", "3")
SHEET_SEEDS = (1, 999_999)
"""The least and the greatest seed of a sheet."""
NUMBERS = (1, 99)
"""The first exercise, and the last one that a link can name."""


def _counting(least: int, greatest: int) -> Callable[[str], int | None]:
    """Return a reader that takes digits that count from one bound to another, leading zeros as well."""

    def read(raw: str) -> int | None:
        is_number = raw.isascii() and raw.isdigit() and len(raw) < 9
        return int(raw) if is_number and least <= int(raw) <= greatest else None

    return read


@dataclass(frozen=True)
class View(Place):
    """The options of the page."""

    sheet: str = option("lecture", one_of(SHEETS))
    kinds: tuple[str, ...] = option((), many_of(KINDS), ".".join)
    level: str = option("1", one_of(LEVELS))
    sheet_seed: int = option(1, integer_in(*SHEET_SEEDS))
    number: int = option(1, _counting(*NUMBERS))
    teacher: bool = switch()

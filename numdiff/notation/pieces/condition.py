"""A condition as it is typed, taken apart into the places of what is compared: ``0 < x ≤ 1``, ``x < 0 or x > 2``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from numdiff.tree import Relation, Span

_SIGNS: tuple[tuple[str, Relation], ...] = (
    (r"<=|=<|≤|⩽|≦|\\leqslant(?![A-Za-z])|\\leqq?(?![A-Za-z])|\\le(?![A-Za-z])", "<="),
    (r">=|=>|≥|⩾|≧|\\geqslant(?![A-Za-z])|\\geqq?(?![A-Za-z])|\\ge(?![A-Za-z])", ">="),
    (r"!==?|~=|<>|≠|\\neq?(?![A-Za-z])|\\not\s*=", "!="),
    (r"===?|=", "="),
    (r"<|\\lt(?![A-Za-z])", "<"),
    (r">|\\gt(?![A-Za-z])", ">"),
)
_SIGN = re.compile("|".join(f"({pattern})" for pattern, _ in _SIGNS))
_WORDS = {
    "or": re.compile(r"\|\||\bor\b|∨|\\lor(?![A-Za-z])|\\vee(?![A-Za-z])|또는|\\text\s*\{\s*(?:or|또는)\s*\}"),
    "and": re.compile(
        r"&&|&|\band\b|∧|\\land(?![A-Za-z])|\\wedge(?![A-Za-z])|그리고|이고|\\text\s*\{\s*(?:and|그리고|이고)\s*\}"
    ),
}
_OR_OF_BRACKETS = re.compile(r"(?<=\))\s*\|\s*(?=\()")
_NOT = re.compile(r"\s*(?:not\b|!(?!=)|¬|\\neg(?![A-Za-z])|\\lnot(?![A-Za-z]))\s*")
_SPACE = re.compile(r"(?:\s|\\[,;:! ]|\\quad(?![A-Za-z])|\\qquad(?![A-Za-z])|~)+")

OTHERWISE = re.compile(
    r"(?:if\s+)?(?:\\(?:text|textrm|mbox|mathrm|operatorname)\s*\{\s*)?"
    r"(?:otherwise|else(?:where)?|True|true|TRUE|default|그\s*외(?:의?\s*경우)?|그렇지\s*않(?:으면|을\s*때)|나머지)\s*\}?\.?"
)
"""What stands in the place of a condition where no other one holds."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides by their places in the text, and the relation between them."""

    left: Span
    relation: Relation
    right: Span


@dataclass(frozen=True, slots=True)
class Together:
    """Conditions that hold together, or one of which holds; with ``not`` one of which the opposite holds."""

    word: Literal["and", "or", "not"]
    parts: tuple[Typed, ...]


Typed: TypeAlias = Compared | Together


def trimmed(text: str, span: Span) -> Span:
    """Return a place without the white space around it, that of LaTeX included."""
    start, end = span
    while start < end and (space := _SPACE.match(text, start, end)):
        start = space.end()
    while start < end:
        space = next((found for found in _SPACE.finditer(text, start, end) if found.end() == end), None)
        if space is None:
            break
        end = space.start()
    return start, end


def outside(text: str, span: Span) -> Iterator[int]:
    """Yield the places that are in no bracket."""
    level = 0
    for place in range(*span):
        character = text[place]
        if character in ")]}":
            level -= 1
        if level == 0 and character not in "([{":
            yield place
        if character in "([{":
            level += 1


def has_sign(text: str, span: Span) -> bool:
    """Return True if something is compared outside all brackets."""
    return bool(_signs(text, span))


def _signs(text: str, span: Span) -> list[tuple[int, int, Relation]]:
    found: list[tuple[int, int, Relation]] = []
    for place in outside(text, span):
        sign = _SIGN.match(text, place, span[1])
        if sign is not None and (not found or place >= found[-1][1]):
            found.append((place, sign.end(), _SIGNS[(sign.lastindex or 1) - 1][1]))
    return found


def condition(text: str, span: Span) -> Typed | None:
    """Return a condition taken apart; None if the text is none.

    Parameters
    ----------
    text : str
        With the characters in their plain form.
    span : tuple of int
        Where the condition stands in it.
    """
    span = trimmed(text, span)
    for word in ("or", "and"):
        parts = _split(text, span, word)
        if len(parts) > 1:
            typed = [condition(text, part) for part in parts]
            whole = tuple(part for part in typed if part is not None)
            return Together("or" if word == "or" else "and", whole) if len(whole) == len(parts) else None
    if (sign := _NOT.match(text, *span)) is not None:
        inner = condition(text, (sign.end(), span[1]))
        return None if inner is None else Together("not", (inner,))
    if not has_sign(text, span):
        return condition(text, (span[0] + 1, span[1] - 1)) if _is_bracketed(text, span) else None
    return _compared(text, span)


def _split(text: str, span: Span, word: str) -> list[Span]:
    """Return the parts between the words "or" or "and" outside brackets."""
    places = set(outside(text, span))
    cuts = [found.span() for found in _WORDS[word].finditer(text, *span) if found.start() in places]
    if word == "or":
        cuts += [found.span() for found in _OR_OF_BRACKETS.finditer(text, *span) if found.end() - 1 in places]
    edges = [span[0], *(edge for cut in sorted(cuts) for edge in cut), span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _is_bracketed(text: str, span: Span) -> bool:
    start, end = span
    return (
        end - start > 2 and text[start] in "([" and text[end - 1] in ")]" and not set(outside(text, span)) - {end - 1}
    )


def _compared(text: str, span: Span) -> Typed | None:
    """Return a comparison, or the pairs of a chained one."""
    signs = _signs(text, span)
    edges = [span[0], *(edge for start, end, _ in signs for edge in (start, end)), span[1]]
    sides = [trimmed(text, side) for side in zip(edges[::2], edges[1::2], strict=True)]
    if any(start >= end for start, end in sides):
        return None
    pairs = tuple(
        Compared(left, relation, right) for (left, right), (_, _, relation) in zip(pairwise(sides), signs, strict=True)
    )
    return pairs[0] if len(pairs) == 1 else Together("and", pairs)

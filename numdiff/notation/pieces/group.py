"""The pieces between braces: ``{x < 0: −x, x}``, ``{x² if x ≥ 0, −x otherwise}``, ``{x² (x ≥ 0), −x (x < 0)}``.

The first is this notation's own, and what a formula in pieces is printed as. The last piece may have no condition: it
holds where no other one does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from numdiff.notation.dialects.rule import closing
from numdiff.notation.pieces.condition import OTHERWISE, Typed, condition, has_sign, outside, trimmed
from numdiff.tree import Span

_COMPARING = re.compile(r"[<>≤≥≠⩽⩾≦≧=]|\\(?:le|ge|leq|geq|leqslant|geqslant|lt|gt|neq?)(?![A-Za-z])")
_IF = re.compile(
    r"(?:\\(?:text|textrm|mbox|mathrm)\s*\{\s*(?:if|for|when|where|만약)\s*\}|\b(?:if|for|when)\b)\s*", re.IGNORECASE
)
_TAIL = re.compile(r"\s*(?:일\s*때|인\s*경우|이면|에서|때)\s*$")
_ELSE = re.compile(rf"(?:그\s*외에는|{OTHERWISE.pattern})\s*[:,]?\s+(?=\S)")
_OTHERWISE = re.compile(rf"(?:,\s*)?(?<![A-Za-z\\])(?:\(\s*)?{OTHERWISE.pattern}\s*\)?\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value by its place in the text, and its condition; None for "otherwise"."""

    value: Span
    condition: Typed | None


def end_of(text: str, start: int) -> int | None:
    """Return where the pieces end whose brace stands at ``start``; None if these braces hold no pieces."""
    close = closing(text, start)
    if close < 0 or _COMPARING.search(text, start, close) is None:
        return None
    return close + 1 if pieces(text, (start, close + 1)) else None


def pieces(text: str, span: Span) -> tuple[Piece, ...]:
    """Return the pieces between the braces at a place, which are taken off; none if these are no pieces."""
    inside = (span[0] + 1, span[1] - 1)
    rows = _parts(text, inside, ";")
    if len(rows) > 1:
        found = [_row(text, row) for row in rows if trimmed(text, row)[0] < trimmed(text, row)[1]]
    else:
        parts = _parts(text, inside, ",")
        found = _alternating(text, parts) or [_piece(text, part) for part in parts]
    whole = tuple(piece for piece in found if piece is not None)
    are_pieces = len(whole) == len(found) and all(piece.condition is not None for piece in whole[:-1])
    return whole if are_pieces and any(piece.condition is not None for piece in whole) else ()


def _parts(text: str, span: Span, sign: str) -> list[Span]:
    cuts = [place for place in outside(text, span) if text[place] == sign]
    edges = [span[0], *(edge for cut in cuts for edge in (cut, cut + 1)), span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _alternating(text: str, parts: list[Span]) -> list[Piece | None]:
    """Return the pieces of ``x², x ≥ 0, −x, x < 0``; none if it is not written so."""
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    is_written_so = all(has_sign(text, when) and not has_sign(text, value) for value, when in pairs)
    if len(parts) % 2 or not is_written_so or any(_has_colon(text, part) for part in parts):
        return []
    return [_with(text, value, when) for value, when in pairs]


def _has_colon(text: str, part: Span) -> bool:
    return any(text[place] == ":" for place in outside(text, part))


def _row(text: str, row: Span) -> Piece | None:
    """Return the piece of a row ``x², x ≥ 0``."""
    parts = _parts(text, row, ",")
    return _with(text, *parts) if len(parts) == 2 else _piece(text, row)


def _with(text: str, value: Span, when: Span) -> Piece | None:
    value, when = trimmed(text, value), trimmed(text, when)
    if (sign := _IF.match(text, *when)) is not None:
        when = trimmed(text, (sign.end(), when[1]))
    if (tail := _TAIL.search(text, *when)) is not None:
        when = trimmed(text, (when[0], tail.start()))
    if OTHERWISE.fullmatch(text, *when):
        return Piece(value, None) if value[0] < value[1] else None
    found = condition(text, when)
    return None if found is None or value[0] >= value[1] else Piece(value, found)


def _piece(text: str, part: Span) -> Piece | None:
    """Return a piece ``x < 0: −x``, ``−x if x < 0``, ``−x (x < 0)`` or ``x``."""
    part = start, end = trimmed(text, part)
    if (word := _ELSE.match(text, start, end)) is not None:
        return Piece((word.end(), end), None)
    colon = next((place for place in outside(text, part) if text[place] == ":"), None)
    if colon is not None:
        return _with(text, (colon + 1, end), (start, colon))
    places = set(outside(text, part))
    for sign in _IF.finditer(text, start, end):
        if sign.start() in places and sign.start() > start:
            return _with(text, (start, sign.start()), (sign.start(), end))
    if (last := _OTHERWISE.search(text, start, end)) is not None and last.start() > start:
        return Piece(trimmed(text, (start, last.start())), None)
    opening = next(
        (place for place in range(start, end) if text[place] == "(" and closing(text, place) == end - 1), None
    )
    if opening is not None and opening > start and has_sign(text, (opening + 1, end - 1)):
        return _with(text, (start, opening), (opening + 1, end - 1))
    return Piece(part, None) if start < end and not has_sign(text, part) else None

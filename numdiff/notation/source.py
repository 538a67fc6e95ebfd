"""Typed text → what it means: a formula, in wrappers (``$…$``) or not, or pasted Python."""

from __future__ import annotations

import re

from numdiff.notation.characters import normalise
from numdiff.notation.errors import InputError
from numdiff.notation.formula import Source, read_formula
from numdiff.notation.limits import check_length
from numdiff.notation.program import read_program
from numdiff.tree import Span

_WRAPPERS = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))
_PROGRAM = re.compile(r"(?<![\\\w])(?:def\s|return\b|import\s|from\s|lambda\b[^:\n]*:)")


def unwrap(text: str) -> Span:
    """Return where the formula itself stands: without white space around it and the dollars of LaTeX."""
    plain = normalise(text)
    blank = " \n\u200b"
    start, end = len(plain) - len(plain.lstrip(blank)), len(plain.rstrip(blank))
    if not plain.strip(blank + "$"):
        return end, end
    for opening, closing in _WRAPPERS:
        inside = plain[start:end]
        if len(inside) > len(opening + closing) and inside.startswith(opening) and inside.endswith(closing):
            return start + len(opening), end - len(closing)
    return start, max(start, end)


def read(text: str) -> Source:
    """Return what the typed text means.

    Raises
    ------
    InputError
        With a code, the place and parameters, if it cannot be understood or could mean more than one thing.
    """
    check_length(text)
    start, end = unwrap(text)
    if start >= end:
        raise InputError("empty", (0, len(text)))
    try:
        if _PROGRAM.search(normalise(text)):
            return read_program(text, (start, end))
        return read_formula(text, (start, end))
    except InputError as error:
        if error.span[0] < error.span[1]:
            raise
        # Nothing was typed where something is missing: mark the character before, so that there is a mark to see.
        place = max(min(error.span[0], len(text)) - 1, 0)
        raise InputError(error.code, (place, place + 1), error.params) from None

"""Typed text → what it means: a formula, in wrappers (``$…$``) or not, or pasted Python."""

from __future__ import annotations

import re
from dataclasses import replace
from re import Match

from numdiff.notation import elsewhere
from numdiff.notation.characters import normalise
from numdiff.notation.dialects.rule import Rule
from numdiff.notation.errors import InputError, Note
from numdiff.notation.formula import Source, read_formula
from numdiff.notation.limits import MAX_CHARACTERS, check_length
from numdiff.notation.pieces import elsewhere as pieces
from numdiff.notation.program import read_program
from numdiff.tree import Span, transform

_WRAPPERS = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))
_PROGRAM = re.compile(
    r"[^\n;]=[^\n;=][^\n;]*[\n;]\s*[A-Za-z_]\w*\s*=(?!=)|(?<![\\\w])(?:def\s|return\b|import\s|from\s|lambda\b[^:\n]*:)"
)

_LIMITS = frozenset(
    (
        "empty too_long too_many_nodes too_deep too_many_digits too_many_variables exponent_too_large "
        "constant_too_large constant_too_small undefined_constant"
    ).split()
)
_FINAL = frozenset("lookalike_character wrong_keyboard".split())
"""Refusals that already say what is meant."""


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
    plain = normalise(text)
    written = pieces.brought(plain)
    if written == plain:
        return _read_typed(text)
    try:
        check_length(written)
        return _read_typed(written)
    except InputError as error:  # its places are those of the text as it is written here
        raise InputError(error.code, (0, len(text)), error.params) from None


def _read_typed(text: str) -> Source:
    """Return what a text means whose pieces are written as they are here."""
    start, end = unwrap(text)
    if start >= end:
        raise InputError("empty", (0, len(text)))
    question = elsewhere.guarded(normalise(text))
    readings = _meant(text, *question) if question else ()
    try:
        if not readings:
            source = _read(text, (start, end))
    except InputError as error:
        written = _written_out(text)
        if written is None:
            raise _marked(_with_readings(error, text), text) from None
        return written
    if question is None:
        return source
    place = question[1]
    found = text[place.start() : place.end()]
    start, typed = place.start() + len(found) - len(found.lstrip()), found.strip()
    raise InputError("other_notation", (start, start + len(typed)), {"typed": typed, "readings": readings})


def _read(text: str, span: Span) -> Source:
    """Read a formula or a program, as this notation writes it."""
    if _PROGRAM.search(normalise(text)):
        return read_program(text, span)
    return read_formula(text, span)


def _written_out(text: str) -> Source | None:
    """Return what is read of a text once its functions of other libraries, factorials and remainders are written out.

    Each of them has one meaning, which a note says; None if nothing is to be written out, or that is not all.
    """
    plain = normalise(text)
    written, codes = elsewhere.certain(plain)
    if not codes or len(written) > MAX_CHARACTERS or elsewhere.guarded(written):
        return None
    try:
        source = _read(written, unwrap(written))
    except InputError:
        return None
    tree = transform(source.tree, lambda node: replace(node, span=None))  # places in another text
    notes = (*(Note(code, (0, len(text))) for code in codes), *(note for note in source.notes if not note.readings))
    return replace(source, tree=tree, notes=notes)


def _marked(error: InputError, text: str) -> InputError:
    """Return the error with a place that can be seen."""
    if error.span[0] < error.span[1]:
        return error
    # Nothing was typed where something is missing: mark the character before, so that there is a mark to see.
    place = max(min(error.span[0], len(text)) - 1, 0)
    return InputError(error.code, (place, place + 1), error.params)


def _with_readings(error: InputError, text: str) -> InputError:
    """Return the error with what is meant if the text is written as elsewhere."""
    if error.code in _LIMITS or error.code in _FINAL:
        return error
    readings = _readings(text, elsewhere.rewritten(text))
    if not readings:
        readings = tuple(reading for reading in error.readings if _leads_to_formula(reading))
    if readings == error.readings:
        return error
    return InputError(error.code, error.span, {**error.params, "readings": readings})


def _meant(text: str, guard: Rule, place: Match[str]) -> tuple[str, ...]:
    """Return the readings of a text that a guard stopped: what is meant, and what it would be here."""
    meant = _readings(text, elsewhere.rewritten(text))
    if guard.declares and "=" not in text:
        return (*meant, *_readings(text, f"f({guard.declares}) = {text.strip()}"))
    if guard.literal is None:
        return meant
    literal = guard.literal(place) if callable(guard.literal) else place.expand(guard.literal)
    return tuple(dict.fromkeys((*meant, *_readings(text, text[: place.start()] + literal + text[place.end() :]))))


def _readings(text: str, candidate: str) -> tuple[str, ...]:
    """Return the candidate if it is a formula, or its own readings that are; a click on one never asks again."""
    if candidate.strip() == text.strip() or len(candidate) > MAX_CHARACTERS or not candidate:
        return ()
    if elsewhere.guarded(candidate):
        return ()
    try:
        _read(candidate, unwrap(candidate))
    except InputError as error:
        return tuple(reading for reading in error.readings if reading != text and _leads_to_formula(reading))
    return (candidate,)


def _leads_to_formula(reading: str, clicks: int = 3) -> bool:
    """Return True if a reading is a formula, or asks again with readings that are."""
    if len(reading) > MAX_CHARACTERS or elsewhere.guarded(normalise(reading)):
        return False
    try:
        _read(reading, unwrap(reading))
    except InputError as error:
        return clicks > 0 and any(_leads_to_formula(further, clicks - 1) for further in error.readings)
    return True

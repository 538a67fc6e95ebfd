"""What to say where something else was expected: a missing operand, a bracket or a comma out of place."""

from __future__ import annotations

import re

from numdiff.notation.cursor import Cursor
from numdiff.notation.errors import InputError
from numdiff.notation.scanner import Token


def operand(cursor: Cursor, token: Token) -> InputError:
    """Return what to say where an operand should stand and ``token`` does."""
    before = cursor.tokens[cursor.position - 2] if cursor.position > 1 else None
    if token.kind == "comma":
        return unexpected(cursor, token)
    if before is not None and before.kind == "op":
        sign = cursor.text[before.start : before.end] or before.value
        return cursor.error("missing_operand", before.start, before.end, operator=sign)
    if token.kind == "op":
        sign = cursor.text[token.start : token.end] or token.value
        return cursor.error("missing_operand", token.start, token.end, operator=sign)
    if token.kind == "end" and before is not None and before.kind == "open":
        return cursor.error("unclosed_bracket", before.start, before.end, bracket=before.value)
    if token.kind == "end" and before is not None and before.kind == "bar":
        return cursor.error("unclosed_bars", before.start, before.end)
    if token.kind == "end" and before is not None:
        return cursor.error(
            "missing_operand", before.start, before.end, operator=cursor.text[before.start : before.end]
        )
    return unexpected(cursor, token)


def unexpected(cursor: Cursor, token: Token) -> InputError:
    """Return what to say about a token that cannot stand where it does."""
    match token.kind:
        case "close":
            return cursor.error("unopened_bracket", token.start, token.end, bracket=token.value)
        case "comma":
            return comma(cursor, token)
        case "eq":
            return cursor.error("equation", token.start, token.end)
        case "bar":
            return cursor.error("unclosed_bars", token.start, token.end)
        case "end":
            return InputError("empty", (0, len(cursor.text)))
        case _:
            typed = cursor.text[token.start : token.end]
            return cursor.error("missing_operator", token.start, token.end, typed=typed)


def comma(cursor: Cursor, token: Token) -> InputError:
    """Return the refusal of a comma: a decimal one with the point that is meant, or one out of place."""
    place = cursor.tokens.index(token)
    before, after = cursor.tokens[place - 1], cursor.tokens[min(place + 1, len(cursor.tokens) - 1)]
    if place and before.kind == after.kind == "num" and not token.space and not after.space:
        typed = cursor.text[before.start : after.end]
        readings = [re.sub(r"(?<=[0-9]),(?=[0-9])", ".", cursor.text)]
        if re.search(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])", cursor.text):
            readings.insert(0, re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", cursor.text))
        return cursor.error("decimal_comma", before.start, after.end, typed=typed, readings=tuple(readings))
    return cursor.error("unexpected_comma", token.start, token.end)

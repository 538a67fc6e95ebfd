"""What to say where something else was expected: a missing operand, a bracket or a comma out of place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numdiff.notation.errors import InputError
from numdiff.notation.scanner import Token

if TYPE_CHECKING:
    from numdiff.notation.parser import Parser


def operand(parser: Parser, token: Token) -> InputError:
    """Return what to say where an operand should stand and ``token`` does."""
    before = parser.tokens[parser.position - 2] if parser.position > 1 else None
    if token.kind == "comma":
        return unexpected(parser, token)
    if before is not None and before.kind == "op":
        sign = parser.text[before.start : before.end] or before.value
        return parser.error("missing_operand", before.start, before.end, operator=sign)
    if token.kind == "op":
        sign = parser.text[token.start : token.end] or token.value
        return parser.error("missing_operand", token.start, token.end, operator=sign)
    if token.kind == "end" and before is not None and before.kind == "open":
        return parser.error("unclosed_bracket", before.start, before.end, bracket=before.value)
    if token.kind == "end" and before is not None and before.kind == "bar":
        return parser.error("unclosed_bars", before.start, before.end)
    if token.kind == "end" and before is not None:
        return parser.error(
            "missing_operand", before.start, before.end, operator=parser.text[before.start : before.end]
        )
    return unexpected(parser, token)


def unexpected(parser: Parser, token: Token) -> InputError:
    """Return what to say about a token that cannot stand where it does."""
    match token.kind:
        case "close":
            return parser.error("unopened_bracket", token.start, token.end, bracket=token.value)
        case "comma":
            return comma(parser, token)
        case "eq":
            return parser.error("equation", token.start, token.end)
        case "bar":
            return parser.error("unclosed_bars", token.start, token.end)
        case "end":
            return InputError("empty", (0, len(parser.text)))
        case _:
            typed = parser.text[token.start : token.end]
            return parser.error("missing_operator", token.start, token.end, typed=typed)


def comma(parser: Parser, token: Token) -> InputError:
    """Return the refusal of a comma: a decimal one with the point that is meant, or one out of place."""
    place = parser.tokens.index(token)
    before, after = parser.tokens[place - 1], parser.tokens[min(place + 1, len(parser.tokens) - 1)]
    if place and before.kind == after.kind == "num" and not token.space and not after.space:
        typed = parser.text[before.start : after.end]
        reading = parser.cut((0, token.start), ".", (token.end, len(parser.text)))
        return parser.error("decimal_comma", before.start, after.end, typed=typed, readings=(reading,))
    return parser.error("unexpected_comma", token.start, token.end)

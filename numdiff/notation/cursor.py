"""A place in the tokens of a formula, with the guards and the cutting of text that the parser's parts share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from numdiff.notation.errors import InputError, Parameter
from numdiff.notation.limits import MAX_DEPTH
from numdiff.notation.scanner import Token

FACTOR_KINDS = frozenset(("num", "var", "const", "indexed", "func", "user", "open", "frac", "root", "sum", "pieces"))
"""Kinds of token with which a factor can begin; bars are decided by what is open."""


class Cursor:
    """The tokens of a formula and how far they have been read."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.position = 0
        self.depth = 0
        self.open_bars = [0]

    def peek(self, ahead: int = 0) -> Token:
        """Return the next token without taking it."""
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)]

    def previous(self) -> Token:
        """Return the token taken last."""
        return self.tokens[self.position - 1]

    def advance(self) -> Token:
        """Take the next token."""
        token = self.peek()
        self.position += 1
        return token

    def at(self, kind: str, value: str | None = None) -> bool:
        """Return True if the next token is of this kind (and has this value)."""
        token = self.peek()
        return token.kind == kind and (value is None or token.value == value)

    def at_operator(self, *values: str) -> bool:
        """Return True if the next token is one of these operators."""
        token = self.peek()
        return token.kind == "op" and token.value in values

    def at_factor(self) -> bool:
        """Return True if a factor begins here, so that an operand before it is multiplied by it."""
        token = self.peek()
        if token.kind == "bar":
            return token.value == "open" or (token.value == "" and self.open_bars[-1] == 0)
        return token.kind in FACTOR_KINDS

    @contextmanager
    def nested(self, *, bars: int | None = None) -> Iterator[None]:
        """Count one more level of nesting; ``bars`` says how many bars are open inside."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            token = self.peek()
            raise self.error("too_deep", token.start, max(token.end, token.start + 1), limit=MAX_DEPTH)
        if bars is not None:
            self.open_bars.append(bars)
        yield
        if bars is not None:
            self.open_bars.pop()
        self.depth -= 1

    def error(self, code: str, start: int, end: int, **params: Parameter) -> InputError:
        """Return the error for ``text[start:end]``; an empty place is widened so that there is something to mark."""
        if start >= end:
            start, end = max(0, min(start, len(self.text)) - 1), max(end, 1)
        return InputError(code, (start, min(end, len(self.text))), params)

    def cut(self, *pieces: tuple[int, int] | str) -> str:
        """Return the text with pieces put together: (start, end) is typed text, a string is put in."""
        return "".join(piece if isinstance(piece, str) else self.text[piece[0] : piece[1]] for piece in pieces)

    def bracketed(self, start: int, end: int, after: str = "") -> str:
        """Return the whole text with brackets around ``text[start:end]``, and ``after`` behind them."""
        rest = self.text[end:].lstrip() if after else self.text[end:]
        return self.cut((0, start), "(", (start, end), ")", after, rest)

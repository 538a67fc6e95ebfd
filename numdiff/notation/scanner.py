"""What the parts of the lexer share: the text, the place in it, the tokens so far, and subscripts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from numdiff.indices import MINUS
from numdiff.notation.characters import SUBSCRIPTS, normalise
from numdiff.notation.errors import InputError, Parameter
from numdiff.notation.names import GREEK_NAMES


@dataclass(frozen=True, slots=True)
class Token:
    r"""A piece of the input.

    ``kind`` is one of num, word, sub, base (the _ of log_{1/2}),
    op, open, close, bar, comma, frac, root, sum, eq, end, and after the words
    are resolved var, const, func and user. ``start`` and ``end`` are places in the typed text; ``space`` says that
    white space stands before it; ``whole`` that a word is one name (``\mathrm{width}``) and not a product of letters.
    """

    kind: str
    value: str
    start: int
    end: int
    space: bool = False
    whole: bool = False


_SUBSCRIPT_RUN = re.compile("[" + re.escape("".join(SUBSCRIPTS)) + "]+")
_SUBSCRIPT = re.compile(
    r"""(?P<spelt>minus[0-9]+) | [0-9]+ | [A-Za-z]+ | [가-힣]+
      | \{ [ ]* -(?P<negative>[0-9]+) [ ]* \}
      | \{ [ ]* (?P<plain>[0-9A-Za-z가-힣]+) [ ]* \}
      | \{ [ ]* \\(?:mathrm|mathit|text|textrm) [ ]* \{ [ ]* (?P<upright>[0-9A-Za-z가-힣]+) [ ]* \} [ ]* \}
      | \{ [^{}]* \}
    """,
    re.VERBOSE,
)
_DIGITS = re.compile("[0-9]+")
_SUM_BOUND = re.compile(r" *_ *[({]([^(){}]*)[)}]")


class Scanner:
    """A place in ``text[start:end]`` and the tokens read so far."""

    def __init__(self, text: str, start: int, end: int, plain: str | None = None) -> None:
        self.text = text
        self.plain = normalise(text) if plain is None else plain
        self.position = start
        self.end = end
        self.tokens: list[Token] = []
        self.space = False

    def add(self, kind: str, value: str, start: int, end: int, *, whole: bool = False) -> None:
        """Append a token; a Greek letter by any of its names (``varepsilon``) is one word."""
        value = GREEK_NAMES.get(value, value) if kind == "word" else value
        self.tokens.append(Token(kind, value, start, end, self.space, whole))
        self.space = False

    def error(self, code: str, start: int, end: int, **params: Parameter) -> InputError:
        """Return the error for ``text[start:end]``."""
        return InputError(code, (start, end), params)

    def subscript(self) -> None:
        """Read what is attached to the word before: digits, ``_1``, ``_{max}``, ₁."""
        start = self.position
        run = _SUBSCRIPT_RUN.match(self.plain, start, self.end)
        if run:
            content = "".join(SUBSCRIPTS[c] for c in run.group())
            if content[:1] == "-" and content[1:].isdigit() and not self._after_logarithm():
                content = MINUS + content[1:]
            if not content.isalnum():
                raise self.error("unsupported", start, run.end(), typed=run.group())
            self.attach(content, start, run.end())
        elif self.plain[start : start + 1] == "_":
            self._after_underscore(start)
        elif digits := _DIGITS.match(self.plain, start, self.end):
            self.attach(digits.group(), start, digits.end(), glued=True)

    def attach(self, content: str, start: int, end: int, *, glued: bool = False) -> None:
        """Append a subscript; ``glued`` says that it was typed as plain digits."""
        self.position = end
        self.space = False
        self.add("sub", content, start, end, whole=glued)

    def sum_subscript(self) -> None:
        """Read the lower bound of a sum, ``_{i=1}`` or ᵢ₌₁."""
        lower = _SUM_BOUND.match(self.plain, self.position, self.end)
        if lower:
            self.attach(lower.group(1).replace(" ", ""), lower.start(), lower.end())
        elif run := _SUBSCRIPT_RUN.match(self.plain, self.position, self.end):
            self.attach("".join(SUBSCRIPTS[c] for c in run.group()), run.start(), run.end())

    def _after_logarithm(self) -> bool:
        """Whether what is attached is the base of a logarithm and no index."""
        return self.tokens[-1].value == "log"

    def _after_underscore(self, start: int) -> None:
        part = _SUBSCRIPT.match(self.plain, start + 1, self.end)
        is_name = part is not None and part["plain"] is not None
        if self._after_logarithm() and not is_name and self.plain[start + 1 : start + 2] in ("{", "\\"):
            self.position = start + 1  # the base is an expression of its own: log_{1/2} x
            self.add("base", "", start, start + 1)
            return
        if part is None:
            raise self.error("unexpected_character", start, start + 1, character="_")
        if part["negative"]:
            self.attach(MINUS + part["negative"], start, part.end())
            return
        content = part.group("plain") or part.group("upright") or part.group()
        if not content.replace("=", "").replace(" ", "").replace("-", "").isalnum():
            raise self.error("unsupported", start, part.end(), typed=self.text[start : part.end()])
        self.attach(content.replace(" ", ""), start, part.end())

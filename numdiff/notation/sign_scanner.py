"""Signs beyond ASCII → tokens: superscripts, vulgar fractions, roots, Greek letters."""

from __future__ import annotations

import re

from numdiff.notation import names
from numdiff.notation.characters import FRACTIONS, GREEK, LOOKALIKES, SUBSCRIPTS, SUPERSCRIPTS
from numdiff.notation.errors import InputError
from numdiff.notation.latex_scanner import LatexScanner
from numdiff.notation.pieces import group
from numdiff.notation.scanner import Token

_SUPERSCRIPT_RUN = re.compile("[" + re.escape("".join(SUPERSCRIPTS)) + "".join(FRACTIONS) + "]+")
_SIMPLE = {"+": "op", "-": "op", "*": "op", "/": "op", ",": "comma", "=": "eq", "|": "bar",
           "(": "open", "[": "open", "{": "open", ")": "close", "]": "close", "}": "close",
           "⌊": "open", "⌈": "open", "⌋": "close", "⌉": "close"}  # fmt: skip
_ROOTS = {"√": "2", "∛": "3", "∜": "4"}


class SignScanner(LatexScanner):
    """Reads what begins with a single sign."""

    def character(self, character: str) -> None:
        """Read what begins with this character, the one at the current place."""
        start = self.position
        self.position += 1
        if character in SUPERSCRIPTS:
            self._superscript(start)
        elif character == "_" and self.tokens and self.tokens[-1].kind in ("word", "close", "sub", "sum", "op"):
            self._stray_underscore(start)
        elif character == "{" and (stop := group.end_of(self.plain, start)) is not None and stop <= self.end:
            self.add("pieces", "", start, stop)
            self.position = stop
        elif character in _SIMPLE:
            self.add(_SIMPLE[character], "" if character == "|" else character, start, start + 1)
        elif character in _ROOTS:
            self.add("root", _ROOTS[character], start, start + 1)
        elif character in FRACTIONS:
            self._fraction(character, start)
        elif character == "Σ":
            self._capital_sigma(start)
        elif character in GREEK:
            self.add("word", GREEK[character], start, start + 1, whole=True)
            self.subscript()
        else:
            raise self._refusal(character, start)

    def _stray_underscore(self, start: int) -> None:
        """An underscore that a word did not take: the lower bound of a sum written after its upper one."""
        if any(token.kind == "sum" for token in self.tokens):
            self.position = start
            before = len(self.tokens)
            self.sum_subscript()
            if len(self.tokens) > before:
                return
        raise self.error("unexpected_character", start, start + 1, character="_")

    def _capital_sigma(self, start: int) -> None:
        following = self.plain[start + 1 : self.end].lstrip(" ")[:1]
        if following in ("_", "^") or following in SUBSCRIPTS:
            self.sum_sign(start, start + 1)
        else:
            raise self.error("sum_form", start, start + 1)

    def _superscript(self, start: int) -> None:
        run = _SUPERSCRIPT_RUN.match(self.plain, start, self.end)
        if run is None:  # the caller saw a superscript here
            raise AssertionError(start)
        self.add("op", "^", start, start)
        self.add("open", "{", start, start)
        for place, character in enumerate(run.group(), start):
            self._raised(character, place)
        self.position = run.end()
        self.add("close", "}", run.end(), run.end())

    def _raised(self, character: str, place: int) -> None:
        plain = SUPERSCRIPTS.get(character, character)
        last = self.tokens[-1]
        if plain.isdigit() and last.kind == "num" and last.end == place:
            self.tokens[-1] = Token("num", last.value + plain, last.start, place + 1)
        elif plain.isdigit():
            self.add("num", plain, place, place + 1)
        elif plain in _SIMPLE:
            self.add(_SIMPLE[plain], plain, place, place + 1)
        elif character in FRACTIONS:
            self._fraction(character, place)
        else:
            self.add("word", plain, place, place + 1)

    def _fraction(self, character: str, start: int) -> None:
        top, bottom = FRACTIONS[character]
        self.add("frac", character, start, start + 1)
        for part in (top, bottom):
            self.add("open", "{", start, start + 1)
            self.add("num", part, start, start + 1)
            self.add("close", "}", start, start + 1)

    def _is_prime(self, start: int) -> bool:
        """f′ and x′ have a prime; any other quotation mark belongs to code."""
        before, after = self.plain[start - 1 : start] if start else "", self.plain[start + 1 : start + 2]
        return (before.isalpha() or before in ")'") and not after.isalnum()

    def _refusal(self, character: str, start: int) -> InputError:
        typed = self.text[start]
        if character in LOOKALIKES:
            reading = "".join(LOOKALIKES.get(c, c) for c in self.text)
            meant = LOOKALIKES[character]
            return self.error(
                "lookalike_character", start, start + 1, character=typed, meant=meant, readings=(reading,)
            )
        if character == "'" and not self._is_prime(start):
            return self.error("code", start, start + 1)
        if character in names.UNSUPPORTED_CHARACTERS:
            return self.error(names.UNSUPPORTED_CHARACTERS[character], start, start + 1)
        return self.error("unexpected_character", start, start + 1, character=typed)

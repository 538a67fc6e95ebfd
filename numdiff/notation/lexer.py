"""Text → raw tokens, one lexer for Python, calculator, LaTeX and Unicode notation.

Runs of letters stay whole here; :mod:`numdiff.notation.words` decides which names they are made of, because that
depends on the names that a header declares and on the summation indices.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from numdiff.notation import names
from numdiff.notation.characters import is_hangul, is_jamo, keystrokes
from numdiff.notation.limits import check_number
from numdiff.notation.scanner import Token
from numdiff.notation.sign_scanner import SignScanner

_PIECES = re.compile(
    r"""(?P<space>[ \n\u200b~]+)
      | (?P<code>__|0[xX](?=[0-9A-Fa-f]))
      | (?P<num>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE](?:[+-][0-9]+|[0-9]+)(?![0-9.]))?)
      | (?P<dotted>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+)
      | (?P<alnum>[A-Za-z][A-Za-z0-9_]*)
      | (?P<hangul>[가-힣ㄱ-ㅣ]+)
      | (?P<power>\*\*|\^)
      | (?P<floor>//)
      | (?P<arrow>->|=>|↦|→|\\mapsto\b|\\to\b)
      | (?P<compare>==|<=|>=|!=|<-)
      | (?P<command>\\(?:[A-Za-z]+|.))
      | (?P<define>:=)
    """,
    re.VERBOSE,
)
_LETTERS = re.compile("[A-Za-z]+")
_IDENTIFIER = re.compile("[A-Za-z가-힣][A-Za-z0-9_가-힣]*")


class Lexer(SignScanner):
    """One pass over ``text[start:end]``; :func:`tokenize` is the way in."""

    declared: Collection[str] = ()

    def inner(self, start: int, end: int) -> list[Token]:
        """Return the tokens of a part of the text, without the end."""
        lexer = Lexer(self.text, start, end, self.plain)
        lexer.declared = self.declared
        return lexer.run()[:-1]

    def run(self) -> list[Token]:
        """Return all tokens, with an ``end`` token last."""
        while self.position < self.end:
            piece = _PIECES.match(self.plain, self.position, self.end)
            if piece is None:
                self.character(self.plain[self.position])
                continue
            self.position = piece.end()
            self._piece(piece.lastgroup or "", piece.group(), piece.start(), piece.end())
        self.add("end", "", self.end, self.end)
        return self.tokens

    def _piece(self, kind: str, piece: str, start: int, end: int) -> None:
        match kind:
            case "space":
                self.space = self.space or piece.strip("\u200b") != ""
            case "num":
                check_number(piece, (start, end))
                self.add("num", _literal(piece), start, end)
            case "dotted":
                self._dotted(piece, start, end)
            case "alnum":
                self._letters(piece, start, end)
            case "hangul":
                self._hangul(piece, start, end)
            case "command":
                self.command(piece, start, end)
            case "power":
                self.add("op", "^", start, end)
            case "define":
                self.add("eq", "=", start, end)
            case "arrow":
                self.add("eq", "→", start, end)
            case "compare":
                raise self.error("comparison", start, end)
            case "floor":
                raise self.error("unsupported", start, end, typed="//")
            case _:
                raise self.error("code", start, end)

    def _dotted(self, piece: str, start: int, end: int) -> None:
        *modules, name = piece.split(".")
        if all(module in names.MODULES for module in modules):
            known = names.functions().get(name.lower()) or names.CONSTANTS.get(name.lower())
            if known:
                constant = names.CONSTANTS.get(name.lower())
                self.add("word", constant or name, start, end, whole=True)
                return
            raise self.error("unknown_function", end - len(name), end, name=name, readings=())
        raise self.error("code", start, end)

    def _letters(self, piece: str, start: int, end: int) -> None:
        if piece in names.CODE_WORDS or "__" in piece:
            raise self.error("code", start, end)
        if self._is_declared(start):
            return
        if piece.lower() in names.functions() and not piece.isalpha():
            self.add("word", piece, start, end, whole=True)
            return
        if self._is_reserved(piece, end):
            self.add("word", piece.rstrip("_"), start, end, whole=True)
            return
        letters = _LETTERS.match(piece)
        length = letters.end() if letters else 0
        self.add("word", piece[:length], start, start + length)
        self.position = start + length
        self.subscript()

    def _is_declared(self, start: int) -> bool:
        """Take an identifier of pasted Python that is declared, such as x_n1, which would be x_n and a 1 otherwise."""
        piece = _IDENTIFIER.match(self.plain, start, self.end)
        if piece is None or piece.group() not in self.declared:
            return False
        self.position = piece.end()
        self.add("word", piece.group(), start, piece.end(), whole=True)
        return True

    def _is_reserved(self, piece: str, end: int) -> bool:
        """Whether it is a name as Python must spell it, with a _ behind: lambda_, but not the beginning of if_밤."""
        follows = is_hangul(self.plain[end : end + 1] or " ")
        return piece.endswith("_") and not follows and names.is_reserved_in_python(piece.rstrip("_"))

    def _hangul(self, piece: str, start: int, end: int) -> None:
        if self._is_declared(start):
            return
        typed = keystrokes(piece)
        if any(map(is_jamo, piece)) or _is_word(typed):
            reading = "".join(keystrokes(run) if _is_mistyped(run) else run for run in _hangul_runs(self.text))
            raise self.error("wrong_keyboard", start, end, typed=piece, meant=typed, readings=(reading,))
        self.add("word", piece, start, end, whole=True)
        self.subscript()


def _literal(piece: str) -> str:
    """Return a number as the tree keeps it: 0.5 for .5, 5 for 5., 1e-4 for 1E-04."""
    mantissa, mark, exponent = piece.lower().partition("e")
    whole, point, decimals = mantissa.partition(".")
    mantissa = (whole.lstrip("0") or "0") + (point + decimals if decimals else "")
    return f"{mantissa}e{int(exponent)}" if mark else mantissa


def _hangul_runs(text: str) -> list[str]:
    return re.findall("[가-힣ㄱ-ㅣ]+|[^가-힣ㄱ-ㅣ]+", text)


def _is_word(typed: str) -> bool:
    return typed in names.in_other_keyboard_mode()


def _is_mistyped(run: str) -> bool:
    return any(map(is_jamo, run)) or _is_word(keystrokes(run))


def tokenize(text: str, start: int, end: int, declared: Collection[str] = ()) -> list[Token]:
    """Return the raw tokens of ``text[start:end]`` with an ``end`` token last.

    Identifiers among the names that are declared before the text are taken whole.

    Raises
    ------
    InputError
        For a character, command or number that has no place in a formula.
    """
    lexer = Lexer(text, start, end)
    lexer.declared = frozenset(name for name in declared if not name.isalpha())
    return lexer.run()

"""LaTeX commands → tokens."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from numdiff.notation import names
from numdiff.notation.characters import GREEK, SUPERSCRIPTS, is_hangul
from numdiff.notation.scanner import Scanner, Token

_COMMAND_WORD = re.compile(r" *\{ *((?:[^{}\\]|\\_)*?) *\}")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_ROOT_INDEX = re.compile(r" *\[ *([^\[\]]*?) *\]")


class LatexScanner(Scanner, ABC):
    """Reads a command and what belongs to it."""

    @abstractmethod
    def inner(self, start: int, end: int) -> list[Token]:
        """Return the tokens of a part of the text."""

    def command(self, piece: str, start: int, end: int) -> None:
        """Read the command ``piece``, a backslash and a name or a sign."""
        name = piece[1:]
        if name in names.SPACE_COMMANDS or name in ",;:! ":
            self.space = True
        elif name in names.OPERATOR_COMMANDS:
            self.add("op", names.OPERATOR_COMMANDS[name], start, end)
        elif name in names.BRACKET_COMMANDS:
            kind, value = names.BRACKET_COMMANDS[name]
            self.add(kind, value, start, end)
        elif name in ("frac", "dfrac", "tfrac", "cfrac"):
            self.add("frac", "", start, end)
            self._latex_argument(piece)
            self._latex_argument(piece)
        elif name == "sqrt":
            self._latex_root(start, end)
        elif name == "sum":
            self.sum_sign(start, end)
        elif name in names.WORD_COMMANDS:
            self._latex_word(start, end)
        elif name in "{}":
            self.add("open" if name == "{" else "close", name, start, end)
        elif name in names.UNSUPPORTED_COMMANDS:
            raise self.error(names.UNSUPPORTED_COMMANDS[name], start, end)
        elif name in "()[]" or name == "\\":
            raise self.error("unsupported", start, end, typed=piece)
        else:
            self._latex_name(piece, start, end)

    def _latex_name(self, piece: str, start: int, end: int) -> None:
        name = piece[1:]
        if name not in names.GREEK_NAMES and name not in names.functions():
            raise self.error("unknown_command", start, end, name=piece)
        self.add("word", name, start, end, whole=True)
        self.subscript()

    def _latex_argument(self, command: str) -> None:
        r"""Read one argument of \frac: a group, or the next single character or command."""
        while self.position < self.end and self.plain[self.position] in " \n\u200b":
            self.position += 1
        start = self.position
        if start >= self.end:
            raise self.error("missing_argument", self.tokens[-1].start, start, function=command)
        if self.plain[start] == "{":
            self._group()
            return
        command_name = re.compile(r"\\[A-Za-z]+").match(self.plain, start, self.end)
        stop = command_name.end() if command_name else start + 1
        if self.plain[start] in "^_}*/+-=,|" or (command_name and command_name.group() in (r"\frac", r"\sqrt")):
            raise self.error("missing_argument", self.tokens[-1].start, stop, function=command)
        self.add("open", "{", start, start)
        inner = self.inner(start, stop)
        self.tokens.extend(inner)
        self.position = stop
        self.add("close", "}", stop, stop)

    def _group(self) -> None:
        """Read from { to its } as tokens of their own, so that the second argument is found after it."""
        start, level = self.position, 0
        for place in range(start, self.end):
            level += {"{": 1, "}": -1}.get(self.plain[place], 0) if self.plain[place - 1 : place] != "\\" else 0
            if level == 0:
                self.tokens.extend(self.inner(start, place + 1))
                self.position = place + 1
                return
        raise self.error("unclosed_bracket", start, start + 1, bracket="{")

    def _latex_root(self, start: int, end: int) -> None:
        index = re.compile(r" *\[ *([^\[\]]*?) *\]").match(self.plain, end, self.end)
        if index is None:
            self.add("root", "2", start, end)
            return
        if not re.fullmatch("[0-9]{1,4}", index.group(1)) or int(index.group(1)) < 2:
            raise self.error("root_index", end, index.end())
        self.position = index.end()
        self.add("root", str(int(index.group(1))), start, index.end())

    def _latex_word(self, start: int, end: int) -> None:
        word = _COMMAND_WORD.match(self.plain, end, self.end)
        content = word.group(1).replace("\\_", "_") if word else ""
        if word is None or not content.replace("_", "").isalnum():
            stop = word.end() if word else end
            raise self.error("unsupported", start, stop, typed=self.text[start:stop])
        if content[0] in "0123456789_" or any(c in GREEK or not (c.isascii() or is_hangul(c)) for c in content):
            raise self.error("unsupported", start, word.end(), typed=self.text[start : word.end()])
        self.position = word.end()
        letters = content.rstrip("0123456789").rstrip("_")
        if letters and letters != content and content.lower() not in names.functions():
            self.add("word", letters, start, word.end(), whole=True)
            self.attach(content[len(letters) :].lstrip("_"), word.end(), word.end())
            return
        self.add("word", content, start, word.end(), whole=True)
        self.subscript()
        if "_" in content and self.tokens[-1].kind == "sub":  # a second index, which LaTeX does not know either
            raise self.error("unsupported", start, self.position, typed=self.text[start : self.position])

    def sum_sign(self, start: int, end: int) -> None:
        """Read Σ and the bound that follows it at once."""
        self.position = end
        self.add("sum", "", start, end)
        while self.plain[self.position : self.position + 7] == r"\limits":
            self.position += 7
        before = len(self.tokens)
        self.sum_subscript()
        if len(self.tokens) == before and self.plain[self.position : self.position + 1] not in ("^", *SUPERSCRIPTS):
            raise self.error("sum_form", start, end)

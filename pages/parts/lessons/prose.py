r"""The lessons' prose: one Markdown file for each lesson and language, read once per process.

A file is a list of screens, each under a heading ``## name: Title``. A line ``[[name]]`` is a place where the page
puts a live piece, and ``{{name}}`` a word or number that the page computes; ``{{name:은/는}}`` is the Korean particle
that fits after it. Doubled braces, since LaTeX needs the single ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pages.parts.i18n import file_name
from pages.parts.korean import Word
from pages.parts.lessons.outline import Lesson, Screen

_HEADING = re.compile(r"^## (?P<name>[a-z_]+): (?P<title>.+)$", re.MULTILINE)
_SLOT = re.compile(r"^\[\[([a-z_]+)\]\]$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)(?::([^{}:]+/[^{}:]+))?\}\}")


class ProseError(ValueError):
    """A text that asks for what the page does not give, or that is not written in the format."""


@dataclass(frozen=True)
class Slot:
    """A place for a live piece."""

    name: str


@dataclass(frozen=True)
class Text:
    """The words of one screen: its title, and Markdown with slots between."""

    name: str
    title: str
    blocks: tuple[str | Slot, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the slots, in their order."""
        return tuple(block.name for block in self.blocks if isinstance(block, Slot))

    @property
    def placeholders(self) -> frozenset[str]:
        """The names of everything that is filled in."""
        texts = [self.title, *(block for block in self.blocks if isinstance(block, str))]
        return frozenset(match[1] for text in texts for match in _PLACEHOLDER.finditer(text))


def fill(text: str, words: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled in.

    Raises
    ------
    ProseError
        If one has no value.
    """

    def word(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise ProseError(f"nothing to fill in for {match[1]!r}")
        return format(Word(words[match[1]]), match[2] or "")

    return _PLACEHOLDER.sub(word, text)


def read(source: str) -> dict[str, Text]:
    """Return the screens of a text by their names.

    Raises
    ------
    ProseError
        If something stands before the first heading, or a name is given twice.
    """
    parts = _HEADING.split(source)
    if parts[0].strip():
        raise ProseError(f"before the first heading: {parts[0].strip()[:40]!r}")
    found: dict[str, Text] = {}
    for name, title, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if name in found:
            raise ProseError(f"two screens are named {name!r}")
        pieces = _SLOT.split(body)
        blocks = [Slot(piece) if place % 2 else piece.strip() for place, piece in enumerate(pieces)]
        found[name] = Text(name, title.strip(), tuple(block for block in blocks if block))
    return found


@cache
def _texts(path: Path) -> Mapping[str, Text]:
    return read(path.read_text(encoding="utf-8"))


def texts(lesson: Lesson, language: str) -> Mapping[str, Text]:
    """Return the screens of a lesson in a language."""
    return _texts(lesson.folder / "text" / f"{file_name(language)}.md")


def heading(lesson: Lesson, screen: Screen, language: str) -> str:
    """Return the title of a screen."""
    return texts(lesson, language)[screen.name].title

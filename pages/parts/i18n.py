"""The languages, and their messages by stable id from gettext catalogues, chosen per session and never process-wide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from pages.parts.korean import Word

LOCALES = Path(__file__).parent / "locales"
"""What pages share: a folder for each language."""
_FOLDERS: dict[Path, None] = {}
"""Those of the pages, in which a language is a file."""


@dataclass(frozen=True)
class Language:
    """A language of the program.

    Attributes
    ----------
    code : str
        As a link and a document name it.
    name : str
        In the language itself, whichever is chosen.
    files : str
        How its files are named, if not by the code.
    """

    code: str
    name: str
    files: str = ""


DEFAULT = "en"
"""The code of the language for visitors whose browser asks for none that there is."""
_LANGUAGES: dict[str, Language] = {}


def register(*languages: Language) -> None:
    """Add languages to the table, in the order in which they are offered."""
    _LANGUAGES.update({language.code: language for language in languages})


def languages() -> Mapping[str, Language]:
    """Return all languages by code, in the order in which they are offered."""
    return MappingProxyType(_LANGUAGES)


def file_name(language: str) -> str:
    """Return how the files of a language are named, without their ending."""
    known = _LANGUAGES.get(language)
    return known.files if known and known.files else language


class UnknownMessageError(KeyError):
    """A message id that the catalogue does not have."""


@dataclass(frozen=True)
class Translator:
    """The messages of one language. ``_("error.too_long", length=600, limit=500)`` gives a sentence."""

    language: str
    messages: Mapping[str, str]

    def __call__(self, message: str, /, **values: object) -> str:
        """Return the message with its placeholders filled in; a tuple of words is listed with commas.

        Raises
        ------
        UnknownMessageError
            If the catalogue has no such id.
        KeyError
            If a placeholder has no value.
        """
        try:
            sentence = self.messages[message]
        except KeyError:
            raise UnknownMessageError(f"{self.language}: {message}") from None
        return sentence.format_map({name: Word(self._shown(value)) for name, value in values.items()})

    @staticmethod
    def _shown(value: object) -> str:
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def has(self, message: str) -> bool:
        """Return True if the catalogue has the id."""
        return message in self.messages


def add_folder(folder: Path) -> None:
    """Read the messages in a page's folder, too."""
    if folder not in _FOLDERS:
        _FOLDERS[folder] = None
        translator.cache_clear()


def catalogues(language: str) -> list[Path]:
    """Return the files that have the messages of a language."""
    name = file_name(language)
    own = [folder / f"{name}.po" for folder in tuple(_FOLDERS)]
    return [*sorted((LOCALES / name).glob("*.po")), *(path for path in own if path.is_file())]


@cache
def translator(language: str) -> Translator:
    """Return the messages of a language from all its catalogues, read once per process."""
    found: dict[str, str] = {}
    for path in catalogues(language):
        with path.open("rb") as file:
            found |= {
                str(message.id): str(message.string)
                for message in read_po(file, locale=file_name(language))
                if message.id
            }
    return Translator(language, MappingProxyType(found))

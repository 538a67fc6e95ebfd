"""What a page is: one folder, and the table of all pages, which navigation, home, links and styles on paper read.

The table is empty until the program's entry point fills it (see ``pages/registry.py``), so that nothing here knows a
page; what reads the table reads it when it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pages.parts.fields import Field, Place, fields_of
from pages.parts.i18n import Translator, add_folder

Section = Literal["learn", "explore", "apply"]


@dataclass(frozen=True)
class Page:
    """A page: its folder has the script, which has the folder's name, and its messages, ``text/<language>.po``.

    Before navigation is known, Streamlit tells the page that an address means by the name of its file.

    Attributes
    ----------
    slug : str
        Its name in the address; the home page has none.
    section : "learn", "explore" or "apply"
        Where it stands in the navigation.
    folder : Path
    view : type of Place
        What it shows: the place, and options of its own.
    start : Mapping
        What the place begins with there as long as nothing has been chosen, where that is not what others begin with.
    """

    slug: str
    section: Section
    folder: Path
    view: type[Place] = Place
    start: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def script(self) -> str:
        """The path of the script that draws the page."""
        return str(self.folder / f"{self.folder.name}.py")

    @property
    def texts(self) -> tuple[Path, ...]:
        """The folders of its messages."""
        return (self.folder / "text",)

    def title(self, _: Translator) -> str:
        """Return the name of the page as navigation shows it."""
        return _(f"page.{self.slug}") if self.slug else _("app.title")


_PAGES: dict[str, Page] = {}


def register(*pages: Page) -> None:
    """Add pages to the table, in the order of navigation; one that is there is put in its place again."""
    for page in pages:
        _PAGES[page.slug] = page
        for folder in page.texts:
            add_folder(folder)


def table() -> Iterator[Page]:
    """Go through all pages in the order of navigation."""
    return iter(tuple(_PAGES.values()))


def page_of(slug: str) -> Page:
    """Return the page of this name in the address.

    Raises
    ------
    KeyError
        If there is none.
    """
    return _PAGES[slug]


def has(slug: str) -> bool:
    """Return True if there is a page of this name."""
    return slug in _PAGES


def fields(slug: str | None = None) -> Mapping[str, Field]:
    """Return the fields that a link to a page carries, by name; those of all pages without one."""
    return {name: item for kind in _kinds(slug) for name, item in fields_of(kind).items()}


def field_of(name: str) -> Field:
    """Return a field by its name, whichever page has it. KeyError if none has."""
    for kind in _kinds():
        if name in fields_of(kind):
            return fields_of(kind)[name]
    raise KeyError(name)


def _kinds(slug: str | None = None) -> Iterator[type[Place]]:
    yield Place
    yield from (page.view for page in table() if slug in {None, page.slug})

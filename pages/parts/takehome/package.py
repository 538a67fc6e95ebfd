"""What one page gives to take home: how its files are made, once somebody wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.parts.takehome.document import Document


@dataclass(frozen=True)
class Package:
    """What is taken home from a page; the callables run when a button is pressed, without the session.

    Attributes
    ----------
    name : str
        Of the files, without ending.
    document : callable
        Makes the script's and the notebook's document.
    table : callable
        Makes the CSV.
    has_picture : bool
        Whether there is a picture on the page to be saved.
    """

    name: str
    document: Callable[[], Document]
    table: Callable[[], str]
    has_picture: bool = True

"""What is taken home from the page: the derivation that it shows."""

from __future__ import annotations

from functools import partial

from pages.explore.chain.question import ask
from pages.parts import state
from pages.parts.controls import Controls
from pages.parts.fields import Composition
from pages.parts.i18n import Translator
from pages.parts.takehome.derivation import NAME, Asked, document, table
from pages.parts.takehome.document import Package


def package(_: Translator, given: Controls) -> Package:
    """Return what is taken home from the page."""
    found = ask(given)
    asked = Asked(
        found.text,
        given.function.text,
        found.variable,
        found.at,
        given.dx.value,
        state.view(Composition).inner,
        found.sign,
        _.language,
    )
    return Package(NAME, partial(document, asked), partial(table, asked))

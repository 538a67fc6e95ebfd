"""The page's own choices; each is a field of the view, so that a link carries it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from numdiff.network.model import ACTIVATIONS
from pages.explore.gradcheck import fields
from pages.parts import address, asset, choices, numbers, state
from pages.parts.fields import DTYPES
from pages.parts.i18n import Translator
from pages.parts.takehome.document import Package
from pages.parts.takehome.popover import popover

_STYLE = asset.read(__file__, "gradcheck.css")

_PRESENT = asset.read(__file__, "gradcheck_present.css")


def style(*, present: bool) -> str:
    """Return the page's style as HTML; for a projector with larger type."""
    return f"<style>{_STYLE}{_PRESENT if present else ''}</style>"


def segments(_: Translator, name: str, options: Sequence[Any], label: Callable[[Any], str]) -> None:
    """Draw a choice of few for a field of the view, all of them seen."""
    choices.segments(_(f"gradcheck.field.{name}"), name, options, label)


def pick(_: Translator, name: str, options: Sequence[Any], label: Callable[[Any], str], width: int = 150) -> None:
    """Draw a choice of many for a field of the view."""
    choices.one(_(f"gradcheck.field.{name}"), name, options, label, width)


def _numbers_of(limits: tuple[int, int]) -> tuple[int, ...]:
    return tuple(range(limits[0], limits[1] + 1))


def view(_: Translator) -> None:
    """Draw the choice of what is checked."""
    segments(_, "check", fields.VIEWS, lambda name: _(f"gradcheck.view.{name}"))


def quotient(_: Translator) -> None:
    """Draw the choice of the quotient."""
    pick(_, "quotient", fields.QUOTIENTS, lambda name: _(f"term.{name}"), 175)


def precision(_: Translator) -> None:
    """Draw the choice of the number format in which f is evaluated."""
    pick(_, "precision", DTYPES, lambda name: _(f"dtype.{name}"), 130)


def network(_: Translator) -> None:
    """Draw what the network is made of."""
    pick(_, "hidden", _numbers_of(fields.HIDDEN), lambda count: _("gradcheck.hidden", count=count), 145)
    pick(_, "activation", ACTIVATIONS, lambda name: {"relu": "ReLU"}.get(name, name), 110)
    pick(_, "loss", fields.LOSSES, lambda name: _(f"gradcheck.loss.{name}"), 155)
    pick(_, "seed", _numbers_of(fields.SEEDS), lambda number: _("gradcheck.seed", number=number + 1), 150)
    pick(_, "tenths", _numbers_of(fields.TENTHS), lambda power: f"Δx = {numbers.power_of_ten(-power)}", 120)


def present(_: Translator) -> None:
    """Draw the switch for large type."""
    choices.switch(_("gradcheck.field.present"), "present")


def link(_: Translator, make: Callable[[], Package]) -> None:
    """Show the link of a view without the explorer's fields: in the address bar, and among what is taken home."""
    query = state.link()
    popover(_, query, make)
    address.show(query, state.language(), state.page())

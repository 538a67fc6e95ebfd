"""How the verdict on a relative error looks: a sign, a word and a colour, so that none of them is needed alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from numdiff.gradient.check.check import ATOL, HAPPY, OKAY, RTOL, WRONG, Band
from pages.parts import numbers
from pages.parts.i18n import Translator
from pages.parts.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """The sign and the role in the theme that gives the colour."""

    sign: str
    role: str


LOOKS: Mapping[Band, Look] = MappingProxyType(
    {
        Band.HAPPY: Look("✓", "exact"),
        Band.OKAY_WITH_KINKS: Look("△", "truncation"),
        Band.UNCOMFORTABLE: Look("▲", "forward"),
        Band.PROBABLY_WRONG: Look("✗", "trouble"),
        Band.UNKNOWN: Look("–", "model"),
    }
)


def word(band: Band, _: Translator) -> str:
    """Return the verdict in one or two words."""
    return _(f"gradcheck.band.{band.value}")


def _marked(look: Look, text: str, theme: Theme) -> str:
    color = theme[look.role].color
    return f'<span class="nd-verdict" style="color:{color}">{look.sign} {escape(text)}</span>'


def html(band: Band, theme: Theme, _: Translator) -> str:
    """Return sign and word in the band's colour as HTML."""
    return _marked(LOOKS[band], word(band, _), theme)


def passes(holds: bool, theme: Theme, _: Translator) -> str:
    """Return whether something passed as HTML."""
    look = LOOKS[Band.HAPPY if holds else Band.PROBABLY_WRONG]
    return _marked(look, _("gradcheck.pass" if holds else "gradcheck.fail"), theme)


def said(band: Band, sentence: str, theme: Theme) -> str:
    """Return a sentence as a paragraph with the band's sign before it and its colour at its side."""
    look = LOOKS[band]
    color = theme[look.role].color
    return f'<p style="border-color:{color}"><b style="color:{color}">{look.sign}</b> {escape(sentence)}</p>'


def limits() -> dict[str, str]:
    """Return the bounds of the bands and PyTorch's tolerances as sentences fill them in."""
    bounds = {"happy": HAPPY, "okay": OKAY, "wrong": WRONG, "atol": ATOL, "rtol": RTOL}
    return {name: numbers.step(bound) for name, bound in bounds.items()}


def is_at_least_suspicious(relative: float) -> bool:
    """Return True if a relative error is beyond what kinks excuse."""
    return relative > OKAY

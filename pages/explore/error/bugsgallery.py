"""The view of the gallery of bugs: wrong code and its fix side by side, and what both print here."""

from __future__ import annotations

import math
from html import escape

import numpy as np
import streamlit as st

from pages.explore.error.bugs import Card, Output, definition, find
from pages.explore.error.snippets import H
from pages.parts import numbers, said
from pages.parts.controls import Controls
from pages.parts.entries import formula_latex, function_of
from pages.parts.i18n import Translator
from pages.parts.tables import digits, look

_LARGE = 1e6
"""From here on x is written with a power of ten in a sentence."""


def _value(value: object, card: Card, *, is_marked: bool) -> str:
    if not isinstance(value, np.generic) or not is_marked:
        return escape(str(value))
    return digits.marked(str(value), digits.right_digits(value, card.exact.value))


def output_html(output: Output, card: Card, _: Translator) -> str:
    """Return what a snippet prints, digit by digit, with its error where there is one."""
    is_marked = "kink" not in card.bug.name and card.exact.status == "ok"
    text = " ".join(_value(value, card, is_marked=is_marked) for value in output.values)
    note = ""
    if is_marked:
        error = look.deviation(float(output.number), card.exact)
        note = f'<span class="nd-note">{escape(_("bugs.error", error=look.approximate(float(error))))}</span>'
    return f'{look.STYLE}<div class="nd-panel nd-output"><span class="nd-relation">→</span>{text}{note}</div>'


def words(card: Card) -> dict[str, str]:
    """Return everything that the sentences about a card fill in; all of it is computed."""
    whole = round(card.x)
    nodes = (whole + H, whole - H)
    right, left = (said.number(node) for node in nodes)
    right_cut, left_cut = (said.number(math.trunc(node)) for node in nodes)
    return {
        "x": numbers.step(card.x) if abs(card.x) >= _LARGE else said.number(card.x),
        "n": said.number(whole),
        "spacing": look.sized(float(np.spacing(abs(card.x)))),
        "right": right,
        "left": left,
        "right_cut": right_cut,
        "left_cut": left_cut,
    }


def notes(card: Card, _: Translator) -> list[str]:
    """Return why the wrong code is wrong, and what the fix does."""
    name, given = card.bug.name, words(card)
    return [_(f"bugs.{name}.why", **given), _(f"bugs.{name}.fix", **given)]


def place_note(card: Card, _: Translator) -> str:
    """Return that another point stands in for the learner's, where one does."""
    if card.is_own and not card.is_here:
        return _("bugs.moved", x=said.number(card.x))
    return ""


def _side(title: str, output: Output, card: Card, _: Translator) -> None:
    st.markdown(f"**{title}**")
    code = output.code if card.is_own else f"{definition(card.function).strip()}\n\n{output.code}"
    st.code(code, language="python")
    st.html(output_html(output, card, _))


def _draw(number: int, card: Card, _: Translator) -> None:
    st.subheader(f"{number}. {_(f'bugs.{card.bug.name}.title')}", anchor=False)
    if not card.is_own:
        st.markdown(_("bugs.other"))
        st.latex(formula_latex(card.function), width="content")
    elif place := place_note(card, _):
        st.markdown(place)
    why, fix = notes(card, _)
    wrong_place, fixed_place = st.columns(2, gap="medium")
    with wrong_place:
        _side(_("bugs.wrong"), card.wrong, card, _)
        st.markdown(why)
    with fixed_place:
        _side(_("bugs.fixed"), card.fixed, card, _)
        st.markdown(fix)


def draw(given: Controls, _: Translator) -> None:
    """Draw the view."""
    cards = find(given.function.text, given.x.value)
    suffix = "_stale" if given.stale else ""
    with st.container(key=f"numbers{suffix}"):
        st.markdown(_("bugs.explain"))
        st.code(definition(function_of(given.function.text)).strip(), language="python")
        for number, card in enumerate(cards, start=1):
            _draw(number, card, _)

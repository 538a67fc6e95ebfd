"""The view of precision: the number formats of machine learning side by side."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from html import escape

import numpy as np
import streamlit as st

from numdiff.blackbox.precision import as_dtype
from pages.explore.error.formats import Format, Formats, Quotient, find, spacing
from pages.explore.error.steps import LECTURE
from pages.parts import numbers, said
from pages.parts.controls import Controls
from pages.parts.i18n import Translator
from pages.parts.numbers import Real
from pages.parts.panel import COMPUTED
from pages.parts.tables import digits, look


def _slope(item: Format, found: Formats) -> Real:
    """Return f′ where the format puts x: exactly, if that is x itself."""
    return found.exact.value if float(item.x) == found.x and found.exact.status == "ok" else item.slope


def _arrow(text: str) -> str:
    return f'<span class="nd-relation">{COMPUTED}</span>{text}'


def _quotient(item: Format, of: Quotient, found: Formats, _: Translator) -> str:
    if not numbers.is_finite(of.value):
        return escape(_(f"error.reason.{of.reason}") if of.reason else _("panel.no_value"))
    if math.isnan(item.slope):
        return _arrow(escape(numbers.full(of.value)))
    return _arrow(digits.html(of.value, _slope(item, found)))


def relative(error: float, slope: float) -> float:
    """Return abs(error/f′); the error itself where f′ is 0, NaN where there is none."""
    return abs(error / slope) if slope else abs(error)


def _deviation(of: Quotient, slope: float) -> str:
    """Return the relative error of a quotient after its sign: exactly 1 where the quotient is 0."""
    is_all = of.value == 0 and slope != 0 and math.isfinite(of.error)
    return "= 1" if is_all else look.approximate(relative(of.error, slope))


def _moved(item: Format) -> str:
    """Return x + 10⁻⁴ as the format has it."""
    kind = as_dtype(item.dtype).type
    with np.errstate(all="ignore"):
        return _arrow(escape(numbers.full(item.x + kind(LECTURE))))


def _step(item: Format) -> str:
    if item.chosen.source == "free":
        return escape(f"h* = ∞; {numbers.step(item.chosen.step)}")
    return escape(f"{'h* ≈ ' if item.chosen.source == 'model' else '≈ '}{look.sized(item.chosen.step)}")


def _model_error(item: Format) -> float:
    return relative(item.model.error, item.slope) if item.chosen.source == "model" else math.nan


def rows(found: Formats, _: Translator) -> list[str]:
    """Return the rows of the table: one property each, a column for each format."""
    error = "relative" if all(item.slope for item in found.formats) else "absolute"

    def deviation(of: Callable[[Format], Quotient]) -> Callable[[Format], str]:
        return lambda item: escape(_deviation(of(item), item.slope))

    def size(value: Callable[[Format], float]) -> Callable[[Format], str]:
        return lambda item: escape(look.approximate(value(item)))

    cells: list[tuple[str, Callable[[Format], str], str]] = [
        ("roundoff", size(lambda item: item.roundoff), ""),
        ("spacing", size(lambda item: item.gap), ""),
        ("moved", _moved, ""),
        ("lecture", lambda item: _quotient(item, item.lecture, found, _), "nd-strong"),
        (error, deviation(lambda item: item.lecture), "nd-sub"),
        ("step", _step, ""),
        ("hope", size(_model_error), ""),
        ("at_step", lambda item: _quotient(item, item.at_model, found, _), "nd-strong"),
        (error, deviation(lambda item: item.at_model), "nd-sub"),
        ("best", size(lambda item: item.best.step), ""),
        (error, size(lambda item: relative(item.best.error, item.slope)), "nd-sub"),
    ]
    return [
        look.row(
            f"x + {numbers.step(LECTURE)}" if name == "moved" else _(f"formats.row.{name}"),
            [draw(item) for item in found.formats],
            kind,
        )
        for name, draw, kind in cells
    ]


def sentences(found: Formats, _: Translator) -> Iterator[str]:
    """Say why 10⁻⁴ is lost where it is, why not at 0, and what to use instead."""
    x = said.number(found.x)
    if found.point.kind:
        yield said.of_point(found.point, found.here.step("central"), _)
    if found.lost:
        gaps = tuple(f"{item.dtype} {look.sized(item.gap)}" for item in found.lost)
        yield _("formats.lost", x=x, dtypes=tuple(item.dtype for item in found.lost), gaps=gaps)
        yield from _at_zero(found, _)
    elif found.x == 0:
        gaps = tuple(f"{item.dtype} {look.sized(item.gap)}" for item in found.formats)
        yield _("formats.here_zero", gaps=gaps)
    by_name = {item.dtype: item for item in found.formats if item.chosen.source == "model"}
    if {"float16", "float64"} <= by_name.keys():
        ratio = by_name["float16"].chosen.step / by_name["float64"].chosen.step
        yield _("formats.larger", ratio=look.sized(ratio))
    moved = [item for item in found.formats if float(item.x) != found.x and not math.isnan(item.slope)]
    if moved:
        places = (f"{item.dtype} {numbers.exact_shown(Fraction(float(item.x)), 0, 12).text}" for item in moved)
        yield _("formats.rounded", x=x, places=tuple(places))
    if found.left_out:
        yield _("formats.left_out", dtypes=found.left_out, x=x)


def _at_zero(found: Formats, _: Translator) -> Iterator[str]:
    if not found.at_zero:
        return
    gaps = tuple(f"{dtype} {look.sized(spacing(dtype, 0.0))}" for dtype, _found in found.at_zero)
    values = tuple(f"{dtype} → {numbers.full(here.value)}" for dtype, here in found.at_zero)
    yield _("formats.zero", gaps=gaps, values=values)


def html(found: Formats, _: Translator) -> str:
    """Return the table with what is to be said about it."""
    heads = ["", *(item.dtype for item in found.formats)]
    told = "".join(look.paragraph(sentence) for sentence in sentences(found, _))
    exact = look.exact_line(found.exact, said.number(found.x), _)
    table = look.table(_("formats.title"), heads, rows(found, _))
    return look.panel_html(exact, table, f"<div>{escape(_('formats.explain'))}</div>", told)


def draw(given: Controls, _: Translator) -> None:
    """Draw the view."""
    found = find(given.function.text, given.x.value)
    suffix = "_stale" if given.stale else ""
    with st.container(key=f"numbers{suffix}"):
        st.html(html(found, _))

"""The page's numbers as tables: exact, numerical, error; and in words what is missing."""

from __future__ import annotations

import math
from html import escape

from numdiff.evaluate.answer import Exact
from pages.parts import numbers, panel, sentences, state
from pages.parts.entries import shown_name
from pages.parts.fields import Drawing
from pages.parts.i18n import Translator
from pages.parts.surface import slopes
from pages.parts.surface.patch import Patch
from pages.parts.surface.question import Asked
from pages.parts.surface.slopes import Direction, Slope
from pages.parts.tables import look


def name_of(asked: Asked) -> str:
    """Return the function's name as text."""
    return shown_name(asked.function.name)


def sign(asked: Asked, name: str) -> str:
    """Return ∂f/∂x as text."""
    return f"∂{name_of(asked)}/∂{shown_name(name)}"


def place(asked: Asked) -> str:
    """Return the point as text: ``(1, 2)``, the values in the function's order."""
    values = [sentences.number(asked.given.at[name].value) for name in asked.declared or ("x",)]
    return f"({', '.join(values)})"


def exact_cell(exact: Exact, _: Translator) -> str:
    """Return an exact value as a cell, or that there is none."""
    if exact.status != "ok":
        return escape(_("partial.none"))
    shown = numbers.exact_shown(exact.value, exact.radius)
    return f'<span class="nd-relation">{shown.relation}</span>{escape(shown.text)}'


def _rows(found: list[tuple[str, Slope]], _: Translator) -> list[str]:
    """Return a row for each difference quotient: its value and its error."""
    return [
        look.row(name, [look.number_cell(item.estimate, item.exact), error_cell(item)], "nd-strong" if last else "")
        for place, (name, item) in enumerate(found)
        for last in (place == len(found) - 1,)
    ]


def error_cell(item: Slope) -> str:
    """Return the size of the error as a cell."""
    error = look.deviation(item.estimate, item.exact)
    if error == 0:
        return "= 0"
    return look.approximate(float(error))


def slope_html(asked: Asked, _: Translator) -> str:
    """Return the partial derivative by the moving variable: exact, and by each quotient that is drawn."""
    schemes = [scheme for scheme in state.view(Drawing).schemes if scheme != "central"] + ["central"]
    found = [(_(f"term.{scheme}"), slopes.partial(asked, asked.moving, scheme)) for scheme in schemes]
    exact = found[-1][1].exact
    head = f"{sign(asked, asked.moving)} {place(asked)}"
    rows = [look.row(_("term.exact"), [exact_cell(exact, _), ""]), *_rows(found, _)]
    parts = [look.table(_("partial.numbers"), [head, _("partial.value"), _("term.error")], rows)]
    missing = missing_sentence(asked, asked.moving, exact, _)
    return look.panel_html(*parts, look.paragraph(missing) if missing else "")


def missing_sentence(asked: Asked, name: str, exact: Exact, _: Translator) -> str:
    """Return why a partial derivative does not exist; nothing if it does."""
    if exact.status == "ok":
        return ""
    words = {"sign": sign(asked, name), "place": place(asked), "name": shown_name(name)}
    return _(f"partial.missing.{exact.reason or 'domain'}", **words)


def direction_html(asked: Asked, found: Direction, _: Translator) -> str:
    """Return the gradient, its length, and the derivative along the direction."""
    first, second = asked.axes
    rows = [
        look.row(f"{sign(asked, name)}", [exact_cell(part.exact, _), ""])
        for name, part in zip((first, second), found.gradient, strict=True)
    ]
    if found.exists:
        rows.append(look.row(_("partial.length"), [f"→ {numbers.full(found.length)}", ""]))
    central = _("partial.along.numerical", dx=numbers.step(asked.given.dx.value))
    rows += [
        look.row(_("partial.along.exact"), [exact_cell(found.along.exact, _), ""], "nd-strong"),
        look.row(central, [look.number_cell(found.along.estimate, found.along.exact), error_cell(found.along)]),
    ]
    heads = [place(asked), _("partial.value"), _("term.error")]
    return look.panel_html(look.table(_("partial.numbers"), heads, rows))


def direction_sentence(asked: Asked, found: Direction, _: Translator) -> str:
    """Return what is to be seen of the direction chosen."""
    for name, part in zip(asked.axes, found.gradient, strict=True):
        missing = missing_sentence(asked, name, part.exact, _)
        if missing:
            return missing
    if not found.exists:
        return _("partial.missing.overflow", sign=f"∇{name_of(asked)}", place=place(asked), name="")
    if found.length == 0:
        return _("partial.along.flat", place=place(asked))
    apart = abs((found.angle - found.steepest + 180) % 360 - 180)
    words = {"steepest": f"{found.steepest:.0f}", "apart": f"{apart:.0f}"}
    kind = "same" if apart < 2.5 else "opposite" if apart > 177.5 else "across" if abs(apart - 90) < 2.5 else "other"
    return _(f"partial.along.{kind}", **words)


def surface_sentences(asked: Asked, seen: Patch, height: float, _: Translator) -> list[str]:
    """Return what a picture does not show, and why."""
    said_: list[str] = []
    words = {"name": name_of(asked), "place": place(asked)}
    if seen.undefined >= 1:
        return [_("partial.surface.huge" if seen.is_huge else "partial.surface.empty", **words)]
    if not math.isfinite(height):
        said_.append(_("partial.surface.no_point", **words))
    if seen.undefined > 0:
        said_.append(_("partial.surface.undefined", percent=percent(seen.undefined), **words))
    if seen.is_cut:
        low, high = (panel.short(value) for value in (seen.low, seen.high))
        said_.append(_("partial.surface.cut", low=low, high=high))
    return said_


def percent(part: float) -> str:
    """Return a part of the picture in percent, never 0 or 100 where it is not quite."""
    return f"{min(max(round(100 * part), 1), 99)}"

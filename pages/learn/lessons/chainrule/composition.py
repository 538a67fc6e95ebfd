"""A composition in a lesson: what is inside, the stages of the chain rule, and each factor as a number."""

from __future__ import annotations

import math
from html import escape

import numpy as np

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.steps import Style
from numdiff.printing.latex import to_latex
from numdiff.printing.text import to_text, to_typed
from pages.learn.lessons import formula, pieces, program
from pages.learn.lessons.entry import Asked
from pages.parts import numbers
from pages.parts.derivation import cached
from pages.parts.entries import function_of, shown_name, variable_of
from pages.parts.i18n import Translator
from pages.parts.tables import look

EXAMPLES = ("e^(3x^2)", "e^-x")
"""The lecture's two."""


def taken_apart(text: str, inner: str) -> Chain | None:
    """Return a function of one variable as a composition, with the learner's inner function if it fits.

    None if it is none as a whole, or if a line did not pass its check by numbers.
    """
    name = variable_of(function_of(text))
    plain = cached.composition(text, name)
    if plain is None or plain.kind != "chain":
        return None
    chosen = inner if inner in choices(plain) else ""
    found = cached.composition(text, name, chosen)
    return found if found is not None and found.verify() else None


def choices(found: Chain) -> dict[str, str]:
    """Return the inner functions that may be chosen, as typed, with their LaTeX."""
    return {to_typed(node): to_latex(node) for node in found.choices}


def composition_latex(found: Chain) -> str:
    """Return ``f(x) = e^t, t = 3x²``: the outer function, and the inner ones in their order."""
    parts = [rf"f = {to_latex(found.outer)}", *(named.latex() for named in found.names)]
    return r", \qquad ".join(parts)


def stages_latex(found: Chain, style: Style) -> str:
    """Return the lecture's stages, a line below the other."""
    return formula.aligned(found.head(style), [stage.latex(style) for stage in found.stages])


def _number(value: float) -> str:
    return numbers.significant(value, 6) if math.isfinite(value) else look.NONE


def flow_html(found: Chain, x: float) -> str:
    """Return the way of x through the inner functions to f, with the values at x."""
    values = found.values(dict.fromkeys(found.function.variables, x)).at
    stops = [(shown_name(found.variable), "", x)]
    stops += [(shown_name(named.name), to_text(named.expression), values[named.name]) for named in found.names[::-1]]
    with np.errstate(all="ignore"):
        height = float(found.function(x))
    stops.append(("f", to_text(found.outer), height))
    boxes = []
    for name, rule, value in stops:
        step = f'<div class="nd-rule">→ {escape(rule)} →</div>' if rule else ""
        boxes.append(f'{step}<div class="nd-stop"><b>{escape(name)}</b><span>{_number(value)}</span></div>')
    return f'<div class="nd-flow">{"".join(boxes)}</div>'


def numbers_html(found: Chain, given: Asked, style: Style, _: Translator) -> str:
    """Return each factor as a formula and as a number, their product, and the central difference beside it."""
    text, x, dx = given.place
    exact = pieces.exact_slope(text, x)
    values = found.values(dict.fromkeys(found.function.variables, x))
    rows = []
    for path in values.paths:
        for item in path.factors:
            sign = "d" if style == "total" else "∂"
            top = item.factor.top if isinstance(item.factor.top, str) else "f"
            label = f"{sign}{shown_name(top)}/{sign}{shown_name(item.factor.bottom)} = {to_text(item.factor.local)}"
            rows.append(look.row(label, [f"≈ {_number(item.value)}"]))
    rows.append(look.row(_("lesson.numbers.product"), [look.number_cell(np.float64(values.total), exact)], "nd-strong"))
    numerical = np.float64(program.computed(given.function, x, dx))
    name = _("lesson.agreement.numerical", dx=numbers.step(dx))
    rows.append(look.row(name, [look.number_cell(numerical, exact)]))
    heads = [_("lesson.numbers.factor"), _("lesson.agreement.value")]
    return look.panel_html(look.table(_("lesson.agreement"), heads, rows))

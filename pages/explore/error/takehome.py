"""The page of the error as a document: the sweep over Δx, and the error split into its parts in many digits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from numdiff.difference.schemes import SCHEMES, Scheme, Step
from numdiff.error.sweep import DEFAULT_STEPS, PER_DECADE
from numdiff.evaluate.extent import asks_too_much
from numdiff.printing.exact_code import BOUNDS, to_exact
from pages.explore.error import data as errordata
from pages.explore.error import panel as errorpanel
from pages.explore.error.fields import View
from pages.parts import state
from pages.parts.controls import Controls
from pages.parts.i18n import Translator, translator
from pages.parts.takehome import exactly
from pages.parts.takehome.document import Code, Document, Package, Part, Picture, Words
from pages.parts.takehome.program import begin, folds_constants, heading
from pages.parts.takehome.quotients import node, quotient, takes_complex

NAME = "numdiff-error"
DIGITS = 300
"""Enough for the truncation error of the highest order at the smallest step, which cancels all but its last few."""


@dataclass(frozen=True)
class _Plan:
    """What the script computes: the schemes that it can, the one in focus, and the number format."""

    asked: errordata.Asked
    schemes: tuple[str, ...]
    focus: str
    dtype: str

    @property
    def found(self) -> errordata.Found:
        return errordata.find(self.asked)

    @property
    def scheme(self) -> Scheme:
        return SCHEMES[self.focus]


def package(_: Translator, given: Controls) -> Package:
    """Return what is taken home from the page."""
    view = state.view(View)
    step: Step = "taken" if view.step == "taken" else "nominal"
    schemes = view.curves or (view.focus,)
    dtypes = view.dtypes or ("float64",)
    text, x, dx = given.function.text, given.x.value, given.dx.value
    asked = errordata.Asked(text, x, dx, schemes, view.focus, dtypes, step)
    return Package(NAME, partial(document, asked, _.language), partial(table, asked))


def table(asked: errordata.Asked) -> str:
    """Return all sweeps of the page as CSV."""
    return errorpanel.csv_text(errordata.find(asked))


def _plan(asked: errordata.Asked) -> _Plan:
    found = errordata.find(asked)
    can_complex = takes_complex(found.function.tree)
    schemes = tuple(dict.fromkeys((*asked.schemes, asked.focus)))
    able = tuple(name for name in schemes if can_complex or not SCHEMES[name].imaginary) or ("central",)
    focus = asked.focus if asked.focus in able else able[0]
    return _Plan(asked, able, focus, "float64" if found.main.dtype == "bfloat16" else found.main.dtype)


def document(asked: errordata.Asked, language: str) -> Document:
    """Return the work of the page."""
    _, plan = translator(language), _plan(asked)
    function, x = plan.found.function, plan.found.main.x
    notes = []
    if len(plan.schemes) < len({*asked.schemes, asked.focus}):
        notes.append(_("takehome.no_complex"))
    if plan.dtype != plan.found.main.dtype:
        notes.append(_("takehome.error.bfloat16"))
    elif plan.dtype != "float64" and folds_constants(function.tree):
        notes.append(_("takehome.error.folded", dtype=plan.dtype))
    parts: list[Part] = [
        heading(asked.text, _("takehome.function")),
        Code(begin(asked.text, _)),
        Words(_("takehome.error.sweep", dtype=plan.dtype)),
        *(Words(note) for note in notes),
        Code(_sweep(plan, _)),
    ]
    exact = exactly.parts(function, x, _, DIGITS)
    parts += exact
    if len(exact) == 1:
        parts.append(Code(_plain_table()))
    else:
        parts += [Words(_("takehome.error.split")), Code(_split(plan, _))]
        parts += [Words(_("takehome.error.table")), Code(_table())]
        parts += [Words(_("takehome.picture")), Picture(_picture())]
    return Document(NAME, _("takehome.error.title"), tuple(parts))


def _sweep(plan: _Plan, _: Translator) -> str:
    step, dtype = plan.asked.step, plan.dtype
    first, last = (round(math.log10(float(DEFAULT_STEPS[place])) * PER_DECADE) for place in (0, -1))
    power = f'float(f"1e{{k // {PER_DECADE}}}") if k % {PER_DECADE} == 0 else 10.0**(k / {PER_DECADE})'
    lines = [
        f"x = np.array([{plan.found.main.x!r}], dtype=np.{dtype})",
        f"own = np.array([{plan.asked.dx!r}]).astype(np.{dtype})",
        f"steps = np.array([{power} for k in range({first}, {last + 1})]).astype(np.{dtype})",
        "quotients = {",
        *(f"    {_(f'term.{name}')!r}: lambda x, h: {quotient(SCHEMES[name], step)}," for name in plan.schemes),
        "}",
        f"focus = {_(f'term.{plan.focus}')!r}",
        "print(focus, float(quotients[focus](x, own)[0]))",
    ]
    return "\n".join(lines)


def _plain_table() -> str:
    return "for h, quotient in zip(steps, quotients[focus](x, steps)):\n    print(float(h), float(quotient))"


def _split(plan: _Plan, _: Translator) -> str:
    scheme, function = plan.scheme, plan.found.function
    names = exactly.names_of(function)
    parameter = next(iter(names.values()))
    is_bounded = _asks_too_much(plan)
    bounds = f"{BOUNDS.format(_('takehome.code.bounded'))}\n\n\n" if is_bounded else ""
    head = f"""{bounds}def exact_f({parameter}):
    return {to_exact(function.tree, names, "mp", is_bounded=is_bounded)}


def value(place):
    # {_("takehome.code.value")}
    try:
        found = mp.mpmathify(exact_f(place))
    except (ArithmeticError, ValueError):
        return mp.nan
    return found if isinstance(found, mp.mpf) and mp.isfinite(found) else mp.nan


def rounded(part, scale):
    # {_("takehome.code.rounded")}
    size = 0.0 if abs(part) < mp.mpf(10)**-{DIGITS * 2 // 3}*scale else float(part)
    return size if np.isfinite(size) else np.nan
"""
    return f"{head}\n\n{_imaginary(_) if scheme.imaginary else _real(plan, _)}\n\n\n{_own(_)}"


def _asks_too_much(plan: _Plan) -> bool:
    """Return whether some node of the sweep may ask mpmath for e^u at a u that it does not come back from."""
    steps = np.append(np.asarray(DEFAULT_STEPS, np.float64), plan.asked.dx)
    reach = max((abs(offset) for offset in plan.scheme.offsets), default=0) or 1
    nodes = plan.found.main.x + np.outer(np.arange(-reach, reach + 1), steps).ravel()
    return asks_too_much(plan.found.function.tree, dict.fromkeys(plan.found.function.variables, nodes))


_ENDING = """    scale = max(abs(exact), abs(value(mp.mpf(float(x[0])))/h))
    truncation = ideal - exact
    if mp.isnan(on_nodes) or not np.isfinite(quotient):
        return [np.nan, rounded(truncation, scale), np.nan, np.nan, np.nan]
    computed = mp.mpf(float(quotient))
    found = (computed - exact, truncation, computed - ideal, on_nodes - ideal, computed - on_nodes)
    sizes = [rounded(part, scale) for part in found]
    return sizes if np.isfinite(sizes).all() else [np.nan, sizes[1], np.nan, np.nan, np.nan]"""


def _real(plan: _Plan, _: Translator) -> str:
    scheme = plan.scheme
    terms = ", ".join(f"({offset}, {n})" for offset, n in zip(scheme.offsets, scheme.numerators, strict=True))
    places = ", ".join(node(offset) for offset in scheme.offsets)
    below = f"{scheme.denominator}*h"
    span = below
    if plan.asked.step == "taken":
        span = "sum(n*place for (_, n), place in zip(terms, nodes))"
    return f"""def parts(h, quotient):
    # {_("takehome.error.parts")}
    if h == 0 or not np.isfinite(h):
        return [np.nan]*5
    terms = [{terms}]
    nodes = [mp.mpf(float(place)) for place in ({places},) for place in np.ravel(place)]
    h = mp.mpf(float(h))
    ideal = sum(n*value(mp.mpf(float(x[0])) + offset*h) for offset, n in terms) / ({below})
    if mp.isnan(ideal):
        return [np.nan]*5
    span = {span}
    on_nodes = sum(n*value(place) for (_, n), place in zip(terms, nodes)) / span if span else mp.nan
{_ENDING}"""


def _imaginary(_: Translator) -> str:
    return f"""def parts(h, quotient):
    # {_("takehome.error.parts")}
    if h == 0 or not np.isfinite(h):
        return [np.nan]*5
    h = mp.mpf(float(h))
    try:
        ideal = on_nodes = mp.im(exact_f(mp.mpc(float(x[0]), h)))/h
    except (ArithmeticError, ValueError):
        return [np.nan]*5
{_ENDING}"""


def _own(_: Translator) -> str:
    names = ["errors", "truncation", "rounding", "node_rounding", "evaluation"]
    labels = [_(f"error.column.{name}") for name in names]
    loop = "for name, part in zip(names, parts(own[0], quotients[focus](x, own)[0])):"
    return f"names = {labels!r}\n{loop}\n    print(name, part)"


def _table() -> str:
    return (
        'print("dx", "quotient", *names)\nfor h, quotient in zip(steps, quotients[focus](x, steps)):\n'
        "    print(float(h), float(quotient), *parts(h, quotient))"
    )


def _picture() -> str:
    return """import plotly.graph_objects as go

figure = go.Figure()
for name, quotient in quotients.items():
    sizes = [abs(float(mp.mpf(float(q)) - exact)) if np.isfinite(q) else np.nan for q in quotient(x, steps)]
    figure.add_scatter(x=steps, y=[size or np.nan for size in sizes], name=name, connectgaps=False)
figure.update_xaxes(type="log", exponentformat="power", title="\u0394x")
figure.update_yaxes(type="log", exponentformat="power")"""

"""A derivation as a document: the derivation, its check by value, and the numbers of the factors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.export.script import export_python
from numdiff.derivation.export.text_files import export_latex, export_markdown
from numdiff.derivation.steps import Style
from numdiff.derivation.work import Derivation
from numdiff.difference.schemes import SCHEMES
from numdiff.evaluate.floats import evaluate
from numdiff.printing.names import python_names
from numdiff.printing.python_helpers import HELPERS
from numdiff.printing.text import to_text
from pages.parts.derivation import cached
from pages.parts.derivation.cached import At
from pages.parts.entries import function_of, shown_name
from pages.parts.i18n import Translator, translator
from pages.parts.takehome import exactly
from pages.parts.takehome.document import Code, Document, Part, Picture, Table, Words
from pages.parts.takehome.program import Program, heading, needs, silent
from pages.parts.takehome.quotients import quotient


def says(_: Translator) -> Callable[[str], str]:
    """Return the sentences of a file by the ids that numdiff asks for."""

    def say(key: str) -> str:
        own = key if _.has(key) else f"chain.file.{key}"
        return _(own if _.has(own) or not key.startswith("condition.") else "chain.file.condition")

    return say


def _works(text: str, variable: str, inner: str) -> tuple[Chain | Derivation, ...]:
    """Return what is written out: the function taken apart, if it can be, then all the rules."""
    of = cached.composition(text, variable, inner)
    rules = cached.derivation(text, variable)
    return (of, rules) if of is not None and of.stages else (rules,)


def as_latex(text: str, variable: str, inner: str, style: Style, language: str) -> str:
    """Return the work as a piece of a LaTeX document."""
    say = says(translator(language))
    return "\n".join(export_latex(work, say, style) for work in _works(text, variable, inner))


def as_markdown(text: str, variable: str, inner: str, style: Style, language: str) -> str:
    """Return the work as Markdown, its formulas between double dollars."""
    say = says(translator(language))
    return "\n".join(export_markdown(work, say, style) for work in _works(text, variable, inner))


def as_python(text: str, variable: str, at: At, language: str) -> str:
    """Return a script that checks every line of the derivation by value."""
    return export_python(cached.derivation(text, variable), dict(at), says(translator(language)))


NAME = "numdiff-chain"


@dataclass(frozen=True)
class Asked:
    """What the page shows, in plain values: the function as typed, and with all but one variable held."""

    text: str
    along: str
    variable: str
    at: cached.At
    dx: float
    inner: str
    sign: Style
    language: str

    @property
    def x(self) -> float:
        """The value of the variable that moves."""
        return dict(self.at).get(self.variable, 0.0)


def document(asked: Asked) -> Document:
    """Return the work of the page."""
    _ = translator(asked.language)
    markdown = as_markdown(asked.text, asked.variable, asked.inner, asked.sign, asked.language)
    if cached.derivation(asked.text, asked.variable).nowhere:
        return Document(NAME, _("takehome.chain.title"), _without_derivative(asked, markdown, _))
    parts: list[Part] = [
        heading(asked.text, _("takehome.function")),
        Words(markdown, _("takehome.chain.derivation")),
        Words(_("takehome.chain.check")),
        Code(as_python(asked.text, asked.variable, asked.at, asked.language)),
        Words(_("takehome.chain.numbers")),
        Code(_numbers(asked, _)),
        *exactly.parts(function_of(asked.along), asked.x, _),
        Words(_("takehome.picture")),
        Picture(_picture(asked)),
    ]
    return Document(NAME, _("takehome.chain.title"), tuple(parts))


def _without_derivative(asked: Asked, markdown: str, _: Translator) -> tuple[Part, ...]:
    """Return what is left where f is known to have a derivative nowhere: f itself, and why."""
    return (
        heading(asked.text, _("takehome.function")),
        Words(markdown, _("chain.file.heading.no_derivative")),
        Code(as_python(asked.text, asked.variable, asked.at, asked.language)),
        *exactly.parts(function_of(asked.along), asked.x, _),
    )


def _numbers(asked: Asked, _: Translator) -> str:
    """Return code that prints the factors, their product and the central difference."""
    program, along = Program(), function_of(asked.along)
    program.define(along.tree, along.variables, "along")
    factors = _factors(asked, program)
    lines = [
        f"h, point = np.array([{asked.dx!r}]), np.array([{asked.x!r}])",
        *factors,
        f'print("df =", float(df({_call(asked)})))',
        f"print({_('term.central')!r}, float(({_central()})[0]))",
    ]
    return f"{program.source(needs(_))}\n\n\n{silent(_)}\n" + "\n".join(lines)


def _call(asked: Asked) -> str:
    """Return the point as the arguments of f and df."""
    values = dict(asked.at)
    names = function_of(asked.text).variables or (asked.variable,)
    return ", ".join(f"np.float64({values.get(name, 0.0)!r})" for name in names)


def _central() -> str:
    return quotient(SCHEMES["central"]).replace("f(x", "along(point")


def _factors(asked: Asked, program: Program) -> list[str]:
    of = cached.composition(asked.text, asked.variable, asked.inner)
    if of is None or of.kind == "none":
        return []
    inner = {named.name: named.expression for named in of.names}
    function = function_of(asked.text)
    if not math.isfinite(of.values({name: dict(asked.at)[name] for name in function.variables}).total):
        return []
    taken = HELPERS | exactly.TAKEN | {"along", "point", "factors", "total", "slope", "check", "left", "right", "df"}
    names = python_names((*function.variables, *inner), taken=taken)
    lines = [f"{names[name]} = np.float64({value!r})" for name, value in asked.at if name in function.variables]
    for name, tree in reversed(list(inner.items())):
        lines.append(f"{names[name]} = {program.expression(tree, names)}")
        lines.append(f'print("{names[name]} =", float({names[name]}))')
    products = []
    for place, path in enumerate(of.paths):
        factors = ", ".join(program.expression(factor.local, names) for factor in path)
        lines += [f"factors = [float(factor) for factor in ({factors},)]", "print(*factors)"]
        lines.append(f"product_{place} = factors[0]")
        lines += [f"for factor in factors[1:]:\n    product_{place} = product_{place}*factor"]
        products.append(f"product_{place}")
    if products:
        lines.append(f'print("f\' =", {" + ".join(products)})')
    return lines


def _picture(asked: Asked) -> str:
    half = max(1.0, 4 * asked.dx)
    return f"""import plotly.graph_objects as go

places = np.linspace({asked.x - half!r}, {asked.x + half!r}, 801)
h = {asked.dx!r}
figure = go.Figure()
figure.add_scatter(x=places, y=along(places), name="f")
figure.add_scatter(x=places, y=(along(places + h) - along(places - h)) / (2*h), name="f\u2032", line_dash="dash")"""


def table(asked: Asked) -> str:
    """Return the factors as CSV: what is differentiated by what, the local derivative and its value.

    Where f is known to have a derivative nowhere there is one row, without a formula.
    """
    rows = Table("path", "derivative", "by", "formula", "value")
    found, by = cached.derivation(asked.text, asked.variable), shown_name(asked.variable)
    whole = ["", f"d(f)/d{by}", by]
    if found.nowhere:
        rows.row(*whole, "", "nan")
        return rows.text()
    function = function_of(asked.text)
    point = {name: value for name, value in asked.at if name in function.variables}
    for cells in _factor_rows(asked, point):
        rows.row(*cells)
    with np.errstate(all="ignore"):
        value = evaluate(found.result.tree, point)
    rows.row(*whole, to_text(found.result.tree), value)
    return rows.text()


def _factor_rows(asked: Asked, point: dict[str, float]) -> Iterator[tuple[object, ...]]:
    of = cached.composition(asked.text, asked.variable, asked.inner)
    if of is None or of.kind == "none":
        return
    for number, path in enumerate(of.values(point).paths, start=1):
        for item in path.factors:
            top, by = to_text(item.factor.derivative.of), shown_name(item.factor.bottom)
            yield number, f"d({top})/d{by}", by, to_text(item.factor.local), item.value

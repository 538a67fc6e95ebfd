"""The page of partial derivatives as a document: every one numerically and by rules, along a direction, a surface."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from numdiff.difference.schemes import SCHEMES
from numdiff.tree import Node
from pages.explore.partial import contourview
from pages.explore.partial.fields import View
from pages.parts import state
from pages.parts.controls import Controls
from pages.parts.entries import Problem, parse, shown_name
from pages.parts.i18n import Translator, translator
from pages.parts.surface import slopes, surfaceview
from pages.parts.surface.question import Asked, ask
from pages.parts.takehome import exactly
from pages.parts.takehome.document import Code, Document, Package, Part, Picture, Table, Words
from pages.parts.takehome.program import Program, heading, needs, silent
from pages.parts.takehome.quotients import quotient

NAME = "numdiff-partial"


@dataclass(frozen=True)
class Question:
    """What the page shows: its question, the quotients and the direction that were chosen, and the language."""

    asked: Asked
    schemes: tuple[str, ...]
    angle: float
    view: str
    language: str

    @property
    def names(self) -> dict[str, str]:
        """What the variables are called in the script."""
        return exactly.names_of(self.asked.function)

    def held(self, moving: str) -> dict[str, Node]:
        """Return the values of the other variables as they were typed."""
        found = {name: parse(self.asked.given.at[name].text) for name in self.asked.function.variables}
        return {name: value.tree for name, value in found.items() if name != moving and not isinstance(value, Problem)}


def package(_: Translator, given: Controls) -> Package:
    """Return what is taken home from the page."""
    view = state.view(View)
    schemes = (*(scheme for scheme in view.schemes if scheme != "central"), "central")
    question = Question(ask(given, view.beside), schemes, float(view.angle), view.partial, _.language)
    return Package(NAME, partial(document, question), partial(table, question))


def document(question: Question) -> Document:
    """Return the work of the page."""
    _, asked = translator(question.language), question.asked
    parts: list[Part] = [heading(asked.text, _("takehome.function"))]
    if not asked.is_held:
        return Document(NAME, _("takehome.partial.title"), (*parts, Words(_("takehome.partial.too_long"))))
    parts += [Code(_functions(question, _)), Words(_("takehome.partial.quotients")), Code(_quotients(question, _))]
    for name in asked.declared:
        parts += _exact(question, name, _)
    if asked.partner is not None:
        parts += [Words(_("takehome.partial.along")), Code(_along(question, _))]
        parts += [Words(_("takehome.picture")), Picture(_surface(question))]
    return Document(NAME, _("takehome.partial.title"), tuple(parts))


def _functions(question: Question, _: Translator) -> str:
    """Return the definitions of f, and of f with all but one variable held."""
    program, asked = Program(), question.asked
    program.define(asked.function.tree, asked.function.variables, "whole")
    for name in asked.declared:
        along = asked.along(name)
        program.define(along.tree, along.variables, f"along_{question.names.get(name, 'x')}")
    return f"{program.source(('import math', *needs(_)))}\n\n\n{silent(_)}"


def _quotients(question: Question, _: Translator) -> str:
    asked, names = question.asked, question.names
    cuts = ", ".join(
        f"({shown_name(name)!r}, along_{names[name]}, {asked.given.at[name].value!r})" for name in asked.declared
    )
    rows = [f"        {_(f'term.{scheme}')!r}: {quotient(SCHEMES[scheme])}," for scheme in question.schemes]
    return "\n".join(
        [
            f"h = np.float64({asked.given.dx.value!r})",
            f"for name, f, x in [{cuts}]:",
            "    x = np.float64(x)",
            '    print(name, "=", float(x))',
            "    quotients = {",
            *rows,
            "    }",
            "    for scheme, value in quotients.items():",
            '        print("\u2202f/\u2202" + name, scheme, float(value))',
        ]
    )


def _exact(question: Question, name: str, _: Translator) -> list[Part]:
    asked, at = question.asked, dict(question.asked.place)
    sign = f"\u2202f/\u2202{shown_name(name)}"
    code = exactly.code(asked.function, at, name, f"slope_{question.names[name]}", held=question.held(name))
    if not code:
        return [Words(f"{sign}: {_('takehome.no_exact')}")]
    how = exactly.way(asked.function, at, name)
    return [Words(f"{sign}: {_(f'takehome.partial.{how}')}"), Code(code)]


def _along(question: Question, _: Translator) -> str:
    """Return code for the quotient along the direction that is chosen on the page."""
    asked, names = question.asked, question.names
    turns = dict(zip(asked.axes, slopes.unit(question.angle), strict=True))
    places = []
    for name in asked.function.variables:
        value = repr(asked.given.at[name].value)
        places.append(f"{value} + steps*{turns[name]!r}" if name in turns else value)
    moves = ", ".join(f"{names[name]}: {turn!r}" for name, turn in turns.items())
    return "\n".join(
        [
            f"# u = ({moves})",
            f"h = {asked.given.dx.value!r}",
            "steps = np.array([h, -h])",
            f"ahead, behind = whole({', '.join(places)})",
            f"print({_('term.central')!r}, float((ahead - behind) / (2*h)))",
            *_length(question, _),
        ]
    )


def _length(question: Question, _: Translator) -> list[str]:
    """Return code for the gradient's length, if its two parts are known."""
    asked, at = question.asked, dict(question.asked.place)
    if any(exactly.way(asked.function, at, name) == "none" for name in asked.axes):
        return []
    both = ", ".join(f"float(slope_{question.names[name]})" for name in asked.axes)
    return [f"print({_('partial.length')!r}, math.hypot({both}))"]


def _surface(question: Question) -> str:
    asked, names = question.asked, question.names
    first, second = asked.axes
    seen = contourview.seen(asked) if question.view == "contours" else surfaceview.seen(asked)
    values = [
        {first: "across", second: "up"}.get(name, repr(asked.given.at[name].value)) for name in asked.function.variables
    ]
    titles = f'xaxis_title="{names[first]}", yaxis_title="{names[second]}", zaxis_title="f"'
    return f"""import plotly.graph_objects as go

first = np.linspace({float(seen.x[0])!r}, {float(seen.x[-1])!r}, 61)
second = np.linspace({float(seen.y[0])!r}, {float(seen.y[-1])!r}, 61)
across, up = np.meshgrid(first, second)
height = whole({", ".join(values)})
figure = go.Figure(go.Surface(x=first, y=second, z=np.where(np.isfinite(height), height, np.nan)))
figure.update_layout(scene=dict({titles}))"""


def table(question: Question) -> str:
    """Return the partial derivatives as CSV: exact and by every quotient."""
    asked, rows = question.asked, Table("variable", "value", "dx", "exact", *question.schemes)
    for name in asked.declared if asked.is_held else ():
        found = [slopes.partial(asked, name, scheme) for scheme in question.schemes]
        numbers = [asked.given.at[name].value, asked.given.dx.value, found[0].value]
        numbers += [item.estimate for item in found]
        rows.row(shown_name(name), *numbers)
    return rows.text()

"""A screen of a lesson as a document: the lecture's program on the learner's own f, and what it prints."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from numdiff.difference.schemes import SCHEMES, difference
from pages.learn.lessons import entry, formula, pieces, program, several
from pages.learn.lessons.several import Several
from pages.parts import state
from pages.parts.entries import function_of, quantity_of, read_point, shown_name, variable_of
from pages.parts.fields import Composition
from pages.parts.i18n import Translator, translator
from pages.parts.lessons.outline import Lesson, Screen
from pages.parts.surface import weight
from pages.parts.takehome import derivation
from pages.parts.takehome.document import Code, Document, Package, Part, Picture, Table, Words
from pages.parts.takehome.program import Program, heading, silent
from pages.parts.takehome.quotients import quotient

SCHEMES_SHOWN = ("forward", "backward", "central")
DECADES = range(15)
"""Δx = 1, 10⁻¹, …: every step that a lesson's tables show, and those between."""


@dataclass(frozen=True)
class Single:
    """A function of one variable at a point, as a screen has it."""

    name: str
    title: str
    text: str
    x: float
    dx: float
    inner: str
    is_chain: bool
    language: str


@dataclass(frozen=True)
class Multiple:
    """A function of several variables at a point, as a screen has it."""

    name: str
    title: str
    given: Several
    language: str


def package(_: Translator, lesson: Lesson, screen: Screen, *, text: str = "", is_chain: bool = False) -> Package:
    """Return what is taken home from a screen.

    ``text`` is its function, if that is neither the lecture's nor typed; ``is_chain`` adds the derivation.
    """
    title = lesson.title(_)
    name = f"numdiff-{lesson.slug}-{screen.name}".replace("_", "-")
    if len(function_of(screen.start.f).variables) > 1:
        both = Multiple(name, title, _translated(several.asked(screen), _.language), _.language)
        return Package(name, partial(_of_several, both), partial(_table_of_several, both))
    given = entry.asked(screen)
    one = Single(
        name,
        title,
        text or given.function.text,
        given.x.value,
        given.dx.value,
        state.view(Composition).inner,
        is_chain,
        _.language,
    )
    return Package(name, partial(_of_one, one), partial(_table_of_one, one))


def _translated(given: Several, language: str) -> Several:
    """Return the model of the weight with its variables in the language."""
    if not weight.is_model(given.function.text):
        return given
    own = function_of(weight.formula(language))
    names = dict(zip(given.function.variables, own.variables, strict=True))
    return Several(own, {names[name]: value for name, value in given.at.items()}, given.dx)


def _of_one(asked: Single) -> Document:
    _, function = translator(asked.language), function_of(asked.text)
    prints = program.printed(function, asked.x, asked.dx)
    parts: list[Part] = [
        heading(asked.text, _("takehome.function")),
        Words(_("takehome.lesson.program")),
        Code(program.program(function, asked.x, asked.dx), f"{prints}\n" if prints else ""),
    ]
    if pieces.exact_slope(asked.text, asked.x).status == "ok":
        point = quantity_of(read_point(repr(asked.x)))
        parts += [Words(_("takehome.lesson.rule")), Code(formula.code(asked.text, point))]
    parts += [Words(_("takehome.lesson.table")), Code(_quotients(asked, _))]
    if asked.is_chain:
        at, variable = ((variable_of(function), asked.x),), variable_of(function)
        inside = derivation.Asked(
            asked.text, asked.text, variable, at, asked.dx, asked.inner, "partial", asked.language
        )
        parts += [part for part in derivation.document(inside).parts[1:] if not isinstance(part, Picture)]
    parts += [Words(_("takehome.picture")), Picture(_picture(asked))]
    return Document(asked.name, asked.title, tuple(parts))


def _quotients(asked: Single, _: Translator) -> str:
    values = ", ".join(f"float({quotient(SCHEMES[scheme])})" for scheme in SCHEMES_SHOWN)
    names = ", ".join(repr(_(f"term.{scheme}")) for scheme in SCHEMES_SHOWN)
    return f"""import numpy as np

{silent(_)}
x = np.float64({asked.x!r})
print("dx", {names})
for power in range({len(DECADES)}):
    h = np.float64(10.0**-power)
    print(float(h), {values})"""


def _picture(asked: Single) -> str:
    half = max(1.0, 4 * asked.dx)
    return f"""import plotly.graph_objects as go

places = np.linspace({asked.x - half!r}, {asked.x + half!r}, 801)
x, h = np.float64({asked.x!r}), {asked.dx!r}
here, slope = float(f(x)), numerical_derivative(f, x)
figure = go.Figure()
figure.add_scatter(x=places, y=f(places)*np.ones(places.shape), name="f")
figure.add_scatter(x=places, y=here + slope*(places - x), name="f\u2032", line_dash="dash")"""


def _table_of_one(asked: Single) -> str:
    rows = Table("dx", *SCHEMES_SHOWN)
    function = function_of(asked.text)
    for step in dict.fromkeys((asked.dx, *(10.0**-power for power in DECADES))):
        with np.errstate(all="ignore"):
            found = [difference(function, asked.x, step, scheme=scheme) for scheme in SCHEMES_SHOWN]
        rows.row(step, *found)
    return rows.text()


def _of_several(asked: Multiple) -> Document:
    _, given = translator(asked.language), asked.given
    parts: list[Part] = [heading(given.function.text, _("takehome.function"))]
    for name in given.function.variables:
        along, x = given.frozen(name), given.point[name]
        prints = program.printed(along, x, given.dx.value)
        say = f"\u2202f/\u2202{shown_name(name)}"
        parts += [
            Words(f"{say}: {_('takehome.partial.quotients')}"),
            Code(program.program(along, x, given.dx.value), f"{prints}\n" if prints else ""),
        ]
        if several.exact(given, name).status == "ok":
            parts += [Words(f"{say}: {_('takehome.lesson.rule')}"), Code(_rule(given, name))]
    return Document(asked.name, asked.title, tuple(parts))


def _rule(given: Several, name: str) -> str:
    result, made = several.derivation(given.function.text, name).result, Program()
    made.define(result.tree, result.variables, "df")
    point = ", ".join(f"np.float64({given.point[each]!r})" for each in result.variables)
    return f"{made.source()}\n\n\nprint(float(df({point})))"


def _table_of_several(asked: Multiple) -> str:
    given, rows = asked.given, Table("variable", "value", "dx", "by_rule", "numerical")
    for name in given.function.variables:
        exists = several.exact(given, name).status == "ok"
        numbers = [given.point[name], given.dx.value, several.value(given, name) if exists else math.nan]
        numbers.append(several.numerical(given, name))
        rows.row(shown_name(name), *numbers)
    return rows.text()

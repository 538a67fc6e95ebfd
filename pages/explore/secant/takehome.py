"""The page of secant and tangent as a document: f, its quotients, the exact derivative, and the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from numdiff.difference.schemes import SCHEMES
from pages.explore.secant.fields import View
from pages.parts import state
from pages.parts.controls import Controls
from pages.parts.entries import function_of
from pages.parts.i18n import Translator, translator
from pages.parts.picture import scene
from pages.parts.results import result
from pages.parts.takehome import exactly
from pages.parts.takehome.document import Code, Document, Package, Part, Picture, Table, Words
from pages.parts.takehome.program import begin, heading
from pages.parts.takehome.quotients import quotient

NAME = "numdiff-secant"
_DIFFERENCES = {"forward": "above - here", "backward": "here - below", "central": "above - below"}


@dataclass(frozen=True)
class Asked:
    """What the page shows, in plain values."""

    text: str
    x: float
    dx: float
    schemes: tuple[str, ...]
    window: str
    language: str


def package(_: Translator, given: Controls) -> Package:
    """Return what is taken home from the page."""
    view = state.view(View)
    schemes = view.schemes or ("central",)
    asked = Asked(given.function.text, given.x.value, given.dx.value, schemes, view.window, _.language)
    return Package(NAME, partial(document, asked), partial(table, asked))


def document(asked: Asked) -> Document:
    """Return the work of the page."""
    _ = translator(asked.language)
    parts: list[Part] = [
        heading(asked.text, _("takehome.function")),
        Code(begin(asked.text, _)),
        Words(_("takehome.secant.quotients")),
        Code(_quotients(asked, _)),
        *_exact(asked, _),
        Words(_("takehome.picture")),
        Picture(_picture(asked, _)),
    ]
    return Document(NAME, _("takehome.secant.title"), tuple(parts))


def _quotients(asked: Asked, _: Translator) -> str:
    lines = [
        f"# {_('takehome.arrays')}",
        f"x, h = np.array([{asked.x!r}]), np.array([{asked.dx!r}])",
        "above, here, below = (float(f(node[0])) for node in (x + h, x, x - h))",
        "print(above, here, below)",
        f"print({_('term.difference')!r}, {', '.join(_DIFFERENCES[scheme] for scheme in asked.schemes)})",
        "",
        "quotients = {",
        *(f"    {_(f'term.{scheme}')!r}: {quotient(SCHEMES[scheme])}," for scheme in asked.schemes),
        "}",
        "for name, value in quotients.items():",
        "    print(name, float(value[0]))",
    ]
    return "\n".join(lines)


def _exact(asked: Asked, _: Translator) -> list[Part]:
    exact = exactly.parts(function_of(asked.text), asked.x, _)
    if len(exact) == 1:
        return [*exact]
    errors = (
        "for name, value in quotients.items():\n    if np.isfinite(value[0]):\n"
        f"        print({_('term.error')!r}, name, float(mp.mpf(float(value[0])) - exact))\n"
        f"print({_('term.tangent')!r}, here + float(exact)*float(h[0]))"
    )
    return [*exact, Words(_("takehome.errors")), Code(errors)]


def _picture(asked: Asked, _: Translator) -> str:
    left, right = scene(asked.text, asked.x, asked.dx, asked.schemes, asked.window).window
    return f"""import plotly.graph_objects as go

places = np.linspace({left!r}, {right!r}, 801)
figure = go.Figure()
figure.add_scatter(x=places, y=f(places), name="f")
for name, value in quotients.items():
    # {_("takehome.code.secant")}
    figure.add_scatter(x=places, y=here + float(value[0])*(places - x[0]), name=name, line_dash="dash")
nodes = np.array([x[0] - h[0], x[0], x[0] + h[0]])
figure.add_scatter(x=nodes, y=f(nodes), mode="markers", showlegend=False)"""


def table(asked: Asked) -> str:
    """Return the numbers of the page as CSV: a line for each scheme."""
    names = ("errors", "truncation", "rounding", "node_rounding", "evaluation")
    rows = Table("scheme", "x", "dx", "quotient", "exact", *names)
    found = result(asked.text, asked.x, asked.dx, asked.schemes)
    for scheme in asked.schemes:
        parts = found.parts(scheme)
        numbers = [asked.x, asked.dx, found.estimate(scheme), found.sweep.exact]
        numbers += [getattr(parts, name) for name in names]
        rows.row(scheme, *numbers)
    return rows.text()

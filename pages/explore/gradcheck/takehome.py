"""The gradient check of a function, and of a network, as a document: quotients, backpropagation line by line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from numdiff.difference.schemes import SCHEMES, Scheme
from numdiff.evaluate.floats import evaluate
from numdiff.graph.build import Graph
from numdiff.graph.nodes import GraphEdge
from numdiff.network.model import PHI, XOR
from numdiff.printing.names import python_names
from numdiff.printing.python_helpers import HELPERS
from numdiff.tree import Variable
from pages.explore.gradcheck import cached
from pages.explore.gradcheck.cached import Shape
from pages.explore.gradcheck.question import Asked, ask
from pages.parts.controls import Controls
from pages.parts.entries import function_of, shown_name
from pages.parts.i18n import Translator, translator
from pages.parts.takehome import exactly
from pages.parts.takehome.document import Code, Document, Package, Part, Picture, Table, Words
from pages.parts.takehome.program import Program, folds_constants, heading, silent
from pages.parts.takehome.quotients import node

NAME = "numdiff-gradcheck"
_OWN = exactly.TAKEN | {"analytic", "numerical", "name", "a", "n", "steps", "backward", "relative", "kind", "quotient"}


def package(_: Translator, given: Controls) -> Package:
    """Return what is taken home from the page."""
    asked = ask(given)
    return Package(NAME, partial(document, asked, _.language), partial(table, asked))


@dataclass(frozen=True)
class _Backward:
    """A graph as a program: what each node, and the derivative by it, is called."""

    graph: Graph
    names: Mapping[str, str]

    @classmethod
    def of(cls, graph: Graph) -> _Backward:
        own = python_names(graph.function.variables, taken=HELPERS | _OWN)
        names = dict(zip(graph.inputs, own.values(), strict=True))
        for each in graph.nodes:
            if each.id not in names:
                names[each.id] = _free(each.id, names)
        return cls(graph, names)

    @property
    def inside(self) -> dict[str, str]:
        """The names by those in the graph's expressions."""
        found = {}
        for each in self.graph.nodes:
            symbol = self.graph.name(each.id)
            assert isinstance(symbol, Variable)
            found[symbol.name] = self.names[each.id]
        return found

    def bar(self, node_id: str) -> str:
        """Return what the derivative of f by a node is called."""
        return _free(f"by_{self.names[node_id]}", self.names)

    def source(self, program: Program) -> str:
        """Return a function that returns the gradient."""
        graph, inputs = self.graph, [self.names[each] for each in self.graph.inputs]
        lines = [f"def backward({', '.join(inputs)}):"]
        for each in graph.nodes:
            if each.operation != "input":
                lines.append(f"    {self.names[each.id]} = {program.expression(each.expression, self.inside)}")
        lines.append(f"    {self.bar(graph.output)} = 1.0")
        for each in reversed(graph.nodes):
            if each.id == graph.output:
                continue
            shares = [f"float({self._local(edge, program)})*{self.bar(edge.target)}" for edge in graph.out_of(each.id)]
            total = f"sum(({', '.join(shares)}))" if len(shares) > 1 else (shares or ["0.0"])[0]
            lines.append(f"    {self.bar(each.id)} = {total}")
        # where a sum of one number would turn −0 into 0, this does
        lines.append(f"    return {', '.join(f'{self.bar(each)} + 0.0' for each in graph.inputs)},")
        return "\n".join(lines)

    def _local(self, edge: GraphEdge, program: Program) -> str:
        """Return the code of a local derivative; what exists nowhere has no formula that would stand for it."""
        return "np.nan" if edge.key in self.graph.nowhere else program.expression(edge.local, self.inside)

    def is_the_same(self) -> bool:
        """Return whether the program multiplies the very numbers that the page has."""
        values = {name: np.float64(value) for name, value in self._values().items()}
        with np.errstate(all="ignore"):
            return all(
                edge.value is not None
                and math.isfinite(edge.value)
                and edge.value == float(evaluate(edge.local, values))
                for edge in self.graph.edges
            )

    def _values(self) -> dict[str, float]:
        found = {}
        for each in self.graph.nodes:
            symbol = self.graph.name(each.id)
            assert isinstance(symbol, Variable)
            found[symbol.name] = math.nan if each.value is None else each.value
        return found


def _free(name: str, names: Mapping[str, str]) -> str:
    while name in names.values() or name in _OWN:
        name += "_"
    return name


def document(asked: Asked, language: str) -> Document:
    """Return the work of the page."""
    _ = translator(language)
    if not asked.at:
        parts = (heading(asked.text, _("takehome.function")), Words(_("gradcheck.constant")))
        return Document(NAME, _("takehome.gradcheck.title"), parts)
    check = cached.check(asked.text, asked.at, asked.dx, asked.dtype, asked.scheme, asked.broken)
    function, program = function_of(asked.text), Program()
    program.define(function.tree, function.variables, "f")
    graph = check.graph
    assert graph is not None  # a typed function has one
    written = _Backward.of(graph)
    backward = written.source(program)
    dtype = "float64" if asked.dtype == "bfloat16" else asked.dtype
    notes = [_("takehome.error.bfloat16")] if dtype != asked.dtype else []
    if dtype not in {"float64", "bfloat16"} and folds_constants(function.tree):
        notes.append(_("takehome.error.folded", dtype=dtype))
    if asked.broken is not None:
        notes.append(_("takehome.gradcheck.broken"))
    if not written.is_the_same():
        notes.append(_("takehome.gradcheck.last_digit"))
    pieces: list[Part] = [
        heading(asked.text, _("takehome.function")),
        Code(f"{program.source()}\n\n\n{silent(_)}"),
        Words(_("takehome.gradcheck.backward")),
        *(Words(note) for note in notes),
        Code(backward),
        Words(_("takehome.gradcheck.numerical", dtype=dtype, scheme=_(f"term.{asked.scheme}"))),
        Code(_check(asked, dtype, SCHEMES[asked.scheme])),
        Words(_("takehome.picture")),
        Picture(_picture()),
    ]
    return Document(NAME, _("takehome.gradcheck.title"), tuple(pieces))


def _check(asked: Asked, dtype: str, scheme: Scheme) -> str:
    names = [shown_name(name) for name, _value in asked.at]
    values = [value for _name, value in asked.at]
    moved = {offset: node(offset).replace("x", "here", 1) for offset in scheme.offsets}
    first, last = (f"moved({moved[offset]})" for offset in scheme.offsets)
    below = "h" if scheme.denominator == 1 else f"({scheme.denominator}*h)"
    return f"""names = {names!r}
point = [np.array([value]).astype(np.{dtype}) for value in {values!r}]


def numerical(place, h):
    here = point[place]

    def moved(value):
        return f(*(value if k == place else np.broadcast_to(each, np.shape(value)) for k, each in enumerate(point)))

    return ({first} - {last}) / {below}


def relative(a, n):
    return 0.0 if a == n else abs(a - n)/max(abs(a), abs(n))


analytic = backward(*(np.float64(value[0]) for value in point))
own = np.array([{asked.dx!r}]).astype(np.{dtype})
for place, (name, a) in enumerate(zip(names, analytic)):
    n = float(numerical(place, own)[0])
    print(name, a, n, relative(a, n))"""


def _picture() -> str:
    return """import plotly.graph_objects as go

steps = np.logspace(-13, 0, 79)
figure = go.Figure()
for place, (name, a) in enumerate(zip(names, analytic)):
    found = [float(numerical(place, np.array([h]).astype(own.dtype))[0]) for h in steps]
    figure.add_scatter(x=steps, y=[relative(a, n) or np.nan for n in found], name=name)
figure.update_xaxes(type="log", exponentformat="power", title="\u0394x")
figure.update_yaxes(type="log", exponentformat="power")"""


def table(asked: Asked) -> str:
    """Return the check as CSV: a line for each variable."""
    columns = ("value", "step", "analytic", "numerical", "relative")
    rows = Table("variable", *columns, "band", "dtype", "scheme")
    if not asked.at:
        return rows.text()
    check = cached.check(asked.text, asked.at, asked.dx, asked.dtype, asked.scheme, asked.broken)
    for item in check.variables:
        numbers = [getattr(item, name) for name in columns]
        rows.row(shown_name(item.name), *numbers, item.band.value, check.dtype, check.scheme)
    return rows.text()


NETWORK = "numdiff-network"

_OUTPUT = {"cross_entropy": "sigmoid(s)", "squared": "s"}
_LOSS = {"cross_entropy": "np.logaddexp(0, s) - y * s", "squared": "(p - y)**2 / 2"}

_TEMPLATE = """\
import numpy as np

X = np.array({points!r})
y = np.array({targets!r})


def sigmoid(s):
    return np.exp(-np.logaddexp(0, -s))  # {overflow}


def unpack(theta):
    W, b, v = theta[:{w}].reshape({hidden}, 2), theta[{w}:{b}], theta[{b}:{v}]
    return W, b, v, float(theta[-1])


def forward(theta):
    W, b, v, c = unpack(theta)
    z = X @ W.T + b
    h = {phi}
    s = h @ v + c
    p = {output}
    losses = {loss}
    return z, h, s, p, float(losses.mean())


def loss(theta):
    return forward(theta)[-1]


def backward(theta):
    W, b, v, c = unpack(theta)
    z, h, s, p, _ = forward(theta)
    d_s = (p - y) / y.size
    d_v = d_s @ h
    d_c = float(d_s.sum())
    d_h = np.outer(d_s, v)
    d_z = d_h * ({slope})
    d_W = d_z.T @ X
    d_b = d_z.sum(axis=0)
    return np.concatenate([d_W.ravel(), d_b, d_v, [d_c]])"""

_START = """\
draw = np.random.default_rng({seed}).normal
W, b, v = draw(size=({hidden}, 2)).round(2), draw(scale=0.5, size={hidden}).round(2), draw(size={hidden}).round(2)
theta = np.concatenate([W.ravel(), b, v, [0.0]])
names = {names!r}"""

_NUMERICAL = """\
def numerical_gradient(theta, dx):
    theta = theta.copy()
{here}    gradient = np.zeros_like(theta)
    for i in range(theta.size):
        kept = theta[i]
        theta[i] = kept + dx
        above = loss(theta)
{quotient}
        theta[i] = kept
    return gradient


analytic, numerical = backward(theta), numerical_gradient(theta, {dx!r})
for name, value, a, n in zip(names, theta, analytic, numerical):
    relative = 0.0 if a == n else abs(a - n)/max(abs(a), abs(n))
    print(name, float(value), float(a), float(n), float(relative))"""

_QUOTIENT = {
    "forward": "        gradient[i] = (above - here) / dx",
    "central": "        theta[i] = kept - dx\n        gradient[i] = (above - loss(theta)) / (2 * dx)",
}

_DESCENT = """\
losses = [loss(theta)]
weights = theta
for step in range({steps}):
    weights = weights - {rate!r} * backward(weights)
    losses.append(loss(weights))
print(losses[0], losses[-1])"""

_PICTURE = """\
import plotly.graph_objects as go

figure = go.Figure(go.Scatter(x=list(range(len(losses))), y=losses, name={name!r}))
figure.update_yaxes(title={name!r})"""


def network_package(_: Translator, shape: Shape, dx: float, quotient: str) -> Package:
    """Return what is taken home from the view of the network."""
    return Package(
        NETWORK, partial(network_document, shape, dx, quotient, _.language), partial(network_table, shape, dx, quotient)
    )


def network_document(shape: Shape, dx: float, quotient: str, language: str) -> Document:
    """Return the work of the view."""
    _ = translator(language)
    hidden, activation, loss, seed = shape
    net = cached.network(shape)
    passes = _TEMPLATE.format(
        points=XOR.x.tolist(),
        targets=XOR.y.tolist(),
        overflow=_("takehome.network.overflow"),
        hidden=hidden,
        w=2 * hidden,
        b=3 * hidden,
        v=4 * hidden,
        phi=PHI[activation].value_code,
        slope=PHI[activation].slope_code,
        output=_OUTPUT[loss],
        loss=_LOSS[loss],
    )
    start = _START.format(seed=seed, hidden=hidden, names=[shown_name(name) for name in net.names])
    here = "    here = loss(theta)\n" if quotient == "forward" else ""
    loop = _NUMERICAL.format(here=here, quotient=_QUOTIENT[quotient], dx=dx)
    descent = _DESCENT.format(steps=cached.DESCENT_STEPS, rate=cached.RATE)
    parts = (
        Words(_("takehome.network.passes")),
        Code(passes),
        Words(_("takehome.network.start")),
        Code(start),
        Words(_("takehome.network.check", scheme=_(f"term.{quotient}"))),
        Code(loop),
        Words(_("takehome.network.descent")),
        Code(descent),
        Words(_("takehome.picture")),
        Picture(_PICTURE.format(name=_("takehome.network.loss"))),
    )
    return Document(NETWORK, _("takehome.network.title"), parts)


def network_table(shape: Shape, dx: float, quotient: str) -> str:
    """Return the check of every weight as CSV."""
    columns = ("value", "backpropagated", "numerical", "relative")
    rows = Table("weight", *columns, "band", "dx", "scheme")
    for item in cached.weights(shape, dx, quotient):
        numbers = [getattr(item, name) for name in columns]
        rows.row(shown_name(item.name), *numbers, item.band.value, dx, quotient)
    return rows.text()

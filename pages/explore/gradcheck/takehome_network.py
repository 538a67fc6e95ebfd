"""The gradient check of a network as a document: both passes in plain NumPy, the loop of differences, and descent."""

from __future__ import annotations

from functools import partial

from numdiff.network.model import PHI, XOR
from pages.explore.gradcheck import cached
from pages.explore.gradcheck.cached import Shape
from pages.parts.entries import shown_name
from pages.parts.i18n import Translator, translator
from pages.parts.takehome.document import Code, Document, Package, Picture, Table, Words

NAME = "numdiff-network"

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


def package(_: Translator, shape: Shape, dx: float, quotient: str) -> Package:
    """Return what is taken home from the view of the network."""
    return Package(NAME, partial(document, shape, dx, quotient, _.language), partial(table, shape, dx, quotient))


def document(shape: Shape, dx: float, quotient: str, language: str) -> Document:
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
    return Document(NAME, _("takehome.network.title"), parts)


def table(shape: Shape, dx: float, quotient: str) -> str:
    """Return the check of every weight as CSV."""
    columns = ("value", "backpropagated", "numerical", "relative")
    rows = Table("weight", *columns, "band", "dx", "scheme")
    for item in cached.weights(shape, dx, quotient):
        numbers = [getattr(item, name) for name in columns]
        rows.row(shown_name(item.name), *numbers, item.band.value, dx, quotient)
    return rows.text()

"""The pictures of change: secants and tangents, differences, and the places where there is no derivative."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from pages.learn.glossary.sketch import Point, Sketch, at, rise, rise_between
from pages.parts.theme import Theme

SQUARE, CUBIC = "x^2/2", "x^3/3 - x"
X, DX = 0.8, 1.2
"""The point and the step of most pictures."""


def _square(theme: Theme) -> Sketch:
    made = Sketch(theme, (-1.2, 3.0), (-0.7, 3.4))
    made.curve(SQUARE)
    return made


def _steps(made: Sketch, start: Point, end: Point) -> None:
    """Draw Δx and Δf between two points."""
    corner = (end[0], start[1])
    made.segment(start, corner, "forward", "dot")
    made.segment(corner, end, "forward", "dot")
    made.sign(((start[0] + end[0]) / 2, start[1]), "Δx", "forward", shift=(0, 16))
    made.sign(((end[0], (start[1] + end[1]) / 2)), "Δf", "forward", "start", (6, 5))


def _increment(theme: Theme) -> Sketch:
    made = _square(theme)
    start, end = at(SQUARE, X), at(SQUARE, X + DX)
    _steps(made, start, end)
    made.dot(start)
    made.dot(end)
    return made


def _secant(theme: Theme) -> Sketch:
    made = _square(theme)
    start, end = at(SQUARE, X), at(SQUARE, X + DX)
    made.through(start, rise_between(start, end), "secant")
    _steps(made, start, end)
    made.dot(start)
    made.dot(end)
    return made


def _slope(theme: Theme) -> Sketch:
    made = Sketch(theme, (-1.2, 3.0), (-0.7, 3.4))
    start, end = at("x/2 + 1/2", X), at("x/2 + 1/2", X + DX)
    made.curve("x/2 + 1/2")
    corner = (end[0], start[1])
    made.segment(start, corner, "forward", "dot")
    made.segment(corner, end, "forward", "dot")
    made.dot(start)
    made.dot(end)
    return made


def _tangent(theme: Theme) -> Sketch:
    made = _square(theme)
    made.through(at(SQUARE, X), rise(SQUARE, X), "tangent")
    made.dot(at(SQUARE, X))
    return made


def _limit(theme: Theme) -> Sketch:
    made = _square(theme)
    start = at(SQUARE, X)
    for step in (2.0, 1.2, 0.5):
        made.through(start, rise_between(start, at(SQUARE, X + step)), "secant")
        made.dot(at(SQUARE, X + step), "secant")
    made.through(start, rise(SQUARE, X), "tangent")
    made.dot(start)
    return made


def _derivative(theme: Theme) -> Sketch:
    made = Sketch(theme, (-2.3, 2.3), (-1.7, 2.4))
    made.curve(CUBIC)
    made.slopes(CUBIC)
    made.sign(at(CUBIC, 1.85), "f", side="start", shift=(7, 8))
    made.sign((-1.6, rise(CUBIC, -1.6)), "f′", "tangent", "start", (8, 2))
    return made


def _second(theme: Theme) -> Sketch:
    made = _derivative(theme)
    made.through((0.0, 0.0), 2.0, "backward", "dot")
    made.sign((0.55, 2 * 0.55), "f″", "backward", "end", (-6, 0))
    return made


def _zoom(theme: Theme) -> Sketch:
    made = Sketch(theme, (X - 0.06, X + 0.06), (-0.05 + SQUARE_AT, 0.05 + SQUARE_AT), axes=False)
    made.through(at(SQUARE, X), rise(SQUARE, X), "tangent", "dash")
    made.curve(SQUARE)
    made.dot(at(SQUARE, X))
    return made


SQUARE_AT = at(SQUARE, X)[1]


def _taylor(theme: Theme) -> Sketch:
    made = Sketch(theme, (-2.2, 2.2), (-1.2, 5.0))
    made.curve("1 + x", "secant", "dash")
    made.curve("1 + x + x^2/2", "central4", "dashdot")
    made.curve("e^x")
    made.dot((0.0, 1.0))
    return made


def _difference(theme: Theme, scheme: str, nodes: tuple[float, float]) -> Sketch:
    made = Sketch(theme, (-1.2, 3.0), (-0.7, 3.4))
    made.curve(SQUARE)
    start, end = (at(SQUARE, 1.0 + node) for node in nodes)
    made.through(at(SQUARE, 1.0), rise(SQUARE, 1.0), "tangent")
    made.through(start, rise_between(start, end), scheme)
    for point in (start, end):
        made.dot(point, scheme)
    made.dot(at(SQUARE, 1.0))
    return made


def _forward(theme: Theme) -> Sketch:
    return _difference(theme, "forward", (0.0, 1.2))


def _backward(theme: Theme) -> Sketch:
    return _difference(theme, "backward", (-1.2, 0.0))


def _central(theme: Theme) -> Sketch:
    return _difference(theme, "central", (-1.2, 1.2))


def _domain(theme: Theme) -> Sketch:
    made = Sketch(theme, (-1.5, 4.0), (-2.2, 1.9))
    made.curve("ln x")
    made.segment((0.0, 0.0), (4.0, 0.0), "tangent", "solid", 5)
    made.dot((0.0, 0.0), "tangent", hollow=True)
    return made


def _pointed(theme: Theme, text: str, up: Point = (-0.6, 1.9)) -> Sketch:
    made = Sketch(theme, (-1.6, 1.6), up)
    made.curve(text)
    return made


def _corner(theme: Theme) -> Sketch:
    made = _pointed(theme, "|x|")
    made.dot((0.0, 0.0), "trouble")
    return made


def _one_sided(theme: Theme) -> Sketch:
    made = _pointed(theme, "max(x^2/2 - x/2, x)", (-0.9, 1.9))
    made.segment((-1.6, 0.8), (0.0, 0.0), "backward")
    made.segment((0.0, 0.0), (1.6, 1.6), "forward")
    made.dot((0.0, 0.0), "trouble")
    made.sign((-1.0, 0.5), "f′₋", "backward", "end", (-8, 10))
    made.sign((1.0, 1.0), "f′₊", "forward", "start", (8, 10))
    return made


def _cusp(theme: Theme) -> Sketch:
    made = _pointed(theme, "√|x|", (-0.5, 1.5))
    made.dot((0.0, 0.0), "trouble")
    return made


def _vertical(theme: Theme) -> Sketch:
    made = Sketch(theme, (-1.6, 1.6), (-1.5, 1.5))
    made.segment((0.0, -1.5), (0.0, 1.5), "tangent", "dash")
    made.curve("cbrt(x)")
    made.dot((0.0, 0.0), "trouble")
    return made


def _jump(theme: Theme) -> Sketch:
    made = Sketch(theme, (-0.6, 2.6), (-0.8, 2.6))
    made.curve("floor(x)")
    for x in (1.0, 2.0):
        made.dot((x, x - 1), "curve", hollow=True)
        made.dot((x, x), "curve")
    return made


def _pole(theme: Theme) -> Sketch:
    made = Sketch(theme, (-2.5, 2.5), (-4.0, 4.0))
    made.curve("1/x")
    made.segment((0.0, -4.0), (0.0, 4.0), "trouble", "dash", 1.5)
    return made


def _subgradient(theme: Theme) -> Sketch:
    made = Sketch(theme, (-1.6, 1.6), (-0.9, 1.6))
    for rate in (0.25, 0.5, 0.75):
        made.through((0.0, 0.0), rate, "secant")
    made.curve("relu(x)")
    made.dot((0.0, 0.0), "trouble")
    return made


def _with_slope(theme: Theme, text: str, across: Point = (-4.0, 4.0), up: Point = (-0.6, 2.2)) -> Sketch:
    made = Sketch(theme, across, up)
    made.slopes(text)
    made.curve(text)
    return made


def _exponential(theme: Theme) -> Sketch:
    made = Sketch(theme, (-2.2, 1.8), (-0.6, 4.4))
    made.curve("e^x")
    made.through((0.0, 1.0), rise("e^x", 0.0), "tangent")
    made.dot((0.0, 1.0))
    return made


def _logarithm(theme: Theme) -> Sketch:
    made = Sketch(theme, (-1.5, 4.0), (-2.2, 2.2))
    made.curve("e^x", "secant", "dash")
    made.curve("ln x")
    made.dot((1.0, 0.0))
    made.sign(at("ln x", 3.4), "ln x", shift=(0, 20))
    made.sign((0.35, math.exp(0.35)), "eˣ", "secant", "end", (-4, -8))
    return made


def _loss(theme: Theme) -> Sketch:
    made = Sketch(theme, (-1.3, 2.9), (-0.5, 3.0))
    made.curve("(x - 1)^2 + 1/5")
    made.dot(at("(x - 1)^2 + 1/5", 1.0), "tangent")
    made.sign((2.4, 2.0), "L(w)", side="end", shift=(-6, 0))
    return made


def _walk(theme: Theme, rate: float, role: str, made: Sketch | None = None) -> Sketch:
    """Draw steps of gradient descent on a parabola, each computed from the slope there."""
    if made is None:
        made = Sketch(theme, (-1.6, 1.6), (-0.3, 2.5))
        made.curve("x^2")
    w = 1.45
    for _step in range(5):
        there = w - rate * rise("x^2", w)
        made.arrow(at("x^2", w), at("x^2", there), role)
        w = there
    return made


def _descent(theme: Theme) -> Sketch:
    return _walk(theme, 0.2, "tangent")


def _rates(theme: Theme) -> Sketch:
    return _walk(theme, 0.93, "trouble", _walk(theme, 0.1, "tangent"))


def _activations(theme: Theme) -> Sketch:
    made = Sketch(theme, (-3.5, 3.5), (-1.3, 2.2))
    made.curve("relu(x)", "forward")
    made.curve("sigmoid(x)", "secant")
    made.curve("tanh x", "tangent", "dot")
    return made


def _own(text: str, up: Point) -> Callable[[Theme], Sketch]:
    return lambda theme: _with_slope(theme, text, up=up)


_OWN: tuple[tuple[str, Point], ...] = (
    ("sigmoid(x)", (-0.3, 1.2)),
    ("tanh x", (-1.3, 1.3)),
    ("relu(x)", (-0.6, 2.6)),
    ("softplus(x)", (-0.6, 2.6)),
    ("silu(x)", (-0.8, 2.6)),
    ("gelu(x)", (-0.8, 2.6)),
)
"""Functions that are a term of their own, and how far up their picture goes."""


DRAWINGS: Mapping[str, Callable[[Theme], Sketch]] = {
    drawing.__name__.removeprefix("_"): drawing
    for drawing in (
        *(
            _increment,
            _secant,
            _slope,
            _tangent,
            _limit,
            _derivative,
            _second,
            _zoom,
            _taylor,
            _forward,
            _backward,
            _central,
        ),
        *(_domain, _corner, _one_sided, _cusp, _vertical, _jump, _pole, _subgradient, _exponential, _logarithm),
        *(_loss, _descent, _rates, _activations),
    )
} | {
    "power": lambda theme: _with_slope(theme, "x^3", (-1.6, 1.6), (-2.0, 3.2)),
    **{re.split(r"\W", text)[0]: _own(text, up) for text, up in _OWN},
}
"""How each picture is drawn."""

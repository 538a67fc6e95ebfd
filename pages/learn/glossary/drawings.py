"""How the glossary's pictures are drawn: curves first, then graphs, number formats, functions of two variables."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import cache

import ml_dtypes
import numpy as np

from numdiff.blackbox.precision import DTYPES, as_dtype, unit_roundoff
from numdiff.error.sweep import error_sweep
from numdiff.function import parse
from numdiff.graph.build import graph as computational_graph
from pages.learn.glossary.sketch import Point, Sketch, at, rise, rise_between, spread
from pages.parts.entries import function_of
from pages.parts.sampling import Floats
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


BOWL = "x^2 + 2y^2"
"""The function of two variables that the contours belong to."""


@cache
def _errors(scheme: str) -> tuple[Point, ...]:
    """Return the error of a scheme against Δx, both as powers of ten; NaN where it is 0."""
    steps = np.power(10.0, spread(-14, 0, 57))
    sizes = np.abs(error_sweep(parse("sin x"), 1.0, (scheme,), steps).errors[0])
    with np.errstate(divide="ignore"):
        powers = np.log10(sizes)
    return tuple((float(step), float(size)) for step, size in zip(np.log10(steps), powers, strict=True))


def _vee(theme: Theme) -> Sketch:
    made = Sketch(theme, (-14.3, 0.3), (-12.5, 1.0), axes=False)
    made.path(_errors("forward"), "forward")
    made.path(_errors("central"), "central")
    return made


def _orders(theme: Theme) -> Sketch:
    made = Sketch(theme, (-2.2, 0.3), (-9.5, 1.0), axes=False)
    for scheme, order in (("forward", "1"), ("central", "2"), ("central4", "4")):
        points = _errors(scheme)
        made.path(points, scheme)
        made.sign(min(points, key=lambda point: abs(point[0] + 1)), order, scheme, shift=(0, -8))
    return made


def _ticks(made: Sketch, numbers: Floats, height: float = 1.0) -> None:
    for number in numbers:
        made.segment((float(number), -height), (float(number), height), "secant", "solid", 2)


def _floats(theme: Theme) -> Sketch:
    """All numbers from 0 on of a format with four bits: the farther from 0, the wider the gaps."""
    every = np.arange(16, dtype=np.uint8).view(ml_dtypes.float4_e2m1fn).astype(np.float64)
    made = Sketch(theme, (-0.5, 6.5), (-4.0, 4.0))
    _ticks(made, np.unique(np.abs(every)))
    for number in (0.0, 1.0, 2.0, 4.0, 6.0):
        made.sign((number, -1.0), f"{number:g}", shift=(0, 18))
    return made


def _epsilon(theme: Theme) -> Sketch:
    """The neighbours of 1: the gap above is twice the gap below."""
    gap = float(np.finfo(np.float64).eps)
    made = Sketch(theme, (-2.4, 3.4), (-4.0, 4.0))
    _ticks(made, np.array([float(np.nextafter(1.0, 0.0) - 1.0) / gap, 0.0, 1.0, 2.0, 3.0]))
    made.segment((0.0, 1.6), (1.0, 1.6), "forward", "solid")
    made.sign((0.5, 1.6), "ε", "forward", shift=(0, -8))
    made.sign((0.0, -1.0), "1", shift=(0, 18))
    return made


def _formats(theme: Theme) -> Sketch:
    """The bits of the number formats: sign, exponent, fraction."""
    made = Sketch(theme, (-15.0, 66.0), (-0.4, 4.2), axes=False)
    for row, name in enumerate(DTYPES):
        bits = 8 * as_dtype(name).itemsize
        low, edge = 3.2 - row, bits + round(math.log2(2 * unit_roundoff(name)))
        made.box((0, low), (1, low + 0.6), "curve", filled=True)
        made.box((1, low), (edge, low + 0.6), "forward", filled=True)
        made.box((edge, low), (bits, low + 0.6), "central", filled=True)
        made.sign((-1, low), name.replace("float", "f"), side="end", shift=(0, -4))
    return made


def _product(theme: Theme) -> Sketch:
    """A rectangle whose sides grow: the two strips are what the product gains."""
    made = Sketch(theme, (-0.7, 4.4), (-0.5, 3.0), axes=False)
    made.box((0, 0), (3, 2), "curve")
    made.box((3, 0), (3.6, 2), "forward", filled=True)
    made.box((0, 2), (3, 2.5), "central", filled=True)
    made.sign((1.5, 1), "uv", shift=(0, 5))
    made.sign((3.6, 1), "v·Δu", "forward", "start", (2, 5))
    made.sign((1.5, 2.5), "u·Δv", "central", shift=(0, -4))
    return made


def _flow(theme: Theme, names: tuple[str, ...], links: tuple[str, ...]) -> Sketch:
    """Draw boxes in a row, with what happens between them above the arrows."""
    made = Sketch(theme, (0, 10), (-3, 3), axes=False)
    width = 10 / len(names)
    for number, name in enumerate(names):
        middle = width * (number + 0.5)
        made.box((middle - 0.75, -0.9), (middle + 0.75, 0.9), "curve")
        made.sign((middle, 0), name, shift=(0, 5))
        if number:
            made.arrow((middle - width + 0.75, 0), (middle - 0.75, 0), "secant")
            made.sign((middle - width / 2, 1.0), links[number - 1], "secant", shift=(0, -8))
    return made


def _composite(theme: Theme) -> Sketch:
    return _flow(theme, ("x", "t", "f"), ("3x²", "eᵗ"))


def _chain(theme: Theme) -> Sketch:
    return _flow(theme, ("x", "t", "f"), ("∂t/∂x", "∂f/∂t"))


def _graph(theme: Theme, *, forwards: bool, values: bool) -> Sketch:
    """Draw the graph of x·eˣ at x = 1, with the values, the tangents or the adjoints that the engine finds."""
    found = computational_graph(parse("x e^x"), at={"x": 1.0})
    names, places = ("x", "eˣ", "f"), ((1.2, -0.9), (5.0, 1.5), (8.8, -0.9))
    made = Sketch(theme, (0, 10), (-3, 3.2), axes=False)
    for start, end in ((0, 1), (1, 2), (0, 2)):
        first, last = (places[start], places[end]) if forwards else (places[end], places[start])
        made.arrow(_beside(first, last), _beside(last, first), "secant" if forwards else "backward")
    made.sign((5, -2.7), "f = x·eˣ, x = 1")
    for place, name, node in zip(places, names, found.nodes, strict=True):
        number = node.value if values else node.tangent if forwards else node.adjoint
        made.box((place[0] - 0.85, place[1] - 0.7), (place[0] + 0.85, place[1] + 0.7), "curve")
        made.sign(place, name, shift=(0, 5))
        role = "secant" if forwards else "backward"
        made.sign((place[0], place[1] - 0.7), f"{float(number or 0):.3g}", role, shift=(0, 17))
    return made


def _beside(place: Point, towards: Point) -> Point:
    """Return where an arrow leaves a box."""
    side = math.copysign(0.85, towards[0] - place[0])
    return place[0] + side, place[1] + 0.35 * math.copysign(1, towards[1] - place[1]) * (towards[1] != place[1])


def _height(x: Floats, y: Floats) -> Floats:
    return np.asarray(function_of(BOWL)(x=x, y=y), dtype=np.float64)


def _ring(level: float) -> list[Point]:
    """Return points at which the function has a value, found by halving along rays from its lowest point."""
    angles = spread(0, 2 * math.pi, 73)
    near, far = np.zeros_like(angles), np.full_like(angles, 4.0)
    for _halving in range(40):
        middle = (near + far) / 2
        is_below = _height(middle * np.cos(angles), middle * np.sin(angles)) < level
        near, far = np.where(is_below, middle, near), np.where(is_below, far, middle)
    return [(float(x), float(y)) for x, y in zip(near * np.cos(angles), near * np.sin(angles), strict=True)]


PLACE = (1.0, 0.5)
SLOPE = tuple(computational_graph(parse(BOWL), at=dict(zip("xy", PLACE, strict=True))).gradient.values())
"""The gradient at the place."""


def _contour(theme: Theme) -> Sketch:
    made = Sketch(theme, (-2.72, 2.72), (-1.7, 1.7))
    for level in (0.4, 1.5, 3.4, 6.0):
        made.path(_ring(level), "curve", width=1.5)
    return made


def _gradient(theme: Theme) -> Sketch:
    made = _contour(theme)
    made.arrow(PLACE, (PLACE[0] + SLOPE[0] / 2.6, PLACE[1] + SLOPE[1] / 2.6), "tangent")
    made.dot(PLACE)
    made.sign((PLACE[0] + SLOPE[0] / 2.6, PLACE[1] + SLOPE[1] / 2.6), "∇f", "tangent", "start", (6, 4))
    return made


def _directional(theme: Theme) -> Sketch:
    made = _gradient(theme)
    turn = math.radians(100)
    end = (PLACE[0] + 0.9 * math.cos(turn), PLACE[1] + 0.9 * math.sin(turn))
    made.arrow(PLACE, end, "forward")
    made.sign(end, "u", "forward", "end", (-5, 4))
    return made


def _slice(theme: Theme) -> Sketch:
    """The cut of a surface at a y that is held, with its tangent: its slope is the partial derivative."""
    surface, held, x = parse("x^2/2 + x y/2 + y^3/2"), 1.0, 0.8
    height = float(surface(x=x, y=held))
    made = Sketch(theme, (-1.6, 2.4), (-0.6, 3.6))
    made.graph(lambda points: np.asarray(surface(x=points, y=held), dtype=np.float64))
    made.through((x, height), computational_graph(surface, at={"x": x, "y": held}).gradient["x"], "tangent")
    made.dot((x, height))
    return made


DRAWINGS: Mapping[str, Callable[[Theme], Sketch]] = {
    drawing.__name__.removeprefix("_"): drawing
    for drawing in (
        *(_increment, _secant, _slope, _tangent, _limit, _derivative, _second, _zoom, _taylor),
        *(_forward, _backward, _central),
        *(_domain, _corner, _one_sided, _cusp, _vertical, _jump, _pole, _subgradient, _exponential, _logarithm),
        *(_loss, _descent, _rates, _activations),
        *(_vee, _orders, _floats, _epsilon, _formats, _product, _composite, _chain),
        *(_contour, _gradient, _directional, _slice),
    )
} | {
    "power": lambda theme: _with_slope(theme, "x^3", (-1.6, 1.6), (-2.0, 3.2)),
    **{re.split(r"\W", text)[0]: _own(text, up) for text, up in _OWN},
    "graph": lambda theme: _graph(theme, forwards=True, values=True),
    "forward_graph": lambda theme: _graph(theme, forwards=True, values=False),
    "reverse_graph": lambda theme: _graph(theme, forwards=False, values=False),
}
"""How each picture is drawn."""

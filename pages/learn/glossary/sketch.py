"""A small picture as an SVG: a part of the plane with curves sampled from our own trees, lines, dots, and signs.

Only mathematical signs are written into a picture, so that the same one serves both languages.
"""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from pages.parts.entries import function_of
from pages.parts.picture import slope, value
from pages.parts.sampling import CurveFunction, Floats, sample_curve
from pages.parts.theme import Theme

WIDTH, HEIGHT = 240.0, 150.0
"""The size of every picture in its own units; the page scales it."""
_DASHES = {"solid": "", "dash": "7 4", "dot": "2 3", "dashdot": "8 3 2 3"}
_FAR = 3.0
"""Heights beyond this many pictures are drawn there: the frame cuts them off anyway."""

Point = tuple[float, float]


class Sketch:
    """A picture in the making; every method adds to it.

    Parameters
    ----------
    theme : Theme
        Its roles give colour, width and dash.
    across, up : (float, float)
        The part of the plane that is seen.
    axes : bool
        Whether the axes are drawn where they cross the picture.
    """

    def __init__(self, theme: Theme, across: Point, up: Point, *, axes: bool = True) -> None:
        self.theme = theme
        self.across = across
        self._up = up
        self._drawn: list[str] = []
        if axes:
            self._axes()

    def _place(self, point: Point) -> Point:
        """Return where a point of the plane lies in the picture."""
        (left, right), (low, high) = self.across, self._up
        x = (point[0] - left) / (right - left) * WIDTH
        y = (high - point[1]) / (high - low) * HEIGHT
        return x, min(max(y, -_FAR * HEIGHT), _FAR * HEIGHT)

    def _stroke(self, role: str, dash: str | None = None, width: float | None = None) -> str:
        look = self.theme[role]
        pattern = _DASHES.get(look.dash if dash is None else dash, "")
        dashes = f' stroke-dasharray="{pattern}"' if pattern else ""
        return f'stroke="{look.color}" stroke-width="{width or look.width:g}"{dashes} fill="none"'

    def _axes(self) -> None:
        (left, right), (low, high) = self.across, self._up
        ends = []
        if low < 0 < high:
            ends.append(((left, 0.0), (right, 0.0)))
        if left < 0 < right:
            ends.append(((0.0, low), (0.0, high)))
        for start, end in ends:
            (x1, y1), (x2, y2) = self._place(start), self._place(end)
            self._drawn.append(
                f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
                f'stroke="{self.theme.muted}" stroke-width="1"/>'
            )

    def path(self, points: Sequence[Point], role: str, dash: str | None = None, width: float | None = None) -> None:
        """Draw a line through points; where one is not finite, the line has a gap."""
        commands = []
        for is_drawn, piece in groupby(points, lambda point: math.isfinite(point[1])):
            if is_drawn:
                steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self._place, piece))
                commands.append(f"M{steps}")
        self._drawn.append(
            f'<path d="{" ".join(commands)}" {self._stroke(role, dash, width)} stroke-linejoin="round"/>'
        )

    def graph(self, function: CurveFunction, role: str = "curve", dash: str | None = None) -> None:
        """Draw the graph of a function over the whole picture."""
        found = sample_curve(function, self.across)
        low, high = self._up
        # what the sampling shows may be narrower than the picture, never wider than what the frame cuts off
        points = [(float(x), float(y)) for x, y in zip(found.x, found.y, strict=True)]
        self.path([(x, y if low - high < y - low < 2 * (high - low) else math.nan) for x, y in points], role, dash)

    def curve(self, text: str, role: str = "curve", dash: str | None = None) -> None:
        """Draw the graph of a typed function."""
        self.graph(lambda x: value(function_of(text), x), role, dash)

    def slopes(self, text: str, role: str = "tangent", dash: str | None = "dash") -> None:
        """Draw the graph of a typed function's derivative."""
        self.graph(lambda x: slope(function_of(text), x), role, dash)

    def segment(self, start: Point, end: Point, role: str, dash: str | None = None, width: float | None = None) -> None:
        """Draw the straight line between two points."""
        self.path([start, end], role, dash, width)

    def through(self, point: Point, rise: float, role: str, dash: str | None = None) -> None:
        """Draw the straight line through a point over the whole picture."""
        left, right = self.across
        self.segment(
            (left, point[1] + rise * (left - point[0])), (right, point[1] + rise * (right - point[0])), role, dash
        )

    def arrow(self, start: Point, end: Point, role: str) -> None:
        """Draw an arrow."""
        (x1, y1), (x2, y2) = self._place(start), self._place(end)
        turn = math.atan2(y2 - y1, x2 - x1)
        tips = [(x2 - 8 * math.cos(turn + side), y2 - 8 * math.sin(turn + side)) for side in (0.45, -0.45)]
        head = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(x2, y2), *tips])
        self._drawn.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2 - 5 * math.cos(turn):.1f}" y2="{y2 - 5 * math.sin(turn):.1f}" '
            f'{self._stroke(role)}/><polygon points="{head}" fill="{self.theme[role].color}"/>'
        )

    def dot(self, point: Point, role: str = "curve", *, hollow: bool = False) -> None:
        """Draw a point; a hollow one is a point that is left out."""
        x, y = self._place(point)
        color = self.theme[role].color
        fill = self.theme.paper if hollow else color
        self._drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{color}" stroke-width="1.5"/>'
        )

    def box(self, start: Point, end: Point, role: str, *, filled: bool = False) -> None:
        """Draw a rectangle between two opposite corners."""
        (x1, y1), (x2, y2) = self._place(start), self._place(end)
        inside = f'fill="{self.theme[role].color}" fill-opacity="0.22"' if filled else f'fill="{self.theme.paper}"'
        self._drawn.append(
            f'<rect x="{min(x1, x2):.1f}" y="{min(y1, y2):.1f}" width="{abs(x2 - x1):.1f}" '
            f'height="{abs(y2 - y1):.1f}" rx="3" {inside} stroke="{self.theme[role].color}" stroke-width="1.5"/>'
        )

    def sign(self, point: Point, text: str, role: str = "curve", side: str = "middle", shift: Point = (0, 0)) -> None:
        """Write a mathematical sign at a point; ``shift`` moves it, in the picture's units, right and down."""
        x, y = self._place(point)
        self._drawn.append(
            f'<text x="{x + shift[0]:.1f}" y="{y + shift[1]:.1f}" text-anchor="{side}" font-size="14" '
            f'fill="{self.theme[role].color}" stroke="{self.theme.paper}" stroke-width="3" paint-order="stroke" '
            f'stroke-linejoin="round">{html.escape(text)}</text>'
        )

    def svg(self) -> str:
        """Return the picture as an SVG."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
            f'height="{HEIGHT:g}" font-family="sans-serif">{"".join(self._drawn)}</svg>'
        )

    def image(self, words: str) -> str:
        """Return the picture as an HTML image; ``words`` say what is seen to those who cannot see it.

        The page's HTML may not hold an SVG itself (Streamlit takes it out), but an image whose address is its content.
        """
        content = base64.b64encode(self.svg().encode()).decode()
        alt = html.escape(words, quote=True)
        return f'<img class="nd-sketch" src="data:image/svg+xml;base64,{content}" alt="{alt}">'


def at(text: str, x: float) -> Point:
    """Return the point of a typed function's graph at x."""
    return x, float(value(function_of(text), x))


def rise(text: str, x: float) -> float:
    """Return the slope of a typed function at x."""
    return float(slope(function_of(text), x))


def rise_between(start: Point, end: Point) -> float:
    """Return the slope of the straight line through two points."""
    return (end[1] - start[1]) / (end[0] - start[0])


def spread(start: float, end: float, count: int) -> Floats:
    """Return evenly spaced numbers."""
    return np.linspace(start, end, count)

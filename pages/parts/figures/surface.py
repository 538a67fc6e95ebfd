"""A surface cut by a plane: the curve in the cut, its point, secants and tangent, in space."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pages.parts.figures.chart import Chart, Properties
from pages.parts.figures.placing import Frame, Point, outer_end
from pages.parts.figures.secant import Secant
from pages.parts.sampling import Curve
from pages.parts.theme import Theme, layout

Floats = NDArray[np.float64]
Space = tuple[list[float], list[float], list[float]]

SHEET = {"light": ("#DCE8F4", "#7FA8CE"), "dark": ("#1E2E42", "#4A78A8")}
"""The surface's colours from its lowest to its highest point: quiet, so that the lines stand out."""
HELD = "central4"
"""The role whose colour stands for what is held."""
BEHIND, BEFORE = 0.95, 0.3
"""How opaque the surface is behind the cutting plane, and before it."""
_EYES = {0: (0.85, -1.75, 0.75), 1: (1.75, -0.85, 0.75)}
"""Where one looks from: in front of the plane in which the first, or the second, variable moves."""


@dataclass(frozen=True)
class SurfacePicture:
    """What is drawn.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n,)
    z : ndarray of float64, shape (n, n)
        z[i, j] at (x[j], y[i]), NaN where there is a gap.
    low, high : float
        The heights shown.
    moving : {0, 1}
        Which variable moves; the other one is held.
    point : tuple of three floats
        The learner's point; the height may be NaN.
    curve : Curve
        f in the cutting plane, over the moving variable.
    secants : sequence of Secant
        In the plane: the moving variable and the height.
    tangent : float
        The slope in the plane; NaN where there is none.
    """

    x: Floats
    y: Floats
    z: Floats
    low: float
    high: float
    moving: int
    point: tuple[float, float, float]
    curve: Curve
    secants: Sequence[Secant]
    tangent: float

    @property
    def frame(self) -> Frame:
        """The part of the cutting plane that is seen."""
        along = (self.x, self.y)[self.moving]
        return Frame(float(along[0]), float(along[-1]), self.low, self.high, 1)

    @property
    def home(self) -> Point:
        """The point in the cutting plane."""
        return self.point[self.moving], self.point[2]

    def lifted(self, points: Sequence[Point]) -> Space:
        """Return points of the cutting plane as points in space."""
        along, heights = [point[0] for point in points], [point[1] for point in points]
        still = [self.point[1 - self.moving]] * len(points)
        return (along, still, heights) if self.moving == 0 else (still, along, heights)


@dataclass(frozen=True)
class SurfaceLabels:
    """The words of the picture: the names of the axes, of the plane and of the lines; ``schemes`` by role."""

    axes: tuple[str, str, str]
    plane: str
    tangent: str
    schemes: Mapping[str, str]


def _line(picture: SurfacePicture, points: Sequence[Point], color: str, width: float, dash: str) -> Properties:
    x, y, z = picture.lifted(points)
    line = {"color": color, "width": width, "dash": dash}
    look = {"mode": "lines", "line": line, "hoverinfo": "skip", "connectgaps": False}
    return {"type": "scatter3d", "x": x, "y": y, "z": z, **look}


def _halves(picture: SurfacePicture) -> list[tuple[slice, slice, float]]:
    """Return the parts of the grid behind the plane and before it, as rows, columns and opacity.

    What lies before the plane is nearly clear, so that the lines in the cut are seen where the surface bends over them.
    """
    held = 1 - picture.moving
    along = (picture.x, picture.y)[held]
    middle, whole = int(np.argmin(np.abs(along - picture.point[held]))), slice(None)
    first, second = slice(None, middle + 1), slice(middle, None)
    behind, before = (second, first) if picture.moving == 0 else (first, second)
    parts = [(behind, BEHIND), (before, BEFORE)]
    return [(part, whole, clear) if picture.moving == 0 else (whole, part, clear) for part, clear in parts]


def _sheet(
    picture: SurfacePicture, labels: SurfaceLabels, theme: Theme, part: tuple[slice, slice, float]
) -> Properties:
    rows, columns, opacity = part
    low, high = SHEET[theme.mode]
    wires = {"show": True, "color": theme.muted, "width": 1, "highlight": False}
    x, y = picture.x, picture.y
    return {
        "type": "surface",
        "x": x[columns].astype(np.float32),
        "y": y[rows].astype(np.float32),
        "z": picture.z[rows, columns].astype(np.float32),
        "cmin": picture.low,
        "cmax": picture.high,
        "colorscale": [[0, low], [1, high]],
        "showscale": False,
        "opacity": opacity,
        "connectgaps": False,
        "contours": {
            "x": {**wires, "start": float(x[0]), "end": float(x[-1]), "size": float(x[-1] - x[0]) / 12},
            "y": {**wires, "start": float(y[0]), "end": float(y[-1]), "size": float(y[-1] - y[0]) / 12},
            "z": {"highlight": False},
        },
        "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05, "roughness": 0.9, "fresnel": 0.05},
        "hovertemplate": "<br>".join(
            f"{name} = %{{{axis}}}" for name, axis in zip(labels.axes, ("x:.4g", "y:.4g", "z:.6g"), strict=True)
        )
        + "<extra></extra>",
    }


def _plane(picture: SurfacePicture, theme: Theme) -> list[Properties]:
    frame, color = picture.frame, theme[HELD].color
    corners = [(frame.left, frame.low), (frame.right, frame.low), (frame.right, frame.high), (frame.left, frame.high)]
    x, y, z = picture.lifted(corners)
    look = {"color": color, "opacity": 0.16, "hoverinfo": "skip", "flatshading": True}
    glass = {"type": "mesh3d", "x": x, "y": y, "z": z, "i": [0, 0], "j": [1, 2], "k": [2, 3], **look}
    return [glass, _line(picture, [*corners, corners[0]], color, 3, "solid")]


def _seen(picture: SurfacePicture) -> list[Point]:
    """Return the curve in the cut, without what is outside the frame."""
    frame = picture.frame
    points = zip(picture.curve.x.tolist(), picture.curve.y.tolist(), strict=True)
    return [point if frame.holds(point) else (point[0], math.nan) for point in points]


def _word(picture: SurfacePicture, theme: Theme, words: str, color: str, place: Point) -> dict[str, Any]:
    (x,), (y,), (z,) = picture.lifted([place])
    return {
        "text": words,
        "x": x,
        "y": y,
        "z": z,
        "showarrow": False,
        "font": {"color": color, "size": 14},
        "bgcolor": theme.paper,
        "opacity": 0.9,
        "borderpad": 1,
    }


def _axis(theme: Theme, name: str, stretch: Sequence[float]) -> dict[str, Any]:
    return {
        "title": {"text": name, "font": {"size": 16, "color": theme.ink}},
        "range": list(stretch),
        "nticks": 6,
        "gridcolor": theme.grid,
        "linecolor": theme.muted,
        "tickfont": {"color": theme.muted, "size": 12},
        "showbackground": False,
        "zeroline": False,
        "showspikes": False,
        "exponentformat": "power",
    }


def surface_figure(picture: SurfacePicture, labels: SurfaceLabels, theme: Theme, *, height: int = 400) -> Chart:
    """Return the surface with the plane that cuts it and what lies in the cut.

    Parameters
    ----------
    picture : SurfacePicture
    labels : SurfaceLabels
        They hold names of variables at most, no other text that a user typed.
    theme : Theme
    height : int
        In px.
    """
    figure = Chart(layout(theme, height=height, margin={"l": 0, "r": 0, "t": 0, "b": 0}))
    frame = picture.frame
    if np.isfinite(picture.z).any():
        for part in _halves(picture):
            figure.add_trace(_sheet(picture, labels, theme, part))
    for trace in _plane(picture, theme):
        figure.add_trace(trace)
    curve = theme["curve"]
    figure.add_trace(_line(picture, _seen(picture), curve.color, 6, "solid"))
    words = [_word(picture, theme, labels.plane, theme[HELD].color, (frame.left, frame.high))]
    for secant in picture.secants:
        crossing = frame.crossing(secant.first, secant.slope) if math.isfinite(secant.slope) else None
        if crossing:
            figure.add_trace(_line(picture, crossing, theme[secant.role].color, 5, "dash"))
    crossing = frame.crossing(picture.home, picture.tangent) if not math.isnan(picture.tangent) else None
    if crossing:
        figure.add_trace(_line(picture, crossing, theme["tangent"].color, 7, "solid"))
        end = outer_end(frame, crossing, picture.home)
        words.append(_word(picture, theme, labels.tangent, theme["tangent"].color, end))
    _points(figure, picture, theme, labels)
    eye = dict(zip("xyz", _EYES[picture.moving], strict=True))
    figure.update_layout(
        scene={
            "xaxis": _axis(theme, labels.axes[0], (picture.x[0], picture.x[-1])),
            "yaxis": _axis(theme, labels.axes[1], (picture.y[0], picture.y[-1])),
            "zaxis": _axis(theme, labels.axes[2], (picture.low, picture.high)),
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.85},
            "camera": {"eye": eye, "center": {"x": 0, "y": 0, "z": -0.08}},
            "dragmode": "turntable",
            "uirevision": ("first", "second")[picture.moving],
            "annotations": words,
            "bgcolor": "rgba(0,0,0,0)",
        }
    )
    return figure


def _points(figure: Chart, picture: SurfacePicture, theme: Theme, labels: SurfaceLabels) -> None:
    frame = picture.frame
    marks = [
        (place, theme[secant.role].color, 4.5)
        for secant in picture.secants
        for place in (secant.first, secant.second)
        if place != picture.home and frame.holds(place)
    ]
    if frame.holds(picture.home):
        marks.append((picture.home, theme["learner"].color, 6.5))
    if not marks:
        return
    x, y, z = picture.lifted([place for place, _, _ in marks])
    names = labels.axes
    figure.add_scatter3d(
        x=x,
        y=y,
        z=z,
        mode="markers",
        marker={"color": [color for _, color, _ in marks], "size": [size for _, _, size in marks]},
        hovertemplate=f"{names[0]} = %{{x:.6g}}<br>{names[1]} = %{{y:.6g}}<br>{names[2]} = %{{z:.8g}}<extra></extra>",
    )

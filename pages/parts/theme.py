"""One theme: colours by role, the same on every page, told apart without colour too (dash, weight, marker).

The hues follow Okabe and Ito's palette for colour-blind readers, darkened on white and lightened on black until lines
and their labels can be read from the last row: tests/parts/test_theme.py measures contrast and distance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import streamlit as st

from numdiff.difference.schemes import SCHEMES

Mode = Literal["light", "dark"]

FONT = "Source Sans, Pretendard, Noto Sans KR, Noto Sans CJK KR, Apple SD Gothic Neo, Malgun Gothic, sans-serif"
"""The page's fonts, as .streamlit/config.toml names them: the bundled Latin face, then the systems' Hangul faces."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How one role is drawn: colour, line width in px, Plotly's dash and marker names."""

    color: str
    width: float
    dash: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of one mode.

    Attributes
    ----------
    mode : {"light", "dark"}
    ink, muted, faint, grid, paper : str
        Text, secondary text, shading, grid lines, and the page's background (labels get it as their halo).
    strokes : Mapping
        A :class:`Stroke` for each name in :data:`ROLES`.
    """

    mode: Mode
    ink: str
    muted: str
    faint: str
    grid: str
    paper: str
    strokes: Mapping[str, Stroke]

    def __getitem__(self, role: str) -> Stroke:
        """Return the stroke of a role. A difference scheme that has none of its own gets one that is spare."""
        return self.strokes[role if role in self.strokes or role not in SCHEMES else _spare(role)]


# role: ((colour on white, colour on black), width, dash, marker)
_ROLES: Mapping[str, tuple[tuple[str, str], float, str, str]] = {
    "curve": (("#1F2328", "#E6E6E6"), 2.5, "solid", "circle"),
    "tangent": (("#007A5A", "#35C99B"), 2.5, "solid", "circle"),
    "exact": (("#007A5A", "#35C99B"), 2.5, "solid", "circle"),
    "secant": (("#0067A8", "#5CB8F2"), 2.5, "dash", "circle"),
    "forward": (("#B85000", "#FF9A4D"), 2.0, "dash", "triangle-right"),
    "backward": (("#A8387F", "#F2A0D0"), 2.0, "dot", "triangle-left"),
    "central": (("#0067A8", "#5CB8F2"), 2.5, "solid", "circle"),
    "forward3": (("#8F4A1E", "#E3A77F"), 2.0, "8px,3px", "triangle-right-open"),
    "backward3": (("#7A3D66", "#CF9DBD"), 2.0, "3px,3px", "triangle-left-open"),
    "central4": (("#5B3FB0", "#B7A3FA"), 2.5, "dashdot", "square"),
    "central6": (("#00757F", "#4CCBD6"), 2.0, "longdash", "diamond"),
    "central8": (("#5A6068", "#B4BBC4"), 2.0, "longdashdot", "pentagon"),
    "complex": (("#4F6B00", "#B4CF4A"), 2.0, "2px,2px", "star"),
    "truncation": (("#846300", "#E6BE3C"), 2.5, "dash", "circle-open"),
    "rounding": (("#B3202F", "#FF8080"), 2.5, "dot", "square-open"),
    "float64": (("#0067A8", "#5CB8F2"), 2.5, "solid", "circle"),
    "float32": (("#00757F", "#4CCBD6"), 2.0, "4px,2px", "diamond"),
    "bfloat16": (("#A8387F", "#F2A0D0"), 2.0, "dot", "square"),
    "float16": (("#B85000", "#FF9A4D"), 2.0, "7px,2px,2px,2px", "triangle-up"),
    "learner": (("#1F2328", "#E6E6E6"), 1.5, "solid", "circle"),
    "model": (("#5A6068", "#A9B0B9"), 1.5, "dash", "star-diamond"),
    "best": (("#5A6068", "#A9B0B9"), 1.5, "dash", "diamond"),
    "trouble": (("#B3202F", "#FF8080"), 2.0, "solid", "x"),
}

_SPARE: Mapping[str, tuple[tuple[str, str], float, str, str]] = {
    "spare0": (("#846300", "#E6BE3C"), 2.0, "6px,2px,2px,2px", "hexagon"),
    "spare1": (("#5B3FB0", "#B7A3FA"), 2.0, "2px,4px", "cross"),
    "spare2": (("#B85000", "#FF9A4D"), 2.0, "9px,3px,3px,3px", "hourglass"),
    "spare3": (("#00757F", "#4CCBD6"), 2.0, "5px,5px", "bowtie"),
}
"""For schemes that are added: hues of schemes with other dashes and markers."""

ROLES: tuple[str, ...] = tuple(_ROLES)
"""Everything that has a colour. The secant of a scheme has the scheme's; "secant" is the one that stands for all."""


def _strokes(mode: Literal[0, 1]) -> Mapping[str, Stroke]:
    return MappingProxyType(
        {role: Stroke(look[0][mode], look[1], look[2], look[3]) for role, look in {**_ROLES, **_SPARE}.items()}
    )


LIGHT = Theme("light", "#1F2328", "#5A6068", "#F4F5F7", "#E3E6EA", "#FFFFFF", _strokes(0))
DARK = Theme("dark", "#E6E6E6", "#A9B0B9", "#1C2128", "#2C323B", "#0E1117", _strokes(1))


def _spare(scheme: str) -> str:
    """Return the spare role of a scheme: the first one added has the first, and so on."""
    added = [name for name in SCHEMES if name not in _ROLES]
    return tuple(_SPARE)[added.index(scheme) % len(_SPARE)]


def named(mode: str | None) -> Theme:
    """Return the theme by its name; anything unknown is the light one."""
    return DARK if mode == "dark" else LIGHT


def current() -> Theme:
    """Return the theme that the visitor's browser shows (light where it has not said so yet)."""
    return named(st.context.theme.type)


def layout(theme: Theme, *, height: int, margin: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Return the Plotly layout that all figures share; it names no template, so that the page stays light."""
    axis: dict[str, Any] = {
        "gridcolor": theme.grid,
        "linecolor": theme.muted,
        "tickcolor": theme.muted,
        "tickfont": {"color": theme.muted},
        "title": {"font": {"color": theme.ink}, "standoff": 8},
        "zeroline": False,
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
        "automargin": True,
    }
    return {
        "template": "none",
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, **(margin or {})},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 14, "color": theme.ink},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": theme.paper,
            "bordercolor": theme.muted,
            "font": {"family": FONT, "size": 14, "color": theme.ink},
        },
        "xaxis": axis,
        "yaxis": {**axis, "title": dict(axis["title"])},
    }


CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        "displaylogo": False,
        "displayModeBar": "hover",
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "svg"},
        "scrollZoom": False,
        "doubleClick": False,
    }
)
"""Plotly's settings for every chart: a picture to read, one button to take it home, no zoom that a rerun would lose."""

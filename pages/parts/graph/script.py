"""The browser's part of the graph: small modules of JavaScript put into one script, styles with the theme's colours."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pages.parts import theme
from pages.parts.canvas.script import assemble

ASSETS = Path(__file__).parent / "assets"

ROLES = {"value": "tangent", "adjoint": "trouble", "tangent": "forward"}
"""What flows, and the role of the theme that has its colour: values green, adjoints red, tangents orange."""


@cache
def script() -> str:
    """Return the whole script of the component."""
    return f"{assemble('main.js', ASSETS)}\nexport default mount\n"


@cache
def style() -> str:
    """Return the component's style sheet, the colours of light and dark first."""
    colors = [
        f'.graph[data-theme="{look.mode}"] {{ '
        + " ".join(f"--{flow}: {look[role].color};" for flow, role in ROLES.items())
        + " }\n"
        for look in (theme.LIGHT, theme.DARK)
    ]
    return "".join(colors) + (ASSETS / "graph.css").read_text(encoding="utf-8")


@cache
def skeleton() -> str:
    """Return the component's HTML: fixed, and without words, which the script puts in."""
    return (ASSETS / "graph.html").read_text(encoding="utf-8")

"""The theme, measured: contrast against the page, and distance between colours for colour-blind readers."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.parts import theme

THEMES = pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB
SIGHT = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}

TOGETHER = [
    ("forward", "backward", "central", "central4"),
    ("curve", "tangent", "forward", "backward", "central"),
    ("central", "truncation", "rounding"),
    ("central4", "truncation", "rounding"),
    ("float16", "bfloat16", "float32", "float64"),
]


def linear(color):
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(first, second):
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted([linear(first) @ weights, linear(second) @ weights])
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = matrix @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@THEMES
def test_every_role_can_be_read_as_text(look):
    for role in theme.ROLES:
        assert contrast(look[role].color, look.paper) >= 4.5, role  # WCAG AA for text
    assert contrast(look.muted, look.paper) >= 4.5
    assert contrast(look.ink, look.paper) >= 7


@THEMES
@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("roles", TOGETHER, ids="-".join)
def test_roles_seen_together_differ_in_colour_or_in_dash(look, sight, roles):
    for first, second in combinations(roles, 2):
        one, other = (lab(SIGHT[sight] @ linear(look[role].color)) for role in (first, second))
        far = np.linalg.norm(one - other) >= 14  # CIE76; about six just noticeable differences
        assert far or look[first].dash != look[second].dash, (first, second)


@THEMES
def test_difference_schemes_differ_in_dash_and_marker(look):
    schemes = [role for role in theme.ROLES if role.startswith(("forward", "backward", "central", "complex"))]
    assert len({look[role].dash for role in schemes}) == len(schemes)
    assert len({look[role].symbol for role in schemes}) == len(schemes)


@THEMES
def test_plotly_accepts_the_strokes_and_the_layout(look):
    figure = go.Figure(layout=theme.layout(look, height=300, margin={"r": 90}))
    for role in theme.ROLES:
        stroke = look[role]
        figure.add_scatter(x=[0], y=[0], line={"color": stroke.color, "dash": stroke.dash, "width": stroke.width})
        figure.data[-1].marker.symbol = stroke.symbol
    assert figure.layout.margin.r == 90
    assert figure.layout.margin.l == 8


def test_the_pages_have_the_same_colours_and_fonts():
    config = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())["theme"]
    assert config["font"] == theme.FONT
    for look in (theme.LIGHT, theme.DARK):
        page = config[look.mode]
        assert (page["backgroundColor"].upper(), page["textColor"].upper()) == (look.paper, look.ink)


@pytest.mark.parametrize(("mode", "expected"), [("light", theme.LIGHT), ("dark", theme.DARK), (None, theme.LIGHT)])
def test_named(mode, expected):
    assert theme.named(mode) is expected

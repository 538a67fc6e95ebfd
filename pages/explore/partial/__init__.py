"""Partial derivatives."""

from pathlib import Path

from pages.explore.partial.fields import View
from pages.parts.page import Page

PAGE = Page(
    "partial",
    "explore",
    Path(__file__).parent,
    View,
    {"f": "2x + 3xy + y^3", "x": "1", "dx": "0.5", "var": "y", "at": (("x", "1"),)},
)

"""The gradient check."""

from pathlib import Path

from pages.explore.gradcheck.fields import View
from pages.parts.page import Page

PAGE = Page(
    "gradcheck",
    "explore",
    Path(__file__).parent,
    View,
    {"f": "3x ln y + y e^(x^2) + 5", "x": "1", "dx": "10^-4", "at": (("y", "2"),)},
)

"""Secant and tangent: what the difference quotient is."""

from pathlib import Path

from pages.explore.secant.fields import View
from pages.parts.page import Page

PAGE = Page("secant", "explore", Path(__file__).parent, View)

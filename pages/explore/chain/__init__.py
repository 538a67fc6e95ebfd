"""The chain rule worked out."""

from pathlib import Path

from pages.explore.chain.fields import View
from pages.parts.page import Page

PAGE = Page("chain", "explore", Path(__file__).parent, View, {"f": "e^(3x^2)", "x": "0.5", "dx": "10^-4"})

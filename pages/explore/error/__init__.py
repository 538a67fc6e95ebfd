"""Error against Δx."""

from pathlib import Path

from pages.explore.error.fields import View
from pages.parts.page import Page

PAGE = Page("error", "explore", Path(__file__).parent, View)

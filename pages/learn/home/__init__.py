"""Home: the page that opens first."""

from pathlib import Path

from pages.parts.page import Page

PAGE = Page("", "learn", Path(__file__).parent)

"""The glossary."""

from pathlib import Path

from pages.learn.glossary.fields import View
from pages.parts.page import Page

PAGE = Page("glossary", "learn", Path(__file__).parent, View)

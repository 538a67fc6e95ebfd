"""Practice."""

from pathlib import Path

from pages.apply.practice.fields import View
from pages.parts.page import Page

PAGE = Page("practice", "apply", Path(__file__).parent, View)

"""How the front page looks."""

from pages.parts import asset

STYLE = asset.sheet(__file__, "home.css")

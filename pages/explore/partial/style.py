"""How the page looks."""

from __future__ import annotations

from pages.parts import asset

STYLE = asset.sheet(__file__, "partial.css")

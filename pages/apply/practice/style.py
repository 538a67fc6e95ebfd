"""How the practice page looks: the question large, the help beside it calm, room kept for what comes and goes."""

from __future__ import annotations

from pages.parts import asset

STYLE = asset.sheet(__file__, "practice.css")

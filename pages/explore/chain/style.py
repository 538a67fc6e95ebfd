"""How the page looks: formulas large enough to project, steps inside steps by a line at their left."""

from __future__ import annotations

from pages.parts import asset

_STYLE = asset.read(__file__, "chain.css")

_PRESENT = asset.read(__file__, "chain_present.css")


def of(*, present: bool) -> str:
    """Return the page's style as HTML; for a projector with larger type and without what is only for the hand."""
    return f"<style>{_STYLE}{_PRESENT if present else ''}</style>"

"""How the page looks beyond what all pages share."""

from __future__ import annotations

from pages.parts import asset

_STYLE = asset.read(__file__, "gradcheck.css")

_PRESENT = asset.read(__file__, "gradcheck_present.css")


def of(*, present: bool) -> str:
    """Return the page's style as HTML; for a projector with larger type."""
    return f"<style>{_STYLE}{_PRESENT if present else ''}</style>"

"""Scripts and styles that stand in files, in a folder ``assets`` beside the module that uses them."""

from __future__ import annotations

from pathlib import Path


def read(beside: str, name: str) -> str:
    """Return the text of a file; ``beside`` is the ``__file__`` of the module that asks."""
    return (Path(beside).parent / "assets" / name).read_text(encoding="utf-8")


def sheet(beside: str, name: str) -> str:
    """Return a style sheet as HTML."""
    return f"<style>{read(beside, name)}</style>"

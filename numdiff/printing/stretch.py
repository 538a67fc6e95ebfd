r"""Brackets that are as tall as what stands between them.

The printer writes plain brackets, so that the notation reads its LaTeX back. On a page a plain bracket around a
fraction is too small: here such a pair becomes ``\left( … \right)``. Nothing else is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\begin\{cases\}|\\end\{cases\}|\\(?:left|right)\s*(?:\\[a-zA-Z]+|.)|\\[a-zA-Z]+\s*(?:\{(?:begin|end)\})?|\\\\(?:\[[^\]]*\])?|\\.|[(){}&]"
)
_TALL = ("\\frac", "\\dfrac", "\\sum")
_CASES = "\\begin{cases}"
_FENCES = {")": "(", "\\rvert": "\\lvert", "\\rfloor": "\\lfloor", "\\rceil": "\\lceil"}
_ROW = ("&", "\\\\")
"""What ends a cell: a pair may not reach across it."""


@dataclass
class _Open:
    """A bracket or a group that is open; ``is_tall`` once a fraction or a sum stands in it, not only in an exponent."""

    token: str
    place: int
    is_exponent: bool
    is_tall: bool = False


def stretched(latex: str) -> str:
    r"""Return the formula with ``\left`` and ``\right`` at every pair of brackets that holds a fraction or a sum.

    Parameters
    ----------
    latex : str
        LaTeX as :mod:`numdiff.printing` writes it, also in rows.

    Returns
    -------
    str
        The same where nothing is tall (what stands in an exponent is small), and where a bracket has no partner in
        its group and row.
    """
    parts, last = [], 0
    for place, size in sorted(_pairs(latex)):
        parts += [latex[last:place], size]
        last = place
    return "".join([*parts, latex[last:]])


def _pairs(latex: str) -> Iterator[tuple[int, str]]:
    """Yield where a size command belongs, and which."""
    opened: list[_Open] = []
    for found in _TOKEN.finditer(latex):
        token, place = found.group().strip(), found.start()
        if token in _TALL:
            _mark(opened)
        elif token == _CASES:
            _mark(opened)
            opened.append(_Open("{", place, is_exponent=False))
        elif token == "{" or token in _FENCES.values():
            opened.append(_Open(token, place, token == "{" and latex[place - 1 : place] == "^"))
        elif token in ("}", "\\end{cases}"):
            while opened and opened.pop().token != "{":
                pass
        elif token.startswith(_ROW):
            while opened and opened[-1].token != "{":
                opened.pop()
        elif token in _FENCES and opened and opened[-1].token == _FENCES[token]:
            start = opened.pop()
            if start.is_tall:
                yield start.place, "\\left"
                yield place, "\\right"


def _mark(opened: list[_Open]) -> None:
    """Let all that is open, up to the next exponent, know that it holds something tall."""
    for item in reversed(opened):
        if item.is_tall or item.is_exponent:
            return  # what is tall has told those around it already
        item.is_tall = True

"""Why 6.000000000012662 and not 6: what float64 stores of x ± Δx, written out to its true digits."""

from __future__ import annotations

import numpy as np

from numdiff.printing.latex import to_latex
from numdiff.tree import Add, Sub
from pages.learn.lessons.entry import Asked
from pages.parts import numbers
from pages.parts.entries import tree_of
from pages.parts.substitution import ARROW

DIGITS = 22
"""Of what is stored: so many that the first wrong one is among them."""


def stored_latex(given: Asked) -> str:
    """Return ``3.0 + 10⁻⁴ → (float64) 3.000099999999999…`` and the same for x − Δx: the points where f is computed."""
    x, dx = np.float64(given.x.value), np.float64(given.dx.value)
    point, length = tree_of(given.x), tree_of(given.dx)
    rows = [
        f"{to_latex(node)} &{ARROW} {numbers.exact_shown(float(held), count=DIGITS).latex}"
        for node, held in ((Add(point, length), x + dx), (Sub(point, length), x - dx))
    ]
    body = r" \\ ".join(rows)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"

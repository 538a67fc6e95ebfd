"""Why 6.000000000012662 and not 6: what float64 stores of x ± Δx, written out to its true digits."""

from __future__ import annotations

import numpy as np

from numdiff.printing.latex import to_latex
from numdiff.tree import Add, Node, Sub
from pages.learn.lessons.entry import Asked
from pages.parts import numbers
from pages.parts.entries import Problem, Quantity, parse
from pages.parts.substitution import arrow

DIGITS = 22
"""Of what is stored: so many that the first wrong one is among them."""


def _tree(quantity: Quantity) -> Node:
    found = parse(quantity.text)
    if isinstance(found, Problem):
        raise TypeError(f"{quantity.text!r} is not understood")
    return found.tree


def stored_latex(given: Asked) -> str:
    """Return ``3.0 + 10⁻⁴ → (float64) 3.000099999999999…`` and the same for x − Δx: the points where f is computed."""
    x, dx = np.float64(given.x.value), np.float64(given.dx.value)
    point, length = _tree(given.x), _tree(given.dx)
    rows = [
        f"{to_latex(node)} &{arrow('float64')} {numbers.exact_shown(float(held), count=DIGITS).latex}"
        for node, held in ((Add(point, length), x + dx), (Sub(point, length), x - dx))
    ]
    body = r" \\ ".join(rows)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"

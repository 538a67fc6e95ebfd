r"""Formulas in which the letters that are held are coloured.

The LaTeX is our own printer's, whose commands are known: so its letters can be told from the names of commands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from numdiff.function import Function
from numdiff.printing.latex import to_latex
from numdiff.printing.names import latex_name
from numdiff.tree import Node, substitute
from pages.parts.entries import Problem, Quantity, parse

_TOKEN = re.compile(
    r"\\(?:begin|end|operatorname)\{[^{}]*\}"
    r"|\\(?:text|mathrm)\{(?:[^{}\\]|\\.)*\}(?:_\{[^{}]*\})?"
    r"|\\[A-Za-z]+(?:_\{[^{}=]*\})?"
    r"|\\."
    r"|[A-Za-z](?:_\{[^{}]*\})?"
)
_SUBSCRIPT = re.compile(r"^(\\[A-Za-z]+)(_\{.*\})$")


def colour(latex: str, names: Collection[str], color: str) -> str:
    r"""Return a formula of ours with some of its variables coloured, such as ``3\textcolor{#5B3FB0}{y}``."""
    wanted = {latex_name(name) for name in names}

    def paint(match: re.Match[str]) -> str:
        token = match[0]
        if token in wanted:
            return rf"\textcolor{{{color}}}{{{token}}}"
        inside = _SUBSCRIPT.match(token)  # \log_{y}: the command's index may be a letter that is held
        return inside[1] + colour(inside[2], names, color) if inside else token

    return _TOKEN.sub(paint, latex)


def named(function: Function) -> str:
    """Return the function's name as LaTeX."""
    return latex_name(function.name)


def formula(function: Function, declared: Collection[str], held: Collection[str], color: str) -> str:
    """Return ``f(x, y) = …``, the letters that are held coloured."""
    head = ", ".join(latex_name(name) for name in declared or ("x",))
    return f"{named(function)}({colour(head, held, color)}) = {colour(function.latex(), held, color)}"


def sign(function: Function, name: str) -> str:
    """Return ∂f/∂x."""
    return rf"\frac{{\partial {named(function)}}}{{\partial {latex_name(name)}}}"


def typed(quantity: Quantity) -> Node:
    """Return a value as it was typed."""
    found = parse(quantity.text)
    if isinstance(found, Problem):
        raise TypeError(f"{quantity.text!r} is not understood")
    return found.tree


def put_in(tree: Node, at: Mapping[str, Quantity]) -> str:
    """Return a formula with typed values in place of variables."""
    return to_latex(substitute(tree, {name: typed(quantity) for name, quantity in at.items()}))

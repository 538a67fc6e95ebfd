"""Names of the nodes of a computational graph, as in Baydin et al. (2018): v₋₁, v₀ for the inputs, then v₁, v₂, …

Expressions in these names are ordinary trees whose variables are named here; the adjoint v̄ and the tangent v̇ of a node
are variables of their own. Such a tree holds no variable that a user typed, so nothing can be confused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from numdiff.printing.latex import to_latex
from numdiff.printing.text import to_text
from numdiff.tree import Node, Variable

Kind = Literal["value", "tangent", "adjoint"]

_LETTERS = ("v", "w", "u", "n", "a", "b", "c", "g", "h", "k")
_BASES: dict[Kind, str] = {"value": "{letter}", "tangent": "{letter}dot", "adjoint": "{letter}bar"}
_ACCENTS = {"bar": ("\u0304", r"\bar"), "dot": ("\u0307", r"\dot")}


def letter(variables: Iterable[str]) -> str:
    """Return the letter of the nodes' names: v, unless a variable of the function is v or v₁ itself."""
    taken = {name.partition("_")[0] for name in variables}
    return next((found for found in _LETTERS if found not in taken), "v")


def named(base: str, index: int, kind: Kind = "value") -> Variable:
    """Return the variable that stands for a node's value, tangent or adjoint, for the letter ``base``."""
    return Variable(f"{_BASES[kind].format(letter=base)}_{index}")


def text_of(tree: Node, base: str) -> str:
    """Return an expression in the nodes' names as plain text: ``v̄₃·v₂ + v̄₄·cos(v₀)``."""
    text = to_text(tree)
    for name, (accent, _) in _ACCENTS.items():
        text = text.replace(f"{base}{name}", f"{base}{accent}")
    return text


def latex_of(tree: Node, base: str) -> str:
    r"""Return an expression in the nodes' names as LaTeX: ``\bar{v}_{3} v_{2} + \bar{v}_{4} \cos v_{0}``."""
    latex = to_latex(tree)
    for name, (_, command) in _ACCENTS.items():
        latex = latex.replace(f"\\mathrm{{{base}{name}}}", f"{command}{{{base}}}")
    return latex

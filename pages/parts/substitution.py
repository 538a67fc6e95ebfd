r"""The substitution worked out in the learner's numbers, line by line, as LaTeX.

The lecture's lines: the limit, the quotient with x and Δx put in, and the same with the formula of f put in. "=" stands
only between exactly equal things; what a computer gets is written after an arrow that names its number format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numdiff import Function
from numdiff.difference.schemes import Scheme, as_scheme, difference
from numdiff.printing.latex import to_latex
from numdiff.tree import Add, Mul, Neg, Node, Number, Sub, substitute
from pages.parts.entries import Quantity, tree_of, variable_of
from pages.parts.numbers import full_latex

LONGEST = 700
"""Characters of LaTeX in the substituted line; a longer one would be no help, and is left out."""

ARROW = r"\xrightarrow{\text{float64}}"
"""The arrow after which a computed value stands."""


@dataclass(frozen=True)
class Working:
    """The lines, each a piece of LaTeX.

    Attributes
    ----------
    limit : str
        f′(x) = lim …; empty where f is not known to be differentiable.
    quotient : str
        The quotient with x and Δx put in, in terms of f.
    substituted : str
        The same with the formula of f put in; empty if that is too long to read.
    estimate : str
        The quotient's value as LaTeX, without an arrow.
    """

    limit: str
    quotient: str
    substituted: str
    estimate: str

    def aligned(self) -> str:
        """Return limit, quotient, substitution and estimate as one block, the way the lecture writes it."""
        name, _, rest = self.limit.partition(" = ")
        lines = [rf"{name} &= {rest} \\ &\approx {self.quotient}" if self.limit else f"& {self.quotient}"]
        if self.substituted:
            lines.append(f"&= {self.substituted}")
        lines.append(f"&{ARROW} {self.estimate}")
        return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def _times(factor: int, length: Node) -> Node:
    """Return factor · Δx as one writes it: 2·2.5·10⁻⁴, not 2·(2.5·10⁻⁴)."""
    match length:
        case Mul():
            return Mul(_times(factor, length.left), length.right)
        case Number() if "e" in length.text.lower() and not length.text.lower().startswith("1e"):
            mantissa, _, exponent = length.text.lower().partition("e")
            return Mul(Mul(Number(str(factor)), Number(mantissa)), Number(f"1e{int(exponent)}"))
        case _:
            return Mul(Number(str(factor)), length)


def _moved(x: Node, dx: Node, offset: int) -> Node:
    """Return x + offset·Δx."""
    if offset == 0:
        return x
    length = dx if abs(offset) == 1 else _times(abs(offset), dx)
    return Add(x, length) if offset > 0 else Sub(x, length)


def _in_f(scheme: Scheme, argument: Callable[[int], str]) -> str:
    """Return Σ n·f(argument) in terms of f: ``-f(3 + 2h) + 4 f(3 + h) - 3 f(3)``."""
    terms: list[str] = []
    for offset, coefficient in zip(scheme.offsets, scheme.numerators, strict=True):
        body = f"f({argument(offset)})"
        size = "" if abs(coefficient) == 1 else f"{abs(coefficient)}\\,"
        sign = ("- " if coefficient < 0 else "+ ") if terms else ("-" if coefficient < 0 else "")
        terms.append(f"{sign}{size}{body}")
    return " ".join(terms)


def _sum(scheme: Scheme, part: Callable[[int], Node]) -> Node:
    """Return Σ n·part as a tree, so that the printer sets the brackets."""
    total: Node | None = None
    for offset, coefficient in zip(scheme.offsets, scheme.numerators, strict=True):
        size = abs(coefficient)
        term = part(offset) if size == 1 else Mul(Number(str(size)), part(offset))
        if total is None:
            total = Neg(term) if coefficient < 0 else term
        else:
            total = Sub(total, term) if coefficient < 0 else Add(total, term)
    if total is None:
        raise ValueError(f"{scheme.name} has no nodes")
    return total


def quotient_latex(scheme: Scheme | str) -> str:
    r"""Return the difference quotient in letters: ``\frac{f(x+\Delta x) - f(x-\Delta x)}{2\,\Delta x}``."""
    return _quotient_in_letters(as_scheme(scheme), "x")


def _quotient_in_letters(scheme: Scheme, x: str) -> str:
    if scheme.imaginary:
        return rf"\frac{{\operatorname{{Im}} f({x}+i\,\Delta x)}}{{\Delta x}}"

    def argument(offset: int) -> str:
        length = r"\Delta x" if abs(offset) == 1 else rf"{abs(offset)}\,\Delta x"
        return x if offset == 0 else f"{x} {'+' if offset > 0 else '-'} {length}"

    below = r"\Delta x" if scheme.denominator == 1 else rf"{scheme.denominator}\,\Delta x"
    return rf"\frac{{{_in_f(scheme, argument)}}}{{{below}}}"


def _below(scheme: Scheme, dx: Node) -> str:
    return to_latex(dx if scheme.denominator == 1 else _times(scheme.denominator, dx))


def work_out(
    function: Function, x: Quantity, dx: Quantity, scheme: Scheme | str, *, differentiable: bool = True
) -> Working:
    """Return the substitution in the learner's numbers, computed in float64.

    Parameters
    ----------
    function : Function
        Of one variable, or none.
    x, dx : Quantity
        As typed; the values are computed from the numbers that the format holds.
    scheme : Scheme or str
    differentiable : bool
        Whether f is known to have a derivative at x: only then the limit is f′(x), whatever the scheme.
    """
    chosen, point, length = as_scheme(scheme), tree_of(x), tree_of(dx)
    variable, place = variable_of(function), to_latex(point)
    limit = ""
    if differentiable:
        limit = rf"f'({place}) = \lim_{{\Delta x \to 0}} {_quotient_in_letters(chosen, place)}"
    with np.errstate(all="ignore"):
        estimate = full_latex(difference(function, np.float64(x.value), np.float64(dx.value), chosen, "float64"))
    if chosen.imaginary:
        quotient = rf"\frac{{\operatorname{{Im}} f({place} + {to_latex(length)}\,i)}}{{{to_latex(length)}}}"
        return Working(limit, quotient, "", estimate)

    def formula(offset: int) -> Node:
        return substitute(function.tree, {variable: _moved(point, length, offset)})

    below = _below(chosen, length)
    above = _in_f(chosen, lambda offset: to_latex(_moved(point, length, offset)))
    substituted = rf"\frac{{{to_latex(_sum(chosen, formula))}}}{{{below}}}"
    if len(substituted) > LONGEST:
        substituted = ""
    return Working(limit, rf"\frac{{{above}}}{{{below}}}", substituted, estimate)

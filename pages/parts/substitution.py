r"""The substitution worked out in the learner's numbers, line by line, as LaTeX.

The lecture's lines: the limit, the quotient with x and Δx put in, and the same with the formula of f put in. "=" stands
only between exactly equal things; what a computer gets is written after an arrow that names its number format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numdiff import Function
from numdiff.blackbox.precision import as_dtype
from numdiff.difference.schemes import Scheme, Step, as_scheme, difference, divisor, node, weighted_sum
from numdiff.printing.latex import to_latex
from numdiff.tree import Add, Mul, Neg, Node, Number, Sub, substitute
from pages.parts.entries import Problem, Quantity, parse
from pages.parts.numbers import exact_shown, full_latex

LONGEST = 700
"""Characters of LaTeX in the substituted line; a longer one would be no help, and is left out."""


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
    values : tuple[str, ...]
        What each value of f becomes, then the combination of them, then the divisor, each after its arrow.
    estimate : str
        The quotient's value as LaTeX, without an arrow.
    stored : str
        What x becomes in the number format, if that is not x itself; else empty.
    arrow : str
        The arrow with the format's name.
    """

    limit: str
    quotient: str
    substituted: str
    values: tuple[str, ...]
    estimate: str
    stored: str
    arrow: str

    def aligned(self) -> str:
        """Return limit, quotient, substitution and estimate as one block, the way the lecture writes it."""
        name, _, rest = self.limit.partition(" = ")
        lines = [rf"{name} &= {rest} \\ &\approx {self.quotient}" if self.limit else f"& {self.quotient}"]
        if self.substituted:
            lines.append(f"&= {self.substituted}")
        lines.append(f"&{self.arrow} {self.estimate}")
        return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def arrow(dtype: str) -> str:
    """Return the arrow after which a computed value stands."""
    return rf"\xrightarrow{{\text{{{dtype}}}}}"


def _tree(quantity: Quantity) -> Node:
    found = parse(quantity.text)
    if isinstance(found, Problem):
        raise TypeError(f"{quantity.text!r} is not understood")
    return found.tree


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


def _computed(
    function: Function, point: Quantity, dx: Quantity, scheme: Scheme, *, dtype: str, step: Step
) -> tuple[tuple[str, ...], str]:
    """Return the lines of the computed values, and the estimate."""
    kind, mark = as_dtype(dtype).type, arrow(dtype)
    with np.errstate(all="ignore"):
        x, h = kind(point.value), kind(dx.value)
        estimate = difference(function, x, h, scheme, dtype, step=step) if h else kind(np.nan)
        if scheme.imaginary:
            return (), full_latex(estimate)
        nodes = [node(x, h, offset) for offset in scheme.offsets]
        values = [function(place, dtype=dtype) for place in nodes]
        above, below = weighted_sum(scheme, values), divisor(scheme, x, h, nodes, step)
    trees = [_moved(_tree(point), _tree(dx), offset) for offset in scheme.offsets]
    lines = [rf"f({to_latex(tree)}) {mark} {full_latex(value)}" for tree, value in zip(trees, values, strict=True)]
    places = dict(zip(scheme.offsets, trees, strict=True))
    lines.append(f"{_in_f(scheme, lambda offset: to_latex(places[offset]))} {mark} {full_latex(above)}")
    if step == "taken":
        lines.append(f"{to_latex(_sum(scheme, places.__getitem__))} {mark} {full_latex(below)}")
    return tuple(lines), full_latex(estimate)


def _typed_value(tree: Node) -> Fraction | None:
    """Return the exact value of a typed decimal number, None for any other expression."""
    match tree:
        case Number():
            return tree.value
        case Neg(Number() as number):
            return -number.value
        case _:
            return None


def stored_latex(point: Quantity, dtype: str = "float64") -> str:
    r"""Return ``0.1 → 0.1000000000000000055…`` if the format cannot hold x as it was typed, else an empty string."""
    tree = _tree(point)
    with np.errstate(all="ignore"):
        held = as_dtype(dtype).type(point.value)
    if not np.isfinite(held) or _typed_value(tree) == Fraction(float(held)):
        return ""
    return f"{to_latex(tree)} {arrow(dtype)} {exact_shown(float(held), count=20).latex}"


def work_out(
    function: Function,
    x: Quantity,
    dx: Quantity,
    scheme: Scheme | str,
    *,
    dtype: str = "float64",
    step: Step = "nominal",
    differentiable: bool = True,
) -> Working:
    """Return the substitution in the learner's numbers.

    Parameters
    ----------
    function : Function
        Of one variable, or none.
    x, dx : Quantity
        As typed; the values are computed from the numbers that the format holds.
    scheme : Scheme or str
    dtype : str
        float16, bfloat16, float32 or float64.
    step : "nominal" or "taken"
        What the difference is divided by.
    differentiable : bool
        Whether f is known to have a derivative at x: only then the limit is f′(x), whatever the scheme.

    Raises
    ------
    ValueError
        For the complex step in float16 or bfloat16, which have no complex numbers.
    """
    chosen = as_scheme(scheme)
    point, length, mark = _tree(x), _tree(dx), arrow(dtype)
    variable = function.variables[0] if function.variables else "x"
    place = to_latex(point)
    limit = ""
    if differentiable:
        limit = rf"f'({place}) = \lim_{{\Delta x \to 0}} {_quotient_in_letters(chosen, place)}"
    values, estimate = _computed(function, x, dx, chosen, dtype=dtype, step=step)
    if chosen.imaginary:
        quotient = rf"\frac{{\operatorname{{Im}} f({place} + {to_latex(length)}\,i)}}{{{to_latex(length)}}}"
        return Working(limit, quotient, "", values, estimate, stored_latex(x, dtype), mark)

    def formula(offset: int) -> Node:
        return substitute(function.tree, {variable: _moved(point, length, offset)})

    if step == "taken":
        below = to_latex(_sum(chosen, lambda offset: _moved(point, length, offset)))
    else:
        below = _below(chosen, length)
    above = _in_f(chosen, lambda offset: to_latex(_moved(point, length, offset)))
    quotient = rf"\frac{{{above}}}{{{below}}}"
    substituted = rf"\frac{{{to_latex(_sum(chosen, formula))}}}{{{below}}}"
    if len(substituted) > LONGEST:
        substituted = ""
    return Working(limit, quotient, substituted, values, estimate, stored_latex(x, dtype), mark)

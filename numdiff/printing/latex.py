r"""LaTeX from the tree: in typed order, as a good textbook sets it.

Only this module writes LaTeX for the pages. It uses a fixed set of commands and no size command (no ``\left``,
``\dfrac``, …); names are escaped; the text grows by a bounded amount per node. The notation reads it back into an
equal tree, except that a decimal literal with an exponent is read as what is printed for it: ``1e-4`` stands as
10⁻⁴ and ``2e3`` as 2·10³.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from numdiff.conditions import chain, pieces_of
from numdiff.functions.registry import known, row
from numdiff.printing.names import GREEK, latex_name
from numdiff.tree import (
    Add,
    Call,
    Comparison,
    Condition,
    Constant,
    Div,
    Indexed,
    IndexedSum,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Sub,
    Variable,
)
from numdiff.tree import integer_literal as integer_of

LATEX_LIMIT = 4000
"""No expression within the limits of the notation (500 characters, 300 nodes) prints longer than this."""


class _Level(IntEnum):
    """How tightly the printed form holds together."""

    CASES = 0
    SUM = 1
    PRODUCT = 2
    POWER = 3
    ATOM = 4


def to_latex(tree: Node) -> str:
    """Return the expression in LaTeX, in typed order.

    Parameters
    ----------
    tree : Node
        The expression.

    Returns
    -------
    str
        LaTeX for math mode that KaTeX accepts; at most :data:`LATEX_LIMIT` characters for a tree within the limits
        of the notation, and linear in the number of nodes for any other.
    """
    match tree:
        case Add() | Sub():
            return _sum(tree)
        case Mul():
            return _product(tree)
        case Neg():
            return f"-{_at_least(_Level.PRODUCT, tree.argument)}"
        case Div():
            return f"\\frac{{{to_latex(tree.left)}}}{{{to_latex(tree.right)}}}"
        case Pow():
            return _power(tree)
        case Call():
            return _call(tree)
        case IndexedSum():
            return f"\\sum_{{{tree.index}={tree.lower}}}^{{{tree.upper}}} {_at_least(_Level.PRODUCT, tree.body)}"
        case Number():
            return _number(tree)
        case Constant():
            return "e" if tree.name == "e" else r"\pi"
        case Variable():
            return latex_name(tree.name)
        case Indexed():
            return f"{latex_name(tree.base)}_{{{latex_name(tree.index)}}}"
        case Piecewise():
            return cases([(to_latex(value), _when(condition)) for value, condition in pieces_of(tree)])


OTHERWISE = r"\text{otherwise}"
_RELATIONS = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne"}


def cases(rows: Sequence[tuple[str, str]]) -> str:
    r"""Return ``\begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}`` from the values and their conditions."""
    inside = r" \\ ".join(f"{value} & {when}" for value, when in rows)
    return rf"\begin{{cases}} {inside} \end{{cases}}"


def _when(condition: Condition | None) -> str:
    return OTHERWISE if condition is None else condition_latex(condition)


def condition_latex(condition: Condition) -> str:
    r"""Return a condition: ``0 < x \le 1``, ``x < 0 \lor x > 1``."""
    if isinstance(condition, Comparison):
        sign = _RELATIONS.get(condition.relation, condition.relation)
        return f"{_side(condition.left)} {sign} {_side(condition.right)}"
    if (links := chain(condition)) is not None:
        return " ".join(_RELATIONS.get(link, link) if isinstance(link, str) else _side(link) for link in links)
    parts = (
        f"({condition_latex(part)})"
        if not isinstance(part, Comparison) and part.word != condition.word
        else condition_latex(part)
        for part in condition.parts
    )
    return (r" \land " if condition.word == "and" else r" \lor ").join(parts)


def _side(node: Node) -> str:
    return _at_least(_Level.SUM, node)


def _bracketed(node: Node) -> str:
    return f"({to_latex(node)})"


def _at_least(level: _Level, node: Node) -> str:
    """Return the node, in brackets unless it holds together at least as tightly as the level."""
    return to_latex(node) if _level(node) >= level else _bracketed(node)


def _level(node: Node) -> _Level:
    match node:
        case Piecewise():
            return _Level.CASES
        case Add() | Sub() | Neg():
            return _Level.SUM
        case Mul() | IndexedSum():
            return _Level.PRODUCT
        case Number() if _exponent(node) is not None:
            return _Level.POWER if _mantissa(node) == "1" else _Level.PRODUCT
        case Call() if row(node.name).style in {"applied", "radical"}:
            return _Level.POWER
        case Pow() | Div():
            return _Level.POWER
        case _:
            return _Level.ATOM


def _sum(node: Node) -> str:
    """Return a sum of any length without descending once per term."""
    parts: list[str] = []
    while isinstance(node, Add | Sub):
        parts.append(f" {'+' if isinstance(node, Add) else '-'} {_at_least(_Level.PRODUCT, node.right)}")
        node = node.left
    parts.append(_at_least(_Level.SUM, node))
    return "".join(reversed(parts))


def _product(node: Node) -> str:
    factors: list[Node] = []
    while isinstance(node, Mul):
        factors.append(node.right)
        node = node.left
    factors.append(node)
    factors.reverse()
    text = ""
    for place, factor in enumerate(factors):
        following = factors[place + 1] if place + 1 < len(factors) else None
        printed = _factor(factor, following, is_first=place == 0)
        text += _times(factors[place - 1], printed) + printed if place else printed
    return text


def _factor(node: Node, following: Node | None, *, is_first: bool) -> str:
    """Return one factor of a product so that it ends where the next one begins."""
    level = _level(node)
    if level < _Level.PRODUCT or (isinstance(node, IndexedSum) and following is not None):
        return _bracketed(node)
    if level == _Level.PRODUCT and not is_first and not isinstance(node, IndexedSum):
        return _bracketed(node)
    must_close = following is not None and not _starts_with_function(following)
    if must_close and isinstance(node, Call):
        return _call(node, must_close=True)
    if must_close and isinstance(node, Pow):
        return _power(node, must_close=True)
    return to_latex(node)


def _times(previous: Node, printed: str) -> str:
    r"""Return what stands between two factors: nothing, a space, or ``\cdot`` where a textbook needs it."""
    is_plain_number = isinstance(previous, Number) and _exponent(previous) is None
    is_mixed_number = isinstance(previous, Number) and printed.startswith("\\frac{") and printed[6].isdigit()
    if printed[0].isdigit() or printed[0] == "." or is_mixed_number:
        return r" \cdot "
    if printed[0] == "(" and isinstance(previous, Variable) and _looks_like_function(previous.name):
        return r" \cdot "
    if is_plain_number and printed[0].isalpha() and printed[0] not in "eE":
        return ""
    return " "


def _looks_like_function(name: str) -> bool:
    """Return True for f, σ, width and the like: a bracket after it would be taken for its argument."""
    base = name.partition("_")[0]
    return base in {"f", "g", "h", "sigma"} or (base not in GREEK and not (len(base) == 1 and base.isascii()))


def _starts_with_function(node: Node) -> bool:
    match node:
        case Call():
            known = row(node.name)  # σ is a letter, and what stands before it may be a factor
            return known.style == "applied" or (known.style == "bracketed" and len(known.text) != 1)
        case Pow():
            return _power_on_name(node) is not None
        case _:
            return False


def _power(node: Pow, *, must_close: bool = False) -> str:
    exponent = _power_on_name(node)
    if exponent is not None and isinstance(node.base, Call):
        return _applied(
            f"{row(node.base.name).printed_latex}^{{{exponent}}}", node.base.arguments[0], must_close=must_close
        )
    return f"{_at_least(_Level.ATOM, node.base)}^{{{to_latex(node.exponent)}}}"


def _power_on_name(node: Pow) -> int | None:
    """Return n if the power is written sinⁿ x: a trigonometric or hyperbolic function and an integer n ≥ 2."""
    exponent = integer_of(node.exponent)
    is_powered = isinstance(node.base, Call) and row(node.base.name).power_on_name == "written"
    return exponent if is_powered and exponent is not None and exponent >= 2 else None


def _call(node: Call, *, must_close: bool = False) -> str:
    function, first = known(node.name), node.arguments[0]
    head = function.printed_latex
    if "#2" in head:
        head = head.replace("#2", to_latex(node.arguments[1]))
    match function.style:
        case "fence" | "radical":
            return head.replace("#", to_latex(first))
        case "applied":
            return _applied(head, first, must_close=must_close)
        case _:
            return f"{head}({', '.join(map(to_latex, node.arguments))})"


def _applied(head: str, argument: Node, *, must_close: bool) -> str:
    if must_close or not _is_clear_without_brackets(argument):
        return f"{head}({to_latex(argument)})"
    return f"{head} {to_latex(argument)}"


def _is_clear_without_brackets(argument: Node) -> bool:
    """Return True for x, 2, θ, πx, 2πx, x², a fraction, |…|: no reader would see the function end earlier or later."""
    match argument:
        case Pow(Variable() | Indexed() as base, exponent):
            return _is_letter(base) and (integer_of(exponent) or 0) > 0
        case Div() | Call("abs"):
            return True
        case Mul(left, right):
            return _is_letter(right) and right != Constant("e") and _is_coefficient(left)
        case Number():
            return _exponent(argument) is None
        case _:
            return _is_letter(argument)


def _is_letter(node: Node) -> bool:
    """Return True for a variable or a constant; σ is left out, since what follows it may look like its argument."""
    return isinstance(node, Constant | Indexed) or (isinstance(node, Variable) and node.name != "sigma")


def _is_coefficient(node: Node) -> bool:
    match node:
        case Number():
            return _exponent(node) is None
        case Mul(Number() as left, Constant("pi")):
            return _exponent(left) is None
        case _:
            return node == Constant("pi")


def _mantissa(number: Number) -> str:
    return number.text.lower().partition("e")[0]


def _exponent(number: Number) -> int | None:
    """Return the power of ten typed after e, or None."""
    _, sign, digits = number.text.lower().partition("e")
    return int(digits) if sign else None


def _number(number: Number) -> str:
    exponent = _exponent(number)
    if exponent is None:
        return number.text
    power = f"10^{{{exponent}}}"
    return power if _mantissa(number) == "1" else f"{_mantissa(number)} \\cdot {power}"

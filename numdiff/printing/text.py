"""Tree → one line of plain text with superscripts, roots and bars: ``3x·eˣ``, ``√(x² + 1)``, ``1/(1 + e⁻ˣ)``.

For titles and for what a screen reader says, where no formula can be typeset. The notation reads it back as the same
tree; only a power of ten typed as ``2e3`` comes back as the product 2·10³ that is printed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from numdiff.conditions import chain, pieces_of
from numdiff.functions.registry import known
from numdiff.functions.registry import row as row_of
from numdiff.indices import negative_index
from numdiff.notation.characters import GREEK, SUBSCRIPTS, SUPERSCRIPTS
from numdiff.printing.names import latex_name
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
    transform,
    walk,
)

_SUM, _PRODUCT, _POWER, _SINGLE = range(4)
"""How tightly a printed part holds together."""

_RAISED = {plain: sign for sign, plain in SUPERSCRIPTS.items()} | {"−": "⁻"}
_LOWERED = {plain: sign for sign, plain in SUBSCRIPTS.items()} | {"−": "₋"}
_SIGNS = {name: sign for sign, name in reversed(GREEK.items())}


def _changed(text: str, signs: dict[str, str]) -> str | None:
    """Return the text in raised or lowered characters, or None if one of them does not exist."""
    return "".join(signs[c] for c in text) if all(c in signs for c in text) else None


def text_name(name: str) -> str:
    """Return a variable's name as it is typed: ``x₁``, ``λ``, ``야식``, ``x_max``."""
    if name.startswith("\\"):
        return name
    base, _, subscript = name.partition("_")
    sign = _SIGNS.get(base, base)
    if not subscript:
        return sign
    digits = f"−{negative}" if (negative := negative_index(subscript)) else subscript
    lowered = _changed(digits, _LOWERED) if negative or subscript.isdigit() else None
    return sign + (lowered or (f"_{subscript}" if subscript.isalpha() else f"_{{{subscript}}}"))


def _number(node: Number) -> tuple[str, int]:
    mantissa, _, exponent = node.text.partition("e")
    if not exponent:
        return mantissa, _SINGLE
    power = f"10{_changed(exponent.replace('-', '−'), _RAISED)}"
    return (power, _POWER) if mantissa == "1" else (f"{mantissa}·{power}", _PRODUCT)


def _part(node: Node, least: int) -> str:
    """Return a sub-expression, in brackets if it holds together less tightly than its place needs."""
    text, level = _printed(node)
    return text if level >= least else f"({text})"


def _printed(node: Node) -> tuple[str, int]:
    match node:
        case Number():
            return _number(node)
        case Constant():
            return ("e" if node.name == "e" else "π"), _SINGLE
        case Variable():
            return text_name(node.name), _SINGLE
        case Indexed():
            return f"{_SIGNS.get(node.base, node.base)}_{node.index}", _SINGLE
        case Neg():
            return f"−{_part(node.argument, _PRODUCT)}", _SUM
        case Add() | Sub():
            sign = "+" if isinstance(node, Add) else "−"
            left = _printed(node.left)[0]
            return f"{left} {sign} {_part(node.right, _PRODUCT)}", _SUM
        case Mul():
            return _product(node), _PRODUCT
        case Div():
            return f"{_part(node.left, _PRODUCT)}/{_part(node.right, _POWER)}", _PRODUCT
        case Pow():
            return _power(node), _POWER
        case Call():
            return _call(node)
        case IndexedSum():
            body = _printed(node.body)[0]
            return f"sum({body}, {node.index}, {node.lower}, {node.upper})".replace("-", "−"), _SINGLE
        case Piecewise():
            pieces = (_piece(value, condition) for value, condition in pieces_of(node))
            return f"{{{', '.join(pieces)}}}", _SINGLE


_RELATIONS = {"<=": "≤", ">=": "≥", "!=": "≠"}


def _piece(value: Node, condition: Condition | None) -> str:
    """Return one of the pieces as it is typed: x < 0: −x; the last one, which holds otherwise, without a condition."""
    printed = _printed(value)[0]
    return printed if condition is None else f"{condition_text(condition)}: {printed}"


def condition_text(condition: Condition) -> str:
    """Return a condition as it is typed: ``0 < x ≤ 1``, ``x < 0 ∨ x > 1``."""
    if isinstance(condition, Comparison):
        sign = _RELATIONS.get(condition.relation, condition.relation)
        return f"{_printed(condition.left)[0]} {sign} {_printed(condition.right)[0]}"
    if (links := chain(condition)) is not None:
        return " ".join(_RELATIONS.get(link, link) if isinstance(link, str) else _printed(link)[0] for link in links)
    parts = (
        f"({condition_text(part)})"
        if not isinstance(part, Comparison) and part.word != condition.word
        else condition_text(part)
        for part in condition.parts
    )
    return f" {'∧' if condition.word == 'and' else '∨'} ".join(parts)


def _product(node: Mul) -> str:
    left, right = _part(node.left, _PRODUCT), _part(node.right, _POWER)
    is_coefficient = isinstance(node.left, Number) and "e" not in node.left.text
    return left + ("" if is_coefficient and not (right[0].isdigit() or right[0] == "e") else "·") + right


def _power(node: Pow) -> str:
    base = _part(node.base, _SINGLE)
    if isinstance(node.base, Call) and _has_root_sign(node.base):
        base = f"({_printed(node.base)[0]})"
    exponent = _printed(node.exponent)[0]
    is_short = re.fullmatch(r"−?(?:[0-9]+[a-z]?|[a-z])", exponent)
    raised = _changed(exponent, _RAISED) if is_short else None
    return base + (raised or f"^({exponent})")


def _call(node: Call) -> tuple[str, int]:
    row = known(node.name)
    inner = ", ".join(_printed(argument)[0] for argument in node.arguments)
    if row.style == "fence" and not _is_fence_unclear(node, row.text):
        return f"{row.text[0]}{inner}{row.text[1]}", _SINGLE
    if _has_root_sign(node):
        is_single = isinstance(node.arguments[0], Variable | Constant) and len(inner) == 1
        return row.text + (inner if is_single else f"({inner})"), _POWER
    return f"{row.name if row.style == 'fence' else row.text or row.name}({inner})", _SINGLE


def _has_root_sign(node: Call) -> bool:
    row = row_of(node.name)
    return row.style == "radical" and bool(row.text)


def _is_fence_unclear(node: Call, fence: str) -> bool:
    """Return whether one of the bars within bars could be either's."""
    return fence[0] == fence[1] and any(isinstance(p, Call) and p.name == node.name for p in walk(node.arguments[0]))


def to_text(tree: Node) -> str:
    """Return the expression as one line of plain text, terms and factors in the order typed."""
    return _printed(tree)[0]


def to_typed(tree: Node) -> str:
    r"""Return the expression as :func:`to_text` does, but to be read again where nothing declares its variables.

    Alone, ``width`` would be an unknown word, ``ab`` the product a·b, and Σ a sum: as ``\mathrm{width}`` and
    ``\Sigma`` they are names.
    """

    def changed(node: Node) -> Node:
        if not isinstance(node, Variable):
            return node
        base = node.name.partition("_")[0]
        is_word = (len(base) > 1 and base.isascii() and _SIGNS.get(base, "Σ") == "Σ") or node.name.count("_") > 1
        return replace(node, name=latex_name(node.name)) if is_word else node

    return to_text(transform(tree, changed))

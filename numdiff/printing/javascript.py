"""JavaScript from the tree: an expression whose value is a function of numbers, for drawing in the browser.

The text consists of numbers, operators, ``Math``, our fixed helpers and parameter names made here; nothing that was
typed gets into it. The values agree with :func:`numdiff.evaluate.floats.evaluate` in float64 up to the last places
(the two come from different mathematical libraries), and in where they are NaN or infinite. The sign of a zero from
max or min may differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from numdiff.calls import UnknownFunctionError, check_known
from numdiff.printing.javascript_helpers import JAVASCRIPT_HELPERS, helper_definitions
from numdiff.printing.names import javascript_names
from numdiff.tree import (
    Add,
    Call,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Pow,
    Sub,
    Variable,
    expand_sums,
    integer_literal,
    odd_root,
)

__all__ = ["JAVASCRIPT_HELPERS", "to_javascript"]


class _Level(IntEnum):
    SUM = 1
    PRODUCT = 2
    SIGNED = 3
    ATOM = 4


@dataclass(frozen=True, slots=True)
class _Code:
    text: str
    level: _Level = _Level.ATOM

    def at_least(self, level: _Level) -> str:
        """Return the text, in brackets unless it binds at least as tightly as the level."""
        return self.text if self.level >= level else f"({self.text})"


_OPERATORS = {
    Add: (" + ", _Level.SUM),
    Sub: (" - ", _Level.SUM),
    Mul: ("*", _Level.PRODUCT),
    Div: ("/", _Level.PRODUCT),
}
_CONSTANTS = {"e": "Math.E", "pi": "Math.PI"}
_MATH: Mapping[str, str] = {
    **{name: name for name in ("exp", "expm1", "log2", "log10", "log1p", "sqrt", "cbrt", "sin", "cos", "tan")},
    **{name: name for name in ("sinh", "cosh", "tanh", "abs", "floor", "ceil", "min", "max")},
    "ln": "log",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
}
_HELPERS: Mapping[str, str] = {
    **{name: name for name in ("sign", "relu", "sigmoid", "softplus", "silu", "erf", "gelu")},
    "leaky_relu": "leakyRelu",
}
_RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan", "sech": "cosh", "csch": "sinh", "coth": "tanh"}
_OF_RECIPROCALS = {"arcsec": "acos", "arccsc": "asin", "arsech": "acosh", "arcsch": "asinh", "arcoth": "atanh"}


def to_javascript(tree: Node, variables: Sequence[str], *, inline_helpers: bool = True) -> str:
    """Return a JavaScript expression whose value is the function.

    Parameters
    ----------
    tree : Node
        The expression.
    variables : sequence of str
        The parameters in order; they are passed by position, so their names in the text are of no concern.
    inline_helpers : bool, optional
        False leaves out the definitions of the helpers, for a page that ships :data:`JAVASCRIPT_HELPERS` once.

    Returns
    -------
    str
        ``(x) => 3*x*Math.exp(x)``, or, where helpers are needed, ``(() => { const …; return (x) => …; })()``.
    """
    names = javascript_names(variables)
    printer = _Printer(names)
    function = f"({', '.join(names.values())}) => {printer.code(expand_sums(tree)).text}"
    if not printer.helpers or not inline_helpers:
        return function
    return f"(() => {{\n{helper_definitions(printer.helpers)}\nreturn {function};\n}})()"


class _Printer:
    """Prints sub-expressions and remembers which helpers they call."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.helpers: set[str] = set()

    def code(self, node: Node) -> _Code:
        """Return the printed sub-expression."""
        match node:
            case Number():
                return _number(node.text)
            case Constant():
                return _Code(_CONSTANTS[node.name])
            case Variable():
                return _Code(self.names[node.name])
            case Neg():
                argument = self.code(node.argument)
                text = f"({argument.text})" if argument.text[0] == "-" else argument.at_least(_Level.PRODUCT)
                return _Code(f"-{text}", _Level.PRODUCT if argument.level == _Level.PRODUCT else _Level.SIGNED)
            case Add() | Sub() | Mul() | Div():
                return self.binary(node)
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case _:
                raise TypeError(f"{type(node).__name__} has no meaning outside a sum over its index")

    def binary(self, node: Node) -> _Code:
        """Return a chain of sums or products; its length does not add to the depth of the recursion."""
        chain: list[Add | Sub | Mul | Div] = []
        while isinstance(node, Add | Sub | Mul | Div):
            chain.append(node)
            node = node.left
        result = self.code(node)
        for step in reversed(chain):
            symbol, level = _OPERATORS[type(step)]
            right = self.code(step.right)
            result = _Code(f"{result.at_least(level)}{symbol}{_as_right(right, level)}", level)
        return result

    def power(self, node: Pow) -> _Code:
        """Return a power by the kind of its exponent."""
        if node.base == Constant("e"):
            return _apply("Math.exp", self.code(node.exponent))
        base = self.code(node.base)
        fraction = odd_root(node.exponent)
        if fraction is not None:
            root = self.odd_root(base, fraction[1])
            return root if fraction[0] == 1 else _apply("Math.pow", root, _number(str(fraction[0])))
        exponent = self.code(node.exponent)
        if integer_literal(node.exponent) is not None:  # finite, so Math.pow has NumPy's edge cases
            return _apply("Math.pow", base, exponent)
        return self.named("power", base, exponent)

    def odd_root(self, base: _Code, index: int) -> _Code:
        """Return the real root."""
        return _apply("Math.cbrt", base) if index == 3 else self.named("oddRoot", base, _number(str(index)))

    def named(self, name: str, *arguments: _Code) -> _Code:
        """Return the call of a helper, whose definition will be printed too."""
        self.helpers.add(name)
        return _apply(name, *arguments)

    def call(self, node: Call) -> _Code:
        """Return a function's value. UnknownFunctionError if there is no such function."""
        check_known(node)
        arguments = [self.code(argument) for argument in node.arguments]
        first = arguments[0]
        match node.name:
            case "log":
                return _divided(_apply("Math.log", first), _apply("Math.log", arguments[1]))
            case "root":
                index = integer_literal(node.arguments[1]) or 0
                return self.odd_root(first, index) if index % 2 else self.named("power", first, _Code(f"1/{index}"))
            case "arccot":
                return _Code(f"Math.PI/2 - Math.atan({first.text})", _Level.SUM)
            case name if name in _RECIPROCALS:
                return _divided(_Code("1"), _apply(f"Math.{_RECIPROCALS[name]}", first))
            case name if name in _OF_RECIPROCALS:
                return _apply(f"Math.{_OF_RECIPROCALS[name]}", _divided(_Code("1"), first))
            case name if name in _MATH:
                return _apply(f"Math.{_MATH[name]}", *arguments)
            case name if name in _HELPERS:
                return self.named(_HELPERS[name], *arguments)
            case name:
                raise UnknownFunctionError(name)


def _as_right(code: _Code, level: _Level) -> str:
    return f"({code.text})" if code.text[0] == "-" else code.at_least(_Level(level + 1))


def _apply(function: str, *arguments: _Code) -> _Code:
    return _Code(f"{function}({', '.join(argument.text for argument in arguments)})")


def _divided(top: _Code, bottom: _Code) -> _Code:
    return _Code(f"{top.text}/{bottom.at_least(_Level.ATOM)}", _Level.PRODUCT)


def _number(text: str) -> _Code:
    """Return a literal without the leading zeros that would make it octal."""
    text = text.lstrip("0") or "0"
    return _Code(f"0{text}" if text[0] in ".eE" else text)

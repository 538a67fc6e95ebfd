"""Python from the tree for exact work: an expression of SymPy, or one that mpmath computes to any number of digits.

A decimal number is the decimal that was typed, not the nearest float64: ``sp.Rational("0.1")``, ``mp.mpf("0.1")``. Real
odd roots, which both libraries would take in the complex plane, are written with the sign outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

from numdiff import tree as trees
from numdiff.calls import UnknownFunctionError, check_known
from numdiff.evaluate.extent import LARGEST_GROWTH
from numdiff.tree import Add, Call, Constant, Div, Mul, Neg, Node, Number, Pow, Sub, Variable, integer_literal, odd_root

Library: TypeAlias = Literal["sp", "mp"]
"""SymPy (``import sympy as sp``) or mpmath (``import mpmath as mp``)."""

NOT_SMOOTH = frozenset(("abs", "sign", "floor", "ceil", "min", "max", "relu", "leaky_relu", "cbrt"))
"""Functions whose derivative SymPy does not give in a form that can be computed everywhere."""


class _Level(IntEnum):
    SUM = 1
    PRODUCT = 2
    SIGNED = 3
    POWER = 4
    ATOM = 5


@dataclass(frozen=True, slots=True)
class _Code:
    """A printed sub-expression; ``is_plain`` if it is made of Python's integers alone."""

    text: str
    level: _Level
    is_plain: bool = False

    def at_least(self, level: _Level) -> str:
        return self.text if self.level >= level else f"({self.text})"

    def as_right(self, level: _Level) -> str:
        return f"({self.text})" if self.text.startswith("-") else self.at_least(level)


_SAME = {
    **{name: name for name in ("exp", "sqrt", "sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh")},
    **{name: name for name in ("sech", "csch", "coth", "sign", "floor", "erf")},
    "ln": "log",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arcsec": "asec",
    "arccsc": "acsc",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "arsech": "asech",
    "arcsch": "acsch",
    "arcoth": "acoth",
}
"""Functions that both libraries have under one name."""

# {0} is the argument as one of a call, {p} the same as a factor; "~" stands for the library
_FORMS: Mapping[str, tuple[str, _Level]] = {
    "expm1": ("~.exp({0}) - 1", _Level.SUM),
    "log1p": ("~.log(1 + {p})", _Level.ATOM),
    "log2": ("~.log({0})/~.log(2)", _Level.PRODUCT),
    "log10": ("~.log({0})/~.log(10)", _Level.PRODUCT),
    "arccot": ("~.pi/2 - ~.atan({0})", _Level.SUM),
    "sigmoid": ("1/(1 + ~.exp(-{p}))", _Level.PRODUCT),
    "softplus": ("~.log(1 + ~.exp({0}))", _Level.ATOM),
    "silu": ("{p}/(1 + ~.exp(-{p}))", _Level.PRODUCT),
    "gelu": ("{p}*(1 + ~.erf({p}/~.sqrt(2)))/2", _Level.PRODUCT),
}


_GROWING = frozenset(("exp", "sinh", "cosh", "tanh", "sech", "csch", "coth"))
_PERIODIC = frozenset(("sin", "cos", "tan", "sec", "csc", "cot"))

BOUNDS = f"""\
def bounded(function, u, most={LARGEST_GROWTH}):
    # {{}}
    if mp.mag(u) > most or mp.mag(mp.im(u)) > {LARGEST_GROWTH}:
        raise OverflowError("too large")
    return function(u)


def power(base, exponent):
    bounded(mp.fabs, exponent*mp.log(mp.fabs(base)) if base else 0)
    return base**exponent"""
"""Functions that code printed with ``is_bounded`` calls; the place is for a comment."""

_MOST_PERIODIC = 2048
"""The argument of sin may be up to 2 to this power: π is known to as many bits in no time."""


def is_smooth(tree: Node) -> bool:
    """Return whether the tree has only functions whose derivative SymPy gives in a form that can be computed."""
    return not any(
        (isinstance(part, Call) and (part.name in NOT_SMOOTH or (part.name == "root" and _is_odd(part))))
        or (isinstance(part, Pow) and odd_root(part.exponent) is not None)
        for part in trees.walk(tree)
    )


def _is_odd(root: Call) -> bool:
    return bool((integer_literal(root.arguments[1]) or 0) % 2)


def to_exact(tree: Node, names: Mapping[str, str], library: Library, *, is_bounded: bool = False) -> str:
    """Return an expression in Python.

    Parameters
    ----------
    tree : Node
        The expression.
    names : mapping of str to str
        What each variable is called in the code around it (see :func:`numdiff.printing.names.python_names`).
    library : {"sp", "mp"}
        SymPy or mpmath, under this name.
    is_bounded : bool
        mpmath is asked by way of the functions in :data:`BOUNDS`: it works with as many bits as the argument of e^u
        has, and does not return from a tower of powers.

    Returns
    -------
    str
        The expression; it has a value wherever the real function has one.
    """
    return _Printer(names, library, is_bounded and library == "mp").code(trees.expand_sums(tree)).text


@dataclass(frozen=True)
class _Printer:
    names: Mapping[str, str]
    library: Library
    is_bounded: bool

    def code(self, node: Node) -> _Code:
        match node:
            case Number():
                return self.number(node)
            case Constant(name="e"):
                return _Code("sp.E" if self.library == "sp" else "mp.e", _Level.ATOM)
            case Constant():
                return _Code(f"{self.library}.pi", _Level.ATOM)
            case Variable():
                return _Code(self.names[node.name], _Level.ATOM)
            case Neg():
                argument = self.code(node.argument)
                level = _Level.PRODUCT if argument.level == _Level.PRODUCT else _Level.SIGNED
                return _Code(f"-{argument.as_right(_Level.PRODUCT)}", level, argument.is_plain)
            case Add() | Sub() | Mul() | Div():
                return self.chain(node)
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case _:
                raise TypeError(f"{type(node).__name__} has no meaning outside a sum over its index")

    def number(self, node: Number) -> _Code:
        if node.is_integer_literal:
            return _Code(str(int(node.text)), _Level.ATOM, is_plain=True)
        kind = "sp.Rational" if self.library == "sp" else "mp.mpf"
        return _Code(f'{kind}("{node.text}")', _Level.ATOM)

    def exact(self, code: _Code) -> _Code:
        """Return Python's integers as a number of the library, so that / and ** stay exact."""
        if not code.is_plain:
            return code
        return _Code(f"{'sp.Integer' if self.library == 'sp' else 'mp.mpf'}({code.text})", _Level.ATOM)

    def chain(self, node: Add | Sub | Mul | Div) -> _Code:
        """Return a chain of sums or products; its length does not add to the depth of the recursion."""
        steps: list[Add | Sub | Mul | Div] = []
        current: Node = node
        while isinstance(current, Add | Sub | Mul | Div):
            steps.append(current)
            current = current.left
        result = self.code(current)
        for step in reversed(steps):
            result = self.joined(step, result, self.code(step.right))
        return result

    def joined(self, node: Add | Sub | Mul | Div, left: _Code, right: _Code) -> _Code:
        is_plain = left.is_plain and right.is_plain
        match node:
            case Add():
                sign, level = " + ", _Level.SUM
            case Sub():
                sign, level = " - ", _Level.SUM
            case Mul():
                sign, level = "*", _Level.PRODUCT
            case Div():
                sign, level = "/", _Level.PRODUCT
                left, is_plain = (self.exact(left) if is_plain else left), False
        return _Code(f"{left.at_least(level)}{sign}{right.as_right(_Level(level + 1))}", level, is_plain)

    def power(self, node: Pow) -> _Code:
        if node.base == Constant("e"):
            return _Code(self.asked("exp", self.code(node.exponent).text), _Level.ATOM)
        base = self.exact(self.code(node.base))
        fraction = odd_root(node.exponent)
        if fraction is not None:
            root = self.odd_root(base, fraction[1])
            return root if fraction[0] == 1 else _Code(f"({root.text})**({fraction[0]})", _Level.POWER)
        exponent = self.code(node.exponent)
        if self.is_bounded and integer_literal(node.exponent) is None:
            return _Code(f"power({base.text}, {exponent.text})", _Level.ATOM)
        return _Code(f"{base.at_least(_Level.ATOM)}**{exponent.as_right(_Level.ATOM)}", _Level.POWER)

    def odd_root(self, base: _Code, index: int) -> _Code:
        sign = f"{self.library}.sign({base.text})"
        if self.library == "sp":
            return _Code(f"{sign}*sp.Abs({base.text})**sp.Rational(1, {index})", _Level.PRODUCT)
        return _Code(f"{sign}*mp.root(mp.fabs({base.text}), {index})", _Level.PRODUCT)

    def call(self, node: Call) -> _Code:
        check_known(node)
        arguments = [self.exact(self.code(argument)) for argument in node.arguments]
        first, library = arguments[0], self.library
        if node.name in _SAME:
            return _Code(self.asked(_SAME[node.name], first.text), _Level.ATOM)
        if node.name in _FORMS:
            form, level = _FORMS[node.name]
            form = form.replace("~.exp(", f"{self.asked('exp', '')[:-1]}")
            filled = form.replace("~", library).format(first.text, p=first.as_right(_Level.POWER))
            return _Code(filled, level)
        return self.special(node, arguments)

    def asked(self, name: str, argument: str) -> str:
        """Return the call of a function of the library."""
        if not self.is_bounded or name not in _GROWING | _PERIODIC:
            return f"{self.library}.{name}({argument})"
        most = f", {_MOST_PERIODIC}" if name in _PERIODIC else ""
        return f"bounded(mp.{name}, {argument}{most})"

    def special(self, node: Call, arguments: list[_Code]) -> _Code:
        first, library, is_symbolic = arguments[0], self.library, self.library == "sp"
        match node.name:
            case "abs":
                return _Code(f"{'sp.Abs' if is_symbolic else 'mp.fabs'}({first.text})", _Level.ATOM)
            case "ceil":
                return _Code(f"{'sp.ceiling' if is_symbolic else 'mp.ceil'}({first.text})", _Level.ATOM)
            case "cbrt":
                return self.odd_root(first, 3)
            case "log":
                return _Code(f"{library}.log({first.text})/{library}.log({arguments[1].text})", _Level.PRODUCT)
            case "root" if _is_odd(node):
                return self.odd_root(first, integer_literal(node.arguments[1]) or 0)
            case "root":
                index = integer_literal(node.arguments[1])
                if is_symbolic:
                    return _Code(f"{first.at_least(_Level.ATOM)}**sp.Rational(1, {index})", _Level.POWER)
                return _Code(f"mp.root({first.text}, {index})", _Level.ATOM)
            case "min" | "max" | "relu":
                name = {"min": "min", "max": "max", "relu": "max"}[node.name]
                listed = ", ".join(argument.text for argument in arguments) + (", 0" if node.name == "relu" else "")
                return _Code(f"sp.{name.title()}({listed})" if is_symbolic else f"{name}({listed})", _Level.ATOM)
            case "leaky_relu":
                slope = arguments[1] if len(arguments) > 1 else self.number(Number("0.01"))
                up, down = ("sp.Max", "sp.Min") if is_symbolic else ("max", "min")
                factor = slope.as_right(_Level.PRODUCT)
                return _Code(f"{up}({first.text}, 0) + {factor}*{down}({first.text}, 0)", _Level.SUM)
            case name:
                raise UnknownFunctionError(name)

"""Python from the tree for exact work: an expression of SymPy, or one that mpmath computes to any number of digits.

A decimal number is the decimal that was typed, not the nearest float64: ``sp.Rational("0.1")``, ``mp.mpf("0.1")``. Real
odd roots, which both libraries would take in the complex plane, are written with the sign outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from numdiff import tree as trees
from numdiff.evaluate.extent import LARGEST_GROWTH
from numdiff.functions.elementary import Elementary
from numdiff.functions.registry import row as row_of
from numdiff.functions.trees import growing, periodic
from numdiff.printing.code import OPERATIONS, Code, Kind, Level, Printer, call
from numdiff.tree import Call, Comparison, Condition, Div, Node, Piecewise, Pow, integer_literal, odd_root

Library: TypeAlias = Literal["sp", "mp"]
"""SymPy (``import sympy as sp``) or mpmath (``import mpmath as mp``)."""

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
    return all(_is_smooth(part) for part in trees.walk(tree))


def _is_smooth(part: Node) -> bool:
    match part:
        case Call(name="root"):
            return (integer_literal(part.arguments[1]) or 0) % 2 == 0
        case Call():
            row = row_of(part.name)
            return row.is_analytic and not row.steep_at
        case Pow():
            return odd_root(part.exponent) is None
        case Piecewise():
            return False
        case _:
            return True


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
    printer = _Exact(names, library, is_bounded=is_bounded and library == "mp")
    return printer.code(trees.expand_sums(tree)).text


class _Exact(Printer):
    """Prints for one of the two libraries. The value of a piece is known if it is made of Python's integers alone."""

    def __init__(self, names: Mapping[str, str], library: Library, *, is_bounded: bool) -> None:
        super().__init__(names)
        self.library = library
        self.is_symbolic = library == "sp"
        self.is_bounded = is_bounded

    def number(self, text: str) -> Code:
        if text.isdigit():
            return Code(str(int(text)), value=int(text))
        return Code(f'{"sp.Rational" if self.is_symbolic else "mp.mpf"}("{text}")')

    def constant(self, name: str) -> Code:
        return Code("sp.E" if name == "e" and self.is_symbolic else f"{self.library}.{name}")

    def exact(self, code: Code) -> Code:
        """Return Python's integers as a number of the library, so that / and ** stay exact."""
        if code.value is None:
            return code
        return Code(f"{'sp.Integer' if self.is_symbolic else 'mp.mpf'}({code.text})")

    def argument(self, code: Code) -> Code:
        return code if self.is_definition else self.exact(code)

    def operand(self, code: Code) -> Code:
        """Return what is more than a power in brackets, so that the definition can be recognised around it."""
        return code if code.level >= Level.POWER else replace(code, level=Level.SUM)

    def reconciled(self, kind: Kind, left: Code, right: Code) -> tuple[Code, float | None]:
        if left.value is None or right.value is None:
            return left, None
        return (self.exact(left), None) if kind is Div else (left, OPERATIONS[kind][2](left.value, right.value))

    def raised(self, base: Code, exponent: Code, *, is_integer: bool) -> Code:
        base = self.exact(base)
        if self.is_bounded and not is_integer:
            return call("power", base, exponent)
        return Code(f"{base.at_least(Level.ATOM)}**{exponent.as_right(Level.ATOM)}", Level.POWER)

    def odd_root(self, base: Code, index: int) -> Code:
        base = self.exact(base)
        size = call("sp.Abs" if self.is_symbolic else "mp.fabs", base).text
        root = f"{size}**sp.Rational(1, {index})" if self.is_symbolic else f"mp.root({size}, {index})"
        return Code(f"{self.library}.sign({base.text})*{root}", Level.PRODUCT)

    def power_of_root(self, root: Code, exponent: int) -> Code:
        return Code(f"({root.text})**({exponent})", Level.POWER)

    def even_root(self, base: Code, index: int) -> Code:
        if self.is_symbolic:
            return Code(f"{base.at_least(Level.ATOM)}**sp.Rational(1, {index})", Level.POWER)
        return call("mp.root", base, Code(str(index)))

    def nothing(self) -> Code:
        return Code("sp.nan" if self.is_symbolic else "mp.nan")

    def piecewise(self, node: Piecewise) -> Code:
        if not self.is_symbolic:
            return super().piecewise(node)
        rows = [f"({self.exact(self.code(value)).text}, {self.condition(when)})" for value, when in node.branches]
        last = self.nothing() if node.otherwise is None else self.exact(self.code(node.otherwise))
        return Code(f"sp.Piecewise({', '.join([*rows, f'({last.text}, True)'])})")

    def chosen(self, condition: str, value: Code, other: Code) -> Code:
        return Code(f"({self.exact(value).text} if {condition} else {self.exact(other).text})")

    def joined_conditions(self, word: Literal["and", "or"], parts: list[str]) -> str:
        if self.is_symbolic:
            return f"sp.{word.capitalize()}({', '.join(parts)})"
        return f"({f' {word} '.join(parts)})"

    def condition(self, condition: Condition) -> str:
        """Return a condition; SymPy takes == and != for the question whether two expressions are the same one."""
        match condition:
            case Comparison(left, "=" | "!=" as relation, right) if self.is_symbolic:
                kind = "Eq" if relation == "=" else "Ne"
                return f"sp.{kind}({self.exact(self.code(left)).text}, {self.exact(self.code(right)).text})"
            case Comparison(left, relation, right):
                sign = "==" if relation == "=" else relation
                return f"{self.exact(self.code(left)).text} {sign} {self.exact(self.code(right)).text}"
            case _:
                return super().condition(condition)

    def named(self, row: Elementary, arguments: list[Code]) -> Code | None:
        name = row.sympy if self.is_symbolic else row.mpmath
        if not name:
            return None
        if name.startswith("builtins."):  # Python's own leaves its integers as they are
            arguments = [argument if argument.value == 0 else self.exact(argument) for argument in arguments]
            return call(name.removeprefix("builtins."), *arguments)
        if "#" in name:
            return Code(f"{self.library}.{name.replace('#', arguments[0].text)}")
        is_periodic = row.name in periodic()
        if not self.is_bounded or not (is_periodic or row.name in growing()):
            return call(f"{self.library}.{name}", *arguments)
        return call("bounded", Code(f"mp.{name}"), *arguments, *([Code(str(_MOST_PERIODIC))] if is_periodic else []))

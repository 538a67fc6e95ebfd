"""Our trees as SymPy expressions and back. Only the worker process imports this module.

The meaning is that of the notation, not SymPy's: variables are real, odd roots are real (∛(−8) = −2), decimals are
exact. Each function is what its row says: SymPy's own, or its definition. Some (σ, softplus, and the odd roots) are an
opaque symbol for simplifying, so that they keep their name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, TypeAlias

import sympy

from numdiff.conditions import piecewise
from numdiff.functions import trees
from numdiff.functions.registry import UnknownFunctionError, asked, having, known, rows
from numdiff.functions.registry import row as row_of
from numdiff.tree import (
    Add,
    Call,
    Comparison,
    Condition,
    Constant,
    Div,
    Joined,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Relation,
    Sub,
    Variable,
    expand_sums,
    integer_literal,
    odd_root,
)

Expression: TypeAlias = Any
"""A SymPy expression (SymPy has no types)."""


class NotInNotationError(ValueError):
    """The SymPy expression has a part that our notation does not have: i, an integral."""


class OddRoot(sympy.Function):  # type: ignore[misc]  # SymPy has no types
    """The real n-th root for odd n, opaque but for the powers that undo it."""

    nargs = 2
    is_real = True

    @classmethod
    def eval(cls, u: Expression, n: Expression) -> Expression:
        """Return the root of a rational number if it is one."""
        if not u.is_Rational:
            return None
        parts = [sympy.integer_nthroot(abs(int(part)), int(n)) for part in (u.p, u.q)]
        if not all(is_exact for _, is_exact in parts):
            return None
        return sympy.sign(u) * sympy.Rational(parts[0][0], parts[1][0])

    def _eval_evalf(self, precision: int) -> Expression:
        u, n = self.args
        return (sympy.sign(u) * abs(u) ** (1 / n))._eval_evalf(precision)

    def _eval_power(self, exponent: Expression) -> Expression:
        u, n = self.args
        whole = exponent / n
        return u**whole if whole.is_Integer else None


_RELATIONS: Mapping[Relation, Any] = {
    "<": sympy.StrictLessThan,
    "<=": sympy.LessThan,
    ">": sympy.StrictGreaterThan,
    ">=": sympy.GreaterThan,
    "=": sympy.Equality,
    "!=": sympy.Unequality,
}


def _opaque(name: str) -> Callable[..., Expression]:
    return sympy.Function(name, real=True)  # type: ignore[no-any-return]


def to_sympy(tree: Node, *, define: bool) -> Expression:
    """Return the tree as a SymPy expression.

    Parameters
    ----------
    tree : Node
        Any expression; sums over an index are written out.
    define : bool
        Whether the functions of machine learning and the odd roots are written out by their definitions (to prove)
        or stay opaque symbols (to simplify).
    """
    return _Writer(define=define).node(expand_sums(tree))


class _Writer:
    def __init__(self, *, define: bool, operands: Mapping[str, Expression] | None = None) -> None:
        self.define = define
        self.operands = operands or {}
        """What stands for each argument inside the definition of a function."""

    def node(self, node: Node) -> Expression:
        match node:
            case Number():
                return _rational(node.value)
            case Constant():
                return sympy.E if node.name == "e" else sympy.pi
            case Variable():
                return self.operands[node.name] if self.operands else sympy.Symbol(node.name, real=True)
            case Neg():
                return -self.node(node.argument)
            case Add():
                return self.node(node.left) + self.node(node.right)
            case Sub():
                return self.node(node.left) - self.node(node.right)
            case Mul():
                return self.node(node.left) * self.node(node.right)
            case Div():
                return self.node(node.left) / self.node(node.right)
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case Piecewise():
                return self.piecewise(node)
            case _:
                raise NotInNotationError(type(node).__name__)

    def piecewise(self, node: Piecewise) -> Expression:
        rows = [(self.node(value), self.condition(condition)) for value, condition in node.branches]
        last = sympy.nan if node.otherwise is None else self.node(node.otherwise)
        return sympy.Piecewise(*rows, (last, True))

    def condition(self, condition: Condition) -> Expression:
        if isinstance(condition, Comparison):
            return _RELATIONS[condition.relation](self.node(condition.left), self.node(condition.right))
        return (sympy.And if condition.word == "and" else sympy.Or)(*map(self.condition, condition.parts))

    def power(self, node: Pow) -> Expression:
        fraction = odd_root(node.exponent)
        if fraction is None:
            return self.node(node.base) ** self.node(node.exponent)
        return self.odd_root(self.node(node.base), fraction[1]) ** fraction[0]

    def odd_root(self, u: Expression, n: int) -> Expression:
        if self.define:
            return u ** sympy.Rational(1, n) if u.is_nonnegative else sympy.sign(u) * abs(u) ** sympy.Rational(1, n)
        return OddRoot(u, sympy.Integer(n))

    def call(self, node: Call) -> Expression:
        row = row_of(node.name) if self.operands else known(node.name)
        arguments = [self.node(argument) for argument in node.arguments]
        if row.name == "root":  # no row: its index is a literal
            index = integer_literal(node.arguments[1])
            return self.odd_root(arguments[0], index) if index and index % 2 else arguments[0] ** (1 / arguments[1])
        if row.keeps_name and not self.define:
            return _opaque(row.name)(*arguments)
        if row.sympy:
            return getattr(sympy, row.sympy)(*arguments)
        if not row.definition:
            raise UnknownFunctionError(row.name)
        operands = (*arguments, *map(self.node, trees.completed(row, node.arguments)[len(arguments) :]))
        inside = _Writer(define=self.define, operands=dict(zip(row.parameters, operands, strict=True)))
        return inside.node(trees.read(row.definition))


def _rational(value: Fraction) -> Expression:
    return sympy.Rational(value.numerator, value.denominator)


@asked
def _names() -> Mapping[Any, str]:
    """Return our name for each function of SymPy; roots and e^u are powers there."""
    return {getattr(sympy, row.sympy): row.name for row in rows() if row.sympy and row.name not in {"sqrt", "exp"}}


def from_sympy(expression: Expression, *, exp_as_call: bool = False) -> Node:
    """Return a SymPy expression as a tree of the notation, in the order in which SymPy prints it.

    Parameters
    ----------
    expression
        The expression.
    exp_as_call : bool
        Whether the exponential function is written exp(u) rather than e^u.

    Raises
    ------
    NotInNotationError
        If a part of it cannot be written in the notation.
    """
    return _Reader(exp_as_call=exp_as_call).node(expression)


class _Reader:
    def __init__(self, *, exp_as_call: bool) -> None:
        self.exp_as_call = exp_as_call

    def node(self, e: Expression) -> Node:
        if e.is_Rational:
            return _number(Fraction(int(e.p), int(e.q)))
        if e is sympy.E or e is sympy.pi:
            return Constant("e" if e is sympy.E else "pi")
        if e.is_Symbol:
            return Variable(str(e.name))
        if e.is_Add:
            return self.sum(e)
        if e.is_Mul:
            return self.product(e)
        if isinstance(e, sympy.exp):
            return self.exponential(e.args[0])
        if e.is_Pow:
            return self.power(e.base, e.exp)
        if isinstance(e, sympy.Piecewise):
            return self.piecewise(e)
        if e.is_Function:
            return self.call(e)
        raise NotInNotationError(type(e).__name__)

    def piecewise(self, e: Expression) -> Node:
        rows = [(value, None if when is sympy.true else self.condition(when)) for value, when in e.args]
        if rows[-1][1] is None and rows[-1][0] is sympy.nan:
            rows.pop()
        return piecewise([self.node(value) for value, _ in rows], [when for _, when in rows])

    def condition(self, e: Expression) -> Condition:
        if isinstance(e, sympy.And | sympy.Or):
            return Joined("and" if isinstance(e, sympy.And) else "or", tuple(map(self.condition, e.args)))
        relation = next((name for name, kind in _RELATIONS.items() if isinstance(e, kind)), None)
        if relation is None:
            raise NotInNotationError(type(e).__name__)
        return Comparison(self.node(e.lhs), relation, self.node(e.rhs))

    def sum(self, e: Expression) -> Node:
        first, *rest = e.as_ordered_terms()
        total = self.node(first)
        for term in rest:
            negative = term.could_extract_minus_sign()
            total = Sub(total, self.node(-term)) if negative else Add(total, self.node(term))
        return total

    def product(self, e: Expression) -> Node:
        if e.could_extract_minus_sign():
            return Neg(self.node(-e))
        above, below = [], []
        for factor in e.as_ordered_factors():
            if factor.is_Rational:
                above += [sympy.Integer(factor.p)] if factor.p != 1 else []
                below += [sympy.Integer(factor.q)] if factor.q != 1 else []
            elif factor.is_Pow and factor.exp.is_Rational and factor.exp.is_negative:
                below.append(factor.base**-factor.exp)
            else:
                above.append(factor)
        top = self.chain(above)
        return Div(top, self.chain(below)) if below else top

    def chain(self, factors: list[Expression]) -> Node:
        nodes = [self.node(factor) for factor in factors]
        return reduce(Mul, nodes) if nodes else Number("1")

    def exponential(self, exponent: Expression) -> Node:
        written = self.node(exponent)
        return Call("exp", (written,)) if self.exp_as_call else Pow(Constant("e"), written)

    def power(self, base: Expression, exponent: Expression) -> Node:
        if exponent.is_Rational and exponent.is_negative:
            return Div(Number("1"), self.node(base**-exponent))
        if exponent == sympy.Rational(1, 2):
            return Call("sqrt", (self.node(base),))
        if exponent.is_Rational and exponent.q % 2 == 1 and exponent.q > 1 and not base.is_nonnegative:
            # SymPy's principal root is complex below 0, ours is real
            raise NotInNotationError("an odd root")
        return Pow(self.node(base), self.node(exponent))

    def call(self, e: Expression) -> Node:
        if isinstance(e, OddRoot):
            u, n = self.node(e.args[0]), int(e.args[1])
            return Call("cbrt", (u,)) if n == 3 else Call("root", (u, Number(str(n))))
        own = e.func.__name__
        name = own if own in having(keeps_name=True) else _names().get(e.func)
        if name is None:
            raise NotInNotationError(e.func.__name__)
        return Call(name, tuple(map(self.node, e.args)))


def _number(value: Fraction) -> Node:
    size = Number(str(abs(value.numerator)))
    written: Node = size if value.denominator == 1 else Div(size, Number(str(value.denominator)))
    return Neg(written) if value < 0 else written

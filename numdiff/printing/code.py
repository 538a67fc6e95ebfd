"""Code from the tree: what all languages have in common.

A language (:mod:`~numdiff.printing.python`, :mod:`~numdiff.printing.javascript`,
:mod:`~numdiff.printing.exact_code`) says how it writes numbers, powers and roots, and which of the names in a
function's row are its own. A function without a name there is printed as the row's definition. A name that no row has
is not printed at all.
"""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

from numdiff.conditions import is_total, negated
from numdiff.functions import trees
from numdiff.functions.elementary import Elementary
from numdiff.functions.registry import UnknownFunctionError
from numdiff.functions.registry import row as row_of
from numdiff.tree import (
    Add,
    Call,
    Comparison,
    Condition,
    Constant,
    Div,
    Mul,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Relation,
    Sub,
    Variable,
    integer_literal,
    odd_root,
)


class Level(IntEnum):
    """Precedence; −(a·b) counts as a product: without brackets it is read as (−a)·b, which is the same."""

    SUM = 1
    PRODUCT = 2
    SIGNED = 3
    POWER = 4
    ATOM = 5


@dataclass(frozen=True, slots=True)
class Code:
    """A printed sub-expression.

    ``value`` is what the language computes for it if it consists of plain numbers, None if a library is involved;
    ``begins_with_zero`` tells that a sign put in front would be lost, since −0 is 0 for an integer.
    """

    text: str
    level: Level = Level.ATOM
    value: float | None = None
    begins_with_zero: bool = False

    def at_least(self, level: Level) -> str:
        """Return the text, in brackets unless it binds at least as tightly as the level."""
        return self.text if self.level >= level else f"({self.text})"

    def as_right(self, level: Level) -> str:
        """Return the text as a right operand, where a leading minus is bracketed for the reader's sake."""
        return f"({self.text})" if self.text.startswith("-") else self.at_least(level)


Kind: TypeAlias = type[Add | Sub | Mul | Div]

OPERATIONS: Mapping[Kind, tuple[str, Level, Callable[[float, float], float]]] = {
    Add: (" + ", Level.SUM, operator.add),
    Sub: (" - ", Level.SUM, operator.sub),
    Mul: ("*", Level.PRODUCT, operator.mul),
    Div: ("/", Level.PRODUCT, operator.truediv),
}


LONGEST_OPERANDS = 300
"""Characters beyond which the arguments of a function are not written out in its definition, which may have them more
than once: twenty such functions inside one another would be millions of characters long."""


def literal(text: str) -> str:
    """Return a number without the leading zeros that Python refuses and JavaScript takes for octal."""
    text = text.lstrip("0") or "0"
    return f"0{text}" if text[0] in ".eE" else text


def call(function: str, *arguments: Code) -> Code:
    """Return the call of a function."""
    return Code(f"{function}({', '.join(argument.text for argument in arguments)})")


class Printer(ABC):
    """Prints sub-expressions and remembers which helpers they call.

    Attributes
    ----------
    codes : mapping of str to Code
        What stands for each variable; inside a definition, for each of its arguments.
    is_definition : bool
        Whether the definition of a function is being printed.
    helpers : set of str
        The functions of our own that the code calls.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self.codes: dict[str, Code] = {variable: Code(name) for variable, name in names.items()}
        self.is_definition = False
        self.helpers: set[str] = set()

    def code(self, node: Node) -> Code:
        """Return the printed sub-expression."""
        match node:
            case Number():
                return self.number(node.text)
            case Constant():
                return self.constant(node.name)
            case Variable():
                return self.codes[node.name]
            case Neg():
                return self.negative(self.code(node.argument))
            case Add() | Sub() | Mul() | Div():
                return self.chain(node)
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case Piecewise():
                return self.piecewise(node)
            case _:
                raise TypeError(f"{type(node).__name__} has no meaning outside a sum over its index")

    @abstractmethod
    def number(self, text: str) -> Code:
        """Return a literal."""

    @abstractmethod
    def constant(self, name: Literal["e", "pi"]) -> Code:
        """Return Euler's number or π."""

    def negative(self, argument: Code) -> Code:
        """Return −argument."""
        level = Level.PRODUCT if argument.level == Level.PRODUCT else Level.SIGNED
        value = None if argument.value is None else -argument.value
        return Code(f"-{argument.as_right(Level.PRODUCT)}", level, value)

    def chain(self, node: Add | Sub | Mul | Div) -> Code:
        """Return a chain of sums or products; its length does not add to the depth of the recursion."""
        steps: list[Add | Sub | Mul | Div] = []
        current: Node = node
        while isinstance(current, Add | Sub | Mul | Div):
            steps.append(current)
            current = current.left
        result = self.code(current)
        for step in reversed(steps):
            result = self.joined(type(step), result, self.code(step.right))
        return result

    def joined(self, kind: Kind, left: Code, right: Code) -> Code:
        """Return two pieces joined by an operator."""
        symbol, level, _ = OPERATIONS[kind]
        left, value = self.reconciled(kind, left, right)
        begins_with_zero = left.begins_with_zero or (isinstance(left.value, int) and left.value == 0)
        text = f"{left.at_least(level)}{symbol}{right.as_right(Level(level + 1))}"
        return Code(text, level, value, begins_with_zero and level == Level.PRODUCT)

    def reconciled(self, kind: Kind, left: Code, right: Code) -> tuple[Code, float | None]:  # noqa: ARG002 - a hook
        """Return the left operand in a form that computes what is meant, and the value if it is a plain number."""
        return left, None

    def power(self, node: Pow) -> Code:
        """Return a power by the kind of its exponent."""
        if node.base == Constant("e"):
            return self.function(row_of("exp"), [self.code(node.exponent)])
        base = self.code(node.base)
        fraction = odd_root(node.exponent)
        if fraction is not None:
            root = self.odd_root(base, fraction[1])
            return root if fraction[0] == 1 else self.power_of_root(root, fraction[0])
        return self.raised(base, self.code(node.exponent), is_integer=integer_literal(node.exponent) is not None)

    @abstractmethod
    def raised(self, base: Code, exponent: Code, *, is_integer: bool) -> Code:
        """Return base**exponent; ``is_integer`` for an integer literal as the exponent."""

    @abstractmethod
    def odd_root(self, base: Code, index: int) -> Code:
        """Return the real root for an odd index."""

    @abstractmethod
    def power_of_root(self, root: Code, exponent: int) -> Code:
        """Return an integer power of such a root."""

    @abstractmethod
    def even_root(self, base: Code, index: int) -> Code:
        """Return the root for an even index."""

    def call(self, node: Call) -> Code:
        """Return a function's value. UnknownFunctionError if there is no such function, or this language lacks it."""
        row = row_of(node.name)
        arguments = [self.argument(self.code(argument)) for argument in node.arguments]
        if row.name == "root":  # no row: its index is a literal
            index = integer_literal(node.arguments[1]) or 0
            return self.odd_root(arguments[0], index) if index % 2 else self.even_root(arguments[0], index)
        return self.function(row, arguments)

    relations: Mapping[Relation, str] = {}
    """How the language writes a relation, where it is not written as here."""

    def piecewise(self, node: Piecewise) -> Code:
        """Return the value that conditions choose. Where what is compared has no value there is none either."""
        nothing = self.nothing()
        result = nothing if node.otherwise is None else self.code(node.otherwise)
        for value, condition in reversed(node.branches):
            if result is not nothing and not is_total(condition):
                result = self.chosen(self.condition(negated(condition)), result, nothing)
            result = self.chosen(self.condition(condition), self.code(value), result)
        return result

    @abstractmethod
    def nothing(self) -> Code:
        """Return what is not a number."""

    @abstractmethod
    def chosen(self, condition: str, value: Code, other: Code) -> Code:
        """Return the one value where a condition holds and the other where it does not."""

    @abstractmethod
    def joined_conditions(self, word: Literal["and", "or"], parts: list[str]) -> str:
        """Return conditions joined, in brackets where they need them."""

    def condition(self, condition: Condition) -> str:
        """Return a condition, in brackets if it is a joined one."""
        if not isinstance(condition, Comparison):
            return self.joined_conditions(condition.word, [self.condition(part) for part in condition.parts])
        sign = {"=": "==", **self.relations}.get(condition.relation, condition.relation)
        left, right = self.code(condition.left), self.code(condition.right)
        return f"{left.at_least(Level.SUM)} {sign} {right.at_least(Level.SUM)}"

    def argument(self, code: Code) -> Code:
        """Return an argument of a function in the form in which it is passed."""
        return code

    def operand(self, code: Code) -> Code:
        """Return an argument in the form in which it stands for itself inside a definition."""
        return code

    def function(self, row: Elementary, arguments: list[Code]) -> Code:
        """Return the value of a row: by its name in the language, else by its definition."""
        named = self.named(row, arguments)
        if named is not None:
            return named
        if not row.definition:
            raise UnknownFunctionError(row.name)
        defaults = row.defaults[len(arguments) - row.arity[0] :]
        operands = [self.operand(code) for code in (*arguments, *(self.code(trees.read(text)) for text in defaults))]
        inside = copy(self)  # it adds to the same helpers
        inside.codes, inside.is_definition = dict(zip(row.parameters, operands, strict=True)), True
        unknown = {name: code for name, code in inside.codes.items() if code.value is None}
        if sum(len(code.text) for code in unknown.values()) <= LONGEST_OPERANDS:
            return inside.code(trees.read(row.definition))
        inside.codes |= {name: Code(name) for name in unknown}
        return call(self.anonymous(unknown, inside.code(trees.read(row.definition)).text), *unknown.values())

    def anonymous(self, parameters: Iterable[str], body: str) -> str:
        """Return a function without a name that can be called on the spot; here Python's."""
        return f"(lambda {', '.join(parameters)}: {body})"

    @abstractmethod
    def named(self, row: Elementary, arguments: list[Code]) -> Code | None:
        """Return the call of what the language has for a row; None if it has nothing."""

"""Python from the tree: complete code that a learner can paste, with NumPy and the standard library only.

In float64 the code computes bit for bit what :func:`numdiff.evaluate.floats.evaluate` computes: the same NumPy
operations in the same order. Where plain Python numbers would go their own way — integers beyond 2**53 are exact, 1/0
raises, −0 is 0 — the number in question is printed as a float or as ``np.float64(…)``.
"""

from __future__ import annotations

from collections.abc import Sequence

from numdiff import tree as trees
from numdiff.calls import UnknownFunctionError, check_known
from numdiff.notation.names import is_reserved_in_python
from numdiff.printing.names import python_names
from numdiff.printing.python_code import (
    CONSTANTS,
    ONE,
    OPERATIONS,
    Code,
    Level,
    as_float,
    call,
    divided,
    integer_power,
    is_integer,
    negative,
    number,
)
from numdiff.printing.python_helpers import HELPERS, helper_sources
from numdiff.tree import Add, Call, Constant, Div, Mul, Neg, Node, Number, Pow, Sub, Variable, integer_literal, odd_root


def to_python(tree: Node, variables: Sequence[str], name: str = "f") -> str:
    """Return a definition of the function in Python.

    Parameters
    ----------
    tree : Node
        The expression.
    variables : sequence of str
        The parameters in order; they may include variables that the tree does not contain, which then only give the
        result its shape. A function of none takes one optional argument, for its shape.
    name : str, optional
        The function's name; ``f`` is used if Python would not accept it.

    Returns
    -------
    str
        Complete source: imports, the helpers used, and the function. It works on scalars and arrays.
    """
    names = python_names(variables, taken=HELPERS)
    printer = _Printer(names)
    code = printer.code(trees.expand_sums(tree))
    used = trees.variables(tree)
    unused = [names[variable] for variable in variables if variable not in used]
    parameters = ", ".join(names.values()) or "x=0.0"
    for parameter in unused if names else ["x"]:
        code = Code(f"{code.at_least(Level.PRODUCT)}*np.ones(np.shape({parameter}))", Level.PRODUCT)
    is_usable = name.isidentifier() and not is_reserved_in_python(name) and name not in HELPERS
    definition = f"def {name if is_usable else 'f'}({parameters}):\n    return {code.text}"
    helpers = helper_sources(printer.helpers)
    needs_math = any("math." in text for text in helpers)
    imports = "import math\n\nimport numpy as np" if needs_math else "import numpy as np"
    return "\n\n\n".join([imports, *helpers, definition]) + "\n"


class _Printer:
    """Prints sub-expressions and remembers which helpers they call."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.helpers: set[str] = set()

    def code(self, node: Node) -> Code:
        """Return the printed sub-expression."""
        match node:
            case Number():
                return number(node.text)
            case Constant():
                return CONSTANTS[node.name]
            case Variable():
                return Code(self.names[node.name], Level.ATOM)
            case Neg():
                return negative(self.code(node.argument))
            case Add() | Sub() | Mul() | Div():
                return self.binary(node)
            case Pow():
                return self.power(node)
            case Call():
                return self.call(node)
            case _:
                raise TypeError(f"{type(node).__name__} has no meaning outside a sum over its index")

    def binary(self, node: Add | Sub | Mul | Div) -> Code:
        """Return a chain of sums or products; its length does not add to the depth of the recursion."""
        chain: list[Add | Sub | Mul | Div] = []
        current: Node = node
        while isinstance(current, Add | Sub | Mul | Div):
            chain.append(current)
            current = current.left
        result = self.code(current)
        for step in reversed(chain):
            result = OPERATIONS[type(step)](result, self.code(step.right))
        return result

    def power(self, node: Pow) -> Code:
        """Return a power by the kind of its exponent."""
        if node.base == Constant("e"):
            return call("np.exp", self.code(node.exponent))
        base = self.code(node.base)
        fraction = odd_root(node.exponent)
        if fraction is not None:
            root, numerator = self.odd_root(base, fraction[1]), fraction[0]
            return root if numerator == 1 else Code(f"{root.text}**{numerator}", Level.POWER)
        exponent = self.code(node.exponent)
        if integer_literal(node.exponent) is not None:
            return integer_power(base, exponent)
        return call("np.power", as_float(base) if is_integer(base) and is_integer(exponent) else base, exponent)

    def odd_root(self, base: Code, index: int) -> Code:
        """Return the real root."""
        return call("np.cbrt", base) if index == 3 else self.helper("odd_root", base, number(str(index)))

    def helper(self, name: str, *arguments: Code) -> Code:
        """Return the call of one of our own functions, whose definition will be printed too."""
        self.helpers.add(name)
        return call(name, *arguments)

    def call(self, node: Call) -> Code:
        """Return a function's value. UnknownFunctionError if there is no such function."""
        check_known(node)
        arguments = [self.code(argument) for argument in node.arguments]
        first = arguments[0]
        if node.name in _KEEPS_INTEGERS and all(is_integer(argument) for argument in arguments):
            first = arguments[0] = as_float(first)
        match node.name:
            case "log":
                return divided(call("np.log", first), call("np.log", arguments[1]))
            case "root":
                index = integer_literal(node.arguments[1]) or 0
                if index % 2:
                    return self.odd_root(first, index)
                return call("np.power", first, Code(f"1/{index}", Level.PRODUCT))
            case "min" | "max":
                for argument in arguments[1:]:
                    first = call("np.minimum" if node.name == "min" else "np.maximum", first, argument)
                return first
            case "arccot":
                return Code(f"np.pi/2 - {call('np.arctan', first).text}", Level.SUM)
            case name if name in _RECIPROCALS:
                return divided(ONE, call(_RECIPROCALS[name], first))
            case name if name in _OF_RECIPROCALS:
                return call(_OF_RECIPROCALS[name], divided(ONE, first))
            case name if name in HELPERS:
                return self.helper(name, *arguments)
            case name if name in _NUMPY_NAMES:
                return call(f"np.{_NUMPY_NAMES[name]}", first)
            case name:
                raise UnknownFunctionError(name)


_NUMPY_NAMES = {
    **{name: name for name in ("exp", "expm1", "log2", "log10", "log1p", "sqrt", "cbrt", "sin", "cos", "tan")},
    **{name: name for name in ("arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "abs", "sign", "floor", "ceil")},
    "ln": "log",
    "arsinh": "arcsinh",
    "arcosh": "arccosh",
    "artanh": "arctanh",
}
_RECIPROCALS = {
    "sec": "np.cos",
    "csc": "np.sin",
    "cot": "np.tan",
    "sech": "np.cosh",
    "csch": "np.sinh",
    "coth": "np.tanh",
}
_OF_RECIPROCALS = {
    "arcsec": "np.arccos",
    "arccsc": "np.arcsin",
    "arsech": "np.arccosh",
    "arcsch": "np.arcsinh",
    "arcoth": "np.arctanh",
}
_KEEPS_INTEGERS = frozenset(("abs", "sign", "floor", "ceil", "min", "max", "relu", "leaky_relu"))
"""What NumPy computes in int64 if it is given integers."""

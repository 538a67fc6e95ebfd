"""Python from the tree: complete code that a learner can paste, with NumPy and the standard library only.

In float64 the code computes bit for bit what :func:`numdiff.evaluate.floats.evaluate` computes: the same NumPy
operations in the same order. Plain Python numbers would go their own way — integers beyond 2**53 are exact, 1/0
raises, −0 is 0 —, so the printer knows the value of every piece made of them, and prints a float or ``np.float64(…)``
where it matters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import Literal

from numdiff import tree as trees
from numdiff.functions.elementary import Elementary
from numdiff.notation.names import is_reserved_in_python
from numdiff.printing.code import OPERATIONS, Code, Kind, Level, Printer, call, literal
from numdiff.printing.names import python_names
from numdiff.printing.python_helpers import HELPERS, helper_sources
from numdiff.tree import Node

EXACT_INTEGERS = 2**53
"""Below this, integers and their sums and products are the same in Python and in float64."""


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
    printer = _Python(names)
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


def _is_integer(code: Code) -> bool:
    """Return True for a piece that Python computes as an integer."""
    return isinstance(code.value, int)


def _as_float(code: Code) -> Code:
    """Return an integer as a float, any other number as it is."""
    if not isinstance(code.value, int):
        return code
    if code.text.isdigit():
        return Code(f"{code.text}.0", Level.ATOM, float(code.value))
    return _as_numpy(code)


def _as_numpy(code: Code) -> Code:
    """Return a Python number as a NumPy scalar, which gives inf and NaN where Python raises."""
    return code if code.value is None else Code(f"np.float64({code.text})")


def _in_float64(compute: Callable[[float, float], float], left: Code, right: Code) -> tuple[Code, float | None]:
    """Return the left operand in a form with which Python computes what float64 does, and the value if it is Python's.

    Two integers give an integer in Python; where that differs from the float64 result (by its size, or by the sign of
    a zero), the left one becomes a float. Where Python raises, it becomes a NumPy scalar.
    """
    a, b = left.value, right.value
    if a is None or b is None:
        return left, None
    try:
        value = compute(float(a), float(b))
    except ArithmeticError:
        return _as_numpy(left), None
    if not (_is_integer(left) and _is_integer(right)):
        return left, value
    if abs(value) >= EXACT_INTEGERS or (value == 0 and math.copysign(1.0, value) < 0):
        left = _as_float(left)
        return left, None if left.value is None else value
    return left, compute(a, b)


class _Python(Printer):
    def number(self, text: str) -> Code:
        text = literal(text)
        if not text.isdigit():
            return Code(text, Level.ATOM, float(text))
        value = int(text)
        if value >= EXACT_INTEGERS:
            return Code(f"{text}.0", Level.ATOM, float(text))  # beyond float64 it is inf, as the literal is
        return Code(text, Level.ATOM, value, begins_with_zero=value == 0)

    def constant(self, name: str) -> Code:
        return Code("np.e", value=math.e) if name == "e" else Code("np.pi", value=math.pi)

    def negative(self, argument: Code) -> Code:
        """Return −argument, with brackets where an integer zero would swallow the sign."""
        if argument.value != 0 and not argument.begins_with_zero:
            return super().negative(argument)
        argument = _as_float(argument)
        level = Level.PRODUCT if argument.level == Level.PRODUCT else Level.SIGNED
        value = None if argument.value is None else -argument.value
        return Code(f"-{argument.at_least(Level.SIGNED)}", level, value)

    def reconciled(self, kind: Kind, left: Code, right: Code) -> tuple[Code, float | None]:
        return _in_float64(OPERATIONS[kind][2], left, right)

    def raised(self, base: Code, exponent: Code, *, is_integer: bool) -> Code:
        if is_integer:  # the exponent stands on its own: x**-2
            base, value = _in_float64(lambda a, b: a**b, base, exponent)
            return Code(f"{base.at_least(Level.ATOM)}**{exponent.text}", Level.POWER, value)
        is_plain = _is_integer(base) and _is_integer(exponent)
        return call("np.power", _as_float(base) if is_plain else base, exponent)

    def odd_root(self, base: Code, index: int) -> Code:
        return call("np.cbrt", base) if index == 3 else self._helper("odd_root", base, Code(str(index)))

    def power_of_root(self, root: Code, exponent: int) -> Code:
        return Code(f"{root.text}**{exponent}", Level.POWER)

    def even_root(self, base: Code, index: int) -> Code:
        return call("np.power", base, Code(f"1/{index}"))

    def nothing(self) -> Code:
        return Code("np.nan", value=math.nan)

    def chosen(self, condition: str, value: Code, other: Code) -> Code:
        """Return NumPy's choice; two integers would give integers."""
        first, second = (_as_float(code).text.removesuffix("[()]") for code in (value, other))
        return Code(f"np.where({condition}, {first}, {second})[()]")

    def joined_conditions(self, word: Literal["and", "or"], parts: list[str]) -> str:
        sign = " & " if word == "and" else " | "
        return f"({sign.join(f'({part})' for part in parts)})"

    def named(self, row: Elementary, arguments: list[Code]) -> Code | None:
        first, *others = arguments
        if row.keeps_integers and all(map(_is_integer, arguments)):  # NumPy would compute in int64
            first = _as_float(first)
        if row.recipe:
            return self._helper(row.recipe, first, *others)
        if not row.numpy:
            return None
        function = partial(call, f"np.{row.numpy}")
        return reduce(function, others, first) if row.is_variadic else function(first, *others)

    def _helper(self, name: str, *arguments: Code) -> Code:
        """Return the call of one of our own functions, whose definition will be printed too."""
        self.helpers.add(name)
        return call(name, *arguments)

"""JavaScript from the tree: an expression whose value is a function of numbers, for drawing in the browser.

The text consists of numbers, operators, ``Math``, our fixed helpers and parameter names made here; nothing that was
typed gets into it. The values agree with :func:`numdiff.evaluate.floats.evaluate` in float64 up to the last places
(the two come from different mathematical libraries), and in where they are NaN or infinite. The sign of a zero from
max or min may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from numdiff.functions.elementary import Elementary
from numdiff.functions.javascript_recipes import HELPER_NAMES, JAVASCRIPT_HELPERS, helper_definitions
from numdiff.printing.code import Code, Printer, call, literal
from numdiff.printing.names import javascript_names
from numdiff.tree import Node, Relation, expand_sums

__all__ = ["JAVASCRIPT_HELPERS", "to_javascript"]


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
    printer = _JavaScript(names)
    function = f"({', '.join(names.values())}) => {printer.code(expand_sums(tree)).text}"
    if not printer.helpers or not inline_helpers:
        return function
    return f"(() => {{\n{helper_definitions(printer.helpers)}\nreturn {function};\n}})()"


class _JavaScript(Printer):
    def number(self, text: str) -> Code:
        return Code(literal(text))

    def constant(self, name: str) -> Code:
        return Code("Math.E" if name == "e" else "Math.PI")

    def raised(self, base: Code, exponent: Code, *, is_integer: bool) -> Code:
        # for a finite integer, Math.pow has NumPy's edge cases
        return call("Math.pow", base, exponent) if is_integer else self._helper("power", base, exponent)

    def odd_root(self, base: Code, index: int) -> Code:
        return call("Math.cbrt", base) if index == 3 else self._helper("oddRoot", base, Code(str(index)))

    def power_of_root(self, root: Code, exponent: int) -> Code:
        return call("Math.pow", root, Code(str(exponent)))

    def even_root(self, base: Code, index: int) -> Code:
        return self._helper("power", base, Code(f"1/{index}"))

    def anonymous(self, parameters: Iterable[str], body: str) -> str:
        return f"(({', '.join(parameters)}) => {body})"

    relations: Mapping[Relation, str] = {"=": "===", "!=": "!=="}

    def nothing(self) -> Code:
        return Code("NaN")

    def chosen(self, condition: str, value: Code, other: Code) -> Code:
        return Code(f"({condition} ? {value.text} : {other.text})")

    def joined_conditions(self, word: Literal["and", "or"], parts: list[str]) -> str:
        return f"({(' && ' if word == 'and' else ' || ').join(parts)})"

    def named(self, row: Elementary, arguments: list[Code]) -> Code | None:
        if row.javascript in HELPER_NAMES:
            return self._helper(row.javascript, *arguments)
        return call(row.javascript, *arguments) if row.javascript else None

    def _helper(self, name: str, *arguments: Code) -> Code:
        """Return the call of a helper, whose definition will be printed too."""
        self.helpers.add(name)
        return call(name, *arguments)

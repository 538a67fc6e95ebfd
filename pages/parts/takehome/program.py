"""Python of several functions and expressions at once: what they import and the helpers they call stand there once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from numdiff.printing.python import to_python
from numdiff.tree import Node, Variable, substitute
from numdiff.tree import variables as free_variables

_SHAPED = "*np.ones(np.shape(x))"
"""What the printer puts behind a constant; in an expression it takes part in any shape."""


class Program:
    """Collects printed functions with their imports and helpers."""

    def __init__(self) -> None:
        self._imports: dict[str, None] = {"import numpy as np": None}
        self._helpers: dict[str, None] = {}
        self._functions: list[str] = []

    def define(self, tree: Node, variables: Sequence[str], name: str) -> None:
        """Add the definition of a function."""
        self._functions.append(self._printed(tree, variables, name))

    def expression(self, tree: Node, names: Mapping[str, str]) -> str:
        """Return the code of an expression in the names that its variables have in the code around it."""
        renamed = substitute(tree, {old: Variable(new) for old, new in names.items()})
        code = self._printed(renamed, free_variables(renamed), "f").partition("return ")[2]
        return code.removesuffix(_SHAPED)

    def _printed(self, tree: Node, variables: Sequence[str], name: str) -> str:
        imports, *helpers, definition = to_python(tree, variables, name).rstrip("\n").split("\n\n\n")
        self._imports |= dict.fromkeys(line for line in imports.splitlines() if line)
        self._helpers |= dict.fromkeys(helpers)
        return definition

    def source(self, needs: Iterable[str] = ()) -> str:
        """Return imports, helpers and functions; ``needs`` are further lines of imports."""
        imports = sorted({*self._imports, *needs}, key=lambda line: (line != "import math", line))
        return "\n\n\n".join(["\n".join(imports), *self._helpers, *self._functions])

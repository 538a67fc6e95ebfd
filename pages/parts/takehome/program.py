"""Python of several functions and expressions at once: what they import and the helpers they call stand there once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from numdiff.printing.python import to_python
from numdiff.printing.text import to_text
from numdiff.tree import Call, Constant, Neg, Node, Number, Variable, children, substitute, walk
from numdiff.tree import variables as free_variables
from pages.parts.entries import formula_latex, function_of
from pages.parts.i18n import Translator
from pages.parts.takehome.document import Words


def heading(text: str, say: str) -> Words:
    """Return a line of words with the function after it, typeset and as text."""
    function = function_of(text)
    listed = ", ".join(function.variables or ("x",))
    plain = f"{say}: f({listed}) = {to_text(function.tree)}"
    return Words(f"{say}:\n\n$${formula_latex(function)}$$", plain)


def needs(_: Translator) -> tuple[str, str]:
    """Return the imports that exact values need."""
    return (f"import mpmath as mp  # {_('takehome.code.mpmath')}", "import sympy as sp")


def silent(_: Translator) -> str:
    """Return the line that keeps NumPy from warning where f has no value."""
    return f'np.seterr(all="ignore")  # {_("takehome.code.silent")}'


def begin(text: str, _: Translator) -> str:
    """Return the code with which every script begins: what it needs, and f."""
    function, program = function_of(text), Program()
    program.define(function.tree, function.variables, "f")
    return f"{program.source(needs(_))}\n\n\n{silent(_)}"


def folds_constants(tree: Node) -> bool:
    """Return whether Python would compute a part of f in float64 that a narrower format computes for itself."""
    return any(
        not isinstance(part, Number | Constant | Variable | Neg)
        and bool(children(part))
        and not any(isinstance(inner, Variable) for inner in walk(part))
        and not (isinstance(part, Call) and part.name == "root")
        for part in walk(tree)
    )


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

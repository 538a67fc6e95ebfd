"""How every document and every script begins: the function, what is needed, and f."""

from __future__ import annotations

from numdiff.printing.text import to_text
from numdiff.tree import Call, Constant, Neg, Node, Number, Variable, children, walk
from pages.parts.entries import formula_latex, function_of
from pages.parts.i18n import Translator
from pages.parts.takehome.document import Words
from pages.parts.takehome.program import Program


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

"""Rules for the trigonometric and hyperbolic functions and their inverses; each also says f(u)′ = f′(u)·u′."""

from __future__ import annotations

from typing import ClassVar

from numdiff.derivation.rules_base import Application, Dependence, Rule, by_chain
from numdiff.derivation.rules_power import local
from numdiff.tree import Call, Node


class FunctionRule(Rule):
    """f(x)′ as the table of standard derivatives gives it, for the function with the rule's name."""

    def apply(self, node: Node, depends: Dependence, /) -> Application | None:
        """Return the local derivative times the inner one."""
        if not isinstance(node, Call) or node.name != self.name:
            return None
        return by_chain(local(node), node.arguments[0], depends, self.name)


class Sin(FunctionRule):
    """(sin x)′ = cos x."""

    name: ClassVar[str] = "sin"


class Cos(FunctionRule):
    """(cos x)′ = −sin x."""

    name: ClassVar[str] = "cos"


class Tan(FunctionRule):
    """(tan x)′ = sec² x."""

    name: ClassVar[str] = "tan"


class Sec(FunctionRule):
    """(sec x)′ = sec x·tan x."""

    name: ClassVar[str] = "sec"


class Csc(FunctionRule):
    """(csc x)′ = −csc x·cot x."""

    name: ClassVar[str] = "csc"


class Cot(FunctionRule):
    """(cot x)′ = −csc² x."""

    name: ClassVar[str] = "cot"


class Arcsin(FunctionRule):
    """(arcsin x)′ = 1/√(1 − x²)."""

    name: ClassVar[str] = "arcsin"


class Arccos(FunctionRule):
    """(arccos x)′ = −1/√(1 − x²)."""

    name: ClassVar[str] = "arccos"


class Arctan(FunctionRule):
    """(arctan x)′ = 1/(1 + x²)."""

    name: ClassVar[str] = "arctan"


class Arcsec(FunctionRule):
    """(arcsec x)′ = 1/(|x|·√(x² − 1))."""

    name: ClassVar[str] = "arcsec"


class Arccsc(FunctionRule):
    """(arccsc x)′ = −1/(|x|·√(x² − 1))."""

    name: ClassVar[str] = "arccsc"


class Arccot(FunctionRule):
    """(arccot x)′ = −1/(1 + x²)."""

    name: ClassVar[str] = "arccot"


class Sinh(FunctionRule):
    """(sinh x)′ = cosh x."""

    name: ClassVar[str] = "sinh"


class Cosh(FunctionRule):
    """(cosh x)′ = sinh x."""

    name: ClassVar[str] = "cosh"


class Tanh(FunctionRule):
    """(tanh x)′ = 1 − tanh² x."""

    name: ClassVar[str] = "tanh"


class Sech(FunctionRule):
    """(sech x)′ = −sech x·tanh x."""

    name: ClassVar[str] = "sech"


class Csch(FunctionRule):
    """(csch x)′ = −csch x·coth x."""

    name: ClassVar[str] = "csch"


class Coth(FunctionRule):
    """(coth x)′ = −csch² x."""

    name: ClassVar[str] = "coth"


class Arsinh(FunctionRule):
    """(arsinh x)′ = 1/√(x² + 1)."""

    name: ClassVar[str] = "arsinh"


class Arcosh(FunctionRule):
    """(arcosh x)′ = 1/√(x² − 1)."""

    name: ClassVar[str] = "arcosh"


class Artanh(FunctionRule):
    """(artanh x)′ = 1/(1 − x²)."""

    name: ClassVar[str] = "artanh"


class Arsech(FunctionRule):
    """(arsech x)′ = −1/(x·√(1 − x²))."""

    name: ClassVar[str] = "arsech"


class Arcsch(FunctionRule):
    """(arcsch x)′ = −1/(|x|·√(1 + x²))."""

    name: ClassVar[str] = "arcsch"


class Arcoth(FunctionRule):
    """(arcoth x)′ = 1/(1 − x²)."""

    name: ClassVar[str] = "arcoth"


class Erf(FunctionRule):
    """(erf x)′ = 2/√π·e^(−x²)."""

    name: ClassVar[str] = "erf"

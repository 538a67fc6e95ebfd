"""Functions of libraries that are no rows: each is read as what it is made of.

They have several arguments, or are one operation under another name: written out, each rule applies, and a learner
sees of what the derivative is made. Their conventions differ from library to library: the definition says which is
meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compound:
    """Names in lower case without underscores, and the definition with {0}, {1}, … for what stands in the brackets.

    ``is_variadic`` is one of ``count`` arguments or more; {sum} stands for the sum of their exponentials.
    """

    names: str
    definition: str
    count: int = 1
    is_variadic: bool = False

    def takes(self, arguments: int) -> bool:
        """Return whether it may have so many arguments."""
        return arguments == self.count or (self.is_variadic and arguments > self.count)

    def written(self, arguments: Sequence[str]) -> str:
        """Return the definition with the arguments put in."""
        return self.definition.format(*arguments, sum=" + ".join(f"exp({one})" for one in arguments))


COMPOUNDS = (
    Compound("elu", "(max({0}, 0) + {1}*expm1(min({0}, 0)))", 2),
    Compound("celu", "elu({0})"),
    Compound("celu", "(max({0}, 0) + {1}*expm1(min({0}, 0)/{1}))", 2),
    Compound("hardtanh", "min(max({0}, {1}), {2})", 3),
    Compound("logsumexp logaddexp", "ln({sum})", 2, is_variadic=True),
    Compound("softmax", "(exp({0})/({sum}))", 2, is_variadic=True),
    Compound("np.sinc numpy.sinc jnp.sinc torch.sinc", "sinc(pi*{0})"),
    Compound("prelu", "leaky_relu({0}, {1})", 2),
    Compound("hardswish hardsilu", "({0}*min(max({0}/6 + 1/2, 0), 1))"),
    Compound("tanhshrink", "({0} - tanh({0}))"),
    Compound("clip clamp clipbyvalue", "min(max({0}, {1}), {2})", 3),
    Compound("heaviside", "((1 + sign({0}))/2 + ({1} - 1/2)*(1 - abs(sign({0}))))", 2),
    Compound("exp2", "(2^{0})"),
    Compound("exp10", "(10^{0})"),
    Compound("hypot", "sqrt({0}^2 + {1}^2)", 2),
    Compound("atan2 arctan2", "(2*arctan({0}/(sqrt({0}^2 + {1}^2) + {1})))", 2),
    Compound("reciprocal", "(1/{0})"),
    Compound("rsqrt", "(1/sqrt({0}))"),
    Compound("ndtr normcdf normalcdf", "((1 + erf({0}/sqrt(2)))/2)"),
    Compound("normpdf normalpdf", "(exp(-{0}^2/2)/sqrt(2*pi))"),
    Compound("sind", "sin({0}*pi/180)"),
    Compound("cosd", "cos({0}*pi/180)"),
    Compound("tand", "tan({0}*pi/180)"),
    Compound("add", "({0} + {1})", 2),
    Compound("subtract", "({0} - {1})", 2),
    Compound("multiply", "({0}*{1})", 2),
    Compound("divide truedivide", "({0}/{1})", 2),
)


def compound(name: str, arguments: int) -> Compound | None:
    """Return the function of a name with so many arguments, by its full name if that is told apart; None if unknown."""
    *_, last = full = name.lower().replace("_", "").split(".")
    for wanted in (".".join(full), last):
        for one in COMPOUNDS:
            if wanted in one.names.split() and one.takes(arguments):
                return one
    return None


def is_compound(name: str) -> bool:
    """Return True if a name is that of a compound, with any number of arguments."""
    return any(compound(name, count) for count in (1, 2, 3))

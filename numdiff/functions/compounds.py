"""Functions of libraries that are no rows: each is offered as what it is made of, with its convention in sight.

They have names that differ in meaning from library to library (sinc, elu's α, rounding at a half), or change their
form without a kink, which a row cannot say; written out, a learner sees which one is meant, and each rule applies.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compound:
    """Names in lower case without underscores, and the definition with {0}, {1}, … for what stands in the brackets.

    ``least`` is the number of arguments that must be given; a second one that is not is the factor 1.
    """

    names: str
    definition: str
    count: int = 1
    least: int = 0


_SELU = "(1.0507009873554805*(max({0}, 0) + 1.6732632423543772*expm1(min({0}, 0))))"
_LOGSUMEXP = "ln(exp({0}) + exp({1}))"

COMPOUNDS = (
    Compound("elu", "(max({0}, 0) + {1}*expm1(min({0}, 0)))", 2, 1),
    Compound("celu", "(max({0}, 0) + {1}*expm1(min({0}, 0)/{1}))", 2, 1),
    Compound("selu", _SELU),
    Compound("prelu", "leaky_relu({0}, {1})", 2),
    Compound("relu6", "min(max({0}, 0), 6)"),
    Compound("hardtanh", "min(max({0}, -1), 1)"),
    Compound("hardsigmoid", "min(max({0}/6 + 1/2, 0), 1)"),
    Compound("hardswish hardsilu", "({0}*min(max({0}/6 + 1/2, 0), 1))"),
    Compound("mish", "({0}*tanh(softplus({0})))"),
    Compound("softsign", "({0}/(1 + abs({0})))"),
    Compound("tanhshrink", "({0} - tanh({0}))"),
    Compound("logit", "ln({0}/(1 - {0}))"),
    Compound("logsigmoid", "(-softplus(-{0}))"),
    Compound("clip clamp clipbyvalue", "min(max({0}, {1}), {2})", 3),
    Compound("heaviside step unitstep", "((1 + sign({0}))/2)"),
    Compound("heaviside", "((1 + sign({0}))/2 + ({1} - 1/2)*(1 - abs(sign({0}))))", 2),
    Compound("logsumexp logaddexp", _LOGSUMEXP, 2),
    Compound("softmax", "(exp({0})/(exp({0}) + exp({1})))", 2),
    Compound("erfc", "(1 - erf({0}))"),
    Compound("np.sinc numpy.sinc jnp.sinc torch.sinc", "(sin(pi*{0})/(pi*{0}))"),
    Compound("sinc", "(sin({0})/{0})"),
    Compound("exp2", "(2^{0})"),
    Compound("exp10", "(10^{0})"),
    Compound("hypot", "sqrt({0}^2 + {1}^2)", 2),
    Compound("atan2 arctan2", "(2*arctan({0}/(sqrt({0}^2 + {1}^2) + {1})))", 2),
    Compound("frac fract", "({0} - floor({0}))"),
    Compound("round rint nint", "floor({0} + 1/2)"),
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
            if wanted in one.names.split() and (one.least or one.count) <= arguments <= one.count:
                return one
    return None


def is_compound(name: str) -> bool:
    """Return True if a name is that of a compound, with any number of arguments."""
    return any(compound(name, count) for count in (1, 2, 3))

"""The activation functions of machine learning; tanh is among the hyperbolic ones.

The stable slopes are made of e^−abs(u), which neither overflows nor, as σ(1 − σ) does, cancels for large u. What is cut
off on both sides, or changes its form without a kink, is computed of its definition. Conventions where libraries
differ: ELU with α = 1, HardSigmoid = ReLU6(u + 3)/6 as in PyTorch, GELU by the error function, and SELU's two constants
of Klambauer et al., Self-Normalizing Neural Networks (2017), rounded to float64.
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary, Margin
from numdiff.functions.margins import POSITIVE

LEAKY_SLOPE = "0.01"
"""The slope of leaky_relu below 0 when none is given."""

_SCALE, _ALPHA = "1.0507009873554805", "1.6732632423543772"
"""Of SELU."""

_LOGISTIC_SLOPE = "exp(-abs(u))/(1 + exp(-abs(u)))**2"

ROWS = (
    Elementary(
        name="sigmoid", family="activation", slope="sigmoid(u)*(1 - sigmoid(u))", stable=_LOGISTIC_SLOPE,
        analytic="v*sigmoid(-u)", definition="1/(1 + exp(-u))", sign="positive", spellings="logistic expit",
        elsewhere="sig", in_words=True, numpy="recipes.sigmoid", numpy_complex="sigmoid",
        javascript="sigmoid", keeps_name=True, latex=r"\sigma", text="σ", example="0.5",
    ),
    Elementary(
        name="relu", family="activation", slope="(1 + sign(u))/2", definition="max(u, 0)", shape="kink", breaks="u",
        branches=("0", "u"), sign="nonnegative", in_words=True, numpy="recipes.relu", javascript="relu",
        keeps_name=True, latex=r"\operatorname{ReLU}", example="0.5",
    ),
    Elementary(
        name="leaky_relu", family="activation", arguments="u a", defaults=(LEAKY_SLOPE,),
        slope="(1 + sign(u))/2 + a*((1 - sign(u))/2)", other_slopes=("u*((1 - sign(u))/2)",),
        definition="max(u, 0) + a*min(u, 0)", shape="kink", breaks="u", branches=("a*u", "u"),
        spellings="leakyrelu lrelu", numpy="recipes.leaky_relu", javascript="leakyRelu", keeps_name=True,
        latex=r"\operatorname{LeakyReLU}", example="0.5",
    ),
    Elementary(
        name="softplus", family="activation", slope="sigmoid(u)", definition="ln(1 + exp(u))", exact="log1p(exp(u))",
        sign="positive", in_words=True, numpy="recipes.softplus", numpy_complex="softplus",
        javascript="softplus", keeps_name=True, example="0.5",
    ),
    Elementary(
        name="silu", family="activation", slope="sigmoid(u) + u*sigmoid(u)*(1 - sigmoid(u))",
        stable=f"sigmoid(u) + u*({_LOGISTIC_SLOPE})", analytic="sigmoid(u)*(1 + u - v)", definition="u/(1 + exp(-u))",
        exact="u*sigmoid(u)",
        spellings="swish", in_words=True, numpy="recipes.silu", numpy_complex="silu", javascript="silu",
        keeps_name=True, latex=r"\operatorname{SiLU}", example="0.5",
    ),
    Elementary(
        name="gelu", has_convention=True, family="activation",
        slope="(1 + erf(u/sqrt(2)))/2 + u/sqrt(2*pi)*e**(-(u**2/2))",
        stable="normal(u) + u*(1/sqrt(2*pi)*exp(-(u*u/2)))",
        analytic="(1 + erf(u/sqrt(2)))/2 + u*(1/sqrt(2*pi)*exp(-(u*u/2)))", definition="u*(1 + erf(u/sqrt(2)))/2",
        exact="u*normal(u)", in_words=True, numpy="recipes.gelu", numpy_complex="gelu", javascript="gelu",
        keeps_name=True, latex=r"\operatorname{GELU}", example="0.5",
    ),
    Elementary(
        name="mish", family="activation", slope="tanh(softplus(u)) + u*(1 - tanh(softplus(u))**2)*sigmoid(u)",
        stable="tanh(softplus(u)) + u*(1/cosh(softplus(u))**2)*sigmoid(u)", definition="u*tanh(softplus(u))",
        keeps_name=True, latex=r"\operatorname{Mish}", example="0.5",
    ),
    Elementary(
        name="logsigmoid", family="activation", slope="1 - sigmoid(u)", stable="sigmoid(-u)",
        definition="-softplus(-u)", keeps_name=True, latex=r"\operatorname{LogSigmoid}",
    ),
    Elementary(
        name="logit", family="activation", slope="1/(u*(1 - u))", definition="ln(u/(1 - u))",
        domain=(*POSITIVE, Margin("1 - u", "pole")), latex=r"\operatorname{logit}",
    ),
    Elementary(
        name="softsign", family="activation", slope="1/(1 + abs(u))**2", definition="u/(1 + abs(u))", shape="seam",
        is_composite=True, keeps_name=True, latex=r"\operatorname{SoftSign}",
    ),
    Elementary(
        name="elu", has_convention=True, family="activation", slope="e**min(u, 0)",
        definition="max(u, 0) + expm1(min(u, 0))", shape="seam", is_composite=True, keeps_name=True,
        latex=r"\operatorname{ELU}", example="0.5",
    ),
    Elementary(
        name="selu", family="activation",
        slope=f"{_SCALE}*((1 + sign(u))/2 + {_ALPHA}*e**min(u, 0)*((1 - sign(u))/2))",
        definition=f"{_SCALE}*(max(u, 0) + {_ALPHA}*expm1(min(u, 0)))", shape="kink", is_composite=True, breaks="u",
        branches=(f"{_SCALE}*({_ALPHA}*(e**u - 1))", f"{_SCALE}*u"), keeps_name=True,
        latex=r"\operatorname{SELU}",
    ),
    Elementary(
        name="hardtanh", family="activation", slope="(sign(u + 1) - sign(u - 1))/2", definition="min(max(u, -1), 1)",
        shape="kink", is_composite=True, breaks="(u + 1)*(u - 1)", keeps_name=True,
        latex=r"\operatorname{HardTanh}",
    ),
    Elementary(
        name="relu6", family="activation", slope="(sign(u) - sign(u - 6))/2", definition="min(max(u, 0), 6)",
        shape="kink", is_composite=True, breaks="u*(u - 6)", sign="nonnegative", keeps_name=True,
        latex=r"\operatorname{ReLU6}",
    ),
    Elementary(
        name="hardsigmoid", has_convention=True, family="activation", slope="(sign(u + 3) - sign(u - 3))/12",
        definition="min(max(u + 3, 0), 6)/6", shape="kink", is_composite=True, breaks="(u + 3)*(u - 3)",
        sign="nonnegative", keeps_name=True, latex=r"\operatorname{HardSigmoid}",
    ),
)  # fmt: skip

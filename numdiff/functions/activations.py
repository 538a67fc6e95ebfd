"""The activation functions of machine learning; tanh is among the hyperbolic ones.

The stable slopes are made of e^−abs(u), which neither overflows nor, as σ(1 − σ) does, cancels for large u.
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary

LEAKY_SLOPE = "0.01"
"""The slope of leaky_relu below 0 when none is given."""

_LOGISTIC_SLOPE = "exp(-abs(u))/(1 + exp(-abs(u)))**2"

ROWS = (
    Elementary(
        name="sigmoid", family="activation", slope="sigmoid(u)*(1 - sigmoid(u))", stable=_LOGISTIC_SLOPE,
        analytic="v*sigmoid(-u)", definition="1/(1 + exp(-u))", sign="positive", spellings="logistic expit",
        elsewhere="softmax sig", in_words=True, numpy="recipes.sigmoid", numpy_complex="sigmoid",
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
        name="gelu", family="activation", slope="(1 + erf(u/sqrt(2)))/2 + u/sqrt(2*pi)*e**(-(u**2/2))",
        stable="normal(u) + u*(1/sqrt(2*pi)*exp(-(u*u/2)))",
        analytic="(1 + erf(u/sqrt(2)))/2 + u*(1/sqrt(2*pi)*exp(-(u*u/2)))", definition="u*(1 + erf(u/sqrt(2)))/2",
        exact="u*normal(u)", in_words=True, numpy="recipes.gelu", numpy_complex="gelu", javascript="gelu",
        keeps_name=True, latex=r"\operatorname{GELU}", example="0.5",
    ),
)  # fmt: skip

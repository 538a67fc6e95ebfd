"""Sine, cosine, tangent and their reciprocals."""

from __future__ import annotations

from numdiff.functions.elementary import Elementary
from numdiff.functions.margins import nonzero

ROWS = (
    Elementary(
        name="sin", family="trigonometric", slope="cos(u)", inverse="arcsin", elsewhere="sine sen", in_words=True,
        power_on_name="written", numpy="sin", javascript="Math.sin", arb="sin", mpmath="sin", sympy="sin",
        latex=r"\sin", style="applied", example="1.0",
    ),
    Elementary(
        name="cos", family="trigonometric", slope="-sin(u)", inverse="arccos", elsewhere="cosine", in_words=True,
        power_on_name="written", numpy="cos", javascript="Math.cos", arb="cos", mpmath="cos", sympy="cos",
        latex=r"\cos", style="applied", example="1.0",
    ),
    Elementary(
        name="tan", family="trigonometric", slope="sec(u)**2", stable="1 + v*v", domain=nonzero("cos(u)"),
        inverse="arctan", elsewhere="tg tangent", in_words=True, power_on_name="written", numpy="tan",
        javascript="Math.tan", arb="tan", mpmath="tan", sympy="tan", latex=r"\tan", style="applied", example="1.0",
    ),
    Elementary(
        name="sec", family="trigonometric", slope="sec(u)*tan(u)", stable="v*tan(u)", definition="1/cos(u)",
        domain=nonzero("cos(u)"), inverse="arcsec", in_words=True, power_on_name="written", mpmath="sec", sympy="sec",
        latex=r"\sec", style="applied", example="1.0",
    ),
    Elementary(
        name="csc", family="trigonometric", slope="-(csc(u)*cot(u))", stable="-(v/tan(u))", definition="1/sin(u)",
        domain=nonzero("sin(u)"), inverse="arccsc", spellings="cosec", in_words=True, power_on_name="written",
        mpmath="csc", sympy="csc", latex=r"\csc", style="applied", example="1.0",
    ),
    Elementary(
        name="cot", family="trigonometric", slope="-csc(u)**2", stable="-1 - v*v", definition="1/tan(u)",
        domain=nonzero("sin(u)"), inverse="arccot", elsewhere="ctg cotg cotan", in_words=True, power_on_name="written",
        mpmath="cot", sympy="cot", latex=r"\cot", style="applied", example="1.0",
    ),
)  # fmt: skip

"""The hyperbolic functions and their reciprocals."""

from __future__ import annotations

from numdiff.functions.elementary import Elementary
from numdiff.functions.margins import nonzero

ROWS = (
    Elementary(
        name="sinh", family="hyperbolic", slope="cosh(u)", inverse="arsinh", elsewhere="sh", in_words=True,
        power_on_name="written", numpy="sinh", javascript="Math.sinh", arb="sinh", mpmath="sinh", sympy="sinh",
        latex=r"\sinh", style="applied", example="1.0",
    ),
    Elementary(
        name="cosh", family="hyperbolic", slope="sinh(u)", sign="positive", inverse="arcosh", elsewhere="ch",
        in_words=True, power_on_name="written", numpy="cosh", javascript="Math.cosh", arb="cosh", mpmath="cosh",
        sympy="cosh", latex=r"\cosh", style="applied", example="1.0",
    ),
    # 1 − v² would lose its digits where tanh is near ±1
    Elementary(
        name="tanh", family="hyperbolic", slope="1 - tanh(u)**2", stable="1/cosh(u)**2", slope_by_value="1 - v**2",
        inverse="artanh", elsewhere="th", in_words=True, power_on_name="written", numpy="tanh", javascript="Math.tanh",
        arb="tanh", mpmath="tanh", sympy="tanh", latex=r"\tanh", style="applied", example="1.0",
    ),
    Elementary(
        name="sech", family="hyperbolic", slope="-(sech(u)*tanh(u))", stable="-(v*tanh(u))", definition="1/cosh(u)",
        sign="positive", inverse="arsech", power_on_name="written", mpmath="sech", sympy="sech", style="applied",
    ),
    Elementary(
        name="csch", family="hyperbolic", slope="-(csch(u)*coth(u))", stable="-(v/tanh(u))", definition="1/sinh(u)",
        domain=nonzero("u"), inverse="arcsch", power_on_name="written", mpmath="csch", sympy="csch", style="applied",
    ),
    Elementary(
        name="coth", family="hyperbolic", slope="-csch(u)**2", stable="-(1/sinh(u)**2)", definition="1/tanh(u)",
        domain=nonzero("u"), inverse="arcoth", elsewhere="cth", power_on_name="written", mpmath="coth", sympy="coth",
        latex=r"\coth", style="applied",
    ),
)  # fmt: skip

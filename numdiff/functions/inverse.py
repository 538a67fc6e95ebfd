"""The inverse trigonometric and hyperbolic functions, on their principal branches.

arcsec, arcosh and their like have values in the halves that arccos and arcosh of the reciprocal have; arccot is
π/2 − arctan, continuous at 0. The stable slopes take 1 − u² as (1 − u)(1 + u), and √(u² + 1) as a hypotenuse, which
neither cancel nor overflow.
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary, Margin
from numdiff.functions.margins import BEYOND_ONE, INSIDE_ONE, OUTSIDE_ONE, POSITIVE, WITHIN_ONE, nonzero

_OUTER_ROOT = "u*u*sqrt((u - 1)/u*((u + 1)/u))"
"""abs(u)·√(u² − 1), written without abs so that it holds for complex u, too."""

ROWS = (
    Elementary(
        name="arcsin", family="inverse", slope="1/sqrt(1 - u**2)", stable="1/sqrt((1 - u)*(1 + u))",
        slope_by_value="1/cos(v)", domain=WITHIN_ONE, inverse="sin", spellings="asin", elsewhere="arcsine",
        in_words=True, power_on_name="read", numpy="arcsin", javascript="Math.asin", arb="asin", mpmath="asin",
        sympy="asin", latex=r"\arcsin", style="applied", example="0.5",
    ),
    Elementary(
        name="arccos", family="inverse", slope="-(1/sqrt(1 - u**2))", stable="-(1/sqrt((1 - u)*(1 + u)))",
        slope_by_value="-(1/sin(v))", domain=WITHIN_ONE, sign="nonnegative", inverse="cos", spellings="acos",
        elsewhere="arccosine", in_words=True, power_on_name="read", numpy="arccos", javascript="Math.acos", arb="acos",
        mpmath="acos", sympy="acos", latex=r"\arccos", style="applied", example="0.5",
    ),
    Elementary(
        name="arctan", family="inverse", slope="1/(1 + u**2)", slope_by_value="cos(v)**2", inverse="tan",
        spellings="atan", elsewhere="arctg arctangent", in_words=True, power_on_name="read", numpy="arctan",
        javascript="Math.atan", arb="atan", mpmath="atan", sympy="atan", latex=r"\arctan", style="applied",
        example="1.0",
    ),
    Elementary(
        name="arcsec", family="inverse", slope="1/(abs(u)*sqrt(u**2 - 1))", stable=f"1/({_OUTER_ROOT})",
        slope_by_value="cos(v)**2/sin(v)", definition="arccos(1/u)", domain=BEYOND_ONE, sign="nonnegative",
        inverse="sec", spellings="asec", mpmath="asec", sympy="asec", style="applied",
    ),
    Elementary(
        name="arccsc", family="inverse", slope="-(1/(abs(u)*sqrt(u**2 - 1)))", stable=f"-(1/({_OUTER_ROOT}))",
        slope_by_value="-(sin(v)**2/cos(v))", definition="arcsin(1/u)", domain=BEYOND_ONE, inverse="csc",
        spellings="acsc", mpmath="acsc", sympy="acsc", style="applied",
    ),
    # the libraries' own acot jumps at 0
    Elementary(
        name="arccot", family="inverse", slope="-(1/(1 + u**2))", slope_by_value="-sin(v)**2",
        definition="pi/2 - arctan(u)", sign="positive", inverse="cot", spellings="acot", elsewhere="arcctg",
        style="applied",
    ),
    Elementary(
        name="arsinh", family="inverse", slope="1/sqrt(u**2 + 1)", stable="1/hypot(u, 1)", analytic="1/sqrt(1 + u*u)",
        slope_by_value="1/cosh(v)", inverse="sinh", spellings="asinh arcsinh argsinh", numpy="arcsinh",
        javascript="Math.asinh", arb="asinh", mpmath="asinh", sympy="asinh", style="applied", example="1.0",
    ),
    Elementary(
        name="arcosh", family="inverse", slope="1/sqrt(u**2 - 1)", stable="1/(sqrt(u - 1)*sqrt(u + 1))",
        slope_by_value="1/sinh(v)", domain=(Margin("u - 1", "edge"),), sign="nonnegative", inverse="cosh",
        spellings="acosh arccosh argcosh", numpy="arccosh", javascript="Math.acosh", arb="acosh", mpmath="acosh",
        sympy="acosh", style="applied", example="2.0",
    ),
    Elementary(
        name="artanh", family="inverse", slope="1/(1 - u**2)", stable="1/((1 - u)*(1 + u))",
        slope_by_value="cosh(v)**2", domain=INSIDE_ONE, inverse="tanh", spellings="atanh arctanh argtanh",
        numpy="arctanh", javascript="Math.atanh", arb="atanh", mpmath="atanh", sympy="atanh", style="applied",
        example="0.5",
    ),
    Elementary(
        name="arsech", family="inverse", slope="-(1/(u*sqrt(1 - u**2)))", stable="-(1/(u*sqrt((1 - u)*(1 + u))))",
        slope_by_value="-(cosh(v)*coth(v))", definition="arcosh(1/u)", domain=(*POSITIVE, Margin("1 - u", "edge")),
        sign="nonnegative", inverse="sech", spellings="asech arcsech", mpmath="asech", sympy="asech", style="applied",
    ),
    Elementary(
        name="arcsch", family="inverse", slope="-(1/(abs(u)*sqrt(1 + u**2)))", stable="-(1/(abs(u)*hypot(u, 1)))",
        analytic="-(1/(u*u*sqrt(1 + 1/(u*u))))", slope_by_value="-(sinh(v)**2/cosh(v))", definition="arsinh(1/u)",
        domain=nonzero("u"), inverse="csch", spellings="acsch arccsch", mpmath="acsch", sympy="acsch", style="applied",
    ),
    Elementary(
        name="arcoth", family="inverse", slope="1/(1 - u**2)", stable="1/((1 - u)*(1 + u))",
        slope_by_value="-sinh(v)**2", definition="artanh(1/u)", domain=OUTSIDE_ONE, inverse="coth",
        spellings="acoth arccoth", mpmath="acoth", sympy="acoth", style="applied",
    ),
)  # fmt: skip

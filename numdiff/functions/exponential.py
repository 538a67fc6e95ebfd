"""The exponential function and the logarithms.

The logarithm to any base has two arguments, of which the base may vary too: its partial derivatives and its pole at
the base 1 follow from ln u/ln b, and every evaluator computes it as that quotient.
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary, Margin
from numdiff.functions.margins import POSITIVE, nonzero

ROWS = (
    Elementary(
        name="exp", family="exponential", slope="exp(u)", stable="v", slope_by_value="v", inverse="ln", sign="positive",
        elsewhere="exponential", in_words=True, numpy="exp", javascript="Math.exp", arb="exp", mpmath="exp",
        sympy="exp", latex=r"\exp", rule="exponential",
    ),
    Elementary(
        name="expm1", family="exponential", slope="exp(u)", definition="exp(u) - 1", inverse="log1p", numpy="expm1",
        javascript="Math.expm1", arb="expm1", rule="exponential",
    ),
    Elementary(
        name="ln", family="exponential", slope="1/u", slope_by_value="e**(-v)", domain=POSITIVE, inverse="exp",
        elsewhere="logn loge", in_words=True, power_on_name="read", numpy="log", javascript="Math.log", arb="log",
        mpmath="log", sympy="log", latex=r"\ln", style="applied", rule="logarithm",
    ),
    Elementary(
        name="log2", family="exponential", slope="1/(u*ln(2))", stable="1/ln(2)/u", definition="ln(u)/ln(2)",
        domain=POSITIVE, elsewhere="lb ld", power_on_name="read", numpy="log2", javascript="Math.log2",
        latex=r"\log_{2}", style="applied", text="log₂", rule="logarithm_base",
    ),
    Elementary(
        name="log10", family="exponential", slope="1/(u*ln(10))", stable="1/ln(10)/u", definition="ln(u)/ln(10)",
        domain=POSITIVE, elsewhere="lg", power_on_name="read", numpy="log10", javascript="Math.log10",
        latex=r"\log_{10}", style="applied", text="log₁₀", rule="logarithm_base",
    ),
    Elementary(
        name="log1p", family="exponential", slope="1/(1 + u)", definition="ln(1 + u)",
        domain=(Margin("1 + u", "pole"),), inverse="expm1", numpy="log1p", numpy_complex="log1p",
        javascript="Math.log1p", arb="log1p", rule="logarithm",
    ),
    Elementary(
        name="log", family="exponential", arguments="u b", slope="1/(u*ln(b))",
        other_slopes=("-(ln(u)/(b*ln(b)**2))",), definition="ln(u)/ln(b)",
        domain=(*POSITIVE, Margin("b", "pole"), *nonzero("ln(b)")), in_words=True, power_on_name="read",
        latex=r"\log_{#2}", style="applied", rule="logarithm_base",
    ),
)  # fmt: skip

"""The error function, and what only the forms of other rows use.

The normal distribution function and the hypotenuse cannot be typed; they keep digits that their definitions lose.
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary

ROWS = (
    Elementary(
        name="erf", slope="2/sqrt(pi)*e**(-u**2)", numpy="recipes.erf", numpy_complex="erf",
        javascript="erf", arb="erf", mpmath="erf", sympy="erf", example="0.5",
    ),
    Elementary(
        name="erfc", scope="rows", slope="-(2/sqrt(pi)*e**(-u**2))", definition="1 - erf(u)", sign="positive",
         arb="erfc", mpmath="erfc", sympy="erfc",
    ),
    Elementary(
        name="normal", scope="rows", slope="1/sqrt(2*pi)*e**(-(u**2/2))", definition="(1 + erf(u/sqrt(2)))/2",
        exact="erfc(-u/sqrt(2))/2", sign="positive", numpy="recipes.normal",
    ),
    Elementary(
        name="hypot", scope="rows", arguments="u w", slope="u/hypot(u, w)", other_slopes=("w/hypot(u, w)",),
        definition="sqrt(u**2 + w**2)", sign="nonnegative", numpy="hypot",  mpmath="hypot",
    ),
)  # fmt: skip

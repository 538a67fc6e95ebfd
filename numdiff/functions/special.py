"""The error function, the gamma function with its relatives, sinc, and what only the forms of other rows use.

The normal distribution function, the hypotenuse and the slope of sinc cannot be typed; they keep digits that their
definitions lose. The gamma function stands in trees under a name that as a word is the letter γ: the notation reads it
where a bracket follows. Of trigamma no slope is stated: the next polygamma functions have no row, so it is a derivative
here and no function to differentiate (DLMF 5.2 and 5.15).
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary
from numdiff.functions.margins import OFF_GAMMA_POLES

ROWS = (
    Elementary(
        name="erf", slope="2/sqrt(pi)*e**(-u**2)", numpy="recipes.erf", numpy_complex="erf",
        javascript="erf", arb="erf", mpmath="erf", sympy="erf", example="0.5",
    ),
    Elementary(
        name="erfc", slope="-(2/sqrt(pi)*e**(-u**2))", definition="1 - erf(u)", sign="positive", numpy="recipes.erfc",
        numpy_complex="erfc", javascript="erfc", arb="erfc", mpmath="erfc", sympy="erfc",
    ),
    Elementary(
        name="gamma", scope="tree", slope="gamma(u)*digamma(u)", stable="v*digamma(u)", domain=OFF_GAMMA_POLES,
        numpy="recipes.gamma_function", numpy_complex="gamma", javascript="gamma", arb="gamma", mpmath="gamma",
        sympy="gamma", latex=r"\Gamma", text="Γ",
    ),
    Elementary(
        name="lgamma", slope="digamma(u)", definition="ln(abs(gamma(u)))", domain=OFF_GAMMA_POLES,
        spellings="gammaln loggamma", numpy="recipes.lgamma", numpy_complex="lgamma", javascript="lgamma", arb="lgamma",
        keeps_name=True,
    ),
    Elementary(
        name="digamma", slope="trigamma(u)", domain=OFF_GAMMA_POLES, numpy="recipes.digamma", numpy_complex="digamma",
        javascript="digamma", arb="digamma", mpmath="digamma", sympy="digamma",
    ),
    Elementary(
        name="trigamma", scope="tree", domain=OFF_GAMMA_POLES, numpy="recipes.trigamma", numpy_complex="trigamma",
        javascript="trigamma", arb="trigamma", mpmath="polygamma(1, #)",
        sympy="trigamma",
    ),
    Elementary(
        name="sinc", has_convention=True, slope="(cos(u) - sinc(u))/u", stable="sinc_slope(u)", hole_at="u",
        numpy="recipes.sinc", javascript="sinc",
        arb="sinc", mpmath="sinc", sympy="sinc",
    ),
    Elementary(
        name="sinc_slope", scope="rows", slope="-sinc(u) - 2*sinc_slope(u)/u", definition="(cos(u) - sinc(u))/u",
        numpy="recipes.sinc_slope", javascript="", arb="sinc_slope",
    ),
    Elementary(
        name="normal", scope="rows", slope="1/sqrt(2*pi)*e**(-(u**2/2))", definition="(1 + erf(u/sqrt(2)))/2",
        exact="erfc(-(u/sqrt(2)))/2", sign="positive", numpy="recipes.normal",
    ),
    Elementary(
        name="hypot", scope="rows", arguments="u w", slope="u/hypot(u, w)", other_slopes=("w/hypot(u, w)",),
        definition="sqrt(u**2 + w**2)", sign="nonnegative", numpy="hypot",  mpmath="hypot",
    ),
)  # fmt: skip

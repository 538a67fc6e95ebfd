r"""The roots that have names.

Powers are no rows: u**w is an operation of its own, told apart by its exponent (an integer, a fraction with an odd
denominator, anything else), with other domains and other slopes at 0. Nor does the n-th root fit: whether it exists
below 0 depends on the literal n, and its slope 1/(n·ⁿ√(uⁿ⁻¹)) is worked out for it. Its row only says that the name
stands in trees (typed as ``nthroot`` or ``\sqrt[n]{u}``) and how it is printed.
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary
from numdiff.functions.margins import NONNEGATIVE

ROWS = (
    Elementary(
        name="sqrt", family="power", slope="1/(2*sqrt(u))", stable="1/(2*v)", domain=NONNEGATIVE, sign="nonnegative",
        elsewhere="squareroot", in_words=True, numpy="sqrt", javascript="Math.sqrt", arb="sqrt", mpmath="sqrt",
        sympy="sqrt", latex=r"\sqrt{#}", style="radical", text="√", rule="root",
    ),
    Elementary(
        name="cbrt", family="power", slope="1/(3*cbrt(u**2))", stable="1/(3*v*v)", definition="u**(1/3)", steep_at="u",
        elsewhere="cuberoot", numpy="cbrt", numpy_complex="cbrt", javascript="Math.cbrt",
        latex=r"\sqrt[3]{#}", style="radical", text="∛", rule="root",
    ),
    Elementary(
        name="root", family="power", arguments="u n", scope="tree", latex=r"\sqrt[#2]{#}", style="radical", rule="root",
    ),
)  # fmt: skip

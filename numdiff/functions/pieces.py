"""The functions made of pieces.

Minimum and maximum take any number of arguments and are folded from the left; a tie of two of them is the kink. They
have no single slope: by an argument it is 1 where that one wins and 0 where another does, so what they are beside the
kink stands in ``branches`` alone, for two arguments u and w.
"""

from __future__ import annotations

from numdiff.functions.elementary import Elementary

ROWS = (
    Elementary(
        name="abs", family="piece", slope="sign(u)", shape="kink", breaks="u", branches=("-u", "u"),
        sign="nonnegative", spellings="absolute fabs", numpy="abs", javascript="Math.abs", mpmath="fabs", sympy="Abs",
        latex=r"\lvert # \rvert", style="fence", text="||", example="2.0",
    ),
    Elementary(
        name="sign", family="piece", slope="0", shape="jump", breaks="u", branches=("-1", "1"),
        spellings="sgn signum", numpy="sign", javascript="sign", mpmath="sign", sympy="sign",
        latex=r"\operatorname{sgn}", example="2.0",
    ),
    Elementary(
        name="floor", family="piece", slope="0", shape="jump", breaks="u - v", numpy="floor", javascript="Math.floor",
        mpmath="floor", sympy="floor", latex=r"\lfloor # \rfloor", style="fence", text="⌊⌋", example="2.5",
    ),
    Elementary(
        name="ceil", family="piece", slope="0", shape="jump", breaks="u - v", spellings="ceiling", numpy="ceil",
        javascript="Math.ceil", mpmath="ceil", sympy="ceiling", latex=r"\lceil # \rceil", style="fence", text="⌈⌉",
    ),
    Elementary(
        name="min", family="piece", arguments="u w", is_variadic=True, shape="kink", breaks="u - w",
        branches=("u", "w"), spellings="minimum fmin amin", numpy="minimum", javascript="Math.min",
        mpmath="builtins.min", sympy="Min", latex=r"\min",
    ),
    Elementary(
        name="max", family="piece", arguments="u w", is_variadic=True, shape="kink", breaks="u - w",
        branches=("w", "u"), spellings="maximum fmax amax", numpy="maximum", javascript="Math.max",
        mpmath="builtins.max", sympy="Max", latex=r"\max",
    ),
)  # fmt: skip

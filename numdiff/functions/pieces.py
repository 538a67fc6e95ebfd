"""The functions made of pieces.

Minimum and maximum take any number of arguments and are folded from the left; a tie of two of them is the kink. They
have no single slope: by an argument it is 1 where that one wins and 0 where another does, so what they are beside the
kink stands in ``branches`` alone, for two arguments u and w.

The step is ½ at 0, as the mean of both sides; halves are rounded to the even integer, as NumPy and IEEE 754 do.
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
        name="floor", family="piece", slope="0", shape="jump", breaks="u - v", steps_at="u", numpy="floor",
        javascript="Math.floor",
        mpmath="floor", sympy="floor", latex=r"\lfloor # \rfloor", style="fence", text="⌊⌋", example="2.5",
    ),
    Elementary(
        name="ceil", family="piece", slope="0", shape="jump", breaks="u - v", steps_at="u", spellings="ceiling",
        numpy="ceil", javascript="Math.ceil", mpmath="ceil", sympy="ceiling", latex=r"\lceil # \rceil",
        style="fence", text="⌈⌉",
    ),
    # SymPy has no rounding to even: the definition differs from it where u is a half alone
    Elementary(
        name="round", has_convention=True, family="piece", slope="0", definition="floor(u + 1/2)", shape="jump",
        breaks="1/2 - abs(u - v)",
        steps_at="u + 1/2", spellings="rint nint", numpy="rint", javascript="roundEven", mpmath="nint",
    ),
    Elementary(
        name="frac", family="piece", slope="1", definition="u - floor(u)", shape="jump", is_composite=True,
        breaks="u - floor(u)", steps_at="u", sign="nonnegative", spellings="fract",
    ),
    Elementary(
        name="heaviside", has_convention=True, family="piece", slope="0", definition="(1 + sign(u))/2", shape="jump",
        is_composite=True,
        breaks="u", branches=("0", "1"), sign="nonnegative", spellings="step unitstep",
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

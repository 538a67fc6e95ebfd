"""LaTeX as editors, pages and chats write it."""

from __future__ import annotations

from re import Match

from numdiff.notation.dialects.rule import guard, rule

_ORDER = r"\^\s*(?:[2-9]|\{[2-9]\})"
_ONE = r"(?:\{[^{}]*\}|\\[A-Za-z]+|[0-9A-Za-z])"
_D = r"(?:d|\\partial|∂|\\mathrm\s*\{d\}|\\differentialD|\\text\s*\{d\}|\{\\rm\s+d\})"


def _raised(match: Match[str]) -> str:
    inside, power = match.group(2), match.group(3)
    return rf"\{match.group(1)}({inside}^{power})"


def _outside(match: Match[str]) -> str:
    return rf"(\{match.group(1)}({match.group(2)}))^{match.group(3)}"


FIRST = (
    rule(r"\\text\s*\{\s*(for|if|where|when|with)\s*\}\s*", r" \1 "),
    rule(r"\\m(left|right)\b", r"\\\1"),
    rule(r"\\(?:begin|end)\s*\{(?:aligned|align|equation|gather|gathered|split|displaymath|math|eqnarray)\*?\}", ""),
    rule(r"\\tag\*?\s*\{[^{}]*\}|\\label\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|textstyle)\b", ""),
    rule(r"\s*\(\s*(?:[0-9]+(?:\.[0-9]+)?|[0-9]+[a-z])\s*\)\s*$(?<=\\quad\(\d\))", ""),
    rule(r"^\s*\\boxed\s*\{(.*)\}\s*$", r"\1"),
    rule(r"&", ""),
    rule(r"^\s*\\\\|\\\\\s*$", ""),
    rule(r"^\s*\$+|\$+\s*$", ""),
    rule(rf"^\s*\\[dt]?frac\s*\{{\s*{_D}\s*\}}\s*\{{\s*{_D}\s*[A-Za-z]\s*\}}\s*", ""),
    guard(rf"^\s*\\[dt]?frac\s*\{{\s*{_D}\s*{_ORDER}\s*\}}\s*\{{\s*{_D}\s*[A-Za-z]\s*{_ORDER}\s*\}}\s*", ""),
    guard(rf"^\s*{_D}\s*{_ORDER}\s*/\s*{_D}\s*[A-Za-z]\s*{_ORDER}\s*(?=\S)", ""),
    rule(rf"^\s*{_D}\s*/\s*{_D}\s*[A-Za-z]\s*", ""),
)
"""What stands around a formula."""

RULES = (
    rule(r"\\exponentialE\b|\{\\rm\s+e\}|\{\\mathrm\s*\{e\}\}", "e"),
    rule(r"\{\\(?:rm|bf|it|cal)\s+(\w+)\}", r"\1"),
    rule(r"\\(?:differentialD|mathrm\s*\{d\})", "d"),
    rule(r"\\imaginaryI\b", "i"),
    rule(r"\\lg\b", r"\\log_{10}"),
    rule(r"\\left\s*\|", r"\\lvert "),
    rule(r"\\right\s*\|", r"\\rvert "),
    rule(r"\\(?:hat|widehat)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\?[A-Za-z]))", r"\1\2_{hat}"),
    rule(r"\\bar\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\?[A-Za-z]))", r"\1\2_{bar}"),
    rule(r"\\(?:tilde|widetilde)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\?[A-Za-z]))", r"\1\2_{tilde}"),
    rule("([A-Za-z])\u0302", r"\1_{hat}"),
    rule("([A-Za-z])\u0304", r"\1_{bar}"),
    rule(r"\\(?:mathcal|mathbb|mathscr|mathfrak|boldsymbol|bm|vec|pmb)\s*\{\s*(\\?[A-Za-z]+)\s*\}", r"\1"),
    rule(r"\{\s*(\\?[A-Za-z])\s*\}(?=_)", r"\1"),
    rule(rf"\\sum\s*(?:\\(?:no)?limits)?\s*\^\s*({_ONE})\s*_\s*({_ONE})", r"\\sum_\2^\1"),
    rule(rf"(?<![A-Za-z])([A-Za-z])\^({_ONE})_({_ONE})", r"\1_\3^\2"),
    rule(r"\\sqrt\s*\[\s*([A-Za-z])\s*\]\s*\{([^{}]*)\}", r"(\2)^{1/\1}"),
    rule(r"\\(exp|sqrt|ln)\s*([0-9])(?![0-9])", r"\\\1{\2}"),
    rule(r"\\operatorname\*?\s*\{\s*(?:d)\s*\}", "d"),
    rule(r"\^\s*(?:\\circ|\{\s*\\circ\s*\})|\\degree\b", "°"),
    rule(r"\\(?:cdotp|centerdot)\b", r"\\cdot "),
    rule("³√", "∛"),
    rule("⁴√", "∜"),
    guard(
        r"\\(?!math|text|operator|mbox|sqrt|[a-z]*hat|[a-z]*bar|[a-z]*tilde|vec|bo|bm)([a-z]+)\s*\{([^{}]*)\}\^([0-9]|\{[^{}]*\})",
        _raised,
        _outside,
    ),
)
"""What stands inside one."""

"""Names that are something else elsewhere: E, capital pi, a transposed vector, functions called by one letter."""

from __future__ import annotations

import re
from re import Match

from numdiff.functions.registry import FUNCTIONS
from numdiff.notation.dialects.rule import closing, guard
from numdiff.notation.names import functions

_CALLED = "zeta|psi|varphi|phi"
"""Greek letters that name functions this notation does not have."""


def _product(match: Match[str]) -> str:
    return "·".join(match.group(1)) + "·"


RULES = (
    guard(r"(?<![A-Za-z_\\.])E(?=\s*(?:\^|\*\*)\s*[^0-9\s])", "e", declares="E"),
    guard(r"(?<![A-Za-z_\\.])E(?=(?:\s+|\s*\*\s*)[a-z](?![A-Za-z]))(?!.*[0-9]E)", "e", declares="E"),
    guard(r"\^\s*(?:T|\{T\}|\\top|\{\\top\}|⊤|\{\\mathsf\s*\{T\}\})(?![A-Za-z])", "", lambda _: "^(T)·"),
    guard(r"(?<![A-Za-z_)\]\\}])\[\s*([0-9.]*[A-Za-z](?:/[0-9]+)?)\s*\]", r"floor(\1)", r"(\1)"),
    guard(r"(?<![A-Za-z\\])(?:sigma)(?=\()", "sigmoid", "sigma·"),
    guard(r"(?<![A-Za-z\\])Phi(?=\()|Φ(?=\()|\\Phi(?=\s*(?:\\left)?\()", r"\g<0>", r"\g<0>·"),
    guard(
        rf"(?<![A-Za-z\\])(?:{_CALLED})(?=\()|[γζψφ](?=\()|\\(?:gamma|{_CALLED})(?=\s*(?:\\left)?\(\s*[a-z]\s*(?:\\right)?\))",
        r"\g<0>",
        r"\g<0>·",
    ),
    guard(r"(?<![A-Za-z0-9_\\.])(?!Ln)([A-Z][a-z]?)(?=\(\s*[a-z]\s*\)(?!\s*(?:=|→|->|↦|:)))", r"\g<0>", _product),
    guard(r"(?<![A-Za-z0-9_\\])([A-Za-z])\[\s*([a-z:]|-\d+|[a-z]\s*[-+,]\s*\w+)\s*\]", r"\g<0>", None),
    guard(r"Π|\\Pi(?![A-Za-z])", "π"),
    guard(r"(?<![\w)\\])([A-Za-z])\^([0-9]+)\1(?![\w(^])", r"\1^(\2\1)", r"\1^\2·\1"),
    guard(r"\^(-[A-Za-z](?:\^[0-9])?)/([0-9]+|[A-Za-z])(?![\w(^])", r"^(\1/\2)", r"^(\1)/\2"),
    guard(r"(?<![a-z])log\(([0-9]+),([0-9]+[A-Za-z][^,()]*)\)", r"log(\1.\2)", r"log(\1, \2)"),
    guard(r"(?<![a-z])log(2|10)([a-z]\^(?:[0-9a-z]+|\{[^{}]*\}|\([^()]*\)))(?![\w(^])", r"log_\1(\2)", r"log(\1\2)"),
)
"""Guards with the reading that is meant first."""


def applied(text: str) -> str:
    """Write a function's name alone as the function of x."""
    return f"{text}(x)" if FUNCTIONS.get(functions().get(text.lower(), "")) == (1, 1) else text


def distribution(text: str) -> str:
    """Write Φ(x), the normal distribution function, by the error function."""
    found = re.search(r"(?:Φ|\\Phi|(?<![A-Za-z])Phi)\s*(?:\\left)?(?=\()", text)
    end = closing(text, found.end()) if found else -1
    if found is None or end < 0:
        return text
    inside = re.sub(r"\\right$", "", text[found.end() + 1 : end])
    inside = inside if inside.isalnum() else f"({inside})"
    whole = f"(1 + erf({inside}/sqrt(2)))/2"
    before, after = text[: found.start()], text[end + 1 :]
    return f"{before}({whole}){after}" if before or after else whole

"""Program code and spreadsheets: prompts, comments, functions without a name, methods, elementwise signs."""

from __future__ import annotations

import re
from re import Match

from numdiff.notation import names
from numdiff.notation.dialects.rule import arguments, closing, guard, operand_start, rule

_TYPE = r"(?:const\s+)?(?:double|float|int|real|auto)\s+"
_PARAMETERS = r"\(([^()]*)\)"


def _declared(match: Match[str]) -> str:
    parameters = re.sub(_TYPE, "", match.group(1)).strip()
    body = re.sub(r"^\s*return\b\s*", "", match.group(2)).strip().rstrip(";").strip()
    return f"f({parameters}) = {body}"


def _index(match: Match[str]) -> str:
    base, index = match.group(1), "".join(re.findall("[0-9]", match.group(2)))
    if base.lower() in names.functions():
        return match.group()
    name = base if len(base) == 1 or base in names.GREEK_NAMES else rf"\mathrm{{{base.replace('_', '')}}}"
    following = match.string[match.end() : match.end() + 1]
    return f"{name}_{{{index}}}" if len(name) > len(base) or following.isalnum() else f"{name}_{index}"


KEYWORD = rule(r",\s*(?:negative_slope|alpha|beta|axis|dim)\s*=\s*(?=[-0-9.]+\s*\))", ", ")
"""The name of an argument that a function's row or definition has in its place."""

FIRST = (
    rule(r"^\s*(?:>>>|\.\.\.|In ?\[\d*\] ?:?=?|Out ?\[\d*\] ?[:=]+|julia>|octave:\d+>|>)\s*", ""),
    rule(r"^```\w*\s*(.*?)\s*```$", r"\1", flags=re.DOTALL),
    rule(r"^'([^']*[-+*/^(0-9][^']*|[A-Za-z])'$", r"\1"),
    rule(r"^([`\"]|\*\*)(.*)\1$", r"\2"),
    rule(r"/\*.*?\*/", "", flags=re.DOTALL),
    rule(r"\s*#[^\n]*", ""),
    rule(r"\s+(?://|%)\s+[A-Za-z가-힣]{3,}(?![\w(])[^\n]*$", ""),
    rule(r"(?<=;)\s*(?://|%)[^\n]*$", ""),
    rule(r"\s*[;,.:?]+\s*$", ""),
    rule(r"^\s*&?\s*=\s*", ""),
    rule(r"^(?!\w+\([\w, ]*\)\s*=)(.*[^\s=])\s*=\s*\??\s*$", r"\1"),
    rule(r"^(?:const|let|var|auto)\s+", ""),
    rule(rf"^(?:{_TYPE}\w+|(?:\w+\s*(?:=|<-)\s*)?function\s*\w*)\s*{_PARAMETERS}\s*\{{(.*)\}}$", _declared),
    rule(rf"^(?:\w+\s*(?:=|<-)\s*)?(?:function|\\|@)\s*{_PARAMETERS}\s*(.*)$", _declared),
    rule(rf"^(?:\w+\s*=\s*)?{_PARAMETERS}\s*(?:->|=>)\s*(?:\{{\s*return\b)?\s*([^{{}}]*?)\s*;?\s*\}}?$", _declared),
    rule(r"^(?:\w+\s*=\s*)?([A-Za-z]\w*)\s*(?:->|=>)\s*(.*)$", _declared),
    rule(r"^return\s+", ""),
    rule(r"^@\.\s*", ""),
    rule(r"^(?:print|console\.log|disp|println)\s*\((.*)\)$", r"\1"),
    rule(r"^(?:\w+\s*=\s*)?lambda\s*:\s*", ""),
    rule(r"^([A-Za-z])\[([A-Za-z])_\]\s*:?=", r"\1(\2) ="),
    KEYWORD,
    rule(r"^([A-Za-z]\w*)\s*<-\s*", r"\1 = "),
    rule(r"^(?:double|float|int|real)\s+(?=\w+\s*=)", ""),
)
"""What stands around a formula in a program."""

RULES = (
    rule(r"\b(?:Math|M|std|cmath)(?:\.|::)(?:PI|M_PI|pi)\b", "pi"),
    rule(r"\bM_PI\b|\bPI\(\)", "pi"),
    rule(r"\b(exp|sqrt|sin|cos|tan|log|fabs|pow|tanh|sinh|cosh|fmax|fmin|cbrt|floor|ceil)[fl]\(", r"\1("),
    guard(r"\bS\(\s*([0-9]+)\s*\)", r"\1", r"S·\1"),
    rule(r"\b(?:[A-Za-z]+\.)?(?:Rational|Fraction)\(\s*(-?[0-9]+)\s*,\s*([0-9]+)\s*\)", r"(\1/\2)"),
    rule(r"\bMath\.LN(2|10)\b", r"ln(\1)"),
    rule(r"\bMath\.SQRT2\b", "sqrt(2)"),
    rule(r"\bMath\.SQRT1_2\b", "sqrt(1/2)"),
    rule(r"\bMath\.LOG(2|10)E\b", r"(1/ln(\1))"),
    rule(r"\b(?:Math|np|math|sympy|sp)\.(?:E|exp1)\b", "e"),
    rule(r"\b(?:[A-Za-z_]\w*(?:\.|::))+(?=[A-Za-z_]\w*\()", ""),
    rule(r"\b(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)\(\)\(", r"\1("),
    rule(r"\.(?=[*/^])", ""),
    rule(r"(?<=[A-Za-z])\.\(", "("),
    rule(r"(?<=[0-9])_(?=[0-9])", ""),
    rule(r"(?<![0-9.])[1-9][0-9]{0,2}(?: [0-9]{3}){2,}(?![0-9])", lambda match: match.group().replace(" ", "")),
    rule(r"\^\s*\^", "^"),
    rule(r"\\?\b(?:max|min)\s*(?:\\left)?\(\s*([^,(){}\[\]]+?)\s*(?:\\right)?\)", r"(\1)"),
    guard(r"(?<![\w.])([0-9]+\.[0-9]*)([fFlL])(?![A-Za-z0-9_(^])", r"\1", r"\1·\2"),
    rule(r"(?<![A-Za-z0-9_\\])lambda(?![\w])(?!\s*[\w, ]*:)", "λ"),
    guard(r"(?<![A-Za-z0-9_\\])([A-Za-z]\w*)\[\s*([0-9]+(?:\s*,\s*[0-9]+|\]\[[0-9]+)*)\s*\]", _index),
    rule(r"\s*(?:[-+/^]|\*+)\s*$", ""),
)
"""What stands inside one."""


_LISTED = re.compile(r"(?:^|\bdef\s+)\w*\s*\(([^()]*)\)\s*[=:]|\blambda\s+([^:]*):")


def indexed_parameters(text: str) -> str:
    """Declare x_0 and x_1 where x is a parameter that has been indexed."""
    header = _LISTED.search(text)
    if header is None:
        return text
    which = 1 if header.group(1) is not None else 2
    parts: list[str] = []
    for part in map(str.strip, header.group(which).split(",")):
        used = re.findall(rf"(?<![A-Za-z0-9_\\]){re.escape(part)}_(?:\d+|{{\d+}})", text[header.end() :])
        alone = re.search(rf"(?<![A-Za-z0-9_\\]){re.escape(part)}(?![A-Za-z0-9_])", text[header.end() :])
        parts += dict.fromkeys(used) if part and used and not alone else [part]
    start, end = header.span(which)
    return text[:start] + ", ".join(parts) + text[end:]


_METHOD = re.compile(r"(?<=[\w)])\.([A-Za-z_]\w*)\(")


def methods(text: str) -> str:
    """Write x.pow(2) as (x)^(2), and x.exp() as exp(x)."""
    place = 0
    while found := _METHOD.search(text, place):
        place = found.end()
        start, end = operand_start(text, found.start()), closing(text, found.end() - 1)
        operand, name = text[start : found.start()], found.group(1)
        if (
            start == found.start()
            or operand[0].isdigit()
            or end < 0
            or all(part in names.MODULES for part in operand.split("."))
        ):
            continue
        inside = text[found.end() : end].strip()
        if name == "pow" and inside:
            new = f"{_atom(operand)}^{_atom(inside)}"
        elif name.lower() in names.functions():
            new = f"{name}({operand}{', ' if inside else ''}{inside})"
        else:
            continue
        text, place = text[:start] + new + text[end + 1 :], 0
    return text


def _atom(part: str) -> str:
    is_name = re.fullmatch(r"[A-Za-z]|[0-9]+", part) is not None
    return part if is_name or (part[0] == "(" and closing(part, 0) == len(part) - 1) else f"({part})"


_PERCENT = re.compile(r"(?<![\w.])([0-9]+(?:\.[0-9]+)?)%(?=\s*(?:[-+*·)]|$|[A-Za-z]))")
_REMAINDER = re.compile(r"\s*(?:%%|%|//|\bmod\b|\\bmod|\\%)\s*")


def remainders(text: str) -> str:
    """Write 5% as a hundredth, and a remainder or a quotient of integers with floor, where its operands are clear."""
    text = _PERCENT.sub(r"(\1/100)", text)
    text = _called(text, re.compile(r"\b(?:f?mod|MOD|remainder)\("), lambda a, b: f"({a} - {b}*floor({a}/{b}))")
    found = _REMAINDER.search(text)
    if found is None or not found.start() or _REMAINDER.search(text, found.end()):
        return text
    start = operand_start(text, found.start())
    right = re.compile(r"[A-Za-z]\w*(?![\w(])|[0-9.]+(?![\w(.])").match(text, found.end())
    end = right.end() if right else closing(text, found.end()) + 1 if text[found.end() : found.end() + 1] == "(" else 0
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if start == found.start() or not end or before[-1:] not in ("", "+", "-", "(", "=") or after[:1] in ("^", "("):
        return text
    if before.endswith("-") or after.startswith("**"):
        return text
    a, b = _atom(text[start : found.start()]), _atom(text[found.end() : end])
    new = f"floor({a}/{b})" if "//" in found.group() else f"({a} - {b}*floor({a}/{b}))"
    return text[:start] + new + text[end:]


def _called(text: str, pattern: re.Pattern[str], written: object) -> str:
    found = pattern.search(text)
    end = closing(text, found.end() - 1) if found else -1
    if found is None or end < 0 or not callable(written):
        return text
    parts = arguments(text[found.end() : end])
    if len(parts) != 2 or not all(parts):
        return text
    return text[: found.start()] + str(written(*map(_atom, parts))) + text[end + 1 :]


def ratios(text: str) -> str:
    """Write x:2 as a quotient, where a colon is not one of Python's or of a set."""
    if re.search(r"\b(?:lambda|def|for|if)\b|[{\[]", text):
        return text
    return re.sub(r"(?<=[\w)])\s*:\s*(?=[\w(])", "/", text)


def differentiated(text: str) -> str:
    """Write diff(x^2, x) and D[x^2, x] as what is differentiated."""
    found = re.match(r"^(?:[A-Za-z]+\.)?(?:diff|D|[Dd]erivative|Differentiate|differentiate)\s*(?=[(\[])", text)
    if found is None or closing(text, found.end()) != len(text) - 1:
        return text
    parts = arguments(text[found.end() + 1 : -1])
    return parts[0] if len(parts) == 2 and re.fullmatch(r"\\?[A-Za-z]+", parts[1]) else text


def numbered_roots(text: str) -> str:
    """Write root3(x) as the third root, and cube(x) as a power."""
    found = re.search(r"\b(?:root([2-9])|(cube))\(", text)
    end = closing(text, found.end() - 1) if found else -1
    if found is None or end < 0:
        return text
    inside = text[found.end() : end]
    new = f"({inside})^3" if found.group(2) else f"root({inside}, {found.group(1)})"
    return text[: found.start()] + new + text[end + 1 :]

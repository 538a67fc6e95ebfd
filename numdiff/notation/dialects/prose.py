"""Words around a formula and inside one, in English and Korean, and conditions behind it."""

from __future__ import annotations

import re
from re import Match

from numdiff.notation.dialects.rule import guard, rule

_COMPARED = r"(?:[<>≤≥≠∈≦≧]|<=|>=|!=|\\(?:leq?|geq?|lt|gt|neq?|in|leqslant|geqslant)\b)"
_PARTICLE = "입니다|이에요|예요|이다|이고|이며|이면|이라|에서의|에서|으로|의|를|을|은|는|이|가|에|로|와|과|일|라"
_TASK = "다음|미분|도함수|그래프|구하|구해|함수|곡선|접선|기울기|정의역|최솟값|최댓값|극값|그려|나타내|계산하"
_VALUE = r"-?(?:[0-9./]+|pi|π|\\pi)"

FIRST = (
    guard(r"\s*[(\[]\s*(?:배점\s*)?[0-9.]+\s*점\s*[)\]]\s*", ""),
    guard(rf"\s*\(\s*단\s*,?[^()]*\)|\s*,?\s*단\s*,.*{_COMPARED}.*$", ""),
    rule(
        rf"(?<=.)\s*(?:[,;]|\\[,;]|\\q?quad)*\s*(?:\\left)?(?:\\?\{{|\()\s*[^(){{}}:,]*{_COMPARED}"
        r"(?:[^(){}:,]|\\mathbb\s*\{\w\})*(?:\\right)?(?:\\?\}|\))\s*$",
        "",
    ),
    rule(rf"(?<=.)\s*(?:[,;]|\\q?quad|\b(?:for|where|when|with|if)\b)\s*[^,;:]*{_COMPARED}[^,;:)}}]*$", ""),
    rule(rf"(?<=.)\s*[,;]\s*(?:at\s+)?[A-Za-z]\w*\s*=\s*{_VALUE}\s*$", ""),
    rule(rf"(?<=.)\s*(?:에서|일\s*때)\s*[A-Za-z]\w*\s*=\s*{_VALUE}\s*(?:일\s*때|에서|인\s*점)?\s*$", ""),
    rule(rf"(?<=.)\s+at\s+[A-Za-z]\w*\s*=\s*{_VALUE}\s*$", ""),
    guard(r"^\s*(?:plot|graph|find|draw|sketch|solve|show|let|the)\s+(?=\S)", ""),
    rule(
        r"^\s*(?:find|compute|calculate|differentiate|the|derivative|of|plot|graph|let|d of|\s)+\b(?![(\[])",
        "",
        flags=re.IGNORECASE,
    ),
    rule(r"^([A-Za-z])'\s*\(\s*([A-Za-z])\s*\)\s*=", r"\1(\2) ="),
    rule(r"^([A-Za-z])'\s*=", r"\1 ="),
    guard(r"(?<=[\w)])\s+\[([A-Za-z]+(?:/[A-Za-z0-9^]+)?)\]\s*$", "", r"·(\1)"),
    rule(r"^\s*(?:\([0-9]+\)|[0-9]+\)|[①-⑳]|[(]?[a-z]\)|문제\s*[0-9]*\s*[.:)]?)\s*", ""),
    guard(r"^\s*\([0-9]+\)\s+(?=\S)", "", lambda match: match.group().strip() + "·"),
    guard(r"^\s*[0-9]+\.\s+(?=[^\W\d]|[(\\√|0-9])", "", lambda match: match.group().strip().rstrip(".") + "·"),
    guard(
        r"(?<=[\w)}\]²³])(?:\\[,;! ]|\s)*(?:d|\\mathrm\s*\{d\}|\{\\rm d\}|\\differentialD)(?<![A-Za-z]d)\s*[a-z]$",
        "",
        None,
    ),
)
"""What stands around a formula."""


def _raised(match: Match[str]) -> str:
    return rf"({match.group(1)} {match.group(2)})^{3 if match.group(3) else 2}"


def _of_raised(match: Match[str]) -> str:
    return rf"{match.group(1)}({match.group(2)}^{3 if match.group(3) else 2})"


_SUM = r"[^=|]*?\S\s*[-+]\s*[^=|]*?\S"

RULES = (
    guard(
        rf"^(?=.*\b(?:over|divided)\b)((?:[^=]*=)?\s*)({_SUM})\s+(?:over|divided by)\s+(\w+|\([^()]*\))\s*$",
        r"\1(\2)/\3",
        r"\1\2/\3",
    ),
    guard(r"\b(sin|cos|tan|ln|log)\s*([a-z](?![A-Za-z]))\s*의\s*(세?)제곱(?!근)", _raised, _of_raised),
    guard(r"\barc[\s-]+(?=[a-z]{3})", "arc"),
    rule(r"\s*\bplus\b\s*", " + "),
    rule(r"\s*\bminus\b\s*", " - "),
    rule(r"\s*\b(?:times|multiplied by)\b\s*", "*"),
    rule(r"\s*\b(?:divided by|over)\b\s*", "/"),
    rule(r"\s*\bsquared\b", "^2"),
    rule(r"\s*\bcubed\b", "^3"),
    guard(r"\s*\b(?:to the power(?: of)?|to the)\s+(?=\w)", "^"),
    rule(r"\b(?:the )?(?:square root|sqrt) of\s+", "√"),
    rule(r"\b(?:the )?(?:cube|cubic) root of\s+", "∛"),
    rule(r"\blog(?:arithm)?\s+base\s+([0-9]+|[a-z])\s+(?:of\s+)?", r"log_\1 "),
    rule(r"\b(?:natural log(?:arithm)?|ln) of\s+", "ln "),
    rule(r"\b([a-z]+)\s+of\s+(?=[a-z0-9(])", r"\1 "),
    rule(r"\bexp\s*-\s*([A-Za-z0-9^]+)\s*$", r"exp(-\1)"),
    rule(r"(?<![0-9._])([0-9]+(?:\.[0-9]+)?)\s*°", r"(\1·pi/180)"),
    rule(r"\blog(2|10)(?=\s*(?:$|[-+*/)}]))", r"log(\1)"),
    guard(r"(?<![가-힣])세제곱근\s*", "∛"),
    guard(r"(?<![가-힣])(?:루트|제곱근)\s*", "√"),
    guard(r"절댓?값\s*([A-Za-z](?![A-Za-z])|\([^()]*\))", r"abs(\1)"),
    guard(r"(?<![\w.])([0-9.]+[A-Za-z])의\s*(세?)제곱(?!근)", lambda m: f"({m.group(1)})^{3 if m.group(2) else 2}"),
    guard(r"(?:의|)\s*([0-9]+)\s*제곱", r"^\1"),
    guard(r"(?:의|)\s*세제곱", "^3"),
    guard(r"(?:의|)\s*제곱", "^2"),
    guard(r"\s*더하기\s*", "+"),
    guard(r"\s*빼기\s*", "-"),
    guard(r"\s*곱하기\s*", "*"),
    guard(r"\s*나누기\s*", "/"),
    guard(r"자연로그\s*", "ln "),
    guard(r"(?<![가-힣])코사인\s*", "cos "),
    guard(r"(?<![가-힣])사인\s*", "sin "),
    guard(r"(?<![가-힣])탄젠트\s*", "tan "),
    guard(r"(?<=[\w)}\]²³|])\s*(?<![가-힣])(?:일|할)?\s*때[.,]?(?=\s|$)", " "),
    guard(r"파이(?![가-힣])", "pi"),
    guard(r"\s*(?<![가-힣])위의\s*점(?:[가-힣]|\s(?=[가-힣]))*", " "),
    rule(r"([0-9]+(?:\.[0-9]+)?)\s*%\s*of\s+", r"(\1/100)·"),
    guard(rf"(?<=[\w)}}\]²³|])\s*(?<![가-힣])(?:{_PARTICLE})(?=[\s,.]|$)\s*", " "),
    guard(rf"[가-힣]*(?:{_TASK})(?:[가-힣]|\s(?=[가-힣]))*[.,:?!]*", " "),
)
"""What stands inside one."""

"""Factorials and binomial coefficients, written by the gamma function; a number's factorial is a number."""

from __future__ import annotations

import math
import re

from numdiff.notation import names
from numdiff.notation.dialects.rule import closing

_MOST = 12
_LARGEST = 20
"""The greatest number whose factorial is written as a number; beyond it float64 could not hold all digits."""

_CALLED = re.compile(r"\b(?:np\.math\.|math\.|scipy\.special\.)?factorial\(")
_SIGN = re.compile(r"!(?![!=])(?<!!!)")
_BINOMIAL = re.compile(r"\\[dt]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


def factorials(text: str, *, of_arguments: bool = False) -> str:
    """Return the text with factorials written out, from left to right; where it is not clear of what, it stays.

    ``of_arguments`` takes sin x! for the sine of x!.
    """
    text = _BINOMIAL.sub(_binomial, text)
    for _ in range(_MOST):
        changed = _sign(_call(text), of_arguments)
        if changed == text:
            break
        text = changed
    return text


def _binomial(found: re.Match[str]) -> str:
    n, k = (part.strip() for part in found.groups())
    apart = f"({n})-({k})" if len(n + k) > 2 else f"{n}-{k}"
    return f"({of(n)}/({of(k)}*{of(apart)}))"


def _call(text: str) -> str:
    found = _CALLED.search(text)
    end = closing(text, found.end() - 1) if found else -1
    if found is None or end < 0:
        return text
    return f"{text[: found.start()]}{of(text[found.end() : end])}{text[end + 1 :]}"


def factorials_of_arguments(text: str) -> str:
    """Return the text with factorials written out, also that of an argument without brackets."""
    return factorials(text, of_arguments=True)


def _sign(text: str, of_arguments: bool) -> str:
    for found in _SIGN.finditer(text):
        start = _operand(text, found.start(), of_arguments)
        if start < 0:
            continue
        written = of(text[start : found.start()].strip())
        product = "·" if start and (text[start - 1].isalnum() or text[start - 1] in ")]") else ""
        tail = text[found.end() :]
        product_after = "·" if tail and (tail[0].isalnum() or tail[0] in "([") else ""
        return text[:start] + product + written + product_after + tail
    return text


def _operand(text: str, end: int, of_arguments: bool) -> int:
    """Return where a number, a letter (with an index) or a bracket that is raised ends; −1 if that is not clear."""
    before = text[:end].rstrip()
    if not before or before != text[:end]:
        return -1
    if before[-1] in ")]":
        start = next((place for place in range(end) if closing(text, place) == end - 1 and text[place] in "(["), -1)
        word = re.search(r"[A-Za-z_]+$", text[: max(start, 0)])
        is_function = word is not None and (len(word.group()) > 1 or start < 0)
        return -1 if is_function and word is not None and word.group().lower() in names.functions() else start
    found = re.search(r"(?:\d+(?:\.\d+)?|(?:[A-Za-zα-ω](?:_\w|_\{\w+\})?))$", before)
    if found is None:
        return -1
    word = re.search(r"([A-Za-z]+)\s*$", before[: found.start()])
    is_bare = word is not None and word.group(1).lower() in names.functions() and not of_arguments
    return -1 if is_bare or before[found.start() - 1 : found.start()] == "^" else found.start()


def of(part: str) -> str:
    """Return the factorial of an expression."""
    inside = part[1:-1] if part[:1] in ("(", "[") and closing(part, 0) == len(part) - 1 else part
    if inside.isdigit() and int(inside) <= _LARGEST:
        return str(math.factorial(int(inside)))
    more = re.fullmatch(r"(.*[A-Za-z0-9)])\s*([+-])\s*(\d+)", inside)
    if more is None:
        return f"gamma({inside}+1)"
    total = int(f"{more.group(2)}{more.group(3)}") + 1
    return f"gamma({more.group(1)}{f'{total:+d}' if total else ''})"

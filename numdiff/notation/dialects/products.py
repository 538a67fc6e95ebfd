"""Products over an index, written out factor by factor."""

from __future__ import annotations

import re

from numdiff.notation.dialects.rule import closing

_MOST = 10
_SIGN = re.compile(
    r"(?:\\prod|∏|Π)\s*(?:\\(?:no)?limits)?\s*_\s*\{\s*([a-z])\s*=\s*(-?\d+)\s*\}"
    r"\s*\^\s*(?:\{\s*(\d+)\s*\}|(\d))\s*"
)
_FACTOR = re.compile(r"\\?[A-Za-zα-ω](?:_(?:\{\w+\}|\w))?(?:\^(?:\{[^{}]*\}|\w))?")
"""A letter with its index and exponent."""
_POWER = re.compile(r"(?:\^(?:\{[^{}]*\}|\w))?")


def products(text: str) -> str:
    """Return the text with ∏ written out where its bounds are numbers and its body is a bracket or a letter."""
    found = _SIGN.search(text)
    if found is None:
        return text
    index, low, high = found.group(1), int(found.group(2)), int(found.group(3) or found.group(4))
    end = _body_end(text, found.end())
    if end < 0 or not 0 <= high - low < _MOST:
        return text
    body = text[found.end() : end].replace(r"\left", "").replace(r"\right", "")
    factors = "·".join(_with_index(body, index, value) for value in range(low, high + 1))
    return products(f"{text[: found.start()]}{factors}{text[end:]}")


def _body_end(text: str, start: int) -> int:
    opening = start + len(r"\left") if text.startswith(r"\left", start) else start
    if text[opening : opening + 1] in ("(", "[", "{"):
        close = closing(text, opening)
        power = _POWER.match(text, close + 1) if close >= 0 else None
        end = power.end() if power else -1
    else:
        factor = _FACTOR.match(text, start)
        end = factor.end() if factor else -1
    # what is multiplied on would belong to the body, or not
    return end if end >= 0 and re.match(r"\s*(?:$|[-+=)\]}])", text[end:]) else -1


def _with_index(body: str, index: str, value: int) -> str:
    """Return the body for one value of the index, also as a subscript."""
    number = str(value) if value >= 0 else f"({value})"
    body = re.sub(rf"_\{{{index}\}}|_{index}(?![A-Za-z])", f"_{{{value}}}", body)
    body = re.sub(rf"(?<![A-Za-z\\]){index}(?![A-Za-z])", number, body)
    return re.sub(rf"(?<=[A-Za-z])\^{re.escape(number)}", f"^{{{value}}}", body)

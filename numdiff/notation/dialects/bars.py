"""Bars written as abs( ) where only one pairing is possible."""

from __future__ import annotations

from itertools import product

_MOST = 10
_BEFORE_OPENING = "+-*/^=(,[{"
_AFTER_CLOSING = "*/^=),]}²³⁴"


def paired(text: str) -> str:
    """Return the text with abs( ) for its bars if they can be paired in one way, else unchanged."""
    places = [place for place, character in enumerate(text) if character == "|"]
    if not places or len(places) % 2 or len(places) > _MOST or "\\" in text:
        return text
    choices = [_choices(text, place) for place in places]
    ways = [way for way in product(*choices) if _is_pairing(text, dict(zip(places, way, strict=True)))]
    if len(ways) != 1:
        return text
    signs = dict(zip(places, ways[0], strict=True))
    return "".join(_written(text, signs, place) for place in range(len(text)))


def _choices(text: str, place: int) -> str:
    before, after = text[:place].rstrip()[-1:], text[place + 1 :].lstrip()[:1]
    if not before or before in _BEFORE_OPENING:
        return "("
    return ")" if not after or after in _AFTER_CLOSING else "()"


def _is_pairing(text: str, signs: dict[int, str]) -> bool:
    """Return True if the bars close in turn with the brackets, and none is empty or ends behind an operator."""
    open_signs, before = [], "|("
    for place, character in enumerate(text):
        if character == " ":
            continue
        sign = "|" + signs[place] if place in signs else character
        if sign in ("|(", "(", "[", "{"):
            open_signs.append(sign)
        elif sign in ("|)", ")", "]", "}"):
            wanted = {"|)": "|(", ")": "(", "]": "[", "}": "{"}[sign]
            if not open_signs or open_signs.pop() != wanted or before in ("|(", *"+-*/^(,"):
                return False
        before = sign
    return not open_signs


def _written(text: str, signs: dict[int, str], place: int) -> str:
    if place not in signs:
        return text[place]
    if signs[place] == "(":
        before = text[:place].rstrip()[-1:]
        follows = before.isalnum() or before in (")", "²", "³") or (before == "|" and signs.get(place - 1) == ")")
        return "·abs(" if follows and before else "abs("
    after = text[place + 1 :].lstrip()[:1]
    return ")·" if after.isalnum() or after == "(" else ")"

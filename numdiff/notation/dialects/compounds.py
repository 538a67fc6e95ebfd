"""Calls of functions that are no rows, written out."""

from __future__ import annotations

import re

from numdiff.functions.compounds import compound
from numdiff.notation.dialects.rule import arguments, closing, operand_start

_CALL = re.compile(
    r"(?<![A-Za-z_\\.])((?:[A-Za-z_]\w*\.)*[A-Za-z_][A-Za-z_0-9]*)\(|\\(?:operatorname|mathrm|text)\*?\{([A-Za-z0-9_\\]+)\}"
    r"\s*(?:\\left)?\("
)
_MOST = 10


def written_out(text: str) -> str:
    """Return the text with calls of known compounds replaced by their definitions, the outer ones first."""
    for _ in range(_MOST):
        if (changed := _one(text)) == text:
            return text
        text = changed
    return text


def _one(text: str) -> str:
    for call in _CALL.finditer(text):
        end = closing(text, call.end() - 1)
        inside = text[call.end() : end].removesuffix(r"\right") if end > call.end() else ""
        parts = arguments(inside)
        if len(parts) == 1 and inside.startswith("[") and closing(inside, 0) == len(inside) - 1:
            parts = arguments(inside[1:-1])  # a list
        found = compound((call.group(1) or call.group(2)).replace("\\", ""), len(parts)) if inside.strip() else None
        if found is None or not all(parts):
            continue
        definition = found.written(tuple(map(_grouped, parts)))
        whole = text[: call.start()] + definition + text[end + 1 :]
        return _bare(definition) if whole == definition else whole
    return text


def _grouped(part: str) -> str:
    """Bracket what is not a name, a number or a call."""
    if re.fullmatch(r"\w+|-?[0-9.]+", part) and not re.fullmatch(r"[0-9]+[A-Za-z_]\w*|[A-Za-z]{2,}\d*", part):
        return part
    is_one = part.endswith(")") and operand_start(part, len(part)) == 0
    return part if is_one else f"({part})"


def _bare(definition: str) -> str:
    inside = definition[1:-1]
    return inside if definition[0] == "(" and closing(definition, 0) == len(definition) - 1 else definition

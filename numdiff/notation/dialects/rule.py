"""A rule of rewriting, and brackets for what rules cannot say by a pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from re import Match, Pattern

Replacement = str | Callable[[Match[str]], str]

_PAIRS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is written elsewhere, and how it is written here.

    Attributes
    ----------
    pattern, replacement
        As ``re.sub`` takes them.
    is_guard : bool
        Whether the pattern would be read here as something else, so that it is asked before anything is read.
    literal : Replacement or None
        How to type what the pattern would be here, where both are possible.
    declares : str
        The variable that it would be here, which a header can declare.
    """

    pattern: Pattern[str]
    replacement: Replacement
    is_guard: bool = False
    literal: Replacement | None = None
    declares: str = ""

    def apply(self, text: str) -> str:
        """Return the text rewritten."""
        return self.pattern.sub(self.replacement, text)


def rule(pattern: str, replacement: Replacement, *, flags: int = 0) -> Rule:
    """Return a rule for what is refused here."""
    return Rule(re.compile(pattern, flags), replacement)


def guard(pattern: str, replacement: Replacement, literal: Replacement | None = None, *, declares: str = "") -> Rule:
    """Return a rule for what would be read here as something else."""
    return Rule(re.compile(pattern), replacement, is_guard=True, literal=literal, declares=declares)


def closing(text: str, start: int) -> int:
    """Return the place of the bracket that closes the one at ``start``; −1 if there is none."""
    ends: list[str] = []
    for place in range(start, len(text)):
        if text[place] in _PAIRS:
            ends.append(_PAIRS[text[place]])
        elif text[place] in ")]}" and (not ends or ends.pop() != text[place]):
            return -1
        if not ends:
            return place
    return -1


def operand_start(text: str, end: int) -> int:
    """Return where the operand that ends at ``end`` begins: a name or number, or brackets with what is applied."""
    start = end
    if text[end - 1 : end] in (")", "]"):
        level = 0
        for place in range(end - 1, -1, -1):
            level += {")": 1, "]": 1, "(": -1, "[": -1}.get(text[place], 0)
            if level == 0:
                start = place
                break
        else:
            return end
    while start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    return start


def arguments(text: str) -> list[str]:
    """Return the parts between the commas outside brackets."""
    parts, level = [""], 0
    for character in text:
        level += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        if character == "," and level == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]

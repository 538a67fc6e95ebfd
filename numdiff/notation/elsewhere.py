"""What is written as elsewhere: asked before it would be read as something else, offered in this notation if refused.

The rules lie in :mod:`numdiff.notation.dialects`. A text that one of the guards matches, or that cannot be read, is
rewritten by all rules in turn; what comes out is offered only if it is a formula itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from numdiff.notation.characters import normalise
from numdiff.notation.dialects import code, compounds, latex, names, prose
from numdiff.notation.dialects.bars import paired
from numdiff.notation.dialects.factorial import factorials, factorials_of_arguments
from numdiff.notation.dialects.products import products
from numdiff.notation.dialects.rule import Rule, closing

_FIRST = (*code.FIRST, *latex.FIRST, *prose.FIRST, *code.FIRST[7:10])
_RULES = (*latex.RULES, *prose.RULES, *code.RULES)
_WHOLE: tuple[Callable[[str], str], ...] = (
    code.indexed_parameters,
    names.applied,
    code.differentiated,
    compounds.written_out,
    factorials_of_arguments,
    products,
    code.numbered_roots,
    code.ratios,
    names.distribution,
    code.remainders,
    paired,
)
_GUARDS = tuple(one for one in (*_FIRST, *_RULES, *names.RULES) if one.is_guard)
_LATIN_GUARDS = tuple(one for one in _GUARDS if not re.search("[가-힣]", one.pattern.pattern))
"""Those that can match a text without Hangul; ``guarded`` stands before every reading and must be quick."""
_PIECES = re.compile(r"\belse\b|\?(?=\s*\S)|cases|where\s*\(|piecewise|\bIf\s*[(\[]|\botherwise\b", re.IGNORECASE)
_LISTED = re.compile(r"\(([^()=]*)\)\s*=(?!=)")
_COMMENT = re.compile(r"#[^\n]*")
_HANGUL = re.compile("[가-힣]+")


def guarded(text: str) -> tuple[Rule, re.Match[str]] | None:
    """Return the first guard that matches and where, unless what it takes is declared as a variable."""
    declared, text = _declared(text), _COMMENT.sub(lambda comment: " " * len(comment.group()), text)
    for one in _GUARDS if _HANGUL.search(text) else _LATIN_GUARDS:
        found = one.pattern.search(text)
        if found is None or (not found.group().endswith("]") and _is_declared(found, declared)):
            continue
        if not _defines(text, found.group()):
            return one, found
    return None


def _declared(text: str) -> frozenset[str]:
    header = _LISTED.search(text)
    return frozenset(part.strip() for part in header.group(1).split(",")) if header else frozenset()


def _is_declared(found: re.Match[str], declared: frozenset[str]) -> bool:
    words = _HANGUL.findall(found.group()) or re.findall("[A-Za-z]+", found.group())
    return bool(declared) and any(word in declared for word in words[:1])


def _defines(text: str, name: str) -> bool:
    """Return True if a pasted program defines a function of this name."""
    return name.isalpha() and re.search(rf"\bdef\s+{name}\b|\b{name}\s*=\s*lambda\b", text) is not None


def rewritten(text: str) -> str:
    """Return the text as it is written here; unchanged where no rule knows it."""
    if _PIECES.search(text):
        return text
    new = normalise(text).replace("\u200b", "").strip()
    for one in _FIRST:
        new = one.apply(new).strip()
    new = code.methods(compounds.written_out(new if new == normalise(text).strip() else _unwrapped(new)))
    for one in (*_RULES, *names.RULES):
        new = one.apply(new)
    for change in _WHOLE:
        new = change(new)
    return _closed(re.sub("  +", " ", new).strip())


_OTHER_REMAINDER = re.compile(r"Math\.|std::|=>|;|\b(?:function|const|double|float|int)\b")
"""What only JavaScript and C have, where a remainder has the sign of what is divided."""


_FACTORIAL = re.compile("!|binom|factorial")


def certain(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with what has one meaning written out, and the codes of the notes that say so.

    Factorials, functions of other libraries, and Python's remainder where the text is not plainly of another language.
    """
    codes: list[str] = []
    new = factorials(text) if _FACTORIAL.search(text) else text
    if new != text:
        codes.append("factorial")
    if not _OTHER_REMAINDER.search(new) and "%" in new and "floor" in (shorter := code.remainders(new)):
        new = shorter
        codes.append("remainder")
    if (written := compounds.written_out(code.KEYWORD.apply(new))) != code.KEYWORD.apply(new):
        used = [name for name in ("softmax", "celu") if re.search(name, new, re.IGNORECASE)]
        codes += used or ["written_out"]
        new = written
    return new, tuple(codes)


def _unwrapped(text: str) -> str:
    """Take away brackets around the whole."""
    while text[:1] in ("(", "[") and text[:1] and closing(text, 0) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closed(text: str) -> str:
    """Close the round brackets that are open at the end."""
    missing = text.count("(") - text.count(")")
    return text + ")" * missing if 0 < missing <= 3 and "[" not in text and "{" not in text else text

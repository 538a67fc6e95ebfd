r"""Pieces as other notations write them, brought to ``{x < 0: −x, x}``: what they mean is not in doubt.

LaTeX's ``cases``, ``np.where`` and its like, ``a if x > 0 else b``, ``x > 0 ? a : b``, ``Piecewise((a, x > 0), …)``,
``x² (x ≥ 0), −x (x < 0)``, and a definition in a program that returns the one value or the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from numdiff.notation.dialects.rule import arguments, closing
from numdiff.notation.pieces.condition import OTHERWISE, condition, outside
from numdiff.notation.pieces.group import end_of, pieces
from numdiff.notation.pieces.program import returning

MOST = 40
"""Rewritings of one text; more pieces than a formula may have."""

_Rows: TypeAlias = list[tuple[str, str | None]]

_MAY_BE = re.compile(
    r"\bif\b|\?|cases|array|aligned|where|piecewise|select|\bWhich\b|[<>≤≥≠⩽⩾≦≧]|\\[gl]e", re.IGNORECASE
)


def brought(text: str) -> str:
    """Return a text in plain characters with all pieces as they are written here; unchanged if it has no others."""
    if _MAY_BE.search(text) is None:
        return text
    new = returning(text)
    for wrapper, header in _WRAPPERS:
        new = wrapper.sub(header, new)
    before = new
    for _ in range(MOST):
        changed = next((other for rewrite in _REWRITES if (other := rewrite(new)) != new), new)
        if changed == new:
            break
        new = changed
    has_pieces = any(end_of(new, place) for place, sign in enumerate(new) if sign == "{")
    return new if new != before and has_pieces else text


_TYPE = r"(?:const\s+)?(?:double|float|int|real|auto)\s+"


def _header(found: re.Match[str]) -> str:
    """Return the header and the body of a function as this notation writes them."""
    name = found.groupdict().get("named") or found.groupdict().get("name") or "f"
    parameters = re.sub(_TYPE, "", found["parameters"] or found.groupdict().get("single", "")).strip()
    return f"{name}({parameters}) = {found['body'].strip()}"


_WRAPPERS = (
    (re.compile(r"^\s*=\s*(?=[A-Za-z]+\()"), ""),
    (re.compile(r"^\s*(?:const|let|var)\s+"), ""),
    (re.compile(r"\s*;\s*$"), ""),
    (
        re.compile(
            rf"^\s*(?:{_TYPE}|function\s+)?(?:(?P<named>\w+)\s*(?:<-|=)\s*function\s*|function\s*|(?P<name>\w+)\s*)"
            r"\((?P<parameters>[^()]*)\)\s*\{\s*return\b(?P<body>[^{}]*?);?\s*\}$",
            re.DOTALL,
        ),
        _header,
    ),
    (
        re.compile(
            r"^\s*(?:(?P<named>\w+)\s*(?:<-|=)\s*)?(?:function|@)\s*\((?P<parameters>[^()]*)\)\s*(?P<body>[^{}]+)$",
            re.DOTALL,
        ),
        _header,
    ),
    (
        re.compile(
            r"^\s*(?:(?P<named>\w+)\s*=\s*)?(?:\((?P<parameters>[^()]*)\)|(?P<single>[A-Za-z]\w*))\s*(?:=>|->)\s*"
            r"(?:\{\s*return\b)?\s*(?P<body>[^{}]+?)\s*;?\s*\}?$",
            re.DOTALL,
        ),
        _header,
    ),
)
"""What stands around pieces in JavaScript, C, R, MATLAB and a spreadsheet, and what it is here."""


def _written(rows: _Rows) -> str:
    """Return pieces as they are written here."""
    return (
        "{"
        + ", ".join(value.strip() if when is None else f"{when.strip()}: {value.strip()}" for value, when in rows)
        + "}"
    )


# --- LaTeX -----------------------------------------------------------------------------------------------------------

_BEGIN = re.compile(
    r"(?:\\left\s*\\\{|\\\{)?\s*\\begin\s*\{(?P<name>[dr]?cases\*?|array|aligned|matrix)\}"
    r"\s*(?:\{[lcr| ]*\}|\[[^\]]*\])?"
)
_ROW_END = re.compile(r"\\\\(?:\s*\[[^\]]*\])?|\\cr(?![A-Za-z])|\\newline(?![A-Za-z])")
_WORDS = re.compile(r"\\(?:text|textrm|textnormal|mbox|mathrm|textit|operatorname)\s*\{([^{}]*)\}")
_BEFORE = re.compile(
    r"^(?:[\s,;]|\\[,;:! ]|\\q?quad(?![A-Za-z])|~|(?:if|for|when|where|만약)(?![A-Za-z]))+", re.IGNORECASE
)
_AFTER = re.compile(r"(?:[\s,;.]|\\[,;:! ]|\\q?quad(?![A-Za-z])|~|일\s*때|이면|에서|인\s*경우)+$")


def latex(text: str) -> str:
    r"""Write the innermost ``\begin{cases} … \end{cases}`` as pieces."""
    found = next(reversed(list(_BEGIN.finditer(text))), None)
    if found is None:
        return text
    end = re.compile(rf"\\end\s*\{{{re.escape(found['name'])}\}}\s*(?:\\right\s*\.)?").search(text, found.end())
    if end is None:
        return text
    rows = [_latex_row(row) for row in _ROW_END.split(text[found.end() : end.start()]) if row.strip()]
    if not rows or any(row is None for row in rows):
        return text
    return text[: found.start()] + _written([row for row in rows if row is not None]) + text[end.end() :]


def _latex_row(row: str) -> tuple[str, str | None] | None:
    """Return the value and the condition of a row; None if it has no condition."""
    row = row.replace(r"\left.", "").replace("$", "").strip()
    value, sign, when = row.partition("&")
    if not sign:
        cuts = [place for place in outside(row, (0, len(row))) if row[place] == ","]
        cut = re.search(r"\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:if|for|when)|\\q?quad(?![A-Za-z])", row)
        opening = row.rfind("(")
        if cut is not None:
            value, when = row[: cut.start()], row[cut.start() :]
        elif cuts:
            value, when = row[: cuts[-1]], row[cuts[-1] + 1 :]
        elif opening > 0 and row.endswith(")"):
            value, when = row[:opening], row[opening:]
        else:
            return None
    value = _AFTER.sub("", value)
    when = _plain(when.replace("&", " "))
    if not value:
        return None
    return (value, None) if OTHERWISE.fullmatch(when.strip("() ")) else (value, when)


def _plain(when: str) -> str:
    """Return a condition without the words around it."""
    when = _WORDS.sub(lambda word: f" {word.group(1)} ", when)
    when = _AFTER.sub("", _BEFORE.sub("", when)).strip()
    while when[:1] == "(" and closing(when, 0) == len(when) - 1:
        when = _AFTER.sub("", _BEFORE.sub("", when[1:-1])).strip()
    return when


# --- calls -----------------------------------------------------------------------------------------------------------

_CALL = re.compile(
    r"(?<![\w\\.])(?:[A-Za-z_]\w*(?:\.|::))*"
    r"(where|cond|select|switch|[Ii]f|IF|iif|IIf|ifelse|if_else|fifelse|[Pp]iecewise|PIECEWISE|Which|pw)\s*(?=[(\[])"
)
_LAMBDA = re.compile(r"^lambda\s*\w*\s*:\s*")


def calls(text: str) -> str:
    """Write a call of ``where``, ``If`` or ``piecewise`` as pieces, the innermost first."""
    for found in reversed(list(_CALL.finditer(text))):
        end = closing(text, found.end())
        if end < 0:
            continue
        rows = _rows_of(arguments(text[found.end() + 1 : end]))
        if rows:
            return text[: found.start()] + _written(rows) + text[end + 1 :]
    return text


def _rows_of(parts: Sequence[str]) -> _Rows:
    """Return the pieces that arguments mean; none if they mean no pieces."""
    parts = [_LAMBDA.sub("", re.sub(r"^(?:default|x|y|condition|input|other)\s*=(?!=)\s*", "", part)) for part in parts]
    if len(parts) > 1 and _list_of(parts[-2]) is not None and _list_of(parts[-1]) is not None:
        return _listed(parts[-2], parts[-1], None)
    if len(parts) == 3 and _list_of(parts[0]) is not None and _list_of(parts[1]) is not None:
        return _listed(parts[0], parts[1], parts[2])
    if parts and (pairs := [_pair(part) for part in parts]) and all(pairs[: len(parts) - 1 or 1]):
        rows = [pair if pair is not None else (part, None) for pair, part in zip(pairs, parts, strict=True)]
        return [(value, None if when is not None and OTHERWISE.fullmatch(when) else when) for value, when in rows]
    if len(parts) == 2 and parts[0][:1] == "{" and (listed := _list_of(parts[0])):
        return [row for row in map(_pair, listed) if row is not None] + [(parts[1], None)]
    if len(parts) == 1 and parts[0][:1] == "{" and (listed := _list_of(parts[0])):
        return [row for row in map(_pair, listed) if row is not None]
    return _in_turn(parts)


def _in_turn(parts: Sequence[str]) -> _Rows:
    """Return the pieces of ``c₁, a₁, c₂, a₂, …, b``."""
    rows: _Rows = []
    for when, value in zip(parts[::2], parts[1::2], strict=False):
        is_otherwise = OTHERWISE.fullmatch(when) is not None
        if not (is_otherwise or is_condition(when)):
            return []
        rows.append((value, None if is_otherwise else when))
    return [*rows, (parts[-1], None)] if len(parts) % 2 and rows else rows


def is_condition(part: str) -> bool:
    """Return True if a text compares something."""
    return condition(part, (0, len(part))) is not None


def _list_of(part: str) -> list[str] | None:
    """Return the parts of a list or tuple; None if it is none."""
    is_list = part[:1] in ("[", "{") and closing(part, 0) == len(part) - 1
    return arguments(part[1:-1]) if is_list else None


def _pair(part: str) -> tuple[str, str | None] | None:
    """Return the value and the condition of ``(a, x > 0)`` or ``{a, x > 0}``."""
    if part[:1] not in ("(", "{", "[") or closing(part, 0) != len(part) - 1:
        return None
    inside = arguments(part[1:-1])
    if len(inside) != 2 or not (OTHERWISE.fullmatch(inside[1]) or is_condition(inside[1])):
        return None
    return inside[0], inside[1]


def _listed(conditions: str, values: str, otherwise: str | None) -> _Rows:
    """Return the pieces of NumPy's ``select([c₁, c₂], [a₁, a₂], b)`` and ``piecewise(x, […], […])``."""
    when, then = _list_of(conditions) or [], [_LAMBDA.sub("", value) for value in _list_of(values) or []]
    if not when or len(then) - len(when) not in (0, 1) or not all(map(is_condition, when)):
        return []
    rows: _Rows = list(zip(then, when, strict=False))
    last = then[-1] if len(then) > len(when) else otherwise or "0"
    return [*rows, (last, None)]


# --- operators -------------------------------------------------------------------------------------------------------

_LEFT_END = re.compile(r".*(?:(?<![<>=!~])=(?![=<>])|=>|->|\breturn\b|[,:;])", re.DOTALL)


def _region(text: str, place: int) -> tuple[int, int]:
    """Return from where to where the operands of an operator reach that binds less tightly than any other."""
    start, level = 0, 0
    for before in range(place - 1, -1, -1):
        level += {")": 1, "]": 1, "}": 1, "(": -1, "[": -1, "{": -1}.get(text[before], 0)
        if level < 0:
            start = before + 1
            break
    level = 0
    for cut in (cut for cut in outside(text, (start, place)) if text[cut] in ",:;=>n"):
        found = _LEFT_END.match(text[start : cut + 1])
        if found is not None and found.end() == cut + 1 - start and not _is_comparing(text, cut):
            start, level = cut + 1, 0
    end = len(text)
    for after in range(place, len(text)):
        level += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(text[after], 0)
        if level < 0 or (level == 0 and text[after] in ",;\n"):
            end = after
            break
    return start, end


def _is_comparing(text: str, cut: int) -> bool:
    """Whether an equals or greater sign belongs to a comparison: ==, >=, <=, a > without an arrow."""
    around = text[max(cut - 1, 0) : cut + 2]
    if text[cut] == "=":
        return text[cut + 1 : cut + 2] == "=" or text[cut - 1 : cut] in ("=", "<", ">", "!", "~")
    return text[cut] == ">" and not around.startswith(("=>", "->"))


def ternary(text: str) -> str:
    """Write ``x > 0 ? a : b`` as pieces."""
    place = text.find("?")
    return text if place < 0 else _put_in(text, _region(text, place), _asked)


def conditional(text: str) -> str:
    """Write ``a if x > 0 else b`` as pieces."""
    for found in re.finditer(r"(?<![\w\\{])if\b", text):
        if (new := _put_in(text, _region(text, found.start()), _if_else)) != text:
            return new
    return text


def _put_in(text: str, region: tuple[int, int], rows_of: Callable[[str], _Rows]) -> str:
    """Return the text with the pieces of a region in its place; unchanged if there are none."""
    start, end = region
    rows = rows_of(text[start:end])
    whole = all(value.strip() and (when is None or is_condition(when)) for value, when in rows)
    if not rows or not whole:
        return text
    return f"{text[:start]} {_written([(_enclosed(value), when) for value, when in rows])}{text[end:]}"


def _enclosed(part: str) -> str:
    """Return a value that asks again in brackets, so that its own colon is not taken for that of the pieces."""
    return f"({part.strip()})" if "?" in part or re.search(r"\bif\b", part) else part


def _asked(text: str) -> _Rows:
    """Return the pieces of ``c₁ ? a : c₂ ? b : d``; none if it is not whole."""
    places = list(outside(text, (0, len(text))))
    sign = next((place for place in places if text[place] == "?"), -1)
    level = 1
    for cut in (place for place in places if 0 <= sign < place):
        level += {"?": 1, ":": -1}.get(text[cut], 0)
        if level == 0:
            other = text[cut + 1 :]
            return [(text[sign + 1 : cut], text[:sign]), *(_asked(other) or [(other, None)])]
    return []


_IF_OR_ELSE = re.compile(r"\b(?:if|else)\b")


def _if_else(text: str) -> _Rows:
    """Return the pieces of ``a if c₁ else b if c₂ else d``; none if it is not whole."""
    places = set(outside(text, (0, len(text))))
    words = [word for word in _IF_OR_ELSE.finditer(text) if word.start() in places]
    level = 0
    for word in words:
        level += 1 if word.group() == "if" else -1
        if level == 0:
            value, when, other = text[: words[0].start()], text[words[0].end() : word.start()], text[word.end() :]
            return [(value, when), *(_if_else(other) or [(other, None)])]
    return []


# --- textbooks -------------------------------------------------------------------------------------------------------

_HEADER = re.compile(r"^\s*(?:[A-Za-z]\w*\s*(?:\([^()]*\))?\s*=(?!=))?\s*")
_TAILS = re.compile(r"\s*(?:일\s*때|인\s*경우|때)\s*\)")
_ENDS_OTHERWISE = re.compile(rf"(?:{OTHERWISE.pattern}|그\s*외에는)(?:\s*\)?$|\s*[:,]?\s+[^,;]+$)")


def textbook(text: str) -> str:
    """Write ``f(x) = x² (x ≥ 0), −x (x < 0)`` as pieces: each part has its condition, or the last one "otherwise"."""
    header = _HEADER.match(text)
    start = header.end() if header else 0
    body = _TAILS.sub(")", text[start:].strip().rstrip("."))
    found = pieces(f"{{{body}}}", (0, len(body) + 2)) if body[:1] != "{" else ()
    if len(found) < 2 or (found[-1].condition is None and _ENDS_OTHERWISE.search(body) is None):
        return text
    return f"{text[:start]}{{{body}}}"


_ESCAPED = re.compile(r"(?:\\left\s*)?\\\{|(?:\\right\s*)?\\\}")


def escaped(text: str) -> str:
    r"""Write ``\left\{ x < 0: −x, x \right\}`` with plain braces, where they hold pieces."""
    if ":" not in text or r"\begin" in text:
        return text
    new = _ESCAPED.sub(lambda brace: brace.group()[-1], text)
    return new if any(end_of(new, place) for place, sign in enumerate(new) if sign == "{") else text


_SIGNS = {"eq": "==", "ne": "!=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_SHORT = {"equal": "eq", "not_equal": "ne", "greater": "gt", "greater_equal": "ge", "less": "lt", "less_equal": "le"}
_LOGICAL = re.compile(
    r"(?<![\w\\])(?:[A-Za-z_]\w*\.)*"
    r"(?:logical_(and|or|not)|(And|Or|Not|AND|OR|NOT|Eq|Ne|Gt|Ge|Lt|Le|eq|ne|gt|ge|lt|le|(?:not_)?equal|(?:greater|less)(?:_equal)?))"
    r"\s*(?=[(\[])"
)


def logical(text: str) -> str:
    """Write ``np.logical_and(a, b)``, ``And(a, b)`` and ``Gt(a, b)`` with the sign between, ``~(a)`` with "not"."""
    if "\\" not in text and re.search(r"~\s*\(", text):
        return re.sub(r"~\s*\(", "not (", text)
    for found in reversed(list(_LOGICAL.finditer(text))):
        end, word = closing(text, found.end()), (found.group(1) or found.group(2)).lower()
        parts = arguments(text[found.end() + 1 : end]) if end > 0 else []
        sign = _SIGNS.get(_SHORT.get(word, word))
        joined = _compared(sign, parts) if sign else _joined(word, parts)
        if joined:
            return f"{text[: found.start()]}({joined}){text[end + 1 :]}"
    return text


def _compared(sign: str, parts: Sequence[str]) -> str:
    return f"{parts[0]} {sign} {parts[1]}" if len(parts) == 2 and not any(map(is_condition, parts)) else ""


def _joined(word: str, parts: Sequence[str]) -> str:
    if not parts or not all(map(is_condition, parts)):
        return ""
    return f"not ({parts[0]})" if word == "not" else f" {word} ".join(f"({part})" for part in parts)


_REWRITES: tuple[Callable[[str], str], ...] = (escaped, logical, latex, calls, conditional, ternary, textbook)

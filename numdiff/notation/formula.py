"""One formula → tree, variables and name, with its header (``f(x, y) = …``) if it has one; names of variables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from numdiff.notation import names
from numdiff.notation.calls import Definition
from numdiff.notation.errors import InputError, Note
from numdiff.notation.lexer import tokenize
from numdiff.notation.limits import check_length, check_tree
from numdiff.notation.parser import Parser
from numdiff.notation.scanner import Token
from numdiff.notation.words import canonical, resolve
from numdiff.tree import Node, Span, variables

_NOT_A_HEADER = ("x", "e", "pi")


@dataclass(frozen=True, slots=True)
class Source:
    """What typed text means: the tree, all variables in order, the function's name, and remarks."""

    tree: Node
    variables: tuple[str, ...]
    name: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the formula: the function's name and its parameters, if they were given."""

    name: str = "f"
    parameters: tuple[str, ...] = ()


def read_formula(
    text: str,
    span: Span,
    *,
    functions: Mapping[str, Definition] | None = None,
    declared: Collection[str] = (),
) -> Source:
    """Read ``text[start:end]`` as one formula, with a header or without.

    Parameters
    ----------
    text : str
        The whole typed text; errors point into it.
    span : tuple[int, int]
        The part to read.
    functions, declared
        What a pasted program has defined before: functions, and names of variables.

    Raises
    ------
    InputError
        If it cannot be understood, or in more than one way.
    """
    tokens = tokenize(text, *span, declared)
    header, body = _split_header(tokens)
    if body[0].kind == "end":
        code, start = ("empty", 0) if len(body) == len(tokens) else ("header", span[0])
        raise InputError(code, (start, max(span[1], len(text) if code == "empty" else 0)))
    known = (*declared, *header.parameters)
    resolved = resolve(text, body, known, functions or {})
    parser = Parser(text, resolved, functions or {}, known)
    tree = parser.parse()
    check_tree(tree, text)
    free = variables(tree)
    if len(body) < len(tokens) and header.name in free and header.name not in header.parameters:
        raise InputError("equation", span)
    ordered = tuple(dict.fromkeys((*header.parameters, *free)))
    notes = tuple(_log_note(text, place) for place in parser.bare_logs)
    return Source(tree, ordered, header.name, (*notes, *parser.notes))


def _log_note(text: str, place: Span) -> Note:
    typed = text[place[0] : place[1]]
    ten = typed + ("_{10}" if typed.startswith("\\") else "10")
    if text[place[1] : place[1] + 1].isalnum():
        ten += " "
    return Note("natural_logarithm", place, (text[: place[0]] + ten + text[place[1] :],))


def _split_header(tokens: list[Token]) -> tuple[Header, list[Token]]:
    level, signs = 0, []
    for number, token in enumerate(tokens):
        level += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "eq" and level == 0:
            signs.append(number)
    if not signs:
        return Header(), tokens
    sign = tokens[signs[-1]]
    if len(signs) > 1:
        raise InputError("equation", (sign.start, sign.end))
    left = tokens[: signs[0]]
    header = _header(_as_call(left, sign)) if sign.value == "→" else _header(left)
    if header is None:
        raise InputError("equation", (sign.start, sign.end))
    return header, tokens[signs[0] + 1 :]


def _as_call(left: list[Token], arrow: Token) -> list[Token]:
    """``x → x²`` declares as ``f(x) = x²`` does."""
    name = Token("word", "f", left[0].start if left else arrow.start, arrow.start, whole=True)
    if left and left[0].kind == "open":
        return [name, *left]
    return [name, Token("open", "(", name.start, name.start), *left, Token("close", ")", arrow.start, arrow.start)]


def _header(tokens: list[Token]) -> Header | None:
    """Read ``y``, ``f(x)`` or ``체중(야식, 운동)``; return None for anything else."""
    if not tokens or tokens[0].kind != "word":
        return None
    name, rest = _named(tokens)
    if not rest:
        return None if name in _NOT_A_HEADER else Header(name)
    if rest[0].kind != "open" or rest[-1].kind != "close":
        return None
    whole = (tokens[0].start, rest[-1].end)
    parameters: list[str] = []
    rest = rest[1:-1]
    while rest:
        if rest[0].kind != "word":
            raise InputError("header", whole)
        first = rest[0]
        parameter, rest = _named(rest)
        check_parameter(parameter, (first.start, first.end), parameters)
        parameters.append(parameter)
        if rest and (rest[0].kind != "comma" or len(rest) == 1):
            raise InputError("header", whole)
        rest = rest[1:]
    if not parameters:
        raise InputError("header", whole)
    return Header(name, tuple(parameters))


def check_parameter(name: str, span: Span, others: Collection[str]) -> None:
    """Raise InputError if a name cannot be a variable: Euler's number, π, a function, or one declared before."""
    if name in names.CONSTANTS or (len(name) > 1 and name.lower() in names.functions()):
        raise InputError("reserved_name", span, {"name": name})
    if name in others:
        raise InputError("header", span)


def _named(tokens: list[Token]) -> tuple[str, list[Token]]:
    has_subscript = len(tokens) > 1 and tokens[1].kind == "sub"
    return canonical(tokens[0].value, tokens[1].value if has_subscript else ""), tokens[1 + has_subscript :]


def is_variable(name: str) -> bool:
    """Return True if a formula can have a variable of this canonical name."""
    is_taken = name in names.CONSTANTS or name.startswith("pi_") or name.lower() in names.functions()
    return not is_taken and _CANONICAL.fullmatch(name) is not None and variable_name(name) == name


_CANONICAL = re.compile(r"(?:[A-Za-z_가-힣][A-Za-z0-9_가-힣]*)?[A-Za-z가-힣](?:_[0-9A-Za-z가-힣]+)?")
_NEGATIVE = re.compile(r"([^_]+)_(-[0-9]+)")


def variable_name(spelling: str) -> str:
    """Return the canonical name for any spelling of a variable: x1, x₁ and x_{1} are ``x_1``, θ is ``theta``.

    A canonical name is a spelling of itself, also where a formula could not hold it as it stands: ``lambda`` is a word
    of Python there. So is the identifier that printed Python gives it, with a ``_`` behind: ``lambda_``. A negative
    index may stand without braces: x_-2 is x_{-2}, ``x_minus2``.

    Raises
    ------
    InputError
        If it is not the name of one variable.
    """
    check_length(spelling)
    plain = spelling.rstrip("_")
    if _CANONICAL.fullmatch(plain):
        base, _, index = plain.partition("_")
        return canonical(names.GREEK_NAMES.get(base, base), index)
    if negative := _NEGATIVE.fullmatch(plain):
        spelling = f"{negative.group(1)}_{{{negative.group(2)}}}"
    tokens = tokenize(spelling, 0, len(spelling))
    if tokens[0].kind != "word":
        raise InputError("header", (0, len(spelling)))
    name, rest = _named(tokens)
    if rest[0].kind != "end":
        raise InputError("header", (0, len(spelling)))
    return name

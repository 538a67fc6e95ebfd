"""A definition in a program that returns one value or another, as one conditional expression; nothing is executed."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import cast

_DEFINES = re.compile(r"\bdef\s+\w+\s*\(|\bfunction\b|\bdouble\s+\w+\s*\(|\bfloat\s+\w+\s*\(")
_MOST = 64
"""Statements that are followed on all ways together."""


def returning(text: str) -> str:
    """Return the program with each definition that asks ``if`` as one that returns a conditional expression."""
    if not re.search(r"\bif\b", text) or not _DEFINES.search(text):
        return text
    by_grammar = _by_grammar(text)
    return by_grammar if by_grammar is not None else _in_braces(_in_one_line(text))


def _by_grammar(text: str) -> str | None:
    """Return the program rewritten by Python's own grammar; None if it is not Python, or does something else."""
    try:
        # Python warns of a number that runs into a word
        module = ast.parse(re.sub(r"(?<=[0-9])(?=[A-Za-z]{2})", " ", text.strip()))
    except (SyntaxError, ValueError, RecursionError):
        return None
    try:
        for statement in module.body:
            if isinstance(statement, ast.FunctionDef) and any(isinstance(part, ast.If) for part in statement.body):
                value = _Ways().value(statement.body, {})
                statement.body = [ast.Return(value)]
    except _OtherwiseError:
        return None
    return ast.unparse(module)


class _OtherwiseError(Exception):
    """The definition does more than return a value."""


class _Ways:
    """Follows the ways through the statements of a definition."""

    def __init__(self) -> None:
        self.count = 0

    def value(self, body: Sequence[ast.stmt], names: dict[str, ast.expr]) -> ast.expr:
        """Return what the statements return, the names set on the way replaced by what they stand for."""
        for place, statement in enumerate(body):
            self.count += 1
            if self.count > _MOST:
                raise _OtherwiseError
            match statement:
                case ast.Return(value=ast.expr() as value):
                    return _put(names, value)
                case ast.Expr(value=ast.Constant()):
                    continue
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    names = {**names, name: _put(names, value)}
                case ast.If(test=test, body=then, orelse=other):
                    rest = list(body[place + 1 :])
                    asked = _put(names, test)
                    return ast.IfExp(asked, self.value([*then, *rest], names), self.value([*other, *rest], names))
                case _:
                    raise _OtherwiseError
        raise _OtherwiseError


class _Named(ast.NodeTransformer):
    """Puts expressions in the place of names."""

    def __init__(self, names: dict[str, ast.expr]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Return what a name stands for."""
        return deepcopy(self.names.get(node.id, node))


def _put(names: dict[str, ast.expr], value: ast.expr) -> ast.expr:
    """Return an expression with names replaced by what they stand for."""
    return cast("ast.expr", _Named(names).visit(deepcopy(value)))


_HEAD = r"(?P<head>\bdef\s+\w+\s*\([^()]*\)\s*(?:->\s*\w+\s*)?:)"
_STOP = r"(?=\s*(?:\b(?:if|elif|else|return|def)\b|$|\n\s*\n))"
_BRANCH = re.compile(
    rf"\s*(?:if|elif|else\s+if)\b\s*(?P<when>[^:]+?)\s*:\s*return\b\s*(?P<value>.+?)\s*;?{_STOP}", re.DOTALL
)
_LAST = re.compile(rf"\s*(?:else\s*:)?\s*return\b\s*(?P<value>.+?)\s*;?{_STOP}", re.DOTALL)


def _in_one_line(text: str) -> str:
    """Return Python whose line breaks became spaces: ``def f(x): if x > 0: return x else: return 0``."""
    head = re.search(_HEAD, text)
    if head is None:
        return text
    found = _chain(text, head.end(), _BRANCH, _LAST)
    if found is None:
        return text
    expression, end = found
    return f"{text[: head.end()]} return {expression}\n{text[end:]}".rstrip()


def _chain(text: str, place: int, branch: re.Pattern[str], last: re.Pattern[str]) -> tuple[str, int] | None:
    """Return a chain of branches as a conditional expression, and where it ends."""
    rows: list[tuple[str, str]] = []
    while (found := branch.match(text, place)) is not None:
        rows.append((found["value"], found["when"]))
        place = found.end()
    end = last.match(text, place)
    if not rows or end is None:
        return None
    return "".join(f"({value}) if ({when}) else " for value, when in rows) + f"({end['value']})", end.end()


_BRACED = re.compile(
    r"^\s*(?:(?:const\s+)?(?:double|float|int|auto|function)\s+)?(?:(?P<name>\w+)\s*(?:<-|=)\s*function\s*|function\s*|(?P<own>\w+)\s*)"
    r"\((?P<parameters>[^()]*)\)\s*\{(?P<body>.*)\}\s*;?\s*$",
    re.DOTALL,
)
_BRACED_BRANCH = re.compile(
    r"\s*(?:else\s+)?if\s*\((?P<when>(?:[^()]|\([^()]*\))*)\)\s*\{?\s*return\b\s*(?P<value>[^;{}]+)\s*;?\s*\}?",
    re.DOTALL,
)
_BRACED_LAST = re.compile(r"\s*(?:else\s*\{?)?\s*return\b\s*(?P<value>[^;{}]+)\s*;?\s*\}?\s*$", re.DOTALL)
_TYPE = re.compile(r"\b(?:const\s+)?(?:double|float|int|number)\s+")


def _in_braces(text: str) -> str:
    """Return a function of JavaScript, C or R: ``function f(x) { if (x > 0) { return x; } else { return 0; } }``."""
    whole = _BRACED.match(text)
    found = _chain(whole["body"], 0, _BRACED_BRANCH, _BRACED_LAST) if whole is not None else None
    if whole is None or found is None or whole["body"][found[1] :].strip():
        return text
    parameters = _TYPE.sub("", whole["parameters"]).strip()
    return f"{whole['name'] or whole['own'] or 'f'}({parameters}) = {found[0]}"

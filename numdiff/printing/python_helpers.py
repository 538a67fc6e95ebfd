"""The source of the recipes that the evaluator calls, as it is pasted into printed code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable
from functools import cache

from numdiff.functions import recipes

HELPERS = frozenset(name for name, part in vars(recipes).items() if inspect.isfunction(part))
"""The names that printed code may need to define."""


def helper_sources(names: Iterable[str]) -> list[str]:
    """Return the definitions of the functions and of those they call, each before its first use.

    Annotations, docstrings and comments are left out: they are written for this project's readers.
    """
    needed: dict[str, str] = {}
    for name in sorted(names):
        _collect(name, needed)
    return list(needed.values())


def _collect(name: str, needed: dict[str, str]) -> None:
    source, used = _definition(name)
    for other in used:
        if other not in needed:
            _collect(other, needed)
    needed.setdefault(name, source)


@cache
def _definition(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the function's bare source and the other helpers it calls."""
    function = ast.parse(inspect.getsource(getattr(recipes, name))).body[0]
    assert isinstance(function, ast.FunctionDef)
    function.returns = None
    for argument in function.args.args:
        argument.annotation = None
    if ast.get_docstring(function) is not None:
        del function.body[0]
    used = sorted({part.id for part in ast.walk(function) if isinstance(part, ast.Name)} & HELPERS - {name})
    return ast.unparse(function), tuple(used)

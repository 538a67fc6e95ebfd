"""Pasted Python understood as mathematics: ``def func1(x): return x**2`` with ``f = lambda x: func1(x)`` after it.

Nothing is executed: definitions become trees, calls of them are written out, and what has no mathematics in it
(imports, comments, print, the lecture's own ``numerical_derivative``) is passed over. A single-line text field turns
line breaks into spaces, so statements are found by how they begin and not by lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from numdiff.notation.calls import Definition
from numdiff.notation.characters import normalise
from numdiff.notation.errors import InputError, Note
from numdiff.notation.formula import Source, check_parameter, read_formula, variable_name
from numdiff.notation.limits import MAX_NODES
from numdiff.tree import Node, Number, Span, size, substitute, variables

_NAME = r"[A-Za-z_가-힣][A-Za-z0-9_가-힣]*"
_IMPORTED = r"[\w.]+(?:\s+as\s+\w+)?"
_STATEMENT = re.compile(
    rf"""(?P<comment>\#[^\n]*)
      | (?P<docstring>\"{{3}}.*?\"{{3}}|'{{3}}.*?'{{3}})
      | (?P<import>(?:from\s+[\w.]+\s+)?import\s+{_IMPORTED}(?:\s*,\s*{_IMPORTED})*)
      | (?P<def>def\s+(?P<defined>{_NAME})\s*\((?P<defparams>[^()]*)\)\s*(?:->\s*[\w.\[\], ]+)?\s*:)
      | (?P<lambda>(?:(?P<assigned>{_NAME})\s*=\s*)?lambda\s+(?P<lambdaparams>[^:()]*?)\s*:)
      | (?P<return>return\b)
      | (?P<print>print\s*(?=\())
      | (?P<assign>(?P<local>{_NAME})\s*=(?!=))
    """,
    re.VERBOSE | re.DOTALL,
)
_BOUNDARY = re.compile(
    rf"""(?:(?<=\s)|^)(?:def\s|(?:{_NAME}\s*=\s*)?lambda\b|return\b|import\s|from\s|print\s*\(|{_NAME}\s*=(?!=))|[;#\n]""",
    re.VERBOSE,
)
_DEFAULT = re.compile(rf"({_NAME})\s*(?::[^=,]*)?=\s*([0-9]+(?:\.[0-9]+)?)\s*(?=,|$)")
_LECTURE = "numerical_derivative"


@dataclass
class _Program:
    """The statements read so far."""

    text: str
    plain: str
    end: int
    functions: dict[str, Definition] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    current: str | None = None
    parameters: tuple[str, ...] = ()
    local: dict[str, Node] = field(default_factory=dict)
    result: Source | None = None

    def expression_end(self, start: int) -> int:
        """Return where the expression that begins at ``start`` ends: outside brackets, at the next statement."""
        level = 0
        for place in range(start, self.end):
            character = self.plain[place]
            level += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
            if level <= 0 and place > start and _BOUNDARY.match(self.plain, place, self.end):
                return place
        return self.end

    def expression(self, start: int, end: int) -> Source:
        """Read one expression; local names are replaced by what they stand for."""
        span = (start, len(self.plain[:end].rstrip()))
        if not self.plain[start:end].strip():
            raise InputError("code", (max(start - len("return"), 0), max(end, start)))
        source = read_formula(self.text, span, functions=self.functions, declared=(*self.parameters, *self.local))
        tree = substitute(source.tree, self.local)
        if size(tree) > MAX_NODES:
            raise InputError("too_many_nodes", span, {"limit": MAX_NODES})
        ordered = tuple(dict.fromkeys((*self.parameters, *variables(tree))))
        self.notes.extend(source.notes)
        return Source(tree, ordered, self.current or source.name, ())

    def take_defaults(self, typed: str) -> None:
        """Put the numbers that parameters have by default in their place, as a call with the others does."""
        for name, value in _DEFAULT.findall(typed):
            canonical = variable_name(name)
            self.local[canonical] = Number(value)
            self.parameters = tuple(other for other in self.parameters if other != canonical)

    def define(self, name: str, source: Source) -> None:
        """Keep a function under its name; the last one defined is what the program means."""
        self.functions[name] = Definition(self.parameters, source.tree)
        self.result = Source(source.tree, source.variables, name, tuple(self.notes))
        self.current, self.parameters, self.local = None, (), {}


def _parameters(typed: str, start: int) -> tuple[str, ...]:
    found: list[str] = []
    for match in re.finditer(r"[^,]+", typed):
        name = match.group().partition("=")[0].split(":")[0].strip()
        span = (start + match.start(), start + match.end())
        if not re.fullmatch(_NAME, name):
            raise InputError("header", span)
        canonical = variable_name(name)
        check_parameter(canonical, span, found)
        found.append(canonical)
    return tuple(found)


def _statement(program: _Program, place: int) -> int:
    """Read the statement that begins at ``place``; return where it ends."""
    match = _STATEMENT.match(program.plain, place, program.end)
    kind = match.lastgroup if match else None
    if match is None:
        return _bare_expression(program, place)
    groups = match.groupdict()
    if kind in ("comment", "import", "docstring"):
        return match.end()
    if groups["def"]:
        program.current, program.local = groups["defined"], {}
        program.parameters = (
            () if program.current == _LECTURE else _parameters(groups["defparams"], match.start("defparams"))
        )
        program.take_defaults(groups["defparams"])
        return match.end()
    end = program.expression_end(match.end())
    if groups["print"] or program.current == _LECTURE or program.plain[match.end() : end].lstrip().startswith(_LECTURE):
        program.current = None if groups["return"] else program.current
    elif groups["lambda"]:
        program.parameters = _parameters(groups["lambdaparams"], match.start("lambdaparams"))
        program.local = {}
        program.current = groups["assigned"] or "f"
        program.define(program.current, program.expression(match.end(), end))
    elif groups["return"] and program.current is None and program.result is not None:
        raise InputError("code", (match.start(), match.end()))
    elif groups["return"]:
        source = program.expression(match.end(), end)
        program.define(program.current or source.name, source)
    else:
        _assignment(program, groups["local"], (match.start(), match.end(), end))
    return end


def _assignment(program: _Program, name: str, places: tuple[int, int, int]) -> None:
    """``t = 3*x**2`` inside a definition names a part of it; outside it is a function, as in ``y = x**2``."""
    start, body, end = places
    source = program.expression(body, end)
    if program.current is None:
        parts = {**program.local, variable_name(name): source.tree} if program.plain[start:body] else {}
        program.define(name, source)
        program.local = parts
        return
    canonical = variable_name(name)
    check_parameter(canonical, (start, body), ())
    program.local[canonical] = source.tree


def _bare_expression(program: _Program, place: int) -> int:
    end = program.expression_end(place)
    if program.plain[place:end].lstrip().startswith(_LECTURE):
        return end
    if program.current is not None:
        raise InputError("code", (place, end))
    source = program.expression(place, end)
    program.define(source.name, source)
    return end


def read_program(text: str, span: Span) -> Source:
    """Return what pasted Python means: its last function.

    Raises
    ------
    InputError
        ``code`` where it does more than compute a formula; otherwise as for a formula.
    """
    plain = normalise(text)
    program = _Program(text, plain, span[1])
    place = span[0]
    while place < span[1]:
        if plain[place] in " \n;\u200b":
            place += 1
        else:
            place = max(_statement(program, place), place + 1)
    if program.result is None or program.current is not None:
        raise InputError("code", span)
    return program.result

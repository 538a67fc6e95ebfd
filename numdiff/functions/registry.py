"""The table of elementary functions, and the sets that are asked of it.

Whoever wants to know which functions have a kink or a pole asks here; nobody lists them. A row that is added at run
time is known everywhere at once: what is made of rows is kept by :func:`asked`, which forgets when the table changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import ParamSpec, TypeVar

from numdiff.functions.elementary import CHOICES, Arity, Elementary, Scope, Shape

_P = ParamSpec("_P")
_T = TypeVar("_T")


class UnknownFunctionError(KeyError, TypeError):
    """No row has this name, or something that is asked of a function has no form for it.

    A KeyError for who looks a name up, a TypeError for who prints or computes a call of it. A name is never guessed:
    ``np.foo`` would be printed code that does not run, or computes something else.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"there is no function {self.name!r}"


_rows: dict[str, Elementary] = {}
_answers: list[Callable[[], None]] = []


def on_change(forget: Callable[[], None]) -> None:
    """Have a function called whenever a row comes or goes, so that what was computed of the rows is forgotten."""
    _answers.append(forget)


def asked(question: Callable[_P, _T]) -> Callable[_P, _T]:
    """Return the function with its answers kept until a row comes or goes; for tables made of rows."""
    kept = lru_cache(maxsize=None)(question)
    on_change(kept.cache_clear)
    return kept  # type: ignore[return-value]  # lru_cache forgets the parameters' types


def _changed(rows: dict[str, Elementary]) -> None:
    global _rows  # noqa: PLW0603 - replaced as a whole, so that a reader in another thread sees the old or the new one
    _rows = rows
    for forget in _answers:
        forget()


def _check(row: Elementary) -> None:
    """Raise ValueError for a row that leaves out what every part of the program needs."""
    least, _ = row.arity
    faults = {
        "the name must be a lower-case identifier": not row.name.isidentifier() or row.name != row.name.lower(),
        "u must be the first argument": row.parameters[:1] != ("u",) or "v" in row.parameters or least < 1,
        "a slope for each argument": bool(row.slope) and len(row.other_slopes) != len(row.parameters) - 1,
        "a value: a definition, or what NumPy does": not (row.definition or row.numpy) and bool(row.slope),
        "where it breaks": (row.shape in {"kink", "jump"}) != bool(row.breaks),
        "a definition that is computed": row.is_composite and (not row.definition or bool(row.numpy)),
        "no branch or two": len(row.branches) not in (0, 2),
        "one argument, or a choice between two": (
            row.scope == "typed" and len(row.parameters) > 1 and row.branches not in CHOICES and not row.rule
        ),
    }
    missing = [fault for fault, is_there in faults.items() if is_there]
    if missing:
        raise ValueError(f"{row.name}: {'; '.join(missing)}")


def register(*rows: Elementary) -> None:
    """Add functions; from now on the program knows them.

    Raises
    ------
    ValueError
        For a name that is taken, or a row without what it needs.
    """
    for row in rows:
        _check(row)
        if row.name in _rows:
            raise ValueError(f"{row.name} is registered already")
        _changed({**_rows, row.name: row})


def unregister(name: str) -> None:
    """Take a function away again. UnknownFunctionError if there is none of that name."""
    row(name)
    _changed({other: kept for other, kept in _rows.items() if other != name})


def row(name: str) -> Elementary:
    """Return the function of that name. UnknownFunctionError, a KeyError, if there is none."""
    try:
        return _rows[name]
    except KeyError:
        raise UnknownFunctionError(name) from None


def known(name: str) -> Elementary:
    """Return the function of that name that a tree may have. UnknownFunctionError if there is none."""
    found = row(name)
    if found.scope == "rows":
        raise UnknownFunctionError(name)
    return found


def is_known(name: str) -> bool:
    """Return whether a row has this name."""
    return name in _rows


@asked
def rows(*scopes: Scope) -> tuple[Elementary, ...]:
    """Return the rows of the scopes in their order; by default of all functions that a tree may have."""
    wanted = scopes or ("typed", "tree")
    return tuple(one for one in _rows.values() if one.scope in wanted)


@asked
def names() -> tuple[str, ...]:
    """Return the names that a tree may have."""
    return tuple(one.name for one in rows())


@asked
def having(**facts: object) -> frozenset[str]:
    """Return the names of the rows with these facts: ``having(family="trigonometric")``, ``having(has_pole=True)``.

    Raises
    ------
    AttributeError
        For a fact that rows do not state.
    """
    return frozenset(one.name for one in rows() if all(getattr(one, fact) == value for fact, value in facts.items()))


@asked
def with_shape(*shapes: Shape) -> frozenset[str]:
    """Return the names of the functions of these shapes."""
    return frozenset[str]().union(*(having(shape=shape) for shape in shapes))


@asked
def kinked() -> frozenset[str]:
    """Return the names of the functions with a kink."""
    return with_shape("kink")


@asked
def jumping() -> frozenset[str]:
    """Return the names of the functions with jumps."""
    return with_shape("jump")


@asked
def pieces() -> frozenset[str]:
    """Return the names of the functions made of pieces: with a seam, a kink or jumps."""
    return with_shape("seam", "kink", "jump")


@asked
def unary() -> frozenset[str]:
    """Return the names of the functions of one argument."""
    return having(arity=(1, 1))


@asked
def poles() -> frozenset[str]:
    """Return the names of the functions that grow without bound at a finite point."""
    return having(has_pole=True)


class _Arities(Mapping[str, Arity]):
    """The numbers of arguments of what a tree may have, as the rows say at the moment."""

    def __getitem__(self, name: str) -> Arity:
        return known(name).arity

    def __iter__(self) -> Iterator[str]:
        return iter(names())

    def __len__(self) -> int:
        return len(names())


FUNCTIONS: Mapping[str, Arity] = _Arities()
"""Canonical function names with the least and the greatest number of arguments (None: no upper limit)."""

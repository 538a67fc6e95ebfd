"""Which variable is meant: one answer for all who are given a name, in any spelling, and one error where there is none.

A name comes as it is among the names at hand, or in another spelling: x1 for ``x_1``, λ or ``lambda_`` for ``lambda``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal, TypeAlias, TypeVar

from numdiff.notation.errors import InputError
from numdiff.notation.formula import variable_name

ErrorCode: TypeAlias = Literal["unknown", "several", "one_only"]
Value = TypeVar("Value")


class VariableError(TypeError, ValueError, KeyError):
    """A variable that is not there, or one that would have to be named.

    It is a TypeError, as for a wrong argument, a ValueError, and a KeyError, as for a name that is looked up, so that
    whoever catches one of these catches it.

    Attributes
    ----------
    code : str
        ``"unknown"``: there is no variable of this name; ``"several"``: there are several, and none is named;
        ``"one_only"``: the question makes sense for a function of one variable only.
    variables : tuple[str, ...]
        The variables that there are.
    variable : object
        What was given as a name; None where nothing was.
    function : str
        The function's name.
    """

    def __init__(
        self,
        code: ErrorCode,
        variables: Collection[str],
        variable: Any = None,  # noqa: ANN401 - whatever was given
        function: str = "f",
    ) -> None:
        self.code, self.variables, self.variable, self.function = code, tuple(variables), variable, function
        super().__init__(code, self.variables, variable, function)

    def __str__(self) -> str:
        names = ", ".join(self.variables)
        match self.code:
            case "unknown":
                return f"{self.function} has no variable {self.variable!r}; its variables are {names or 'none'}"
            case "several":
                return f"{self.function} has several variables ({names}): name one by var"
            case _:
                return f"{self.function} must be a function of one variable, got {names}"


def canonical_name(spelling: Any, names: Collection[str] = ()) -> str | None:  # noqa: ANN401 - whatever was given
    """Return the name that a spelling means: one of the names at hand as it is, else the notation's; None if none."""
    if spelling in names:
        return str(spelling)
    try:
        return variable_name(spelling) if isinstance(spelling, str) else None
    except InputError:
        return None


def find_name(spelling: Any, names: Collection[str], function: str = "f") -> str:  # noqa: ANN401 - whatever was given
    """Return which of the names is meant.

    Raises
    ------
    VariableError
        If it is none of them.
    """
    name = canonical_name(spelling, names)
    if name is None or name not in names:
        raise VariableError("unknown", names, spelling, function)
    return name


def by_name(values: Mapping[str, Value], names: Collection[str]) -> dict[str, Value]:
    """Return the values by canonical name; what is given for other names is left out.

    Raises
    ------
    TypeError
        If a name has two values, in two spellings.
    """
    found: dict[str, Value] = {}
    for spelling, value in values.items():
        name = canonical_name(spelling, names)
        if name in found:
            raise TypeError(f"variable {name!r} has two values")
        if name in names and name is not None:
            found[name] = value
    return found

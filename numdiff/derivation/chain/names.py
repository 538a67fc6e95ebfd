"""Names for inner functions: t, u, v, … by level, never a letter that already stands for something else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

LETTERS = ("t", "u", "v", "w", "s", "r", "z", "q", "p")
"""Letters for inner functions, in the order in which textbooks reach for them."""

_MEANT_OTHERWISE = frozenset(("e", "d", "f"))
"""Euler's number, the sign of differentiation and the function."""


def fresh_names(wanted: int, taken: Iterable[str]) -> tuple[str, ...]:
    """Return distinct names for inner functions.

    Parameters
    ----------
    wanted : int
        How many.
    taken : iterable of str
        Canonical names in use: the variables and the function's own name. The letter of an indexed one (``t_1``) is
        in use as well.

    Returns
    -------
    tuple[str, ...]
        Letters of :data:`LETTERS` that are free; if these are too few, all names are one letter with an index
        (``t_1``, ``t_2``, …), so that their order can be seen.
    """
    used = frozenset(taken)
    letters = {name.partition("_")[0] for name in used} | _MEANT_OTHERWISE
    free = [letter for letter in LETTERS if letter not in letters]
    if wanted <= len(free):
        return tuple(free[:wanted])
    base = free[0] if free else LETTERS[0]
    names: list[str] = []
    for number in count(1):
        name = f"{base}_{number}"
        if name not in used:
            names.append(name)
        if len(names) == wanted:
            break
    return tuple(names)

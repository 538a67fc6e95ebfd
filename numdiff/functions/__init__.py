"""Elementary functions: each is one row, with everything that any part of the program must know of it.

:mod:`numdiff.functions.elementary` says what a row states, the modules of rows lie beside it by kind,
:mod:`numdiff.functions.registry` holds the table and answers what is asked of it, :mod:`numdiff.functions.trees` reads
a row's forms as trees. Of the project this room imports the
tree and the numbers of many digits alone, so that every other room may ask it; NumPy only with the recipes, so that a
small process may, too.
"""

from numdiff.functions import (
    activations,
    exponential,
    hyperbolic,
    inverse,
    pieces,
    powers,
    special,
    trigonometric,
)
from numdiff.functions.elementary import Elementary
from numdiff.functions.registry import asked, register, rows

_MODULES = (exponential, powers, trigonometric, hyperbolic, inverse, pieces, activations, special)
ROWS: tuple[Elementary, ...] = tuple(row for module in _MODULES for row in module.ROWS)
"""The functions that the program comes with."""
register(*ROWS)


@asked
def added() -> tuple[Elementary, ...]:
    """Return the functions that were registered later, of which another process knows nothing."""
    return tuple(row for row in rows("typed", "tree", "rows") if row not in ROWS)

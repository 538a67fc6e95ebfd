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
from numdiff.functions.registry import register

for _rows in (exponential, powers, trigonometric, hyperbolic, inverse, pieces, activations, special):
    register(*_rows.ROWS)

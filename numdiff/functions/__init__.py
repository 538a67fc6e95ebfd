"""Elementary functions: each is one row, with everything that any part of the program must know of it.

:mod:`numdiff.functions.registry` says what a row states and answers what is asked of the rows, the modules of rows lie
beside it by kind, :mod:`numdiff.functions.trees` reads a row's forms as trees. Of the project this room imports the
tree and the numbers of many digits alone, so that every other room may ask it.
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

"""What the page of the gradient check shows, as its links have it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from numdiff.network.model import ACTIVATIONS
from pages.parts.fields import DTYPES, Place, integer_in, one_of, option

VIEWS = ("function", "network")
QUOTIENTS = ("forward", "central")
"""The quotients that every course writes for a gradient."""
MISTAKES = ("sign", "zero", "twice")
"""What can be wrong with a rule on purpose."""
LOSSES = ("cross_entropy", "squared")
HIDDEN = (2, 4)
"""The least and the greatest number of hidden units."""
SEEDS = (0, 9)
"""The first and the last of the weights to begin with."""
DATA = (0, 3)
"""The first and the last of the data points."""
TENTHS = (1, 12)
"""The least and the greatest p of Δx = 10⁻ᵖ."""


def _edge(raw: str) -> str | None:
    """Return an edge of a graph: ``v4.1`` leads to the node v4 from its second operand; nothing is none."""
    return raw if re.fullmatch(r"(v\d{1,3}\.\d{1,3})?", raw, re.ASCII) else None


@dataclass(frozen=True)
class View(Place):
    """The options of the page."""

    check: str = option("function", one_of(VIEWS))
    precision: str = option("float64", one_of(DTYPES))
    quotient: str = option("central", one_of(QUOTIENTS))
    broken: str = option("", _edge)
    mistake: str = option("sign", one_of(MISTAKES))
    hidden: int = option(3, integer_in(*HIDDEN))
    activation: str = option("tanh", one_of(ACTIVATIONS))
    loss: str = option("cross_entropy", one_of(LOSSES))
    seed: int = option(0, integer_in(*SEEDS))
    point: int = option(1, integer_in(*DATA))
    tenths: int = option(5, integer_in(*TENTHS))

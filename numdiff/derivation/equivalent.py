"""Are two expressions the same function? So an answer typed in any form can be judged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from numdiff.algebra.client import algebra
from numdiff.derivation.check.samples import find_samples
from numdiff.evaluate.agreement import Agreement, Point, compare, differ_beyond, differing_domains, sample_points
from numdiff.function import Function, parse
from numdiff.tree import Node, variables

SECONDS = 1.0
"""The time for a whole question."""

_FIRST, _MORE = 28, 120
_ENOUGH = 8
"""Points at which both sides agree, after which the answer is yes."""

_FEWEST_OUTSIDE = 2
"""One point without a value on one side may be a single pole; two mean that the domains differ."""

_DEEP_POINTS = 4
_DEEP_DIGITS = 320
"""Digits to which the difference is looked at at last: constants below 10^−300 cannot be typed."""


def equivalent(a: Function | str, b: Function | str, *, where: Function | str | None = None) -> bool | None:
    """Return whether two expressions are the same function.

    Values decide, in exact (ball) arithmetic at points spread over the domain: one difference proves "no"; "yes" means
    that they agree to 50 digits at all points, and to 320 at some. Only if there are too few points is SymPy asked,
    within a time limit.

    The same function means the same values and the same domain but for single points: sin x/x equals sin(x)/x, abs(x)/x
    equals sign x, (x² − 1)/(x − 1) equals x + 1. But ln x² is not 2 ln x, which has no values below 0, and e^(ln x) is
    not x. With ``where`` only the points count at which that function has a value.

    Parameters
    ----------
    a, b : Function or str
        The expressions; their variables are told apart by name, whatever their order. A variable that does not matter
        (x − x) may be missing on one side.
    where : Function or str, optional
        For an answer about f′, f itself: the derivative of ln x is 1/x, and that of ln x² at negative x counts too.

    Returns
    -------
    bool or None
        None if it cannot be decided: no point at which both have a value was found, or too few in the time.

    Raises
    ------
    InputError
        If text cannot be understood.

    Examples
    --------
    >>> import numdiff as nd
    >>> bool(nd.equivalent(nd.parse("sin(2x)"), nd.parse("2 sin x cos x")))
    True
    """
    left, right = _tree(a), _tree(b)
    domain = None if where is None else _tree(where)
    return _Question(left, right, domain).answer()


def _tree(f: Function | str) -> Node:
    return (parse(f) if isinstance(f, str) else f).tree


class _Question:
    """Two expressions to compare, and the time until when."""

    def __init__(self, left: Node, right: Node, domain: Node | None) -> None:
        self.left, self.right, self.domain = left, right, domain
        self.trees = tuple(tree for tree in (left, right, domain) if tree is not None)
        self.names = tuple(dict.fromkeys(name for tree in self.trees for name in variables(tree)))
        self.deadline = time.monotonic() + SECONDS

    def answer(self) -> bool | None:
        """Return the answer."""
        if self.left == self.right:
            return True
        found = self._compared(sample_points(self.trees, self.names, _FIRST))
        verdict = self._refuted(found)
        if verdict is None and len(found.agree) < _ENOUGH and self.names:
            more = (*sample_points(self.trees, self.names, _MORE)[_FIRST:], *self._narrow())
            found = found + self._compared(more)
            verdict = self._refuted(found)
        if verdict is not None:
            return verdict
        return self._confirmed(found)

    def _compared(self, points: Sequence[Point]) -> Agreement:
        if self.domain is not None:
            inside = compare(self.domain, self.domain, points, self.deadline)
            points = inside.agree
        return compare(self.left, self.right, points, self.deadline)

    def _narrow(self) -> tuple[Point, ...]:
        """Return points near those that a search for the domain finds."""
        points: list[Point] = []
        for tree in self.trees:
            with np.errstate(all="ignore"):  # a constant part may have no value
                known = find_samples(tree, self.names, None)
            for place in range(known.count):
                at = {name: Fraction(float(column[place])) for name, column in known.points.items()}
                points += [{name: value * (1 + Fraction(k, 9973)) for name, value in at.items()} for k in (0, 1, -2)]
        return tuple(points)

    def _refuted(self, found: Agreement) -> bool | None:
        """Return False if they differ, or only one of them has values on more than single points."""
        if found.differ:
            return False
        is_partial = max(differing_domains(found, self.left, self.right)) >= _FEWEST_OUTSIDE
        return False if is_partial else None

    def _confirmed(self, found: Agreement) -> bool | None:
        deep = [differ_beyond(self.left, self.right, point, _DEEP_DIGITS) for point in found.agree[:_DEEP_POINTS]]
        if True in deep:
            return False
        if False not in deep:
            return None
        if len(found.agree) >= (_ENOUGH if self.names else 1):
            return True
        left = self.deadline - time.monotonic()
        return algebra().prove_equal(self.left, self.right, min(left, 0.5)) if left > 0.05 else None

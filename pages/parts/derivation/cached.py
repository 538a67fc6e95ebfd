"""What the page knows of a function, kept by plain values: a change of x finds the derivation as it was."""

from __future__ import annotations

from numdiff.derivation.chain.build import chain
from numdiff.derivation.chain.chain import Chain
from numdiff.derivation.relation.ask import Relation, in_terms_of_itself
from numdiff.derivation.steps import Verification
from numdiff.derivation.work import Derivation, differentiate
from numdiff.function import Function
from numdiff.graph.build import Graph, graph
from numdiff.tree import size
from pages.parts.derivation.lane import if_large, lane
from pages.parts.entries import function_of
from pages.parts.kept import kept

At = tuple[tuple[str, float], ...]
"""A point: the value of every variable of the function."""

LARGEST = 80
"""Nodes of a function that is still taken apart into named inner functions."""
MOST_NAMES, MOST_PATHS = 9, 6
"""Inner functions, and ways through them, that are still seen at a glance."""


@kept
def derivation(text: str, variable: str) -> Derivation:
    """Return the derivation of a function that was understood."""
    function = function_of(text)
    with if_large(function.tree):
        return differentiate(function, variable)


@kept
def verified(text: str, variable: str, at: At) -> Verification:
    """Return the checks of all lines of the derivation, at sample points and at the learner's."""
    found = derivation(text, variable)
    with if_large(found.function.tree):
        return found.verify(dict(at))


@kept
def composition(text: str, variable: str, inner: str = "") -> Chain | None:
    """Return the function taken apart, by the chosen inner function if it has one like it; None if there is too much.

    Beyond the limits names would not help anyone, and the rules, one by one, are there all the same.
    """
    function = function_of(text)
    if size(function.tree) > LARGEST:
        return None
    with if_large(function.tree):
        found = _taken_apart(function, variable, inner)
    parts = (found, *found.parts)
    is_readable = all(len(part.names) <= MOST_NAMES and len(part.paths) <= MOST_PATHS for part in parts)
    return found if is_readable else None


def _taken_apart(function: Function, variable: str, inner: str) -> Chain:
    """Return the function taken apart; an inner function of another formula is passed over."""
    plain = chain(function, variable)
    if not inner:
        return plain
    chosen = function_of(inner).tree
    return chain(function, variable, chosen) if chosen in plain.choices else plain


@kept
def verified_composition(text: str, variable: str, inner: str, at: At) -> Verification | None:
    """Return the checks of the lines of the function taken apart."""
    found = composition(text, variable, inner)
    if found is None or not found.stages:
        return None
    with if_large(found.function.tree):
        return found.verify(dict(at))


@kept
def network(text: str, variable: str, at: At) -> Graph:
    """Return the computational graph at a point, with the tangents of the variable that moves."""
    return graph(function_of(text), dict(at), seed=variable)


def _is_settled(answer: Relation) -> bool:
    return answer.settled


@kept(is_whole=_is_settled)
def relation(text: str, variable: str) -> Relation:
    """Return how f′ depends on f.

    Raises
    ------
    BusyError
        If too many ask for hard things at once.
    """
    with lane():
        return in_terms_of_itself(function_of(text), variable)


def verified_relation(text: str, variable: str) -> Verification:
    """Return the checks of the proof's lines and of what is said to hold."""
    return _checks(relation(text, variable))


@kept
def _checks(of: Relation) -> Verification:
    with if_large(of.function.tree):
        return of.verify()

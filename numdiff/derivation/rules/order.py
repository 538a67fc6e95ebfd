"""All rules, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from numdiff.derivation.rules import algebra, pieces, power
from numdiff.derivation.rules.base import Rule
from numdiff.derivation.rules.function import FunctionRule, JumpRule
from numdiff.functions.registry import asked, names, row, unary

_ORDER: tuple[type[Rule], ...] = (
    algebra.Constant,
    algebra.Identity,
    algebra.IndexedSumRule,
    algebra.Difference,
    algebra.Sum,
    algebra.ConstantMultiple,
    algebra.Product,
    algebra.Reciprocal,
    algebra.Quotient,
    power.Exponential,
    power.Power,
    power.ExponentialBase,
    power.PowerExponent,
    power.Root,
    power.Logarithm,
    power.LogarithmBase,
    pieces.LeakyRelu,
    pieces.Max,
    pieces.Min,
    pieces.PiecewiseRule,
)
_ORDERED: Mapping[str, Rule] = {kind.name: kind() for kind in _ORDER}


@asked
def _all() -> Mapping[str, Rule]:
    """Return the rules by id: those of the order, and one for each function whose row names no other."""
    own = [name for name in names() if name in unary() and row(name).rule_name == name and row(name).slope]
    functions = {name: JumpRule(name) if row(name).slope == "0" else FunctionRule(name) for name in own}
    return {**_ORDERED, **functions}


class _Rules(Mapping[str, Rule]):
    """The rules at the moment: a function that is added brings its own."""

    def __getitem__(self, name: str) -> Rule:
        return _all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_all())

    def __len__(self) -> int:
        return len(_all())


RULES: Mapping[str, Rule] = _Rules()
"""Rules by id. ``inspect.getdoc(RULES[id])`` states the rule; "chain" has no class of its own."""

CHAIN = "chain"
"""The id of a step by the chain rule: f(u)′ = f′(u)·u′; ``Step.outer`` names the rule for f."""

"""All rules, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from numdiff.derivation import rules_algebra, rules_pieces, rules_power
from numdiff.derivation.rules_base import Rule
from numdiff.derivation.rules_function import FunctionRule, JumpRule
from numdiff.functions.registry import asked, jumping, names, row, unary

_ORDER: tuple[type[Rule], ...] = (
    rules_algebra.Constant,
    rules_algebra.Identity,
    rules_algebra.IndexedSumRule,
    rules_algebra.Difference,
    rules_algebra.Sum,
    rules_algebra.ConstantMultiple,
    rules_algebra.Product,
    rules_algebra.Reciprocal,
    rules_algebra.Quotient,
    rules_power.Exponential,
    rules_power.Power,
    rules_power.ExponentialBase,
    rules_power.PowerExponent,
    rules_power.Root,
    rules_power.Logarithm,
    rules_power.LogarithmBase,
    rules_pieces.LeakyRelu,
    rules_pieces.Max,
    rules_pieces.Min,
)
_ORDERED: Mapping[str, Rule] = {kind.name: kind() for kind in _ORDER}


@asked
def _all() -> Mapping[str, Rule]:
    """Return the rules by id: those of the order, and one for each function whose row names no other."""
    own = [name for name in names() if name in unary() and row(name).rule_name == name]
    jumps = jumping()
    functions = {name: JumpRule(name) if name in jumps else FunctionRule(name) for name in own}
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

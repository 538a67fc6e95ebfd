"""All rules, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from numdiff.derivation import rules_algebra, rules_function, rules_pieces, rules_power
from numdiff.derivation.rules_base import Rule

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
    *(
        kind
        for module in (rules_function, rules_pieces)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Rule) and "name" in vars(kind)
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({kind.name: kind() for kind in _ORDER})
"""Rules by id. ``inspect.getdoc(RULES[id])`` states the rule; "chain" has no class of its own."""

CHAIN = "chain"
"""The id of a step by the chain rule: f(u)′ = f′(u)·u′; ``Step.outer`` names the rule for f."""

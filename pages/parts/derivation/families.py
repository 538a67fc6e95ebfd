"""Families of rules, as a learner knows or does not know them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from numdiff.functions.registry import rows

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "linear": ("constant", "constant_multiple", "identity", "sum", "difference", "indexed_sum"),
        "power": ("power", "root", "reciprocal"),
        "exponential": ("exponential", "exponential_base"),
        "logarithm": ("logarithm", "logarithm_base"),
        "trigonometric": tuple(row.name for row in rows() if row.family == "trigonometric"),
        "product": ("product",),
        "quotient": ("quotient",),
        "chain": ("chain",),
    }
)
"""Rule ids by family (pages.explore.chain.fields.KNOWN); a rule of no family is always explained."""

_FAMILY_OF = {rule: name for name, rules in FAMILIES.items() for rule in rules}


def family(rule: str) -> str:
    """Return the family of a rule; "" for one that belongs to none."""
    return _FAMILY_OF.get(rule, "")
